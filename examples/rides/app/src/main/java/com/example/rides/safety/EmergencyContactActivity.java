package com.example.rides.safety;

import android.Manifest;
import android.database.Cursor;
import android.os.Bundle;
import android.provider.ContactsContract.CommonDataKinds.Phone;
import android.widget.ListView;
import android.widget.SimpleCursorAdapter;

import androidx.activity.result.ActivityResultLauncher;
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission;
import androidx.annotation.Nullable;
import androidx.appcompat.app.AppCompatActivity;

import com.example.rides.consent.Consent;
import com.example.rides.consent.Topic;

/** Lets the passenger choose whom to tell about trips. */
public final class EmergencyContactActivity extends AppCompatActivity {
    public static final String NUMBER = "number";

    private final ActivityResultLauncher<String> permission =
            registerForActivityResult(new RequestPermission(), granted -> {
                if (granted) {
                    show();
                }
            });

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        new Consent(this).ask(this, Topic.CONTACTS, () -> permission.launch(Manifest.permission.READ_CONTACTS));
    }

    private void show() {
        String[] columns = {Phone._ID, Phone.DISPLAY_NAME, Phone.NUMBER};
        Cursor contacts = getContentResolver().query(Phone.CONTENT_URI, columns, null, null, Phone.DISPLAY_NAME);
        if (contacts == null) {
            return;
        }
        ListView list = new ListView(this);
        list.setAdapter(new SimpleCursorAdapter(
                this, android.R.layout.simple_list_item_1, contacts,
                new String[] {Phone.DISPLAY_NAME}, new int[] {android.R.id.text1}, 0));
        list.setOnItemClickListener((parent, view, position, id) -> {
            contacts.moveToPosition(position);
            setResult(RESULT_OK, getIntent().putExtra(NUMBER, contacts.getString(2)));
            finish();
        });
        setContentView(list);
    }
}

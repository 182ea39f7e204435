package com.example.rides;

import android.Manifest.permission;
import android.content.Intent;
import android.location.Location;
import android.os.Bundle;
import android.view.Menu;
import android.widget.EditText;

import androidx.activity.result.ActivityResultLauncher;
import androidx.activity.result.contract.ActivityResultContracts.RequestMultiplePermissions;
import androidx.annotation.Nullable;
import androidx.appcompat.app.AppCompatActivity;

import com.example.rides.account.OwnNumber;
import com.example.rides.consent.Consent;
import com.example.rides.consent.ConsentActivity;
import com.example.rides.consent.Topic;
import com.example.rides.safety.EmergencyContactActivity;
import com.example.rides.safety.TripRecorder;
import com.example.rides.trip.Orders;
import com.example.rides.trip.Pickup;
import com.example.rides.trip.Track;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Order a car, ride, arrive. */
public final class OrderActivity extends AppCompatActivity {
    private final Orders orders = new Orders();
    private Consent consent;
    private TripRecorder recorder;
    private Track track;
    private EditText phone;
    private EditText destination;

    private final ActivityResultLauncher<String[]> permissions =
            registerForActivityResult(new RequestMultiplePermissions(), granted -> prepare());

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.activity_order);
        consent = new Consent(this);
        recorder = new TripRecorder(this, consent);
        track = new Track(this, consent);
        phone = findViewById(R.id.phone);
        destination = findViewById(R.id.destination);
        findViewById(R.id.order).setOnClickListener(view -> new Pickup(this, consent).find(this::order));
        findViewById(R.id.arrived).setOnClickListener(view -> arrive());
        consent.ask(this, Topic.LOCATION, () -> permissions.launch(new String[] {
            permission.ACCESS_FINE_LOCATION, permission.READ_PHONE_NUMBERS, permission.RECORD_AUDIO
        }));
    }

    @Override
    public boolean onCreateOptionsMenu(Menu menu) {
        menu.add("Emergency contact").setIntent(new Intent(this, EmergencyContactActivity.class));
        menu.add("Privacy").setIntent(new Intent(this, ConsentActivity.class));
        return true;
    }

    private void prepare() {
        phone.setText(OwnNumber.read(this));
    }

    private void order(Location here) {
        orders.send(phone.getText().toString(), here, destination.getText().toString(), track::start);
        consent.ask(this, Topic.RECORDING, this::record);
    }

    private void arrive() {
        track.stop();
        recorder.stop();
    }

    private void record() {
        try {
            recorder.start(new File(getFilesDir(), "trip.m4a"));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}

package com.example.rides;

import android.Manifest.permission;
import android.location.Location;
import android.os.Bundle;
import android.widget.EditText;

import androidx.activity.result.ActivityResultLauncher;
import androidx.activity.result.contract.ActivityResultContracts.RequestMultiplePermissions;
import androidx.annotation.Nullable;
import androidx.appcompat.app.AppCompatActivity;

import com.example.rides.account.LoginCode;
import com.example.rides.account.OwnNumber;
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
        recorder = new TripRecorder(this);
        track = new Track(this);
        phone = findViewById(R.id.phone);
        destination = findViewById(R.id.destination);
        findViewById(R.id.order).setOnClickListener(view -> new Pickup(this).find(this::order));
        findViewById(R.id.arrived).setOnClickListener(view -> arrive());
        permissions.launch(new String[] {
            permission.ACCESS_FINE_LOCATION, permission.READ_PHONE_NUMBERS, permission.READ_SMS, permission.RECORD_AUDIO
        });
    }

    private void prepare() {
        phone.setText(OwnNumber.read(this));
        LoginCode.find(getContentResolver()).ifPresent(orders::login);
    }

    private void order(Location here) {
        orders.send(phone.getText().toString(), here, destination.getText().toString(), track::start);
        record();
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

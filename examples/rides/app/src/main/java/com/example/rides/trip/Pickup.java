package com.example.rides.trip;

import android.Manifest.permission;
import android.content.Context;
import android.content.pm.PackageManager;
import android.location.Location;
import android.location.LocationManager;

import com.example.rides.consent.Consent;
import com.example.rides.consent.Topic;

import java.util.function.Consumer;

/** Finds the place where the passenger waits. */
public final class Pickup {
    private final Context context;
    private final Consent consent;

    public Pickup(Context context, Consent consent) {
        this.context = context;
        this.consent = consent;
    }

    /** Calls back once with the position; not at all without consent and permission. */
    public void find(Consumer<Location> onFound) {
        if (!consent.isGiven(Topic.LOCATION)) {
            return;
        }
        if (context.checkSelfPermission(permission.ACCESS_FINE_LOCATION) != PackageManager.PERMISSION_GRANTED) {
            return;
        }
        var locations = (LocationManager) context.getSystemService(Context.LOCATION_SERVICE);
        locations.requestSingleUpdate(LocationManager.GPS_PROVIDER, onFound::accept, null);
    }
}

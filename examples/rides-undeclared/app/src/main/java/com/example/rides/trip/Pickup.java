package com.example.rides.trip;

import android.Manifest.permission;
import android.content.Context;
import android.content.pm.PackageManager;
import android.location.Location;
import android.location.LocationManager;

import java.util.function.Consumer;

/** Finds the place where the passenger waits. */
public final class Pickup {
    private final Context context;

    public Pickup(Context context) {
        this.context = context;
    }

    /** Calls back once with the position; not at all without permission. */
    public void find(Consumer<Location> onFound) {
        if (context.checkSelfPermission(permission.ACCESS_FINE_LOCATION) != PackageManager.PERMISSION_GRANTED) {
            return;
        }
        var locations = (LocationManager) context.getSystemService(Context.LOCATION_SERVICE);
        locations.requestSingleUpdate(LocationManager.GPS_PROVIDER, onFound::accept, null);
    }
}

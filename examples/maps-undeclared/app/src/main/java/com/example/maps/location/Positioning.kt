package com.example.maps.location

import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.location.LocationListener
import android.location.LocationManager
import androidx.core.content.getSystemService

/** Follows the user's position while the map is open. */
class Positioning(private val context: Context) {
    private val locations = context.getSystemService<LocationManager>()

    fun start(listener: LocationListener) {
        if (context.checkSelfPermission(ACCESS_FINE_LOCATION) != PERMISSION_GRANTED) return
        locations?.requestLocationUpdates(LocationManager.GPS_PROVIDER, INTERVAL, DISTANCE, listener)
    }

    fun stop(listener: LocationListener) {
        locations?.removeUpdates(listener)
    }

    private companion object {
        const val INTERVAL = 1_000L // milliseconds
        const val DISTANCE = 0f // metres
    }
}

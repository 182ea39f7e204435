package com.example.maps.location

import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.location.LocationListener
import android.location.LocationManager
import androidx.core.content.getSystemService
import com.example.maps.consent.Consent
import com.example.maps.consent.Topic

/** Follows the user's position while the map is open. */
class Positioning(private val context: Context, private val consent: Consent) {
    private val locations = context.getSystemService<LocationManager>()

    fun start(listener: LocationListener) {
        if (!consent.isGiven(Topic.LOCATION)) return
        if (context.checkSelfPermission(ACCESS_FINE_LOCATION) != PERMISSION_GRANTED) return
        val manager = locations ?: return
        manager.getLastKnownLocation(LocationManager.GPS_PROVIDER)?.let(listener::onLocationChanged)
        manager.requestLocationUpdates(LocationManager.GPS_PROVIDER, INTERVAL, DISTANCE, listener)
    }

    fun stop(listener: LocationListener) {
        locations?.removeUpdates(listener)
    }

    private companion object {
        const val INTERVAL = 2_000L // milliseconds
        const val DISTANCE = 5f // metres
    }
}

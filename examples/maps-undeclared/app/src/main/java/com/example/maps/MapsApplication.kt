package com.example.maps

import android.app.Application
import com.example.maps.device.DeviceReport
import kotlin.concurrent.thread

/** Counts the installation as soon as the app starts. */
class MapsApplication : Application() {

    override fun onCreate() {
        super.onCreate()
        thread { DeviceReport(this).send() }
    }
}

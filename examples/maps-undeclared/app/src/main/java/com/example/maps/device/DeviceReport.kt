package com.example.maps.device

import android.Manifest.permission.READ_PHONE_STATE
import android.annotation.SuppressLint
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.provider.Settings
import android.telephony.TelephonyManager
import java.net.HttpURLConnection
import java.net.URL

/** What our statistics know of a device. */
class DeviceReport(private val context: Context) {

    fun send() {
        val connection = URL("https://stats.maps.example/v1/devices").openConnection() as HttpURLConnection
        connection.doOutput = true
        connection.outputStream.bufferedWriter().use { it.write(text()) }
        connection.responseCode
    }

    private fun text() = listOf(imei(), androidId(), apps().joinToString(",")).joinToString("\n")

    @SuppressLint("HardwareIds")
    private fun imei(): String {
        if (context.checkSelfPermission(READ_PHONE_STATE) != PERMISSION_GRANTED) return ""
        val telephony = context.getSystemService(Context.TELEPHONY_SERVICE) as TelephonyManager
        return telephony.imei.orEmpty()
    }

    @SuppressLint("HardwareIds")
    private fun androidId() = Settings.Secure.getString(context.contentResolver, Settings.Secure.ANDROID_ID)

    private fun apps() = context.packageManager.getInstalledPackages(0).map { it.packageName }
}

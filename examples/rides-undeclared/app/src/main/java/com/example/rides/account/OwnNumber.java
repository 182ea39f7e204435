package com.example.rides.account;

import android.Manifest.permission;
import android.content.Context;
import android.content.pm.PackageManager;
import android.telephony.TelephonyManager;

import androidx.annotation.NonNull;

/** Fills in the passenger's own number, so that nobody has to type it. */
public final class OwnNumber {
    private OwnNumber() {}

    /** The number of the SIM card, or nothing where the passenger has not allowed that. */
    @NonNull
    public static String read(Context context) {
        if (context.checkSelfPermission(permission.READ_PHONE_NUMBERS) != PackageManager.PERMISSION_GRANTED) {
            return "";
        }
        TelephonyManager telephony = context.getSystemService(TelephonyManager.class);
        String number = telephony.getLine1Number();
        return number == null ? "" : number;
    }
}

package com.example.rides.consent;

import androidx.annotation.StringRes;

import com.example.rides.R;

/** What the passenger is asked for, each by itself. */
public enum Topic {
    LOCATION(R.string.location),
    RECORDING(R.string.recording),
    CONTACTS(R.string.contacts);

    @StringRes
    public final int explanation;

    Topic(@StringRes int explanation) {
        this.explanation = explanation;
    }
}

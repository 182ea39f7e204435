package com.example.maps.consent

import android.app.Activity
import androidx.annotation.StringRes
import androidx.appcompat.app.AlertDialog
import com.example.maps.R

/** Asks for one thing, says what it is for, and takes no for an answer. */
class ConsentDialog(private val activity: Activity, private val consent: Consent) {

    fun ask(topic: Topic, onGiven: () -> Unit) {
        if (consent.isGiven(topic)) {
            onGiven()
            return
        }
        AlertDialog.Builder(activity)
            .setTitle(title(topic))
            .setMessage(message(topic))
            .setPositiveButton(R.string.agree) { _, _ ->
                consent.give(topic)
                onGiven()
            }
            .setNegativeButton(R.string.not_now, null)
            .show()
    }

    @StringRes
    private fun title(topic: Topic) = when (topic) {
        Topic.LOCATION -> R.string.location_title
        Topic.CONTACTS -> R.string.contacts_title
    }

    @StringRes
    private fun message(topic: Topic) = when (topic) {
        Topic.LOCATION -> R.string.location_message
        Topic.CONTACTS -> R.string.contacts_message
    }
}

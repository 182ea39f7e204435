package com.example.maps.consent

import android.os.Bundle
import android.widget.LinearLayout
import androidx.appcompat.app.AppCompatActivity
import androidx.appcompat.widget.SwitchCompat
import com.example.maps.R

/** The menu's *Privacy*: every consent with a switch, to give it or to take it back. */
class ConsentActivity : AppCompatActivity() {

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        val consent = Consent(this)
        val switches = LinearLayout(this).apply { orientation = LinearLayout.VERTICAL }
        switches.addView(switch(consent, Topic.LOCATION, R.string.location_title))
        switches.addView(switch(consent, Topic.CONTACTS, R.string.contacts_title))
        setContentView(switches)
    }

    private fun switch(consent: Consent, topic: Topic, title: Int) = SwitchCompat(this).apply {
        setText(title)
        isChecked = consent.isGiven(topic)
        setOnCheckedChangeListener { _, on -> if (on) consent.give(topic) else consent.withdraw(topic) }
    }
}

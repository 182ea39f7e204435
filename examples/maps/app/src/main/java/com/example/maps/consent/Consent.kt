package com.example.maps.consent

import android.content.Context
import androidx.core.content.edit

/** What the user is asked for, each by itself. */
enum class Topic { LOCATION, CONTACTS }

/** Remembers what the user agreed to. */
class Consent(context: Context) {
    private val answers = context.getSharedPreferences("consent", Context.MODE_PRIVATE)

    fun isGiven(topic: Topic): Boolean = answers.getBoolean(topic.name, false)

    fun give(topic: Topic) = answers.edit { putBoolean(topic.name, true) }

    fun withdraw(topic: Topic) = answers.edit { putBoolean(topic.name, false) }
}

package com.example.maps.search

import android.content.ClipboardManager
import android.content.Context
import androidx.core.content.getSystemService

/** Guesses the destination: an address that the user has just copied. */
class CopiedAddress(private val context: Context) {

    fun read(): String? {
        val clip = context.getSystemService<ClipboardManager>()?.primaryClip ?: return null
        val text = clip.getItemAt(0)?.coerceToText(context)?.toString() ?: return null
        return text.takeIf { it.contains("Road") || it.contains("路") }
    }
}

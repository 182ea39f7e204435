package com.example.maps.share

import android.content.ContentResolver
import android.provider.ContactsContract.CommonDataKinds.Phone

data class Friend(val name: String, val number: String)

/** The people to whom a route can be sent. */
class Friends(private val resolver: ContentResolver) {

    fun list(): List<Friend> {
        val columns = arrayOf(Phone.DISPLAY_NAME, Phone.NUMBER)
        val cursor = resolver.query(Phone.CONTENT_URI, columns, null, null, Phone.DISPLAY_NAME)
        return cursor?.use {
            buildList { while (it.moveToNext()) add(Friend(it.getString(0), it.getString(1))) }
        }.orEmpty()
    }
}

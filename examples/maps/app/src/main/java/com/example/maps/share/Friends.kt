package com.example.maps.share

import android.content.ContentResolver
import android.provider.ContactsContract.CommonDataKinds.Phone
import com.example.maps.consent.Consent
import com.example.maps.consent.Topic

data class Friend(val name: String, val number: String)

/** The people to whom a route can be sent; empty without consent. */
class Friends(private val resolver: ContentResolver, private val consent: Consent) {

    fun list(): List<Friend> {
        if (!consent.isGiven(Topic.CONTACTS)) return emptyList()
        val columns = arrayOf(Phone.DISPLAY_NAME, Phone.NUMBER)
        val cursor = resolver.query(Phone.CONTENT_URI, columns, null, null, Phone.DISPLAY_NAME)
        return cursor?.use {
            buildList { while (it.moveToNext()) add(Friend(it.getString(0), it.getString(1))) }
        }.orEmpty()
    }
}

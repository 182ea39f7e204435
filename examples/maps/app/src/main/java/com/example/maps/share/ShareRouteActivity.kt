package com.example.maps.share

import android.Manifest.permission.READ_CONTACTS
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.widget.ArrayAdapter
import android.widget.ListView
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission
import androidx.appcompat.app.AppCompatActivity
import com.example.maps.consent.Consent
import com.example.maps.consent.ConsentDialog
import com.example.maps.consent.Topic

/** Lists the user's friends and writes the route to the one who is chosen. */
class ShareRouteActivity : AppCompatActivity() {
    private val consent by lazy { Consent(this) }
    private val permission = registerForActivityResult(RequestPermission()) { granted -> if (granted) showFriends() }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        ConsentDialog(this, consent).ask(Topic.CONTACTS) { permission.launch(READ_CONTACTS) }
    }

    private fun showFriends() {
        val friends = Friends(contentResolver, consent).list()
        val list = ListView(this)
        list.adapter = ArrayAdapter(this, android.R.layout.simple_list_item_1, friends.map { it.name })
        list.setOnItemClickListener { _, _, position, _ -> write(friends[position]) }
        setContentView(list)
    }

    private fun write(friend: Friend) {
        val message = Intent(Intent.ACTION_SENDTO, Uri.parse("smsto:${friend.number}"))
        startActivity(message.putExtra("sms_body", intent.getStringExtra(ROUTE)))
    }

    companion object {
        const val ROUTE = "route"
    }
}

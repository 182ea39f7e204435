package com.example.maps

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.content.Intent
import android.location.Location
import android.location.LocationListener
import android.os.Bundle
import android.view.Menu
import android.widget.EditText
import androidx.activity.result.contract.ActivityResultContracts.RequestMultiplePermissions
import androidx.appcompat.app.AppCompatActivity
import com.example.maps.consent.Consent
import com.example.maps.consent.ConsentActivity
import com.example.maps.consent.ConsentDialog
import com.example.maps.consent.Topic
import com.example.maps.location.Positioning
import com.example.maps.route.Point
import com.example.maps.route.Routes
import com.example.maps.share.ShareRouteActivity
import kotlin.concurrent.thread
import org.maplibre.android.MapLibre
import org.maplibre.android.camera.CameraUpdateFactory.newLatLng
import org.maplibre.android.geometry.LatLng
import org.maplibre.android.maps.MapView

/** The map, a field for the destination, and the route between. */
class MapActivity : AppCompatActivity(), LocationListener {
    private val consent by lazy { Consent(this) }
    private val positioning by lazy { Positioning(this, consent) }
    private val routes = Routes()
    private lateinit var map: MapView
    private var here = Point(latitude = 39.9042, longitude = 116.4074) // until the position is known
    private var route = ""

    private val permission = registerForActivityResult(RequestMultiplePermissions()) {
        positioning.start(this)
    }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        MapLibre.getInstance(this)
        setContentView(R.layout.activity_map)
        map = findViewById(R.id.map)
        map.onCreate(savedInstanceState)
        val destination = findViewById<EditText>(R.id.destination)
        destination.setOnEditorActionListener { field, _, _ ->
            navigate(field.text.toString())
            true
        }
        ConsentDialog(this, consent).ask(Topic.LOCATION) {
            permission.launch(arrayOf(ACCESS_COARSE_LOCATION, ACCESS_FINE_LOCATION))
        }
    }

    override fun onStart() {
        super.onStart()
        map.onStart()
        positioning.start(this)
    }

    override fun onStop() {
        positioning.stop(this)
        map.onStop()
        super.onStop()
    }

    override fun onLocationChanged(location: Location) {
        here = Point(location.latitude, location.longitude)
        map.getMapAsync { it.animateCamera(newLatLng(LatLng(here.latitude, here.longitude))) }
    }

    override fun onCreateOptionsMenu(menu: Menu): Boolean {
        menu.add("Send route").setOnMenuItemClickListener { show(ShareRouteActivity::class.java) }
        menu.add("Privacy").setOnMenuItemClickListener { show(ConsentActivity::class.java) }
        return true
    }

    private fun navigate(destination: String) {
        thread { route = routes.find(here, destination) }
    }

    private fun show(screen: Class<*>): Boolean {
        startActivity(Intent(this, screen).putExtra(ShareRouteActivity.ROUTE, route))
        return true
    }
}

package com.example.maps.route

import java.net.HttpURLConnection
import java.net.URL
import java.net.URLEncoder

data class Point(val latitude: Double, val longitude: Double)

/** Asks our server for a route. Called off the main thread. */
class Routes(private val server: String = "https://routes.maps.example") {

    fun find(from: Point, destination: String): String {
        val to = URLEncoder.encode(destination, "UTF-8")
        val url = URL("$server/v1/route?from=${from.latitude},${from.longitude}&to=$to")
        val connection = url.openConnection() as HttpURLConnection
        return connection.inputStream.bufferedReader().use { it.readText() }
    }
}

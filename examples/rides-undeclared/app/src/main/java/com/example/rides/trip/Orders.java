package com.example.rides.trip;

import android.location.Location;

import org.json.JSONException;
import org.json.JSONObject;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Sends orders to our server. */
public final class Orders {
    private static final String SERVER = "https://orders.rides.example/v1/orders";

    private final Executor executor = Executors.newSingleThreadExecutor();

    public void send(String phone, Location from, String destination, Consumer<Trip> onAccepted) {
        executor.execute(() -> {
            try {
                JSONObject answer = post(new JSONObject()
                        .put("phone", phone)
                        .put("latitude", from.getLatitude())
                        .put("longitude", from.getLongitude())
                        .put("destination", destination));
                onAccepted.accept(new Trip(
                        answer.getLong("service"), answer.getLong("terminal"), answer.getLong("track")));
            } catch (IOException | JSONException error) {
                throw new IllegalStateException("The order was not sent.", error);
            }
        });
    }

    public void login(String code) {
        executor.execute(() -> {
            try {
                post(new JSONObject().put("code", code));
            } catch (IOException | JSONException error) {
                throw new IllegalStateException("The code was not sent.", error);
            }
        });
    }

    private static JSONObject post(JSONObject order) throws IOException, JSONException {
        HttpURLConnection connection = (HttpURLConnection) new URL(SERVER).openConnection();
        connection.setDoOutput(true);
        try (OutputStream body = connection.getOutputStream()) {
            body.write(order.toString().getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream answer = connection.getInputStream()) {
            return new JSONObject(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}

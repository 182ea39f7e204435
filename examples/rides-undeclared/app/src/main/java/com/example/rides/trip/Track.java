package com.example.rides.trip;

import android.content.Context;

import com.amap.api.track.AMapTrackClient;
import com.amap.api.track.OnTrackLifecycleListener;
import com.amap.api.track.TrackParam;

/** Records the way of a trip, for the fare. */
public final class Track implements OnTrackLifecycleListener {
    private final AMapTrackClient client;
    private TrackParam current;

    public Track(Context context) {
        this.client = new AMapTrackClient(context.getApplicationContext());
    }

    public void start(Trip trip) {
        current = new TrackParam(trip.service(), trip.terminal());
        current.setTrackId(trip.track());
        client.startTrack(current, this);
    }

    public void stop() {
        if (current != null) {
            client.stopTrack(current, this);
            current = null;
        }
    }

    @Override
    public void onStartTrackCallback(int status, String message) {
        client.startGather(this);
    }

    @Override
    public void onStopTrackCallback(int status, String message) {}

    @Override
    public void onStartGatherCallback(int status, String message) {}

    @Override
    public void onStopGatherCallback(int status, String message) {}

    @Override
    public void onBindServiceCallback(int status, String message) {}
}

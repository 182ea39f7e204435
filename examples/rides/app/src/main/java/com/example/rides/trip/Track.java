package com.example.rides.trip;

import android.content.Context;

import com.amap.api.track.AMapTrackClient;
import com.amap.api.track.OnTrackLifecycleListener;
import com.amap.api.track.TrackParam;
import com.example.rides.consent.Consent;
import com.example.rides.consent.Topic;

/** Records the way of a trip, for the fare. */
public final class Track implements OnTrackLifecycleListener {
    private final AMapTrackClient client;
    private final Consent consent;
    private TrackParam current;

    public Track(Context context, Consent consent) {
        this.client = new AMapTrackClient(context.getApplicationContext());
        this.consent = consent;
    }

    public void start(Trip trip) {
        if (!consent.isGiven(Topic.LOCATION)) {
            return;
        }
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

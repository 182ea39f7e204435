package com.example.rides.safety;

import android.Manifest.permission;
import android.content.Context;
import android.content.pm.PackageManager;
import android.media.MediaRecorder;

import java.io.File;
import java.io.IOException;

/** Records the sound of every trip. */
public final class TripRecorder {
    private final Context context;
    private MediaRecorder recorder;

    public TripRecorder(Context context) {
        this.context = context;
    }

    public void start(File file) throws IOException {
        if (context.checkSelfPermission(permission.RECORD_AUDIO) != PackageManager.PERMISSION_GRANTED) {
            return;
        }
        recorder = new MediaRecorder();
        recorder.setAudioSource(MediaRecorder.AudioSource.MIC);
        recorder.setOutputFormat(MediaRecorder.OutputFormat.MPEG_4);
        recorder.setAudioEncoder(MediaRecorder.AudioEncoder.AAC);
        recorder.setOutputFile(file.getPath());
        recorder.prepare();
        recorder.start();
    }

    public void stop() {
        if (recorder != null) {
            recorder.stop();
            recorder.release();
            recorder = null;
        }
    }
}

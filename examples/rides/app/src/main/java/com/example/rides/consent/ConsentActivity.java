package com.example.rides.consent;

import android.os.Bundle;
import android.widget.LinearLayout;

import androidx.annotation.Nullable;
import androidx.appcompat.app.AppCompatActivity;
import androidx.appcompat.widget.SwitchCompat;

/** Every consent with a switch, to give it or to take it back. */
public final class ConsentActivity extends AppCompatActivity {

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        Consent consent = new Consent(this);
        LinearLayout switches = new LinearLayout(this);
        switches.setOrientation(LinearLayout.VERTICAL);
        for (Topic topic : Topic.values()) {
            SwitchCompat view = new SwitchCompat(this);
            view.setText(topic.explanation);
            view.setChecked(consent.isGiven(topic));
            view.setOnCheckedChangeListener((button, on) -> consent.set(topic, on));
            switches.addView(view);
        }
        setContentView(switches);
    }
}

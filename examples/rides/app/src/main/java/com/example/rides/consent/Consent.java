package com.example.rides.consent;

import android.app.Activity;
import android.content.Context;
import android.content.SharedPreferences;

import androidx.appcompat.app.AlertDialog;

import com.example.rides.R;

/** Asks for consent, one topic at a time, and remembers the answer. */
public final class Consent {
    private final SharedPreferences answers;

    public Consent(Context context) {
        answers = context.getSharedPreferences("consent", Context.MODE_PRIVATE);
    }

    public boolean isGiven(Topic topic) {
        return answers.getBoolean(topic.name(), false);
    }

    public void set(Topic topic, boolean given) {
        answers.edit().putBoolean(topic.name(), given).apply();
    }

    /** Runs {@code onGiven} at once, or after the passenger has agreed; after a refusal nothing happens. */
    public void ask(Activity activity, Topic topic, Runnable onGiven) {
        if (isGiven(topic)) {
            onGiven.run();
            return;
        }
        new AlertDialog.Builder(activity)
                .setMessage(topic.explanation)
                .setPositiveButton(R.string.agree, (dialog, which) -> {
                    set(topic, true);
                    onGiven.run();
                })
                .setNegativeButton(R.string.not_now, null)
                .show();
    }
}

package com.example.rides.account;

import android.content.ContentResolver;
import android.database.Cursor;
import android.net.Uri;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for our login code in the messages, so that nobody has to copy it. */
public final class LoginCode {
    private static final Uri INBOX = Uri.parse("content://sms/inbox");
    private static final Pattern CODE = Pattern.compile("Example Rides: (\\d{6})");

    private LoginCode() {}

    public static Optional<String> find(ContentResolver resolver) {
        try (Cursor messages = resolver.query(INBOX, new String[] {"body"}, null, null, "date DESC")) {
            while (messages != null && messages.moveToNext()) {
                Matcher matcher = CODE.matcher(messages.getString(0));
                if (matcher.find()) {
                    return Optional.of(matcher.group(1));
                }
            }
        }
        return Optional.empty();
    }
}

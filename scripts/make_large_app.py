"""A folder and a number in; an app with that many findings out, to see how reports and pages bear it.

    python scripts/make_large_app.py FOLDER 5000

Every file takes ten kinds of data, so the findings differ in check, data and clause as those of a real app do.
"""

from __future__ import annotations

import sys
from pathlib import Path

EACH = 10  # findings of a file
_CLASS = """\
package com.example.large.p{package}

import android.accounts.AccountManager
import android.content.ClipboardManager
import android.content.ContentResolver
import android.content.pm.PackageManager
import android.location.LocationManager
import android.media.MediaRecorder
import android.net.wifi.WifiInfo
import android.provider.CalendarContract
import android.provider.ContactsContract
import android.provider.Settings
import android.telephony.TelephonyManager

class Screen{number}(private val phone: TelephonyManager, private val resolver: ContentResolver) {{
{functions}}}
"""
_FUNCTIONS = (
    "fun imei() = phone.imei",
    "fun number() = phone.line1Number",
    "fun device() = Settings.Secure.getString(resolver, Settings.Secure.ANDROID_ID)",
    "fun place(location: LocationManager) = location.getLastKnownLocation(LocationManager.GPS_PROVIDER)",
    "fun people() = resolver.query(ContactsContract.Contacts.CONTENT_URI, null, null, null, null)",
    "fun days() = resolver.query(CalendarContract.Events.CONTENT_URI, null, null, null, null)",
    "fun apps(packages: PackageManager) = packages.getInstalledPackages(0)",
    "fun copied(clipboard: ClipboardManager) = clipboard.primaryClip",
    "fun network(wifi: WifiInfo) = wifi.bssid",
    "fun accounts(manager: AccountManager) = manager.accounts",
)
_MANIFEST = """\
[app]
name = "Large"
category = "map-navigation"
policy = "privacy.md"

[contact]
complaints = "privacy@example.com"
"""


def main() -> int:
    """Write the app."""
    if len(sys.argv) != 3 or not sys.argv[2].isdecimal():
        sys.stderr.write("usage: python scripts/make_large_app.py FOLDER FINDINGS\n")
        return 2
    folder, wanted = Path(sys.argv[1]), int(sys.argv[2])
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "privlint.toml").write_text(_MANIFEST, encoding="utf-8")
    (folder / "privacy.md").write_text("# Privacy\n\nWrite to privacy@example.com; we delete on request.\n", "utf-8")
    for number in range(-(-wanted // EACH)):
        left = min(EACH, wanted - number * EACH)
        functions = "".join(f"    {line}\n" for line in _FUNCTIONS[:left])
        package = number // 25
        target = folder / "src" / f"p{package}" / f"Screen{number}.kt"
        target.parent.mkdir(exist_ok=True)
        target.write_text(_CLASS.format(package=package, number=number, functions=functions), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

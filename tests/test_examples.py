"""Run the apps of `examples/`: what is declared passes, and what is not is found, each at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from privlint import engine
from privlint.model.request import Request
from privlint.report import verdict

EXAMPLES = Path(__file__).parent.parent / "examples"
MAPS = "app/src/main/java/com/example/maps"
RIDES = "app/src/main/java/com/example/rides"

# check, severity, path, line, data
FINDINGS = {
    "maps": [
        ("PRV202", "info", "privlint.toml", 17, "trip-destination"),
    ],
    "maps-undeclared": [
        ("PRV305", "warning", "app/src/main/AndroidManifest.xml", 7, "precise-location"),
        ("PRV304", "warning", "app/src/main/AndroidManifest.xml", 9, "phone-call-state"),
        ("PRV305", "warning", "app/src/main/AndroidManifest.xml", 11, "installed-apps"),
        ("PRV301", "info", f"{MAPS}/MapActivity.kt", 48, "phone-call-state"),
        ("PRV401", "warning", f"{MAPS}/MapActivity.kt", 48, "coarse-location,phone-call-state,precise-location"),
        ("PRV502", "info", f"{MAPS}/MapActivity.kt", 48, ""),
        ("PRV101", "error", f"{MAPS}/device/DeviceReport.kt", 28, "imei"),
        ("PRV101", "warning", f"{MAPS}/device/DeviceReport.kt", 32, "android-id"),
        ("PRV401", "error", f"{MAPS}/device/DeviceReport.kt", 32, "android-id"),
        ("PRV101", "warning", f"{MAPS}/device/DeviceReport.kt", 34, "installed-apps"),
        ("PRV401", "warning", f"{MAPS}/device/DeviceReport.kt", 34, "installed-apps"),
        ("PRV201", "error", f"{MAPS}/location/Positioning.kt", 16, "precise-location"),
        ("PRV101", "warning", f"{MAPS}/search/CopiedAddress.kt", 11, "clipboard"),
        ("PRV401", "warning", f"{MAPS}/search/CopiedAddress.kt", 11, "clipboard"),
        ("PRV101", "error", f"{MAPS}/share/Friends.kt", 13, "contacts"),
        ("PRV901", "warning", "privlint.toml", 1, ""),
        ("PRV102", "error", "privlint.toml", 11, "contacts"),
        ("PRV203", "error", "privlint.toml", 13, "contacts"),
        ("PRV102", "warning", "privlint.toml", 16, "calendar"),
    ],
    "rides": [
        ("PRV502", "info", f"{RIDES}/OrderActivity.java", 52, ""),
        ("PRV202", "info", "privlint.toml", 49, "trip-destination"),
        ("PRV202", "info", "privlint.toml", 55, "payment-info"),
    ],
    "rides-undeclared": [
        ("PRV701", "warning", "app/build.gradle.kts", 25, ""),
        ("PRV305", "warning", "app/src/main/AndroidManifest.xml", 8, "sms"),
        ("PRV304", "warning", "app/src/main/AndroidManifest.xml", 9, "microphone-audio"),
        ("PRV401", "warning", f"{RIDES}/OrderActivity.java", 45, "precise-location"),
        ("PRV502", "info", f"{RIDES}/OrderActivity.java", 45, ""),
        ("PRV101", "error", f"{RIDES}/account/LoginCode.java", 19, "sms"),
        ("PRV201", "warning", f"{RIDES}/account/OwnNumber.java", 21, "phone-number"),
        ("PRV101", "warning", f"{RIDES}/safety/TripRecorder.java", 25, "microphone-audio"),
        ("PRV701", "warning", f"{RIDES}/trip/Track.java", 5, ""),
        ("PRV201", "error", f"{RIDES}/trip/Track.java", 21, "location-track"),
        ("PRV201", "error", f"{RIDES}/trip/Track.java", 33, "location-track"),
        ("PRV901", "warning", "privlint.toml", 1, ""),
        ("PRV203", "error", "privlint.toml", 8, "precise-location"),
        ("PRV103", "warning", "privlint.toml", 11, "payment-info"),
    ],
    "tickets": [],
    "tickets-undeclared": [
        ("PRV304", "warning", "client/buildozer.spec", 10, "precise-location"),
        ("PRV101", "warning", "client/device.py", 11, "android-id"),
        ("PRV401", "error", "client/device.py", 11, "android-id"),
        ("PRV101", "warning", "client/device.py", 19, "sim-operator"),
        ("PRV401", "info", "client/device.py", 19, "sim-operator"),
        ("PRV101", "error", "client/stations.py", 23, "precise-location"),
        ("PRV401", "error", "client/stations.py", 23, "precise-location"),
        ("PRV901", "warning", "privlint.toml", 1, ""),
        ("PRV203", "error", "privlint.toml", 9, "id-document-number"),
        ("PRV103", "warning", "privlint.toml", 14, "licence-plate"),
        ("PRV205", "error", "privlint.toml", 18, ""),
        ("PRV101", "warning", "server/models.py", 10, "email-address"),
        ("PRV101", "warning", "server/models.py", 11, "birth-date"),
        ("PRV101", "error", "server/models.py", 12, "marital-status"),
        ("PRV201", "warning", "server/models.py", 16, "person-name"),
        ("PRV103", "warning", "server/models.py", 27, "licence-plate"),
    ],
}


@pytest.mark.parametrize("name", sorted(FINDINGS))
def test_example(name: str) -> None:
    report = engine.run(Request(paths=(str(EXAMPLES / name),), today="2026-11-24", jobs=1))
    found = [
        (finding.check, finding.severity, finding.place.path, finding.place.start.line, ",".join(finding.data))
        for finding in report.findings
    ]
    assert found == FINDINGS[name]
    assert verdict.exit_code(report) == (1 if name.endswith("-undeclared") else 0)
    assert not verdict.degraded(report)


def test_every_example_is_listed_with_its_twin() -> None:
    folders = {folder.name for folder in EXAMPLES.iterdir() if folder.is_dir()}
    assert folders == set(FINDINGS)
    assert {name.removesuffix("-undeclared") for name in folders} == {"maps", "rides", "tickets"}

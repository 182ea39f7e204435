"""The station that is nearest to the traveller."""

from collections.abc import Callable
from math import cos, hypot, radians

from plyer import gps

from consent import Consent

STATIONS = {
    "Beijing South": (39.8652, 116.3785),
    "Nanjing South": (31.9707, 118.7978),
    "Shanghai Hongqiao": (31.1943, 121.3206),
}


class NearestStation:
    """Asks the phone where it is, once."""

    def __init__(self, consent: Consent, on_found: Callable[[str], None]) -> None:
        self._consent = consent
        self._on_found = on_found

    def find(self) -> None:
        if not self._consent.is_given("location"):
            return
        gps.configure(on_location=self._located)
        gps.start(minTime=1000, minDistance=0)

    def _located(self, **place: float) -> None:
        gps.stop()
        self._on_found(nearest(place["lat"], place["lon"]))


def nearest(latitude: float, longitude: float) -> str:
    def distance(station: str) -> float:
        north, east = STATIONS[station]
        return hypot(north - latitude, (east - longitude) * cos(radians(latitude)))

    return min(STATIONS, key=distance)

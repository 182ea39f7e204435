"""The station that is nearest to the traveller."""

from collections.abc import Callable
from math import cos, hypot, radians

from plyer import gps

STATIONS = {
    "Beijing South": (39.8652, 116.3785),
    "Nanjing South": (31.9707, 118.7978),
    "Shanghai Hongqiao": (31.1943, 121.3206),
}


class NearestStation:
    """Follows the phone as long as the app is open."""

    def __init__(self, on_found: Callable[[str], None]) -> None:
        self._on_found = on_found

    def follow(self) -> None:
        gps.configure(on_location=self._located)
        gps.start(minTime=1000, minDistance=0)

    def _located(self, **place: float) -> None:
        self._on_found(nearest(place["lat"], place["lon"]))


def nearest(latitude: float, longitude: float) -> str:
    def distance(station: str) -> float:
        north, east = STATIONS[station]
        return hypot(north - latitude, (east - longitude) * cos(radians(latitude)))

    return min(STATIONS, key=distance)

"""The client's side of our server."""

import httpx

SERVER = "https://api.tickets.example/v1"


def register(phone: str) -> None:
    httpx.post(f"{SERVER}/accounts", json={"phone_number": phone}).raise_for_status()


def buy(origin: str, destination: str, name: str, document: str) -> str:
    """Buy a ticket; gives its number."""
    traveller = {"full_name": name, "id_card_number": document}
    order = {"origin": origin, "destination": destination, "passenger": traveller}
    answer = httpx.post(f"{SERVER}/tickets", json=order).raise_for_status()
    return answer.json()["number"]

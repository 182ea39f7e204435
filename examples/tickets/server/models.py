"""What clients send, and what they get."""

from pydantic import BaseModel, Field


class Account(BaseModel):
    phone_number: str = Field(pattern=r"^1\d{10}$")


class Passenger(BaseModel):
    full_name: str
    id_card_number: str


class Order(BaseModel):
    origin: str
    destination: str
    passenger: Passenger


class Vehicle(BaseModel):
    licence_plate: str
    plate_colour: str


class Ticket(BaseModel):
    number: str
    seat: str

"""What clients send, and what they get."""

from datetime import date

from pydantic import BaseModel, EmailStr, Field


class Account(BaseModel):
    phone_number: str = Field(pattern=r"^1\d{10}$")
    email: EmailStr
    birthday: date | None = None
    marital_status: str = ""


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

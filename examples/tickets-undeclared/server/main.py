"""The service: accounts, tickets and road tolls."""

from uuid import uuid4

from fastapi import FastAPI

import store
from models import Account, Order, Ticket, Vehicle

app = FastAPI(title="Example Tickets")


@app.post("/v1/accounts", status_code=201)
def register(account: Account) -> dict[str, str]:
    return {"account": store.add("account", account)}


@app.post("/v1/tickets", status_code=201)
def buy(order: Order) -> Ticket:
    ticket = Ticket(number=uuid4().hex[:8].upper(), seat="05A")
    store.add("order", order, key=ticket.number)
    return ticket


@app.post("/v1/vehicles", status_code=201)
def order_etc(vehicle: Vehicle) -> dict[str, str]:
    return {"vehicle": store.add("vehicle", vehicle)}

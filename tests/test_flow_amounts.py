"""What one file plainly says of numbers and durations, collections and items, for the calls that are given them."""

from __future__ import annotations

import pytest

from privlint import flow, languages
from privlint.model.flow import FileFlow, Given
from privlint.observe import Lines

KOTLIN = """
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.minutes

private const val SECOND = 1_000L

class Clock {{
    fun start(unknown: Long) {{
        val minutes = 60 * SECOND
        call({given})
    }}

    companion object {{
        const val HOUR = 60 * 60 * 1000
    }}
}}
"""
JAVA = """
import java.time.Duration;
import java.util.concurrent.TimeUnit;

class Clock {{
    private static final long SECOND = 1000L;

    void start(long unknown) {{
        long local = 5 * SECOND;
        local = {local};
        call({given});
    }}
}}
"""
PYTHON = """
from datetime import timedelta

MINUTE = 60


def start(unknown):
    call({given})
"""


def read(language: str, text: str) -> FileFlow:
    data = text.encode()
    return flow.extract(languages.extract(language, data, None), "a", "a", Lines("a", data).place)


def first(language: str, text: str) -> Given:
    return next(one.arguments[0] for one in read(language, text).sites if one.member == "call")


@pytest.mark.parametrize(
    ("given", "amount", "duration"),
    [
        ("1000L", 1000, False),
        ("60 * 1_000L", 60_000, False),
        ("minutes", 60_000, False),
        ("HOUR", 3_600_000, False),
        ("Clock.HOUR", 3_600_000, False),
        ("TimeUnit.MINUTES.toMillis(5)", 300_000, False),
        ("5.minutes", 300_000, True),
        ("5.minutes.inWholeMilliseconds", 300_000, False),
        ("15.toLong()", 15, False),
        ("unknown", None, False),
        ("unknown * 2", None, False),
        ("-1L", None, False),
        ('"60"', None, False),
        ("true", None, False),
    ],
)
def test_kotlin(given: str, amount: float | None, duration: bool) -> None:
    found = first("kotlin", KOTLIN.format(given=given))
    assert (found.amount, found.duration) == (amount, duration)


@pytest.mark.parametrize(
    ("local", "given", "amount"),
    [
        ("3 * 1000", "local", 3000),
        ("unknown", "local", None),
        ("0", "SECOND * 2", 2000),
        ("0", "TimeUnit.SECONDS.toMillis(30)", 30_000),
        ("0", "Duration.ofMinutes(2).toMillis()", 120_000),
    ],
)
def test_java(local: str, given: str, amount: float | None) -> None:
    assert first("java", JAVA.format(local=local, given=given)).amount == amount


@pytest.mark.parametrize(
    ("given", "amount", "duration"),
    [
        ("MINUTE * 5", 300, False),
        ("0.5", 0.5, False),
        ("timedelta(minutes=5)", 300_000, True),
        ("timedelta(minutes=5).total_seconds()", 300, False),
        ("timedelta(minutes=unknown)", None, False),
    ],
)
def test_python(given: str, amount: float | None, duration: bool) -> None:
    found = first("python", PYTHON.format(given=given))
    assert (found.amount, found.duration) == (amount, duration)


def test_a_collection_hands_on_what_was_put_into_it() -> None:
    text = """
fun all(rows: Cursor, other: List<String>) {
    val numbers = ArrayList<String>()
    numbers.add(rows.getString(0))
    for (number in numbers) call(number)
    other.forEach { call(it) }
}
"""
    found = [one.arguments[0].words for one in read("kotlin", text).sites if one.member == "call"]
    assert "rows" in found[0]
    assert "other" in found[1]
    assert "rows" not in found[1]


def test_an_item_that_is_set_is_a_call_with_its_key_and_value() -> None:
    site = next(one for one in read("python", 'settings["agreed"] = True\n').sites if one.form == "set")
    assert (site.member, site.receiver) == ("[]", "settings")
    assert [one.value for one in site.arguments] == ["agreed", "true"]


def test_a_builder_gives_itself_until_it_is_built() -> None:
    text = """
import com.example.Request

fun make() = Request.Builder(1).first(2).second(3)
"""
    owners = {one.member: one.owner for one in read("kotlin", text).sites if one.form == "call"}
    assert owners["second"] == "com.example.Request.Builder"

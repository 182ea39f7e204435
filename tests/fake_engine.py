"""An engine without a pipeline, so that a front end can be tested alone: it gives the hand-made report and small rules.

`install` puts it in the place of the real one; the functions below are what a front end may call.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from msgspec.structs import replace

import privlint
import reports
import small_rules
from privlint.model.check import Check, CheckDoc
from privlint.model.finding import Report, Text
from privlint.model.request import Request
from privlint.model.rulebook import Rulebook
from privlint.model.rules import Api, Constraint, Family, Group, Sign

COMMANDS = ("check", "explain", "categories")
REQUESTS: list[Request] = []
ANSWER: list[Report | BaseException] = [reports.REPORT]
DOC = CheckDoc(
    Check("PRV101", "unnecessary-collection", Text("Not necessary", "非必要"), "error", ("cn-necessary-2021/4",)),
    Text("Data is collected that is not needed.\n\n## Why\n\nBecause.", "收集了不需要的信息。\n\n## 原因\n\n如此。"),
)
TELEPHONY = Family(
    id="telephony",
    platform="android",
    name_en="Telephony",
    name_zh="电话",
    source="https://developer.android.com/reference/android/telephony/TelephonyManager",
    read="2026-01-02",
    api=(
        Api(
            "android.telephony.TelephonyManager",
            data=("imei",),
            members=("getImei", "getDeviceId"),
            when=(Constraint(0, is_=("0", "1")),),
            permissions=("android.permission.READ_PRIVILEGED_PHONE_STATE",),
            since=26,
        ),
        Api("android.location.LocationManager", data=("precise-location",), members=("getLastKnownLocation",)),
    ),
    sign=(Sign("uri", data=("contacts",), values=("content://com.android.contacts",), act="mark", verified=False),),
)


def run(request: Request) -> Report:
    """Answer with the report that is set, or raise the error."""
    REQUESTS.append(request)
    answer = ANSWER[0]
    if isinstance(answer, BaseException):
        raise answer
    return answer


def source(_root: str, path: str) -> str | None:
    """Give the text of a file of the hand-made report."""
    return reports.SOURCES.get(path)


def rulebook() -> Rulebook:
    """Give the small rules."""
    return Rulebook(
        version="abc123",
        data_types=tuple(small_rules.DATA_TYPES.values()),
        groups=(Group("loc", "位置信息", "Location"),),
        policies=(small_rules.NECESSARY,),
        families=(TELEPHONY,),
        types=(),
        fields=(),
    )


def check_docs() -> tuple[CheckDoc, ...]:
    """Give the one documented check."""
    return (DOC,)


def install() -> None:
    """Take the place of the real engine, for commands that are imported from now on."""
    for command in COMMANDS:
        sys.modules.pop(f"privlint.cli.{command}", None)
    sys.modules["privlint.engine"] = sys.modules[__name__]
    privlint.engine = sys.modules[__name__]  # type: ignore[attr-defined]


def program() -> tuple[list[str], dict[str, str]]:
    """Give a command that runs privlint on this engine in its own process, and the environment for it."""
    here = Path(__file__).parent
    code = "import fake_engine; fake_engine.install(); from privlint.cli import main; raise SystemExit(main())"
    path = os.pathsep.join((str(here), str(Path(privlint.__file__).parent.parent)))
    return [sys.executable, "-X", "utf8=0", "-c", code], {"PATH": os.environ["PATH"], "PYTHONPATH": path}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModuleType]:
    """Use this engine, in an empty working folder and an environment that says nothing."""
    before = {
        name: module for name, module in sys.modules.items() if name.startswith(("privlint.engine", "privlint.cli."))
    }
    attribute = getattr(privlint, "engine", None)
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("LC_", "LANG", "PRIVLINT", "NO_COLOR", "FORCE_COLOR")):
            monkeypatch.delenv(name)
    this = sys.modules[__name__]
    monkeypatch.setattr(this, "ANSWER", [replace(reports.REPORT, root=str(tmp_path))])
    monkeypatch.setattr(this, "REQUESTS", [])
    install()
    yield this
    for command in COMMANDS:
        sys.modules.pop(f"privlint.cli.{command}", None)
    sys.modules.pop("privlint.engine", None)
    sys.modules.update(before)
    if attribute is None:
        del privlint.engine  # type: ignore[attr-defined]
    else:
        privlint.engine = attribute  # type: ignore[attr-defined]

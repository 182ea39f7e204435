"""The script that holds the catalogue against the platform's stubs, on a stub of a few lines."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from privlint.model.rulebook import Rulebook
from privlint.model.rules import Api, Family, TypeFacts, TypeRules

ROOT = Path(__file__).parent.parent
STUB = """
declare module android {
    export module phone {
        /** @since 23 */
        export class Base extends java.lang.Object {
            public static class: java.lang.Class<android.phone.Base>;
            public getName(): string;
            /** @since 26
             *  @deprecated Deprecated in API 30 */
            public getNumber(slot: number): string;
            public static KEY: "the_key";
        }
        export module Base {
            export class Inner extends android.phone.Base implements android.phone.Listener<string> {
                public constructor(implementation: {
                    onName(name: string): void;
                });
                public onName(name: string): void;
            }
        }
    }
}
"""


@pytest.fixture
def stubs(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    monkeypatch.delitem(sys.modules, "check_stubs", raising=False)
    return import_module("check_stubs")


@pytest.fixture
def kinds(stubs: Any, tmp_path: Path) -> Any:
    path = tmp_path / "stub.d.ts"
    path.write_text(STUB, encoding="utf-8")
    return stubs.read((path,))


def rules(*apis: Api, constants: dict[str, str] | None = None) -> Rulebook:
    family = Family("phone", "android", "Phone", "电话", "https://example.com", "2026-11-24", api=apis)
    facts = TypeFacts("android.phone.Base", constants=constants or {})
    return Rulebook("", (), (), (), (family,), (TypeRules("android", (facts,)),), ())


NUMBER = Api(owner="android.phone.Base", members=("getNumber",), since=26, deprecated=30)


def test_what_is_right_says_nothing(stubs: Any, kinds: Any) -> None:
    inherited = Api(owner="android.phone.Base.Inner", members=("getNumber", "onName"), since=26, deprecated=30)
    right = rules(NUMBER, inherited, constants={"KEY": "the_key"})
    assert list(stubs.missing(right, kinds)) == []
    assert list(stubs.wrong_levels(right, kinds)) == []
    assert list(stubs.wrong_values(right, kinds)) == []


def test_what_does_not_exist(stubs: Any, kinds: Any) -> None:
    apis = [Api(owner="android.phone.Base", members=("getNom",)), Api(owner="android.phone.Gone", members=("x",))]
    assert list(stubs.missing(rules(*apis), kinds)) == [
        "phone: android.phone.Base.getNom is not in the stubs",
        "phone: android.phone.Gone is not in the stubs",
    ]
    hidden = replace(apis[0], verified=False)
    vendor = Api(owner="com.example.Sdk", members=("x",))
    assert list(stubs.missing(rules(hidden, vendor), kinds)) == []


def test_levels_and_values(stubs: Any, kinds: Any) -> None:
    early = replace(NUMBER, since=24, deprecated=0)
    assert list(stubs.wrong_levels(rules(early), kinds)) == [
        "phone: android.phone.Base ['getNumber']: since = 24, the stubs say 26",
        "phone: android.phone.Base ['getNumber']: deprecated = 0, the stubs say 30",
    ]
    by_class = Api(owner="android.phone.Base", members=("getName",), since=23)
    assert list(stubs.wrong_levels(rules(by_class), kinds)) == []
    wrong = rules(constants={"KEY": "a_key"})
    assert list(stubs.wrong_values(wrong, kinds)) == ["types: android.phone.Base.KEY = 'a_key', the stubs say the_key"]

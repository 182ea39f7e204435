"""The name of an API in; its entry, with a line that must fire and one that must not, in the file of its family.

    python scripts/new_api.py PLATFORM FAMILY CLASS MEMBER DATA --source URL

For example: `python scripts/new_api.py android clipboard android.content.ClipboardManager getText clipboard --source
https://developer.android.com/reference/android/content/ClipboardManager`. Nothing is written where the data type is
unknown, the entry exists, or the rules would not load with it. The two lines are a start: make them say what matters.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from pathlib import Path

from privlint.errors import PrivlintError
from privlint.rulebook.load import load

RULES = Path(__file__).resolve().parent.parent / "rules"


def main(arguments: list[str]) -> int:
    """Append the entry and load the rules with it; 1 where they do not load, and the file is as it was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("platform", choices=sorted(path.name for path in (RULES / "apis").iterdir() if path.is_dir()))
    parser.add_argument("family", help="a file of rules/apis/PLATFORM, without .toml; a new one is made")
    parser.add_argument("owner", metavar="class")
    parser.add_argument("member")
    parser.add_argument("data", help="an id of rules/data-types.toml")
    parser.add_argument("--source", required=True, help="the page where the fact was read")
    given = parser.parse_args(arguments)

    rules = load(str(RULES))
    if given.data not in {kind.id for kind in rules.data_types}:
        parser.error(f"no data type has the id {given.data}")
    if any(api.owner == given.owner and given.member in api.members for family in rules.families for api in family.api):
        parser.error(f"the catalogue has {given.owner}.{given.member} already")

    target = RULES / "apis" / given.platform / f"{given.family}.toml"
    before = target.read_text(encoding="utf-8") if target.is_file() else None
    text = (before if before is not None else _family(given)).rstrip() + "\n\n" + _entry(given)
    target.write_text(text, encoding="utf-8")
    try:
        load(str(RULES))
    except PrivlintError as error:
        if before is None:
            target.unlink()
        else:
            target.write_text(before, encoding="utf-8")
        print(error, file=sys.stderr)
        return 1
    print(f"{target}: run `pytest tests/test_catalogue.py -k {given.family}` once `fires` and `silent` are right")
    return 0


def _family(given: argparse.Namespace) -> str:
    today = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    lines = {
        "id": given.family,
        "platform": given.platform,
        "name_en": given.family.replace("-", " ").capitalize(),
        "name_zh": given.family,
        "source": given.source,
        "read": today,
    }
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items())


def _entry(given: argparse.Namespace) -> str:
    simple = given.owner.rpartition(".")[2]
    if given.platform == "python":
        fires = f"import {given.owner}\n{given.owner}.{given.member}()"
        silent = f"def {given.member}(): ...\n{given.member}()"
    else:
        fires = f"fun f(x: {simple}) = x.{given.member}()"
        silent = f"class Own {{ fun {given.member}() = 1 }}\nfun f(x: Own) = x.{given.member}()"
    lines = {
        "class": given.owner,
        "members": [given.member],
        "data": [given.data],
        "source": given.source,
        "fires": fires,
        "silent": silent,
    }
    return "[[api]]\n" + "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The records of the manifest and the vocabulary of `rules/` in, the JSON Schema for editors out.

    python scripts/make_schema.py

A test compares the file with what this makes: run it again after a change to `model/project.py` or to the vocabulary.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from privlint.model import project

toml: Any = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "privlint" / "declare" / "privlint.schema.json"
RULES = ROOT / "rules"

Names = dict[str, str]  # id -> "English · 中文"


def build(rules: Path = RULES) -> str:
    """Make the text of the schema."""
    schema = msgspec.json.schema(project.Manifest)
    definitions = schema["$defs"]
    for name, definition in definitions.items():
        _describe(definition, _comments(getattr(project, name)))
    _limit(definitions, rules)
    return _text(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "privlint.toml",
            **schema,
        }
    )


def _describe(definition: dict[str, Any], comments: Names) -> None:
    """Give each key the comment that its record has, and take out what TOML cannot say."""
    for key, value in definition["properties"].items():
        choices = [choice for choice in value.get("anyOf", ()) if choice != {"type": "null"}]
        if len(choices) == 1:
            del value["anyOf"]
            value.update(choices[0])
        if value.get("enum"):
            value["enum"] = [word for word in value["enum"] if word is not None]
        if not value.get("default", True):
            del value["default"]
        if isinstance(value.get("default"), dict):
            del value["default"]
        if key in comments:
            value["description"] = comments[key]
    for key in definition["required"]:
        if definition["properties"][key].get("type") == "string":
            definition["properties"][key].setdefault("minLength", 1)


def _comments(record: type) -> Names:
    """The comment beside each field of a record."""
    lines = inspect.getsource(record).splitlines()
    body = ast.parse("\n".join(lines)).body[0]
    found = {}
    for field in body.body if isinstance(body, ast.ClassDef) else ():
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and field.end_lineno:
            _, mark, comment = lines[field.end_lineno - 1][field.end_col_offset :].partition("#")
            if mark:
                comment = comment.strip()
                found[field.target.id] = comment[:1].upper() + comment[1:]
    return found


def _limit(definitions: dict[str, Any], rules: Path) -> None:
    """Add what the records cannot say: the vocabulary, and which keys go together."""
    categories = {**_vocabulary(rules, "policies/*/*.toml", "number"), "other": "none of the 39 · 其他"}
    data = _vocabulary(rules, "data-types.toml", "group")
    services = _conditions(rules)
    if len(categories) > 1:
        _choose(definitions["App"]["properties"]["category"], categories)
        _choose(definitions["Function"]["properties"]["category"], categories)
    if data:
        _choose(definitions["Collect"]["properties"]["data"], data)
        _choose(definitions["Sdk"]["properties"]["data"]["items"], data)
    if services:
        _choose(definitions["App"]["properties"]["services"]["items"], services)
    manifest = definitions["Manifest"]
    manifest["not"] = {"required": ["app", "apps"]}
    app = definitions["App"]
    several = json.loads(json.dumps(app))
    several["properties"]["paths"]["minItems"] = 1
    several["required"] = [*app["required"], "paths"]
    del app["properties"]["paths"]
    definitions["OneOfSeveralApps"] = several
    manifest["properties"]["apps"]["items"] = {"$ref": "#/$defs/OneOfSeveralApps"}
    definitions["Contact"]["properties"]["days"]["minimum"] = 1
    check = {"type": "string", "pattern": "^PRV[0-9]{0,3}$"}
    definitions["CheckSettings"]["properties"]["select"]["items"] = check
    definitions["CheckSettings"]["properties"]["ignore"]["items"] = check
    definitions["CheckSettings"]["properties"]["severity"]["propertyNames"] = {"pattern": "^PRV[0-9]{3}$"}


def _choose(value: dict[str, Any], names: Names) -> None:
    value.pop("minLength", None)
    value.pop("examples", None)
    value["enum"] = sorted(names)
    value["x-taplo"] = {"docs": {"enumValues": [names[word] for word in sorted(names)]}}


def _vocabulary(rules: Path, pattern: str, mark: str) -> Names:
    """The entries that have an id and the key by which their kind is known."""
    return {entry["id"]: _name(entry) for entry in _entries(rules, pattern) if "id" in entry and mark in entry}


def _conditions(rules: Path) -> Names:
    found: Names = {}
    for path in sorted(rules.glob("policies/*/*.toml")):
        tables = toml.loads(path.read_text(encoding="utf-8"))
        for key in ("condition", "conditions"):
            found.update({entry["id"]: _name(entry) for entry in tables.get(key, ())})
    return found


def _entries(rules: Path, pattern: str) -> list[dict[str, Any]]:
    found = []
    for path in sorted(rules.glob(pattern)):
        tables = toml.loads(path.read_text(encoding="utf-8"))
        for value in tables.values():
            if isinstance(value, list):
                found += [entry for entry in value if isinstance(entry, dict)]
    return found


def _name(entry: dict[str, Any]) -> str:
    return " · ".join(filter(None, (entry.get("name_en", ""), entry.get("name_zh", ""))))


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(build(), encoding="utf-8")

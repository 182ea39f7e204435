"""The manifest: what is read, and what is said, with place and remedy, when it is wrong."""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import date
from pathlib import Path

import jsonschema_rs
import pytest

from privlint.declare.manifest import find, read
from privlint.errors import ConfigurationError
from privlint.model.place import Place, Position
from privlint.model.spelling import closest, did_you_mean

ROOT = Path(__file__).resolve().parent.parent

WHOLE = """\
#:schema privlint.schema.json
[app]
name = "示例地图"
category = "map-navigation"
services = ["etc"]
policy = "docs/privacy.zh.md"

[[function]]
id = "share-trip"
name = "Share a trip with friends"
category = "instant-messaging"

[[collect]]
data = "precise-location"
purpose = "Show the user's position and navigate"
consent = "separate"

[[collect]]
data = "contacts"
purpose = "Share a trip"
function = "share-trip"
basis = "contract"
reason = "The user asked for it"

[[sdk]]
name = "Amap location"
purpose = "Positioning"
data = ["precise-location", "wifi-bssid"]

[consent]
gates = ["com.example.privacy.Consent.isGranted"]

[check]
exclude = ["third_party/**"]
severity = { PRV601 = "info" }

[[waive]]
check = "PRV101"
path = "app/src/main/java/com/example/Legacy.java"
reason = "Removed in 5.2, ticket 4711"
owner = "map-team"
until = 2026-12-14
"""
APP = '[app]\nname = "Map"\ncategory = "map-navigation"\n'
COLLECT = '[[collect]]\ndata = "imei"\npurpose = "Login"\n'
WAIVER = '[[waive]]\ncheck = "PRV101"\npath = "a.kt"\nreason = "r"\nowner = "o"\n'


def load(text, embedded=False):
    return read(text.encode(), "privlint.toml", embedded)


def wrong(text, embedded=False):
    """Where it is wrong, what, and the remedy."""
    with pytest.raises(ConfigurationError) as caught:
        read(text if isinstance(text, bytes) else text.encode(), "privlint.toml", embedded)
    error = caught.value
    assert error.path == "privlint.toml"
    assert error.hint
    return f"{error.line}:{error.column}", error.message, error.hint


def region(text, key):
    """The text that the place of a key covers."""
    place = load(text).places[key]
    assert place.start.line == place.end.line
    return text.splitlines()[place.start.line - 1][place.start.column - 1 : place.end.column - 1]


def test_a_whole_manifest_is_read():
    manifest = load(WHOLE).manifest
    assert manifest.app.name == "示例地图"
    assert manifest.app.services == ("etc",)
    assert [(entry.data, entry.function, entry.consent) for entry in manifest.collect] == [
        ("precise-location", "basic", "separate"),
        ("contacts", "share-trip", "policy"),
    ]
    assert manifest.sdk[0].data == ("precise-location", "wifi-bssid")
    assert manifest.check.severity == {"PRV601": "info"}
    assert manifest.waive[0].until == date(2026, 12, 14)


def test_a_manifest_may_say_nothing_of_the_app():
    manifest = load('[check]\nexclude = ["x"]\n').manifest
    assert manifest.app is None
    assert load("").manifest.collect == ()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("app", "[app]"),
        ("app.name", '"示例地图"'),
        ("app.services.0", '"etc"'),
        ("collect", "[[collect]]"),
        ("collect.1", "[[collect]]"),
        ("collect.1.data", '"contacts"'),
        ("sdk.0.data", '["precise-location", "wifi-bssid"]'),
        ("sdk.0.data.1", '"wifi-bssid"'),
        ("check.severity", '{ PRV601 = "info" }'),
        ("check.severity.PRV601", '"info"'),
        ("waive.0.until", "2026-12-14"),
    ],
)
def test_every_value_has_its_place(key, text):
    assert region(WHOLE, key) == text


def test_columns_count_characters_and_not_bytes():
    text = '[check]\nseverity = { "检\U0001f9ed" = "error", PRV601 = "info" }\n'
    assert load(text).places["check.severity.PRV601"] == Place("privlint.toml", Position(2, 39), Position(2, 45))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_move_nothing(newline, mark):
    text = mark + '[app]\nname = "Map"\ncategory = "x"\nside = "none"\n'.replace("\n", newline)
    assert wrong(text)[0] == "4:8"
    assert wrong(mark + 'nam = "Map"')[0] == "1:1"


@pytest.mark.parametrize(
    ("text", "key", "shown"),
    [
        ('app = { name = "M", category = "x" }', "app.category", '"x"'),
        ('app.name = "M"\napp.category = "x"', "app.category", '"x"'),
        ('[app]\n"name" = "M"\n"categ\\u006fry" = \'x\'', "app.category", "'x'"),
        ('collect = [{ data = "a", purpose = "p" },\n  { data = "b", purpose = "p" }]', "collect.1.data", '"b"'),
    ],
)
def test_every_way_to_write_a_key_is_placed(text, key, shown):
    assert region(text, key) == shown


def test_a_key_that_is_not_written_stands_where_its_table_stands():
    loaded = load(WHOLE)
    assert loaded.place("collect.0.retention") == loaded.places["collect.0"]
    assert loaded.places["collect.0"].start.line == 13
    assert loaded.place("rights.delete") is None


def test_the_table_of_a_pyproject_is_read_with_its_places_in_that_file():
    text = '[project]\nname = "x"\n\n[tool.privlint.app]\nname = "地图"\ncategory = "map-navigation"\n'
    loaded = load(text, embedded=True)
    assert loaded.manifest.app.category == "map-navigation"
    assert loaded.places["app.category"].start == Position(6, 12)
    assert loaded.places["app"].start == Position(4, 1)
    assert "project" not in loaded.places


def test_errors_in_a_pyproject_name_the_full_table():
    text = '[tool.other]\nx = 1\n[tool.privlint]\nexclud = []\n[tool.privlint.app]\nname = "M"\n'
    assert wrong(text, embedded=True)[:2] == ("4:1", "unknown key `exclud` in [tool.privlint]")
    text = '[tool.privlint.app]\nname = "M"\n'
    assert wrong(text, embedded=True)[:2] == ("1:1", "[tool.privlint.app] has no `category`")
    assert wrong("[tool]\nprivlint = 3", embedded=True)[1] == "`tool.privlint` must be a table"


UNKNOWN = [
    (APP + "sevices = []\n", "4:1", "unknown key `sevices` in [app]", "Did you mean `services`?"),
    ("[check]\nfail-on = 'info'\n", "2:1", "unknown key `fail-on` in [check]", "Did you mean `fail_on`?"),
    ("exclude = ['**']\n", "1:1", "unknown key `exclude` in the manifest", "`exclude` belongs in [check]."),
    (COLLECT + "owner = 'x'\n", "4:1", "unknown key `owner` in [[collect]]", "`owner` belongs in [[waive]]."),
    ("[colect]\n", "1:2", "unknown key `colect` in the manifest", "Did you mean `collect`?"),
    (
        "rights = { 'with draw' = 'x', wthdraw = '中' }\n",
        "1:12",
        "unknown key `with draw` in [rights]",
        "Did you mean `withdraw`?",
    ),
    (
        "'a.b' = 1\n",
        "1:1",
        "unknown key `a.b` in the manifest",
        "Keys that may stand here: app, apps, function, collect, sdk, consent, rights, contact, check, waive.",
    ),
]
WRONG_TYPE = [
    ("app = 'Map'\n", "1:7", "`app` must be a table, not text", "Write a table: [app]"),
    ("[[app]]\nname = 'M'\n", "1:1", "`app` must be a table, not a list", "Write [app] for one app, or [[apps]] with"),
    (
        "[collect]\n",
        "1:1",
        "`collect` must be a list, not a table",
        "Write the header in double brackets: [[collect]].",
    ),
    ("[[rights]]\n", "1:1", "`rights` must be a table, not a list", "Write the header in single brackets: [rights]."),
    (APP + "services = 'etc'\n", "4:12", "`app.services` must be a list, not text", 'Write a list: services = ["…"]'),
    (
        APP + "minors = 'no'\n",
        "4:10",
        "`app.minors` must be true or false, not text",
        "Write true or false without quotes.",
    ),
    ("[contact]\ndays = 1.5\n", "2:8", "`contact.days` must be a whole number, not a number", "Write a whole number"),
    (
        COLLECT + "[[collect]]\npurpose = '登录'\ndata = 3\n",
        "6:8",
        "`collect.data` must be text, not a whole number",
        "Put the text in double quotes.",
    ),
    (
        "[[sdk]]\nname = 'S'\npurpose = 'p'\ndata = ['位置', 3]\n",
        "4:15",
        "`sdk.data` must be text, not a whole number",
        "Put the text in double quotes.",
    ),
    (WAIVER + "until = 'soon'\n", "6:9", "`waive.until` is not a date", "Write year, month and day without quotes"),
    (
        WAIVER + "until = 2026-01-01T10:00:00\n",
        "6:9",
        "`waive.until` must be a date, not a date with a time",
        "2026-12-14",
    ),
    (
        "[check]\nseverity = { PRV101 = 'info', PRV102 = 'warn' }\n",
        "2:40",
        '`check.severity.PRV102` cannot be "warn"',
        'Did you mean `warning`? It is one of "error", "info", "warning".',
    ),
    (
        "[check]\nseverity = { PRV101 = 3 }\n",
        "2:23",
        "`check.severity.PRV101` must be text, not a whole number",
        "quotes",
    ),
    (APP + "side = 'shop'\n", "4:8", '`app.side` cannot be "shop"', 'It is one of "consumer", "supply".'),
    (
        COLLECT + "consent = 'seperate'\n",
        "4:11",
        '`collect.consent` cannot be "seperate"',
        'Did you mean `separate`? It is one of "permission", "policy", "separate".',
    ),
]
MISSING = [
    ("[app]\nname = 'M'\n", "1:1", "[app] has no `category`", 'Add the line: category = "map-navigation"'),
    (COLLECT + "\n[[collect]]\ndata = 'x'\n", "5:1", "[[collect]] has no `purpose`", "Add the line: purpose = "),
    (WAIVER, "1:1", "[[waive]] has no `until`", "Add the line: until = 2026-12-14"),
]
INCOHERENT = [
    (
        APP + "[[apps]]\nname = 'N'\ncategory = 'x'\npaths = ['n']\n",
        "4:1",
        "both [app] and [[apps]] are written",
        "not both",
    ),
    (APP + "paths = ['a']\n", "4:9", "`paths` has no meaning in [app]", "For several apps write [[apps]]."),
    ("[[apps]]\nname = 'N'\ncategory = 'x'\n", "1:1", "[[apps]] has no `paths`", 'paths = ["apps/map"]'),
    (
        "[[apps]]\nname = 'N'\ncategory = 'x'\npaths = ['n', '../m']\n",
        "4:15",
        '"../m" is not a folder of this project',
        "with forward slashes",
    ),
    (
        "[[apps]]\nname = 'N'\ncategory = 'x'\npaths = ['n']\n[[apps]]\nname = 'N'\ncategory = 'x'\npaths = ['m']\n",
        "6:8",
        'two apps are named "N"',
        "a name of its own",
    ),
    (
        "[[function]]\nid = 'f'\nname = 'F'\n[[function]]\nid = 'f'\nname = 'G'\n",
        "5:6",
        'two functions have the id "f"',
        "an id of its own",
    ),
    ("[[function]]\nid = 'basic'\nname = 'F'\n", "2:6", 'a function cannot have the id "basic"', "Choose another id"),
    (
        "[[function]]\nid = 'share-trip'\nname = 'F'\n" + COLLECT + "function = 'share-tripp'\n",
        "7:12",
        'no function has the id "share-tripp"',
        'Did you mean `share-trip`? It is one of "basic", "share-trip"; declare another with [[function]].',
    ),
    (COLLECT + "function = 'x'\n", "4:12", 'no function has the id "x"', 'It is one of "basic"; declare another'),
    (COLLECT + "basis = 'contract'\n", "4:9", 'the legal basis "contract" needs a reason', "Add the line: reason ="),
    (
        COLLECT + "basis = 'law'\nreason = ' '\n",
        "4:9",
        'the legal basis "law" needs a reason',
        "Add the line: reason =",
    ),
    (WAIVER.replace("a.kt", " ") + "until = 2026-12-14\n", "3:8", "`waive.path` is empty", "remove the whole entry"),
    (WAIVER.replace('"r"', '""') + "until = 2026-12-14\n", "4:10", "`waive.reason` is empty", "remove the whole entry"),
    (COLLECT.replace("Login", ""), "3:11", "`collect.purpose` is empty", "Write the text"),
    (APP.replace("map-navigation", ""), "3:12", "`app.category` is empty", "Write the text"),
    ("[consent]\ngates = ['a.b', '']\n", "2:17", "an entry of `consent.gates` is empty", "full name"),
    ("[check]\nexclude = ['a', '!']\n", "2:17", "an entry of `check.exclude` is not a pattern", "as in .gitignore"),
    ("[contact]\ndays = 0\n", "2:8", "`contact.days` is less than one day", "days = 15"),
]
NOT_TOML = [
    ("[app]\nname = Map\n", "2:8", "not valid TOML: invalid value", "Put text in double quotes"),
    ('[app]\nname = "Map\n', "2:12", "not valid TOML: illegal character", "Close the text with the quote"),
    ('[app]\nname = "地图" x\n', "2:13", "not valid TOML: expected newline", "Check the quotes"),
    ("[app]\n[app]\n", "2:5", "not valid TOML: cannot declare `app` twice", "[[collect]]"),
    ("地 = 1\n", "1:1", "not valid TOML: invalid statement", "stands in quotes"),
    ("[app]\nname =", "2:7", "not valid TOML: invalid value", "Put text in double quotes"),
]


@pytest.mark.parametrize(("text", "where", "message", "hint"), UNKNOWN + WRONG_TYPE + MISSING + INCOHERENT + NOT_TOML)
def test_an_error_says_what_is_wrong_where_and_what_to_do(text, where, message, hint):
    found = wrong(text)
    assert found[0] == where
    assert found[1].startswith(message)
    assert hint in found[2]


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("a = " + "[" * 100_000 + "]" * 100_000, "1:105", "brackets are nested more than 100 levels deep"),
        ("a = " + "{b=" * 5_000, "1:305", "brackets are nested more than 100 levels deep"),
        (".".join(["a"] * 20_000) + " = 1", "1:200", "a dotted key has more than 100 parts"),
        ("[" + ".".join(['"中"'] * 20_000) + "]", "1:401", "a dotted key has more than 100 parts"),
        (b"\xff\xfe\x00[\x00", "1:3", "the file holds a NUL byte"),
        (b'[app]\nname = "\xe4\xb8\xad\xff"', "2:10", "the file is not valid UTF-8"),
        ("x = " + "9" * 200_000, "1:200005", "not valid TOML: a number is too long"),
    ],
)
def test_what_could_hurt_the_parser_does_not_reach_it(text, where, message):
    if "number" in str(message) and not hasattr(sys, "set_int_max_str_digits"):
        pytest.skip("this Python reads numbers of any length")
    assert wrong(text)[:2] == (where, message)


def test_a_large_file_is_refused_and_brackets_in_text_and_comments_are_not_counted():
    assert wrong("#" * (256 * 1024 + 1))[1] == "the file is larger than 256 KB"
    deep = "[" * 300
    text = f"# {deep}\n" + APP + f"policy = '{deep}' # {deep}\n" + COLLECT + f'reason = """\n{deep}\\"""\\""""\n'
    assert load(text).manifest.app.policy == deep


def test_many_values_on_one_line_take_no_long_time():
    text = "x = [" + '"中",' * 40_000 + "]"
    assert wrong(text)[1] == "unknown key `x` in the manifest"


class Opener:
    """Reads files and remembers which."""

    def __init__(self):
        self.opened = []

    def __call__(self, path):
        self.opened.append(path)
        return Path(path).read_bytes()


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "repo/.git").mkdir(parents=True)
    (tmp_path / "repo/app/src").mkdir(parents=True)
    (tmp_path / "privlint.toml").write_text("")
    return tmp_path / "repo"


def found(folder, opener=None):
    path = find(str(folder), opener or Opener())
    return path and Path(path).relative_to(folder.parents[0] if folder.name == "repo" else folder.parents[2]).as_posix()


def test_the_search_stops_at_the_root_of_the_repository(tree):
    assert found(tree / "app/src") is None
    (tree / "privlint.toml").write_text("")
    assert found(tree / "app/src") == "repo/privlint.toml"


def test_the_nearest_manifest_wins_and_names_have_an_order(tree):
    (tree / "privlint.toml").write_text("")
    (tree / "app/pyproject.toml").write_text("[tool.privlint]\n")
    assert found(tree / "app/src") == "repo/app/pyproject.toml"
    (tree / "app/.privlint.toml").write_text("")
    assert found(tree / "app/src") == "repo/app/.privlint.toml"
    (tree / "app/privlint.toml").write_text("")
    assert found(tree / "app/src") == "repo/app/privlint.toml"


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("[tool.privlint]\n", True),
        ("[tool.privlint.app]\nname = 'x'\n", True),
        ("[tool]\nprivlint = { app = 3 }\n", True),
        ("tool.privlint.app.name = 'x'\n", True),
        ("[ tool . 'privlint' ]\nbroken =\n", True),
        ("[project]\ndependencies = ['privlint']\n", False),
        ("[project]\nname = 'privlint'\nbroken =\n", False),
        ("broken =\n", False),
        ("tool = 3\n# privlint\n", False),
    ],
)
def test_a_pyproject_counts_only_with_our_table(tree, text, ours):
    (tree / "pyproject.toml").write_text(text)
    assert found(tree) == ("repo/pyproject.toml" if ours else None)


def test_a_manifest_that_is_no_regular_file_is_found_and_so_can_be_refused(tree):
    (tree / "privlint.toml").symlink_to("/dev/zero")
    opener = Opener()
    assert found(tree, opener) == "repo/privlint.toml"
    assert opener.opened == []


@pytest.mark.parametrize(
    ("word", "choices", "meant"),
    [
        ("catgory", ["category", "services"], "category"),
        ("Map_Navigation", ["map-navigation", "ride-hailing"], "map-navigation"),
        ("fail-on", ["fail_on"], "fail_on"),
        ("zzz", ["category"], ""),
        ("", ["category"], ""),
        ("c" * 100_000, ["category"], ""),
        ("ab", ["abd", "abc"], "abd"),
    ],
)
def test_the_closest_word(word, choices, meant):
    assert closest(word, choices) == meant
    assert closest(word, reversed(choices)) == meant
    assert did_you_mean(word, choices) == (f"Did you mean `{meant}`?" if meant else "")


def maker():
    spec = importlib.util.spec_from_file_location("make_schema", ROOT / "scripts/make_schema.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def schema():
    return json.loads((ROOT / "src/privlint/declare/privlint.schema.json").read_text(encoding="utf-8"))


def test_the_schema_is_what_the_records_say():
    made = json.loads(maker().build())
    assert made == schema(), "run: python scripts/make_schema.py"


def test_every_key_of_the_schema_is_described():
    silent = [
        f"{name}.{key}"
        for name, definition in schema()["$defs"].items()
        for key, value in definition["properties"].items()
        if name != "Manifest" and not value.get("description")
    ]
    assert silent == []


def test_the_schema_takes_the_vocabulary_from_the_rules(tmp_path):
    (tmp_path / "policies/p").mkdir(parents=True)
    (tmp_path / "policies/p/categories.toml").write_text(
        '[[categories]]\nnumber = 1\nid = "map-navigation"\nname_en = "Maps"\nname_zh = "地图导航"\n'
        '[[conditions]]\nid = "etc"\nname_en = "Toll"\nname_zh = "ETC"\n',
        encoding="utf-8",
    )
    (tmp_path / "data-types.toml").write_text(
        '[[groups]]\nid = "device"\n'
        '[[data_types]]\nid = "imei"\ngroup = "device"\nname_en = "IMEI"\nname_zh = "IMEI"\n',
        encoding="utf-8",
    )
    definitions = json.loads(maker().build(tmp_path))["$defs"]
    assert definitions["App"]["properties"]["category"]["enum"] == ["map-navigation", "other"]
    assert definitions["App"]["properties"]["services"]["items"]["enum"] == ["etc"]
    assert definitions["Collect"]["properties"]["data"]["enum"] == ["imei"]
    names = definitions["App"]["properties"]["category"]["x-taplo"]["docs"]["enumValues"]
    assert names[0] == "Maps · 地图导航"


def test_the_schema_agrees_with_the_reader(tmp_path):
    toml = pytest.importorskip("tomllib" if sys.version_info >= (3, 11) else "tomli")
    validator = jsonschema_rs.validator_for(json.loads(maker().build(tmp_path)))

    def accepts(text):
        document = json.loads(json.dumps(toml.loads(text), default=str))
        return validator.is_valid(document)

    assert accepts(WHOLE)
    disagreeing = [text for text, *_ in UNKNOWN + WRONG_TYPE + MISSING if accepts(text) and "until" not in text]
    assert disagreeing == []
    assert not accepts(APP + "paths = ['a']\n")
    assert not accepts(APP + "[[apps]]\nname = 'N'\ncategory = 'x'\npaths = ['n']\n")
    assert not accepts("[[apps]]\nname = 'N'\ncategory = 'x'\n")

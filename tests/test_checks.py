"""Every check: what must speak, and beside it what must stay silent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from privlint import checks
from privlint.checks import wording
from privlint.model.facts import Confidence
from privlint.model.finding import Finding
from privlint.model.judged import Project, includes
from small_rules import DATA_TYPES, project, seen

MAPS = '[app]\nname = "Maps"\ncategory = "map-navigation"\n'
TICKETS = '[app]\nname = "Tickets"\ncategory = "transport-ticketing"\n'
LOCATION = '[[collect]]\ndata = "precise-location"\npurpose = "Navigate"\nconsent = "separate"\n'


def collect(data: str, more: str = "") -> str:
    return f'[[collect]]\ndata = "{data}"\npurpose = "It is needed"\n{more}\n'


def shown(judged: Project) -> list[tuple[str, str, int, str]]:
    return [(each.check, each.severity, each.place.start.line, each.place.path) for each in checks.run(judged)]


def ids(judged: Project) -> list[str]:
    return [finding.check for finding in checks.run(judged)]


def only(judged: Project) -> Finding:
    (finding,) = checks.run(judged)
    return finding


# --- the registry -----------------------------------------------------------------------------------------------------


def test_no_file_is_left_out_and_the_tuple_is_sorted():
    folder = Path(checks.__file__).parent
    files = sorted(path.stem for path in folder.glob("prv*.py"))
    assert [module.__name__.rpartition(".")[2] for module in checks.CHECKS] == files
    for module, file in zip(checks.CHECKS, files, strict=True):
        assert file == f"{module.CHECK.id.lower()}_{module.CHECK.slug.replace('-', '_')}"


@pytest.mark.parametrize("kind", ["collect", "field", "mark", "verify", "request", "given"])
def test_what_is_not_loaded_for_a_lone_file_would_say_nothing(kind):
    several = [replace(seen(data), kind=kind) for data in ("imei", "precise-location", "phone-number", "contacts")]
    alone = replace(project(*several), given=frozenset(one.place.path for one in several))
    assert not alone.whole
    assert not alone.manifest.path
    talking = {module.CHECK.id for module in checks.CHECKS if tuple(module.check(alone))}
    assert talking <= {"PRV201", "PRV205", "PRV801"}
    assert talking == {finding.check for check in checks.IDS for finding in checks.judge(check, alone)}


def test_cards_are_complete():
    assert len(set(checks.IDS)) == len(checks.IDS)
    for module in checks.CHECKS:
        assert re.fullmatch(r"PRV[1-9]\d\d", module.CHECK.id)
        assert module.CHECK.title.en
        assert module.CHECK.title.zh
        assert all(re.fullmatch(r"cn-[a-z]+-\d{4}/(?:\d+(\.\d+)?|[a-z-]+)", clause) for clause in module.CHECK.clauses)


def test_explain_gives_both_languages_and_nothing_for_a_stranger():
    document = checks.explain("PRV201")
    assert document is not None
    assert document.check.slug == "undeclared-collection"
    assert document.text.en.startswith("Personal data is collected that the manifest does not declare.")
    assert document.text.zh.startswith("收集了清单中没有声明的个人信息。")
    assert checks.explain("PRV999") is None


# --- PRV201 -----------------------------------------------------------------------------------------------------------


def test_undeclared():
    finding = only(project(seen("precise-location", 7), toml=MAPS))
    assert (finding.check, finding.severity) == ("PRV201", "error")
    assert finding.message.en == "precise location is collected but not declared"
    assert finding.message.zh == "收集了精准定位信息，但清单中没有声明"
    assert finding.label.en == "collects precise location"
    assert finding.data == ("precise-location",)
    assert finding.help.en == (
        'declare it in privlint.toml, or remove the call\n[[collect]]\ndata = "precise-location"\n'
        'purpose = "What the user gets for it"\nfunction = "basic"\nconsent = "separate"'
    )


def test_declared_is_silent():
    assert ids(project(seen("precise-location"), toml=MAPS + LOCATION)) == []


def test_a_declaration_covers_what_it_includes_to_any_depth():
    assert ids(project(seen("precise-location"), seen("region", 2), toml=MAPS + LOCATION)) == []


def test_a_declaration_does_not_cover_what_goes_further():
    finding = only(
        project(seen("precise-location"), toml=MAPS + collect("coarse-location"), given=frozenset({"app/Main.kt"}))
    )
    assert finding.check == "PRV201"
    assert finding.notes[0].en == "the manifest declares approximate location; precise location goes further"


def test_an_sdk_table_does_not_declare_what_the_app_collects_itself():
    sdk = '[[sdk]]\nname = "Maps SDK"\npurpose = "Positioning"\ndata = ["precise-location"]\nnotice = "https://example.com/sdk"\n'
    assert ids(project(seen("precise-location"), toml=MAPS + sdk)) == ["PRV201"]


def test_without_a_manifest_everything_is_undeclared_and_one_note_says_how_to_go_on():
    judged = project(seen("precise-location"), seen("phone-number", 2))
    assert shown(judged) == [("PRV201", "error", 1, "app/Main.kt"), ("PRV201", "warning", 2, "app/Main.kt")]
    (note,) = checks.notes(judged)
    assert note.en.startswith("there is no privlint.toml")
    assert '[app]\nname = "Name of the app"\ncategory = "map-navigation"' in note.en
    assert "没有 privlint.toml" in note.zh


def test_a_manifest_in_pyproject_is_shown_its_own_tables():
    judged = project(
        seen("phone-number"), toml='[tool.privlint.app]\nname = "A"\ncategory = "other"\n', path="pyproject.toml"
    )
    assert "[[tool.privlint.collect]]" in only(judged).help.en


# --- PRV101 -----------------------------------------------------------------------------------------------------------


def test_unnecessary_and_undeclared_is_one_finding():
    finding = only(project(seen("imei", 3), toml=MAPS))
    assert (finding.check, finding.severity, finding.also) == ("PRV101", "error", ("PRV201",))
    assert finding.message.en == (
        "IMEI is collected but not necessary for the basic service of a map and navigation app"
    )
    assert finding.message.zh == "收集了IMEI，但它不是地图导航类App基本功能服务的必要个人信息"
    assert finding.notes[0].en == "also PRV201: IMEI is collected but not declared"
    assert finding.notes[1].en == (
        "the basic service of a map and navigation app is positioning and navigation; necessary for it: location"
        " information"
    )
    assert finding.clauses[:2] == ("cn-necessary-2021/5.1", "cn-necessary-2021/4")
    assert "cn-method-2019/2.1" in finding.clauses
    assert '[[function]]\nid = "extended-function"' in finding.help.en
    assert 'data = "imei"' in finding.help.en
    assert 'function = "extended-function"' in finding.help.en


def test_unnecessary_and_declared_as_basic():
    code, declaration = checks.run(project(seen("imei"), toml=MAPS + collect("imei")))
    assert (code.check, code.also, code.place.path) == ("PRV101", (), "app/Main.kt")
    assert [related.place.path for related in code.related] == ["privlint.toml"]
    assert 'set function = "extended-function" in its [[collect]] table in privlint.toml' in code.help.en
    assert (declaration.check, declaration.place.start.line) == ("PRV102", 5)


def test_assigned_to_an_extended_function_is_silent():
    function = '[[function]]\nid = "anti-theft"\nname = "Find a lost phone"\n'
    assert ids(project(seen("imei"), toml=MAPS + function + collect("imei", 'function = "anti-theft"'))) == []


def test_a_further_service_that_needs_the_data_is_proposed():
    function = '[[function]]\nid = "tickets"\nname = "Tickets"\ncategory = "transport-ticketing"\n'
    finding = only(project(seen("phone-number"), toml=MAPS + function))
    assert finding.check == "PRV101"
    assert 'function = "tickets"' in finding.help.en
    assert "[[function]]" not in finding.help.en


def test_what_a_clause_covers_includes_what_that_includes():
    assert ids(project(seen("coarse-location"), toml=MAPS + collect("coarse-location"))) == []


def test_a_category_that_needs_nothing():
    finding = only(project(seen("phone-number"), toml='[app]\nname = "Torch"\ncategory = "utility"\n'))
    assert finding.check == "PRV101"
    assert "no personal information is necessary for it" in finding.notes[1].en
    assert "不需要个人信息" in finding.notes[1].zh


@pytest.mark.parametrize(
    ("toml", "note"),
    [
        ('[app]\nname = "Driver"\ncategory = "map-navigation"\nside = "supply"\n', 'side = "supply"'),
        ('[app]\nname = "Odd"\ncategory = "other"\n', 'category = "other"'),
    ],
)
def test_where_the_list_does_not_apply_only_declarations_count(toml, note):
    judged = project(seen("imei"), toml=toml + collect("imei"))
    assert ids(judged) == []
    assert ids(project(seen("imei"), toml=toml)) == ["PRV201"]
    (said,) = checks.notes(judged)
    assert said.en.startswith(note)
    assert said.zh.startswith(note)


def test_an_ordinary_app_needs_no_note():
    assert checks.notes(project(seen("imei"), toml=MAPS)) == ()


def test_both_alternatives_of_a_clause_are_necessary():
    toml = TICKETS + collect("bank-card-number") + collect("payment-account")
    assert ids(project(seen("bank-card-number"), seen("payment-account", 2), toml=toml)) == []


# --- several apps -----------------------------------------------------------------------------------------------------

TWO = (
    '[[apps]]\nname = "Maps"\ncategory = "map-navigation"\npaths = ["maps"]\n'
    '[[apps]]\nname = "Tickets"\ncategory = "transport-ticketing"\npaths = ["maps/tickets", "tickets"]\n'
)


def test_each_file_is_judged_by_the_app_with_the_longest_folder():
    toml = TWO + collect("phone-number")
    judged = project(
        seen("phone-number", path="maps/A.kt"),
        seen("phone-number", path="maps/tickets/B.kt"),
        seen("phone-number", path="tickets/C.kt"),
        seen("phone-number", path="mapsextra/D.kt"),
        toml=toml,
    )
    assert [(each.check, each.place.path) for each in checks.run(judged)] == [("PRV101", "maps/A.kt")]
    assert [note.en.partition(":")[0] for note in checks.notes(judged)] == [
        "some files lie outside the paths of every [[apps]] table"
    ]


def test_a_shared_declaration_is_basic_when_one_app_needs_it():
    assert ids(project(seen("phone-number", path="tickets/C.kt"), toml=TWO + collect("phone-number"))) == []
    judged = project(seen("imei", path="elsewhere/C.kt"), toml=TWO + collect("imei"))
    finding = only(judged)
    assert finding.check == "PRV102"
    assert "a map and navigation app or a transport ticketing app" in finding.message.en


# --- PRV102, PRV103 ---------------------------------------------------------------------------------------------------


def test_declared_as_basic_stands_in_the_manifest():
    judged = project(seen("phone-number"), toml=MAPS + collect("phone-number"))
    declaration = next(finding for finding in checks.run(judged) if finding.check == "PRV102")
    assert declaration.place.start.line == 5
    assert declaration.severity == "warning"
    assert declaration.message.en == (
        "phone number is declared as basic but not necessary for the basic service of a map and navigation app"
    )


def test_conditional_without_its_service():
    judged = project(seen("licence-plate"), toml=TICKETS + collect("licence-plate"))
    assert shown(judged) == [("PRV103", "warning", 1, "app/Main.kt"), ("PRV103", "warning", 5, "privlint.toml")]
    message = checks.run(judged)[0].message
    assert message.en == (
        "licence plate number and colour are necessary for the basic service of a transport ticketing app only with the"
        ' sub-service "etc" (ETC service), which the manifest does not name'
    )
    assert "“etc”（ETC服务）" in message.zh


def test_conditional_with_its_service_is_silent():
    toml = TICKETS + 'services = ["etc"]\n' + collect("licence-plate")
    assert ids(project(seen("licence-plate"), toml=toml)) == []


def test_conditional_and_undeclared_is_undeclared_first():
    finding = only(project(seen("licence-plate"), toml=TICKETS))
    assert (finding.check, finding.also) == ("PRV201", ("PRV103",))


# --- PRV202 -----------------------------------------------------------------------------------------------------------


def test_never_seen():
    finding = only(project(toml=MAPS + LOCATION))
    assert (finding.check, finding.severity, finding.place.start.line) == ("PRV202", "info", 5)
    assert finding.message.en == "precise location is declared but never seen in the code"


def test_never_seen_is_left_to_whole_runs():
    assert ids(project(toml=MAPS + LOCATION, given=frozenset({"app/Main.kt", "privlint.toml"}))) == []


def test_only_a_part_was_seen():
    finding = only(project(seen("coarse-location"), toml=MAPS + LOCATION))
    assert finding.check == "PRV202"
    assert [note.en for note in finding.notes] == ["the code collects only approximate location"]


def test_seen_in_tests_alone_is_not_seen():
    judged = project(seen("precise-location"), toml=MAPS + LOCATION, test_paths=frozenset({"app/Main.kt"}))
    assert ids(judged) == ["PRV202"]


def test_what_an_sdk_takes_need_not_be_seen():
    sdk = '[[sdk]]\nname = "Maps SDK"\npurpose = "Positioning"\ndata = ["precise-location"]\nnotice = "https://example.com/sdk"\n'
    assert ids(project(toml=MAPS + LOCATION + sdk)) == []


# --- PRV203 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("consent", ['consent = "policy"', 'consent = "permission"', ""])
def test_sensitive_without_separate_consent(consent):
    finding = only(project(seen("precise-location"), toml=MAPS + collect("precise-location", consent)))
    assert (finding.check, finding.severity) == ("PRV203", "error")
    assert finding.place.start.line == (7 if consent else 4)


@pytest.mark.parametrize("more", ['consent = "separate"', 'basis = "legal-duty"\nreason = "Article 5 of the Act"'])
def test_separate_consent_or_another_basis_is_silent(more):
    assert ids(project(seen("precise-location"), toml=MAPS + collect("precise-location", more))) == []


def test_data_that_is_not_sensitive_needs_no_separate_consent_but_a_childs_does():
    assert ids(project(seen("phone-number"), toml=TICKETS + collect("phone-number"))) == []
    finding = only(project(seen("phone-number"), toml=TICKETS + "minors = true\n" + collect("phone-number")))
    assert finding.check == "PRV203"
    assert "minors = true" in finding.notes[0].en


# --- PRV204, PRV205 ---------------------------------------------------------------------------------------------------


def test_unknown_category():
    finding = only(project(toml='[app]\nname = "Maps"\ncategory = "map-navigatoin"\n'))
    assert (finding.check, finding.severity, finding.place.start.line) == ("PRV204", "error", 3)
    assert finding.help.en.startswith('did you mean "map-navigation"?')
    assert finding.help.zh.startswith("是否要写 “map-navigation”？")


def test_known_category_and_other_are_silent():
    assert ids(project(toml=MAPS)) == []
    assert ids(project(toml='[app]\nname = "Odd"\ncategory = "other"\n')) == []


@pytest.mark.parametrize(
    ("toml", "line", "meant"),
    [
        (collect("precise-locaton"), 5, "precise-location"),
        ('[[sdk]]\nname = "S"\npurpose = "P"\ndata = ["imie"]\nnotice = "https://example.com"\n', 7, "imei"),
        ('[[function]]\nid = "f"\nname = "F"\ncategory = "utilities"\n', 7, "utility"),
        ('[check]\nseverity = { PRV2O1 = "info" }\n', 5, "PRV201"),
        ('[check]\nselect = ["PRV2", "PRV79"]\n', 5, ""),
        ('[[waive]]\ncheck = "PRV1O1"\npath = "a"\nreason = "r"\nowner = "o"\nuntil = 2027-01-01\n', 5, "PRV101"),
    ],
)
def test_unknown_names(toml, line, meant):
    finding = only(project(toml=MAPS + toml))
    assert (finding.check, finding.severity, finding.place.start.line) == ("PRV205", "error", line)
    suggested = re.match('did you mean "(.*?)"', finding.help.en)
    assert (suggested[1] if suggested else "") == meant


def test_unknown_service():
    finding = only(project(toml=TICKETS + 'services = ["etcc"]\n'))
    assert finding.check == "PRV205"
    assert finding.help.en == 'did you mean "etc"? known: etc'


def test_known_names_are_silent():
    settings = '[check]\nselect = ["PRV"]\nignore = ["PRV203"]\nseverity = { PRV030 = "warning" }\n'
    sdk = '[[sdk]]\nname = "S"\npurpose = "P"\ndata = ["imei"]\nnotice = "https://example.com"\n'
    assert ids(project(toml=TICKETS + 'services = ["etc"]\n' + sdk + settings)) == []


# --- severity ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "facts", "severity"),
    [
        ("precise-location", {}, "error"),
        ("imei", {}, "error"),
        ("phone-number", {}, "warning"),
        ("precise-location", {"kind": "field"}, "error"),
        ("imei", {"kind": "field"}, "warning"),
        ("precise-location", {"confidence": Confidence.INFERRED}, "error"),
        ("precise-location", {"confidence": Confidence.LEXICAL}, "warning"),
        ("precise-location", {"kind": "mark"}, "info"),
        ("precise-location", {"path": "app/src/test/T.kt"}, "info"),
    ],
)
def test_severity_is_the_harm_and_certainty_only_caps_it(data, facts, severity):
    strict = facts.get("kind") == "mark"  # by default a mere touch is not reported
    judged = project(seen(data, **facts), test_paths=frozenset({"app/src/test/T.kt"}), name_only=strict)
    assert only(judged).severity == severity


def test_name_only_is_left_out_unless_asked_for():
    observation = seen("imei", confidence=Confidence.NAME_ONLY)
    assert ids(project(observation)) == []
    assert only(project(observation, name_only=True)).severity == "warning"


def test_a_mark_is_never_an_unnecessary_collection():
    mark = seen("photos", kind="mark")
    assert ids(project(mark, toml=MAPS)) == []
    finding = only(project(mark, toml=MAPS, name_only=True))
    assert (finding.check, finding.also, finding.severity) == ("PRV201", (), "info")
    assert finding.message.en == "photos in the gallery are touched here but not declared"


def test_settings_choose_checks_and_severities():
    judged = project(seen("imei"), toml=MAPS + '[check]\nignore = ["PRV101"]\nseverity = { PRV201 = "info" }\n')
    assert shown(judged) == [("PRV201", "info", 1, "app/Main.kt")]
    assert ids(project(seen("imei"), toml=MAPS + '[check]\nselect = ["PRV1"]\n')) == ["PRV101"]
    test_code = project(
        seen("imei"), toml='[check]\nseverity = { PRV201 = "error" }\n', test_paths=frozenset({"app/Main.kt"})
    )
    assert only(test_code).severity == "info"


# --- what a run gives -------------------------------------------------------------------------------------------------


def test_given_files_are_judged_and_others_are_not():
    judged = project(
        seen("precise-location", path="a.kt"),
        seen("precise-location", path="b.kt"),
        toml=MAPS + collect("contacts"),
        given=frozenset({"a.kt"}),
    )
    assert [(each.check, each.place.path) for each in checks.run(judged)] == [("PRV201", "a.kt")]


def test_the_same_use_seen_twice_is_one_finding():
    assert ids(project(seen("imei"), seen("imei", symbol="example.other"))) == ["PRV201"]


def test_fingerprints_hold_no_line_and_number_repeats():
    first = checks.run(project(seen("imei", 3), seen("imei", 9)))
    moved = checks.run(project(seen("imei", 40), seen("imei", 41)))
    assert [finding.fingerprint for finding in first] == [finding.fingerprint for finding in moved]
    assert len({finding.fingerprint for finding in first}) == 2
    elsewhere = checks.run(project(seen("imei", 3, enclosing="Other.start")))
    assert elsewhere[0].fingerprint not in {finding.fingerprint for finding in first}


def test_order_does_not_depend_on_the_input():
    observations = [seen("imei", 9), seen("contacts", 3), seen("imei", 3, path="a.kt")]
    assert checks.run(project(*observations)) == checks.run(project(*reversed(observations)))


def test_a_finding_carries_the_platform_the_permission_and_the_doubt():
    observation = seen(
        "imei",
        confidence=Confidence.LEXICAL,
        permissions=("android.permission.READ_PHONE_STATE",),
        platform_note_en="refused since Android 10",
        platform_note_zh="Android 10 起不再提供",
    )
    notes = only(project(observation)).notes
    assert [note.en for note in notes] == [
        "found by its name in a part of the file that the parser could not read, so at most a warning",
        "refused since Android 10",
        "guarded by android.permission.READ_PHONE_STATE",
    ]
    assert "受权限控制：android.permission.READ_PHONE_STATE" in [note.zh for note in notes]
    assert only(project(seen("imei"))).notes == ()


# --- the law ----------------------------------------------------------------------------------------------------------


def test_verified_wording_is_quoted_and_other_wording_is_not():
    reason = only(project(seen("imei"), toml=MAPS + '[check]\nselect = ["PRV101"]\n')).reason
    assert "Provisions on Necessary Personal Information, article 4: Must not refuse. See also" in reason.en
    assert "《必要个人信息范围规定》第4条：“不得因为用户不同意”。另见" in reason.zh
    reason = only(project(seen("imei"))).reason
    assert "Method of 2019, item 2.1: not listed one by one (wording not verified)." in reason.en
    assert "第2.1项：未逐一列出（原文未核实）" in reason.zh
    assert "未经核实的原文" not in reason.zh


def test_an_unverified_category_is_listed_in_our_words():
    finding = only(project(seen("imei"), toml=TICKETS))
    assert finding.notes[1].zh == (
        "交通票务类App的基本功能服务为交通票务，必要个人信息为：电话号码；"
        "车牌号及车牌颜色（仅限子服务 etc）；银行卡号码或支付账号（原文未核实）"
    )
    assert finding.notes[1].en.endswith("; bank card number or payment account (wording not verified)")


def test_a_clause_of_a_law_that_is_not_loaded_is_only_named():
    reason = only(replace(project(seen("imei")), policies=())).reason
    assert "cn-method-2019, item 2.1. See also item 3.9." in reason.en


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("IMEI", "IMEI is"),
        ("IP address", "IP address is"),
        ("Photos in the gallery", "photos in the gallery are"),
        ("List of installed apps", "list of installed apps is"),
        ("Payment information: time, amount, channel", "payment information: time, amount, channel is"),
        ("Medical records, test reports, medication", "medical records, test reports, medication are"),
        ("Train, ship or flight number", "train, ship or flight number is"),
        ("Android ID", "Android ID is"),
        ("Wi-Fi scan results", "Wi-Fi scan results are"),
        ("Seat or cabin class", "seat or cabin class is"),
        ("Marital status", "marital status is"),
        ("Health and fitness data (steps, weight, sleep)", "health and fitness data (steps, weight, sleep) is"),
    ],
)
def test_a_data_type_opens_a_sentence(name, start):
    kinds = {"x": replace(DATA_TYPES["imei"], id="x", name_en=name)}
    assert wording.opening(replace(project(), data_types=kinds), "x") == start


def test_includes_ends_on_a_circle():
    kinds = {
        "a": replace(DATA_TYPES["imei"], id="a", includes=("b",)),
        "b": replace(DATA_TYPES["imei"], id="b", includes=("a", "gone")),
    }
    assert includes(kinds, "a") == {"a", "b", "gone"}

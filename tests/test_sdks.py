"""The SDK catalogue: what it holds, what a wrong file says, and how one SDK is found and shown."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from privlint.cli import cards_sdk, lookup, lookup_sdks, main
from privlint.cli.cards import SdkCard, VendorCard
from privlint.errors import RuleError
from privlint.model.rulebook import Rulebook
from privlint.model.rules import Constraint
from privlint.model.sdks import (
    Artifact,
    Collected,
    ConsentCall,
    Initialiser,
    Package,
    Provider,
    Sdk,
    SdkKind,
    SdkRules,
    Switch,
    Vendor,
)
from privlint.report.view import View
from privlint.rulebook.load import load
from test_rulebook import HERE, SMALL, change, write

ROOT = Path(__file__).parent.parent
FIRST = [
    "com.umeng.analytics",
    "cn.jpush",
    "cn.jiguang",
    "com.igexin.sdk",
    "com.amap.api.location",
    "com.baidu.location",
    "com.baidu.mapapi",
    "com.baidu.mobstat",
    "com.tencent.map.geolocation",
    "com.tencent.bugly",
    "com.tencent.stat",
    "com.tencent.android.tpush",
    "com.tencent.imsdk",
    "com.tencent.trtc",
    "com.tencent.mm.opensdk",
    "com.tencent.tauth",
    "com.sina.weibo.sdk",
    "com.alipay.sdk",
    "com.bytedance.sdk.openadsdk",
    "com.kwad.sdk",
    "com.qq.e",
    "com.tendcloud",
    "com.sensorsdata",
    "com.growingio",
    "com.mob",
    "com.huawei.hms",
    "com.xiaomi.mipush",
    "com.heytap.msp",
    "com.vivo.push",
    "com.hihonor.push",
    "com.meizu.cloud",
    "com.google.firebase",
    "com.facebook.appevents",
    "com.adjust.sdk",
    "com.appsflyer",
    "io.sentry",
    "com.mixpanel",
    "com.amplitude",
    "com.braze",
    "com.onesignal",
    "io.branch",
    "com.google.android.gms.ads",
    "com.unity3d.ads",
    "org.acra",
    "com.microsoft.appcenter",
]


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    return load(str(ROOT / "rules"))


def sdks(rulebook: Rulebook) -> list[Sdk]:
    return [sdk for rules in rulebook.sdks for sdk in rules.sdk]


# --- what is shipped --------------------------------------------------------------------------------------------------


def test_every_file_of_the_folder_is_read(shipped):
    assert len(shipped.sdks) == len(list((ROOT / "rules" / "sdks").glob("*.toml")))


def test_the_catalogue_loses_nothing(shipped):
    found = sdks(shipped)
    prefixes = {prefix for sdk in found for package in sdk.packages for prefix in package.prefixes}
    calls = {
        (call.owner, member) for sdk in found for call in (*sdk.consents, *sdk.switches) for member in call.members
    }
    assert len(prefixes) >= 281
    assert len(calls) >= 114
    assert [prefix for prefix in FIRST if prefix not in prefixes] == []


def test_data_is_stated_from_a_notice_that_can_be_read(shipped):
    stated = [collected for sdk in sdks(shipped) for collected in sdk.data]
    assert len(stated) >= 16
    assert [collected for collected in stated if not collected.source.startswith("https://")] == []


def test_a_consent_call_says_what_it_takes_to_mean_that(shipped):
    """A setter without a condition would mean consent whatever it is given."""
    setters = [
        f"{call.owner}.{member}"
        for sdk in sdks(shipped)
        for call in sdk.consents
        for member in call.members
        if member.startswith("set") and call.known and not call.when and call.means != "prepare"
    ]
    assert setters == []


def test_a_provider_that_starts_by_itself_has_a_class_and_an_authority(shipped):
    providers = [provider for sdk in sdks(shipped) for provider in sdk.providers]
    assert [provider for provider in providers if "." not in provider.name or not provider.authority] == []
    assert providers


def test_no_id_is_also_something_else(shipped):
    ids = {identity for rules in shipped.sdks for identity in (rules.vendor.id, *(sdk.id for sdk in rules.sdk))}
    others = set(lookup.known(Rulebook("", shipped.data_types, (), shipped.policies, (), (), ()), (), ()))
    assert ids & others == set()


def test_every_sdk_is_found_by_its_id_its_coordinates_and_its_packages(shipped):
    for sdk in sdks(shipped):
        assert lookup_sdks.find(sdk.id, shipped).id == sdk.id
        for artifact in sdk.artifacts:
            for text in artifact.coordinates:
                card = lookup_sdks.find(text.replace("*", "any-part"), shipped)
                assert card.id == sdk.id, text
        for package in sdk.packages:
            for prefix in package.prefixes:
                assert lookup_sdks.find(f"{prefix}.Any", shipped).id == sdk.id, prefix


# --- wrong files ------------------------------------------------------------------------------------------------------

FILE = "sdks/acme.toml"
ACME = """
[vendor]
id = "acme"
name_en = "Acme"
name_zh = "甲"
notices = ["https://example.com/notice"]

[[sdk]]
id = "acme-push"
name_en = "Acme push"
name_zh = "甲推送"
kind = "push"
read = "2026-11-24"

  [[sdk.artifact]]
  coordinates = ["com.acme:push"]

  [[sdk.package]]
  prefixes = ["com.acme"]

  [[sdk.consent]]
  class = "com.acme.Push"
  members = ["agree"]
  means = "given"

    [[sdk.consent.when]]
    argument = 1
    is = ["true"]

  [[sdk.switch]]
  kind = "call"
  class = "com.acme.Push"
  members = ["setImei"]

  [[sdk.data]]
  data = ["imei"]
  source = "https://example.com/notice"
"""
OTHER = """
[vendor]
id = "other"
name_en = "Other"
name_zh = "乙"

[[sdk]]
id = "other"
name_en = "Other"
name_zh = "乙"
kind = "ads"
read = "2026-11-24"

  [[sdk.package]]
  prefixes = ["org.other"]
"""


@pytest.fixture
def rules(tmp_path):
    folder = tmp_path / "rules"
    for path, text in {**SMALL, FILE: ACME, "sdks/other.toml": OTHER}.items():
        write(folder / path, text)
    return folder


def test_a_small_file_loads(rules):
    acme = load(str(rules)).sdks[0]
    assert acme.vendor.notices == ("https://example.com/notice",)
    assert acme.sdk[0].consents[0].when == (Constraint(1, is_=("true",)),)
    assert acme.sdk[0].data[0].data == ("imei",)


WRONG = {
    "an unknown key": ('kind = "push"', f'knid = "push" {HERE}', "unknown key `knid` in [[sdk]]", "`kind`"),
    "an unknown kind": ('kind = "push"', f'kind = "pusch" {HERE}', '`kind` cannot be "pusch"', "Did you mean `push`?"),
    "another file's id": ('id = "acme"', f'id = "acne" {HERE}', "not the name of its file", 'id = "acme"'),
    "no id": ('id = "acme-push"', f'id = "Acme Push" {HERE}', "is no id", "small letters"),
    "no day": ('read = "2026-11-24"', f'read = "today" {HERE}', "is not a day", "2026-01-31"),
    "no address": ('notices = ["https:', f'notices = [ {HERE}\n"http:', "is not an address", "https://"),
    "no group": (
        '  coordinates = ["com.acme:push"]',
        '  coordinates = ["push"]',
        "is not group:artifact",
        "no version",
    ),
    "a version": ('"com.acme:push"', '"com.acme:push:1.0"', "is not group:artifact", "no version"),
    "a star": ('prefixes = ["com.acme"]', 'prefixes = ["com.acme.*"]', "is not a package", "without a star"),
    "another vendor's package": (
        'prefixes = ["com.acme"]',
        'prefixes = ["org.other.push"]',
        "lies below `org.other`, a package of other",
        'within = "other" and a reason',
    ),
    "verified without a source": (
        '  means = "given"',
        f'  means = "given"\n  verified = true {HERE}',
        "names no source",
        "verified = false",
    ),
    "a switch from memory that tells data": (
        '  members = ["setImei"]',
        f'  members = ["setImei"]\n  data = ["imei"] {HERE}',
        "what is from memory does not say what an SDK takes",
        "name the source",
    ),
    "a call with a value": (
        '  members = ["setImei"]',
        f'  members = ["setImei"]\n  off = "false" {HERE}',
        "turned off by its arguments",
        "[[sdk.switch.when]]",
    ),
    "a <meta-data> with a class": (
        '  kind = "call"\n  class = "com.acme.Push"',
        f'  kind = "manifest"\n  class = "com.acme.Push" {HERE}',
        "a <meta-data> has no class",
        "Remove `class`",
    ),
    "data without a notice": (
        '  source = "https://example.com/notice"',
        '  source = ""\n  verified = false',
        "without a published notice",
        "then it is not stated",
    ),
    "unknown data": ('  data = ["imei"]', f'  data = ["imie"] {HERE}', "no data type `imie`", "Did you mean `imei`?"),
    "an empty list of data": ('  data = ["imei"]', f"  data = [] {HERE}", "the list is empty", "a note"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_named_with_line_and_remedy(rules, case):
    old, new, message, hint = WRONG[case]
    line = change(rules, FILE, old, new)
    with pytest.raises(RuleError) as caught:
        load(str(rules))
    error = caught.value
    assert error.path == f"rules/{FILE}"
    assert not line or error.line == line
    assert error.line
    assert message in error.message
    assert hint in error.hint


def test_an_id_belongs_to_one_sdk(rules):
    change(
        rules,
        "sdks/other.toml",
        'id = "other"\nname_en = "Other"\nname_zh = "乙"\nkind',
        'id = "acme-push"\nname_en = "Other"\nname_zh = "乙"\nkind',
    )
    with pytest.raises(RuleError, match=r"the SDK `acme-push` is there already, at rules/sdks/acme\.toml:9") as caught:
        load(str(rules))
    assert caught.value.path == "rules/sdks/other.toml"


def test_coordinates_belong_to_one_sdk(rules):
    change(
        rules,
        "sdks/other.toml",
        "  [[sdk.package]]",
        '  [[sdk.artifact]]\n  coordinates = ["com.acme:push"]\n\n  [[sdk.package]]',
    )
    with pytest.raises(RuleError, match=r"the artifact `com\.acme:push` is there already"):
        load(str(rules))


def test_a_package_below_another_vendors_may_have_a_reason(rules):
    reason = 'prefixes = ["org.other.push"]\n  within = "other"\n  reason = "Repackaged there."'
    change(rules, FILE, 'prefixes = ["com.acme"]', reason)
    assert load(str(rules)).sdks[0].sdk[0].packages[0].within == "other"


def test_an_sdk_that_nothing_shows_is_wrong(rules):
    change(rules, "sdks/other.toml", '  [[sdk.package]]\n  prefixes = ["org.other"]\n', "")
    with pytest.raises(RuleError, match="nothing shows that a project has it"):
        load(str(rules))


# --- explaining one ---------------------------------------------------------------------------------------------------

TRUE = Constraint(1, is_=("true",))
PUSH = Sdk(
    "acme-push",
    "Acme push",
    "甲推送",
    "push",
    "2026-11-24",
    artifacts=(Artifact(("com.acme:push", "com.acme:push-*"), "build files", verified=True),),
    packages=(Package(("com.acme.push",)),),
    initialisers=(Initialiser("com.acme.Push", ("init",), "https://example.com", verified=True),),
    consents=(
        ConsentCall("com.acme.Push", ("agree",), "given", (TRUE,), source="https://example.com", verified=True),
        ConsentCall("com.acme.Push", ("setLevel",), "given", known=False),
    ),
    switches=(
        Switch("override", ("canUseImei",), "com.acme.Control", off="false", data=("imei",), source="x", verified=True),
        Switch("manifest", ("acme.auto",), off="false", note_en="At once.", note_zh="立即生效。"),
        Switch("call", ("hide",), "com.acme.Push", turns="mask"),
    ),
    providers=(Provider("com.acme.InitProvider", "${applicationId}.acme", '<provider tools:node="remove" />'),),
    data=(
        Collected(("imei", "oaid"), "https://example.com/notice"),
        Collected(("contacts",), "https://example.com/notice", optional=True, note="If it is asked to."),
    ),
)
BOOK = Rulebook(
    "",
    (),
    (),
    (),
    (),
    (),
    (),
    (
        SdkRules(
            Vendor("acme", "Acme", "甲", "CN", ("https://example.com/notice",)),
            (PUSH, Sdk("acme-maps", "Acme maps", "甲地图", "map", "2026-11-24", packages=(Package(("com.acme",)),))),
        ),
    ),
)
ENGLISH = """\
acme-push  Acme push 甲推送
  vendor: Acme [acme]
  kind: push
  Maven coordinates:
    - com.acme:push
    - com.acme:push-*
  packages:
    - com.acme.push; not verified
  started by:
    - com.acme.Push.init
  starts by itself:
    - com.acme.InitProvider; to remove it: <provider tools:node="remove" />; not verified
  consent:
    - com.acme.Push.agree; says that the user agreed where argument 2 is true
    - com.acme.Push.setLevel; says that the user agreed; which arguments do that is not known; not verified
  switches:
    - com.acme.Control.canUseImei; turns it off where the app overrides it to return false; about imei
    - acme.auto; turns it off where the <meta-data> is false; At once; not verified
    - com.acme.Push.hide; masks; not verified
  data that its notice states:
    - imei, oaid (https://example.com/notice)
    - contacts; only where the app allows or passes it; If it is asked to (https://example.com/notice)
  read: 2026-11-24
"""
CHINESE = """\
acme-maps  甲地图 Acme maps
  供应商：甲 [acme]
  类型：地图
  包名前缀：
    - com.acme；未核实
  声明收集的数据：
    - 未说明：尚未查阅其公开声明
  查阅日期：2026-11-24
"""


def shown(identity: str, language: str) -> str:
    card = lookup_sdks.find(identity, BOOK)
    assert isinstance(card, SdkCard)
    return "".join(f"{line}\n" for line in cards_sdk.sdk(card, View(language=language, colour=False, width=120)))


def test_an_sdk_in_english():
    assert shown("acme-push", "en") == ENGLISH


def test_an_sdk_in_chinese_whose_data_nobody_stated():
    assert shown("acme-maps", "zh") == CHINESE


@pytest.mark.parametrize(
    ("asked", "found"),
    {
        "ACME-PUSH": "acme-push",
        "com.acme:push": "acme-push",
        "com.acme:push:2.1.0@aar": "acme-push",
        "com.acme:push-huawei:1": "acme-push",
        "com.acme.push": "acme-push",
        "com.acme.push.api.Push": "acme-push",
        "com.acme.pushed": "acme-maps",
        "com.acme": "acme-maps",
    }.items(),
)
def test_an_sdk_is_found_by_the_nearest_name(asked, found):
    assert lookup_sdks.find(asked, BOOK).id == found


@pytest.mark.parametrize("asked", ["com.acmes", "com", "com.acme:maps", "acme-", ""])
def test_what_is_near_is_not_it(asked):
    assert lookup_sdks.find(asked, BOOK) is None


def test_a_vendor_lists_its_sdks():
    card = lookup_sdks.find("acme", BOOK)
    assert isinstance(card, VendorCard)
    assert [each.name for each in card.sdks] == ["acme-push", "acme-maps"]
    lines = list(cards_sdk.vendor(card, View(language="en", colour=False, width=120)))
    assert lines[:4] == ["acme  Acme 甲", "  country: CN", "  SDKs:", "    - acme-push"]


def test_every_kind_has_a_name_in_both_languages():
    assert all(lookup_sdks.type_name(kind).zh for kind in get_args(SdkKind))


def test_the_command_explains_a_class_of_an_sdk(capsys):
    assert main(("explain", "com.amap.api.location.AMapLocationClient")) == 0
    out = capsys.readouterr().out
    assert out.startswith("amap-location  Amap location 高德定位 SDK\n")
    assert "updatePrivacyAgree; says that the user agreed" in " ".join(out.split())


def test_the_command_says_what_was_probably_meant(capsys):
    assert main(("explain", "com.amap.api.locatoin")) != 0
    assert "com.amap.api.location" in capsys.readouterr().err

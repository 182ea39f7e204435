"""`privlint explain` and `privlint categories`, over the small rules."""

from __future__ import annotations

import json

import pytest

import fake_engine
from privlint.cli import main
from privlint.report.width import width

engine = fake_engine.engine
pytestmark = pytest.mark.usefixtures("engine")

IMEI = """\
imei  IMEI
  group: device
  sensitive: no
  permanent identifier: yes
  necessary for the basic service of:
    - no category
  given by:
    - android.telephony.TelephonyManager.getImei (call); where argument 1 is 0, 1; guarded by
      android.permission.READ_PRIVILEGED_PHONE_STATE; API 26+
    - android.telephony.TelephonyManager.getDeviceId (call); where argument 1 is 0, 1; guarded by
      android.permission.READ_PRIVILEGED_PHONE_STATE; API 26+
"""
REGION_ZH = """\
region  所在地区 Region
  分组：位置信息
  敏感个人信息：否
  不可重置的标识符：否
  包含于：coarse-location, precise-location
  属于以下类别的必要个人信息：
    - 1 map-navigation 地图导航类
  以下接口可取得：
    - android.location.LocationManager.getLastKnownLocation (call)；取得 precise-location
"""
TICKETS = """\
9 transport-ticketing  Transport ticketing 交通票务类
  law: cn-necessary-2021/5.9
  basic service: Buying tickets
  necessary for the basic service:
    - Phone number (user) [phone-number]
    - Licence plate number and colour (only with etc: ETC service) (user) [licence-plate]
    - Bank card number or Payment account (user) [bank-card-number, payment-account]
  wording: wording not verified, so not quoted
"""
CLAUSE = """\
cn-necessary-2021/4
  law: Provisions on Necessary Personal Information 《必要个人信息范围规定》
  summary: no refusal
  text: 不得因为用户不同意
  translation (unofficial): Must not refuse.
  wording: verified
  number: 14
  in force from: 2021-05-01
  checks: PRV101
  source: hand-made
"""
TABLE = """\
 1  map-navigation       地图导航类  Map and navigation
                         Location information
 9  transport-ticketing  交通票务类  Transport ticketing
                         Phone number; Licence plate number and colour (only with etc: ETC service);
                         Bank card number or Payment account (wording not verified)
38  utility              实用工具类  Utilities
                         none
"""


def run(capsys, *arguments):
    code = main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def test_a_data_type(capsys):
    assert run(capsys, "explain", "imei") == (0, IMEI, "")


def test_a_data_type_in_chinese_with_what_includes_it(capsys):
    assert run(capsys, "explain", "region", "--lang", "zh-CN") == (0, REGION_ZH, "")


def test_a_sign_that_is_only_touched_and_not_verified(capsys):
    out = run(capsys, "explain", "contacts")[1]
    assert "- content://com.android.contacts (uri); touches it without obtaining it; not verified" in out


@pytest.mark.parametrize("identity", ["transport-ticketing", "9", "cn-necessary-2021/5.9", "Transport-Ticketing"])
def test_a_category(capsys, identity):
    assert run(capsys, "explain", identity) == (0, TICKETS, "")


def test_a_clause(capsys):
    assert run(capsys, "explain", "cn-necessary-2021/4") == (0, CLAUSE, "")


def test_a_law(capsys):
    out = run(capsys, "explain", "cn-necessary-2021")[1]
    assert "  clauses: cn-necessary-2021/4\n" in out


@pytest.mark.parametrize("identity", ["PRV101", "prv101", "unnecessary-collection"])
def test_a_check(capsys, identity):
    out = run(capsys, "explain", identity)[1]
    assert out.startswith("PRV101  Not necessary 非必要\n  severity: error\n  law: cn-necessary-2021/4\n\nData is")
    assert run(capsys, "explain", identity, "--lang", "zh")[1].endswith("收集了不需要的信息。\n\n## 原因\n\n如此。\n")


def test_a_reason_for_not_examining(capsys):
    assert run(capsys, "explain", "PRV006")[1].startswith("PRV006  binary 二进制文件\n")


@pytest.mark.parametrize(
    ("word", "meant"), [("imie", "imei"), ("PRV110", "PRV101"), ("map_navigation", "map-navigation")]
)
def test_an_unknown_id_is_code_2_with_a_guess(capsys, word, meant):
    code, out, err = run(capsys, "explain", word)
    assert (code, out) == (2, "")
    assert err == f"error: nothing is known by the id `{word}`\nhelp: Did you mean `{meant}`?\n"
    assert f"是否要写 `{meant}`？" in run(capsys, "explain", word, "--lang", "zh")[2]


def test_nothing_like_it(capsys):
    assert "`privlint categories` lists" in run(capsys, "explain", "qqqqqqqq")[2]


def test_json(capsys):
    found = json.loads(run(capsys, "explain", "imei", "--format", "json")[1])
    assert found["version"] == 1
    explained = found["explained"]
    assert (explained["kind"], explained["id"], explained["permanent"]) == ("data-type", "imei", True)
    assert explained["sources"][0]["symbol"] == "android.telephony.TelephonyManager.getImei"
    assert explained["sources"][0]["permissions"] == ["android.permission.READ_PRIVILEGED_PHONE_STATE"]
    category = json.loads(run(capsys, "explain", "9", "--format", "json")[1])["explained"]
    assert category["necessary"][1]["condition"] == "etc"
    assert category["necessary"][0]["text"] is None  # not verified, so not quoted
    assert run(capsys, "explain", "imei", "--format", "yaml")[0] == 2


def test_the_table(capsys):
    assert run(capsys, "categories") == (0, TABLE, "")


def test_the_table_in_chinese(capsys):
    out = run(capsys, "categories", "--lang", "zh-CN")[1]
    lines = out.splitlines()
    assert lines[0] == " 1  map-navigation       地图导航类  Map and navigation"
    assert lines[1].strip() == "位置信息"
    assert lines[-1].strip() == "无"
    assert all(width(line) <= 100 for line in lines)


def test_one_category(capsys):
    assert run(capsys, "categories", "9")[1] == TICKETS
    code, _, err = run(capsys, "categories", "map-navigatoin")
    assert code == 2
    assert "Did you mean `map-navigation`?" in err


def test_categories_as_json(capsys):
    found = json.loads(run(capsys, "categories", "--format", "json")[1])
    assert [category["number"] for category in found["categories"]] == [1, 9, 38]
    assert found["categories"][2]["necessary"] == []

"""The legal data that is shipped: complete, consistent, and no surer of a wording than its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from privlint.model.judged import includes
from privlint.model.rules import Category, Clause, DataType, Policy
from privlint.rulebook.load import load

RULES = Path(__file__).parent.parent / "rules"
NOTHING_NEEDED = {21, *range(27, 39)}
TWO_COPIES = {*range(1, 10), 11, 18, 19, 23, 28, 32}


@pytest.fixture(scope="module")
def rulebook():
    return load(str(RULES))


@pytest.fixture(scope="module")
def data_types(rulebook) -> dict[str, DataType]:
    return {kind.id: kind for kind in rulebook.data_types}


@pytest.fixture(scope="module")
def policies(rulebook) -> dict[str, Policy]:
    return {policy.id: policy for policy in rulebook.policies}


@pytest.fixture(scope="module")
def categories(policies) -> dict[int, Category]:
    return {category.number: category for category in policies["cn-necessary-2021"].categories}


def needed(category: Category) -> list[tuple[str, str, bool]]:
    """A category's data, each with its condition and whether it counts only if there is one."""
    return [(data, clause.condition, clause.if_any) for clause in category.clauses for data in clause.data]


def clause_of(category: Category, data: str) -> Clause:
    (found,) = (clause for clause in category.clauses if data in clause.data)
    return found


# --- data types -------------------------------------------------------------------------------------------------------


def test_the_vocabulary_is_whole(rulebook):
    assert len(rulebook.data_types) == 132
    assert [group.id for group in rulebook.groups] == [
        *("basic", "identity", "bio", "netid", "health", "edu", "fin"),
        *("comm", "contact", "web", "device", "loc", "other"),
    ]
    assert {kind.group for kind in rulebook.data_types} == {group.id for group in rulebook.groups}


def test_every_data_type_has_a_name_in_both_languages(rulebook):
    for kind in rulebook.data_types:
        assert kind.name_zh, kind.id
        assert kind.name_en.isascii() or "é" in kind.name_en or "…" in kind.name_en, kind.id


def test_what_the_user_cannot_renew(rulebook):
    assert {kind.id for kind in rulebook.data_types if kind.permanent} == {
        *("imei", "meid", "imsi", "iccid", "device-serial", "mac-address", "bluetooth-mac", "drm-widevine-id")
    }


def test_what_includes_what(rulebook, data_types):
    closures = {kind.id: includes(data_types, kind.id) - {kind.id} for kind in rulebook.data_types}
    assert {data: inner for data, inner in closures.items() if inner} == {
        "precise-location": {"coarse-location"},
        "location-track": {"precise-location", "coarse-location"},
        "wifi-scan-results": {"wifi-ssid", "wifi-bssid"},
        "birth-date": {"age"},
        "bank-reserved-phone-number": {"phone-number"},
        "contact-details": {"phone-number", "email-address"},
        "passport": {"id-document-type", "id-document-number"},
        "id-document-copy": {"person-name", "id-document-type", "id-document-number"},
        "resume": {"person-name", "education-work"},
        "housing-info": {"postal-address"},
        "transaction-history": {"payment-info"},
        "imsi": {"sim-operator"},
    }


@pytest.mark.parametrize(
    ("data", "other"),
    [
        ("coarse-location", "precise-location"),
        ("precise-location", "location-track"),
        ("cell-id", "coarse-location"),
        ("photos", "exif-location"),
        ("contacts", "phone-number"),
        ("sms", "phone-number"),
        ("files", "photos"),
    ],
)
def test_what_does_not_include_what(data_types, data, other):
    assert other in data_types
    assert other not in includes(data_types, data)


@pytest.mark.parametrize(
    ("data", "sensitive"),
    [
        *((data, True) for data in ("precise-location", "location-track", "face-data", "contacts", "sms", "religion")),
        *((data, True) for data in ("id-document-number", "bank-card-number", "medical-record", "minor-under-14-info")),
        *((data, False) for data in ("coarse-location", "person-name", "phone-number", "imei", "clipboard", "photos")),
    ],
)
def test_what_is_sensitive(data_types, data, sensitive):
    assert data_types[data].sensitive is sensitive


# --- the 39 categories ------------------------------------------------------------------------------------------------


def test_the_categories_are_whole(categories):
    assert list(categories) == list(range(1, 40))
    assert len({category.id for category in categories.values()}) == 39
    assert all(category.name_zh.endswith("类") for category in categories.values())


def test_thirteen_categories_need_nothing(categories):
    assert {number for number, category in categories.items() if not category.clauses} == NOTHING_NEEDED
    for number in NOTHING_NEEDED:
        assert categories[number].intro_zh == "无须个人信息，即可使用基本功能服务"


def test_only_what_two_copies_hold_is_verified(categories, policies):
    assert {number for number, category in categories.items() if category.verified} == TWO_COPIES
    articles = policies["cn-necessary-2021"].articles
    assert [article.id for article in articles if article.verified] == ["2", "3", "4"]


def test_every_condition_and_subject_is_used(policies):
    policy = policies["cn-necessary-2021"]
    clauses = [clause for category in policy.categories for clause in category.clauses]
    assert {clause.condition for clause in clauses} - {""} == {condition.id for condition in policy.conditions}
    assert {clause.subject for clause in clauses} == {subject.id for subject in policy.subjects}


def test_every_category_with_users_begins_with_the_phone_number_but_two(categories):
    first = {number: category.clauses[0] for number, category in categories.items() if category.clauses}
    others = {number for number, clause in first.items() if clause.text_zh != "注册用户移动电话号码"}
    assert others == {1, 8}
    assert all(first[number].data == ("phone-number",) for number in first if number not in others)


def test_map_and_navigation(categories):
    category = categories[1]
    assert category.id == "map-navigation"
    assert [clause.text_zh for clause in category.clauses] == ["位置信息", "出发地", "到达地"]
    assert {data for data, _, _ in needed(category)} == {
        *("precise-location", "coarse-location", "trip-origin", "trip-destination")
    }


def test_ride_hailing_needs_payment_only_of_booked_taxis(categories):
    category = categories[2]
    assert clause_of(category, "location-track").condition == ""
    assert clause_of(category, "payment-info").condition == "online-booked-taxi"
    assert {condition for data, condition, _ in needed(category) if data != "payment-info"} == {""}


def test_messaging_needs_the_friend_list_and_not_the_address_book(categories):
    assert [data for data, _, _ in needed(categories[3])] == ["phone-number", "account-id", "im-contact-list"]


def test_ticketing_needs_a_plate_only_with_etc_and_a_seat_only_if_there_is_one(categories):
    category = categories[9]
    assert clause_of(category, "licence-plate").condition == "etc"
    assert not clause_of(category, "licence-plate").if_any
    assert clause_of(category, "seat-number").if_any
    assert clause_of(category, "seat-number").text_zh == "座位号（如有）"
    assert clause_of(category, "departure-time").data == (
        *("trip-origin", "trip-destination", "departure-time", "trip-service-number", "seat-class"),
    )
    assert clause_of(categories[39], "seat-number").if_any
    assert not clause_of(categories[39], "event-session").if_any


def test_a_medical_app_books_or_consults(categories):
    category = categories[15]
    assert clause_of(category, "hospital-department").condition == "appointment"
    assert clause_of(category, "person-name").condition == "appointment"
    assert clause_of(category, "condition-description").condition == "consultation"
    assert clause_of(category, "condition-description").subject == "patient"


def test_vehicles_need_a_licence_for_cars_and_a_place_for_shared_ones(categories):
    category = categories[22]
    assert clause_of(category, "driving-licence").condition == "rental"
    assert clause_of(category, "precise-location").condition == "shared-use"
    assert clause_of(category, "payment-info").condition == ""


def test_an_investor_gives_a_card_or_a_payment_account(categories):
    clause = clause_of(categories[23], "fund-account")
    assert clause.alternatives == (("fund-account", "bank-card-number"), ("fund-account", "payment-account"))
    assert set(clause.data) == {"fund-account", "bank-card-number", "payment-account"}
    assert clause.condition == ""


def test_a_bank_needs_the_payee_only_of_transfers(categories):
    first, second = (clause for clause in categories[24].clauses if "bank-card-number" in clause.data)
    assert (first.condition, first.subject) == ("", "user")
    assert (second.condition, second.subject) == ("transfer", "payee")
    assert second.data == ("person-name", "bank-card-number", "bank-branch-info")


@pytest.mark.parametrize("number", [7, 12, 20])
def test_no_location_where_the_list_has_none(categories, data_types, number):
    covered = {inner for data, _, _ in needed(categories[number]) for inner in includes(data_types, data)}
    assert not covered & {"precise-location", "coarse-location", "location-track"}


def test_contact_details_are_a_phone_number_or_an_email_address(categories, data_types):
    for number in (16, 17):
        assert any(data == "contact-details" for data, _, _ in needed(categories[number]))
    assert {"phone-number", "email-address"} <= includes(data_types, "contact-details")


# --- the other texts --------------------------------------------------------------------------------------------------


def test_the_supply_side_is_outside(policies):
    article = next(article for article in policies["cn-necessary-2021"].articles if article.id == "3")
    assert "不包括服务供给侧用户个人信息" in article.text_zh


def test_the_method_has_31_items_in_six_groups(policies):
    method = policies["cn-method-2019"]
    sizes = [sum(article.group == group.id for article in method.articles) for group in method.groups]
    assert sizes == [4, 4, 9, 6, 3, 5]
    assert [article.id for article in method.articles] == [
        f"{group}.{item}" for group, size in enumerate(sizes, 1) for item in range(1, size + 1)
    ]
    counts = [sum(article.static == answer for article in method.articles) for answer in ("yes", "partly", "no")]
    assert counts == [10, 18, 3]


def test_the_method_quotes_only_what_two_copies_hold(policies):
    articles = policies["cn-method-2019"].articles
    verified = {article.id for article in articles if article.verified}
    assert verified == {"1.1", "1.2", "1.3", "2.2", "2.3", "3.1", "3.2", "3.4"}
    assert {article.id for article in articles if article.text_zh} - verified == {"1.4", "2.1", "2.4"}


def test_the_law_quotes_only_what_was_compared(policies):
    articles = policies["cn-pipl-2021"].articles
    assert [article.id for article in articles if article.verified] == ["5", "6", "16", "28", "29"]
    assert [article.id for article in articles if article.text_zh] == ["5", "6", "16", "28", "29"]
    assert [int(article.id) for article in articles] == sorted(int(article.id) for article in articles)


def test_every_article_can_be_told_in_both_languages(policies):
    for policy in policies.values():
        for article in policy.articles:
            assert article.summary_en, article.id
            assert article.summary_zh, article.id
            assert not article.verified or article.text_en, article.id


def test_every_text_says_where_it_comes_from():
    for pack in sorted((RULES / "policies").iterdir()):
        source = (pack / "SOURCE.md").read_text(encoding="utf-8")
        assert "not read itself" in source, pack.name
        assert "2026-11-24" in source, pack.name

"""A handful of rules, small enough to hold in the head, for tests that must not depend on the shipped ones."""

from __future__ import annotations

from privlint.declare import manifest
from privlint.model.facts import Confidence, Observation
from privlint.model.judged import Project
from privlint.model.place import Place, Position
from privlint.model.project import LoadedManifest, Manifest
from privlint.model.rules import Article, Category, Clause, Condition, DataType, Policy

DATA_TYPES = {
    kind.id: kind
    for kind in (
        DataType(
            "precise-location", "精准定位信息", "Precise location", "loc", sensitive=True, includes=("coarse-location",)
        ),
        DataType("coarse-location", "粗略位置", "Approximate location", "loc", includes=("region",)),
        DataType("region", "所在地区", "Region", "loc"),
        DataType("imei", "IMEI", "IMEI", "device", permanent=True),
        DataType("contacts", "通讯录", "Address book (contacts)", "contact", sensitive=True),
        DataType("licence-plate", "车牌号及车牌颜色", "Licence plate number and colour", "other"),
        DataType("phone-number", "电话号码", "Phone number", "basic"),
        DataType("bank-card-number", "银行卡号码", "Bank card number", "fin"),
        DataType("payment-account", "支付账号", "Payment account", "fin"),
        DataType("photos", "相册图片", "Photos in the gallery", "other"),
    )
}

NECESSARY = Policy(
    id="cn-necessary-2021",
    title_zh="必要个人信息范围规定",
    title_en="Provisions on Necessary Personal Information",
    number="14",
    issued="2021-03-12",
    in_force="2021-05-01",
    source="hand-made",
    articles=(
        Article(
            "4",
            "no refusal",
            summary_zh="不得拒绝",
            text_zh="不得因为用户不同意",
            text_en="Must not refuse.",
            verified=True,
        ),
    ),
    categories=(
        Category(
            1,
            "map-navigation",
            "地图导航类",
            "Map and navigation",
            "定位和导航",
            "Positioning and navigation",
            (Clause("位置信息", "Location information", ("precise-location",), "user"),),
            verified=True,
        ),
        Category(
            9,
            "transport-ticketing",
            "交通票务类",
            "Transport ticketing",
            "交通票务",
            "Buying tickets",
            (
                Clause("手机号", "Mobile phone number", ("phone-number",), "user"),
                Clause("车牌号", "Licence plate", ("licence-plate",), "user", condition="etc"),
                Clause(
                    "银行卡号码或支付账号",
                    "Card or account",
                    ("bank-card-number", "payment-account"),
                    "user",
                    alternatives=(("bank-card-number",), ("payment-account",)),
                ),
            ),
        ),
        Category(
            38, "utility", "实用工具类", "Utilities", "日历、天气等", "Calendar, weather and the like", verified=True
        ),
    ),
    conditions=(Condition("etc", "ETC服务", "ETC service"),),
)
METHOD = Policy(
    id="cn-method-2019",
    title_zh="认定方法",
    title_en="Method of 2019",
    number="191",
    issued="2019-11-28",
    in_force="2019-11-28",
    source="hand-made",
    articles=(Article("2.1", "not listed one by one", summary_zh="未逐一列出", text_zh="未经核实的原文"),),
)


def declared(text: str, path: str = "privlint.toml") -> LoadedManifest:
    """Read a manifest as the program does."""
    return manifest.read(text.encode(), path, embedded=path.endswith("pyproject.toml"))


def seen(data: str, line: int = 1, path: str = "app/Main.kt", **facts: object) -> Observation:
    """Observe one thing at the start of a line."""
    given: dict[str, object] = {
        "kind": "collect",
        "symbol": f"example.{data}",
        "confidence": Confidence.EXACT,
        "enclosing": "Main.start",
        **facts,
    }
    place = Place(path, Position(line, 5), Position(line, 9))
    return Observation(data=(data,), place=place, **given)  # type: ignore[arg-type]


def project(
    *observations: Observation, toml: str | None = None, path: str = "privlint.toml", **more: object
) -> Project:
    """Put a project together; without `toml` there is no manifest."""
    return Project(
        observations=observations,
        manifest=LoadedManifest(Manifest()) if toml is None else declared(toml, path),
        data_types=DATA_TYPES,
        policies=(NECESSARY, METHOD),
        **more,  # type: ignore[arg-type]
    )

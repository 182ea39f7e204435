"""An observation in; what it takes, whether the category needs it, what is declared and which clause asks, out."""

from __future__ import annotations

from collections.abc import Iterator

from privlint.checks import wording
from privlint.model.facts import Confidence, Observation
from privlint.model.finding import Text
from privlint.model.judged import Project
from privlint.model.project import App
from privlint.model.told import Told, ToldData

_ACTS = {
    "collect": Text("obtains personal data", "获取个人信息"),
    "field": Text("a field for personal data", "个人信息字段"),
    "mark": Text("touches personal data without obtaining it", "涉及个人信息，但并未取得"),
    "verify": Text("has the system check it; the app learns only the answer", "由系统核验，应用只得到结果"),
    "request": Text("asks the user for a permission", "向用户申请权限"),
    "given": Text("uses an identifier that another file hands out", "使用由其他文件提供的标识符"),
}
_NOT_NEEDED = ("cn-necessary-2021/4", "cn-necessary-2021/5")
_TO_DECLARE = ("cn-method-2019/2.1",)
_SENSITIVE = ("cn-pipl-2021/29",)


def told(project: Project, observation: Observation) -> Told:
    """Tell all about one observation."""
    apps = project.apps_at(observation.place.path)
    return Told(
        place=observation.place,
        symbol=observation.symbol,
        act=_ACTS[observation.kind],
        data=tuple(_data(project, data, apps) for data in observation.data),
        permissions=observation.permissions,
        clauses=tuple(_clauses(project, observation.data, apps)),
        remarks=tuple(_remarks(observation)),
    )


def needed(project: Project, data: str, app: App) -> Text:
    """Say whether the basic service of an app's category needs a data type."""
    category = project.category_of(app)
    if category is None:
        return _unjudged(project, app)
    kind = wording.app_kind((category,))
    match project.standing(app, data):
        case "necessary":
            return Text(f"necessary for the basic service of {kind.en}", f"是{kind.zh}基本功能服务的必要个人信息")
        case "conditional":
            services = dict.fromkeys(clause.condition for clause in project.clauses(category, data))
            named = ", ".join(services)
            return Text(
                f"necessary for {kind.en} only with the sub-service {named}, which the manifest does not name",
                f"仅在子服务 {named} 下为{kind.zh}所必要，而清单没有写明该子服务",
            )
        case _:
            return Text(
                f"not necessary for the basic service of {kind.en}: it must be optional",
                f"不是{kind.zh}基本功能服务的必要个人信息：应当可选",
            )


def _unjudged(project: Project, app: App) -> Text:
    if app.side == "supply":
        return Text("not judged: the app serves the supply side", "不判断必要性：应用面向服务供给侧")
    if app.category == "other":
        return Text('not judged: the category is "other"', "不判断必要性：类别为 other")
    file = wording.manifest_name(project)
    return Text(f"not judged: {file} names no known category", f"不判断必要性：{file} 没有写明已知类别")


def _data(project: Project, data: str, apps: tuple[App, ...]) -> ToldData:
    kind = project.data_types.get(data)
    traits = []
    if any(project.sensitive(data, app) for app in (None, *apps)):
        traits.append(Text("sensitive", "敏感个人信息"))
    if project.permanent(data):
        traits.append(Text("cannot be reset by the user", "用户无法重置"))
    needs = tuple(_of_app(project, needed(project, data, app), app) for app in apps)
    return ToldData(
        id=data,
        name=Text(kind.name_en, kind.name_zh) if kind else Text(data, data),
        traits=tuple(traits),
        needed=needs or (_nothing_to_hold_against(project),),
        declared=_declared(project, data),
    )


def _nothing_to_hold_against(project: Project) -> Text:
    file = wording.manifest_name(project)
    return Text(
        f"not judged: no category is declared for this file in {file}",
        f"不判断必要性：{file} 没有为该文件声明类别",
    )


def _of_app(project: Project, said: Text, app: App) -> Text:
    return said if len(project.apps) < 2 else Text(f"{app.name}: {said.en}", f"{app.name}：{said.zh}")


def _declared(project: Project, data: str) -> Text:
    file = wording.manifest_name(project)
    tables = project.declarations(data)
    if not tables:
        return Text(f"not declared in {file}", f"{file} 中没有声明")
    names = {function.id: function.name for function in project.manifest.manifest.function}
    english, chinese = [], []
    for _, table in tables:
        name = names.get(table.function, table.function)
        basic = table.function == "basic"
        english.append(f"{'the basic service' if basic else name} ({table.purpose}; consent: {table.consent})")
        chinese.append(f"{'基本功能服务' if basic else name}（{table.purpose}；同意方式：{table.consent}）")
    return Text(f"declared in {file} for {'; '.join(english)}", f"{file} 已声明，用于{'；'.join(chinese)}")


def _clauses(project: Project, data: tuple[str, ...], apps: tuple[App, ...]) -> Iterator[Text]:
    categories = tuple(category for app in apps if (category := project.category_of(app)))
    if any(project.standing(app, kind) in {"unnecessary", "conditional"} for app in apps for kind in data):
        clauses = wording.category_clauses(categories, _NOT_NEEDED)
        yield wording.citations(project, clauses, _NOT_NEEDED[0])
    if any(not project.declarations(kind) for kind in data):
        yield wording.citations(project, _TO_DECLARE, _TO_DECLARE[0])
    if any(project.sensitive(kind, app) for app in (None, *apps) for kind in data):
        yield wording.citations(project, _SENSITIVE, _SENSITIVE[0])


def _remarks(observation: Observation) -> Iterator[Text]:
    if observation.confidence is Confidence.LEXICAL:
        yield Text("found by its name where the parser was lost", "该处无法解析，仅按名称识别")
    if observation.confidence is Confidence.NAME_ONLY:
        yield Text("known by nothing but its name", "仅凭名称识别")
    english, chinese = observation.platform_note_en, observation.platform_note_zh
    if english or chinese:
        yield Text(english or chinese, chinese or english)

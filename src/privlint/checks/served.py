"""Data and the words of a need in; whether the app says that it needs them so out."""

from __future__ import annotations

from collections.abc import Iterable

from privlint.checks import phrases
from privlint.model.judged import Project
from privlint.model.project import App


def by_category(project: Project, apps: Iterable[App], data: Iterable[str], categories: tuple[str, ...]) -> bool:
    """Tell whether the category of an app, or of a function for which the data are declared, is one of these."""
    if any(app.category in categories for app in apps):
        return True
    kinds = {one.id: one.category for one in project.manifest.manifest.function}
    return any(kinds.get(one.function) in categories for kind in data for _, one in project.declarations(kind))


def by_purpose(project: Project, data: Iterable[str], words: Iterable[str]) -> bool:
    """Tell whether a purpose that is declared for the data, or the function that they are for, has one of the words."""
    listed = tuple(words)
    names = {one.id: one.name for one in project.manifest.manifest.function}
    return any(
        phrases.holds(f"{one.purpose} ; {names.get(one.function, '')}", listed)
        for kind in data
        for _, one in project.declarations(kind)
    )


def declared(project: Project, data: Iterable[str]) -> bool:
    """Tell whether all the data are declared."""
    return all(project.declarations(kind) for kind in data)

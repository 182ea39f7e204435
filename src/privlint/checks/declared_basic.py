"""The manifest's basic declarations in; how each stands with the categories of all the apps comes out."""

from __future__ import annotations

from collections.abc import Iterator

from privlint.model.judged import Project, Standing
from privlint.model.project import Collect
from privlint.model.rules import Category


def standings(project: Project) -> Iterator[tuple[int, Collect, Standing]]:
    """Judge every `[[collect]]` table that says basic.

    All apps of a manifest share its declarations, so the app for which one stands best decides.
    """
    if not project.apps or not project.asked(project.manifest.path):
        return
    for index, declared in enumerate(project.manifest.manifest.collect):
        if declared.function == "basic" and declared.data in project.data_types:
            found = {project.standing(app, declared.data) for app in project.apps}
            yield index, declared, _best(found)


def categories(project: Project) -> tuple[Category, ...]:
    """List the categories whose lists bind the apps, each once."""
    found = {category.id: category for app in project.apps if (category := project.category_of(app))}
    return tuple(found.values())


def _best(found: set[Standing]) -> Standing:
    order: tuple[Standing, ...] = ("unjudged", "necessary", "conditional", "unnecessary")
    return next(standing for standing in order if standing in found)

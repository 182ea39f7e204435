"""`Rulebook` in, `AppRules` out: permissions with the data that they guard, SDKs, the words of privacy policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from privlint.model.app_rules import AppRules, Libraries, PermissionRule, Script, Words

if TYPE_CHECKING:
    from privlint.model.rulebook import Rulebook


def compile_app_rules(rulebook: Rulebook) -> AppRules:
    """Make the lookup tables. Expects a rulebook that has been validated."""
    return AppRules(
        version=rulebook.version,
        permissions=_permissions(rulebook),
        sdks=rulebook.sdks,
        words=_words(rulebook),
        topics={topic.id: topic for lexicon in rulebook.lexicons for topic in lexicon.topic},
        script=next((one.script for one in rulebook.lexicons if one.script is not None), Script("", "")),
        libraries=next(iter(rulebook.libraries), Libraries()),
        calls=next(iter(rulebook.calls), None),
        manner=next(iter(rulebook.manner), None),
        refusal=next(iter(rulebook.refusals), None),
    )


def signed(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """Give the data types that the signs of requests say for each permission."""
    return {
        value: sign.data
        for family in rulebook.families
        for sign in family.sign
        if sign.kind == "permission"
        for value in sign.values
    }


def _permissions(rulebook: Rulebook) -> dict[str, PermissionRule]:
    known = signed(rulebook)
    found = {name: PermissionRule(name, data) for name, data in known.items()}
    for rules in rulebook.permissions:
        for rule in rules.permission:
            found[rule.name] = replace(rule, data=rule.data or known.get(rule.name, ()))
    return found


def _words(rulebook: Rulebook) -> dict[str, Words]:
    found: dict[str, Words] = {}
    for lexicon in rulebook.lexicons:
        for words in lexicon.words:
            for data in words.data:
                before = found.get(data, Words((data,)))
                found[data] = replace(
                    before,
                    zh=(*before.zh, *words.zh),
                    en=(*before.en, *words.en),
                    firm=(*before.firm, *words.firm),
                )
    return found

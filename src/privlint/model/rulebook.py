"""Everything in `rules/`, as one record. It is for explanations and for compiling: a run opens only compiled parts."""

from __future__ import annotations

from msgspec import Struct

from privlint.model.app_rules import CallWords, Lexicon, Libraries, PermissionRules, RefusalWords
from privlint.model.calendar import Calendar
from privlint.model.hints import Hint
from privlint.model.manner_rules import MannerRules
from privlint.model.notice import Notices
from privlint.model.rules import DataType, Family, FieldRules, Group, Policy, TypeRules
from privlint.model.sdks import SdkRules
from privlint.model.stores import StoreForm


class Rulebook(Struct, frozen=True):
    """Everything in `rules/`, as read. `compile` makes lookup tables of it."""

    version: str  # hash of the files
    data_types: tuple[DataType, ...]
    groups: tuple[Group, ...]
    policies: tuple[Policy, ...]
    families: tuple[Family, ...]
    types: tuple[TypeRules, ...]
    fields: tuple[FieldRules, ...]
    sdks: tuple[SdkRules, ...] = ()
    permissions: tuple[PermissionRules, ...] = ()
    lexicons: tuple[Lexicon, ...] = ()
    libraries: tuple[Libraries, ...] = ()
    calls: tuple[CallWords, ...] = ()
    manner: tuple[MannerRules, ...] = ()
    refusals: tuple[RefusalWords, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    hints: tuple[Hint, ...] = ()
    notices: tuple[Notices, ...] = ()
    stores: tuple[StoreForm, ...] = ()

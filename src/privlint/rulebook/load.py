"""The rules folder in, a `Rulebook` out; or the errors of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from privlint.errors import RuleError
from privlint.model.app_rules import CallWords, Lexicon, Libraries, PermissionRules, RefusalWords
from privlint.model.calendar import Calendar
from privlint.model.hints import Hints
from privlint.model.manner_rules import MannerRules
from privlint.model.notice import Notices
from privlint.model.rulebook import Rulebook
from privlint.model.rules import Family, FieldRules, Policy, TypeRules
from privlint.model.sdks import SdkRules
from privlint.model.stores import StoreForm
from privlint.rulebook.decode import Categories, DataTypes, Source, decode
from privlint.rulebook.files import read_files, version_of
from privlint.rulebook.validate import validate

if TYPE_CHECKING:
    from privlint.rulebook.files import RuleFile


def load(folder: str) -> Rulebook:
    """Read and check all rules. Raises the first problem, and says how many follow."""
    files = read_files(folder)
    sources, errors = _decode_all(files)
    problems = errors or validate(sources)
    if problems:
        raise _first_of(problems)
    return _assemble(sources, version_of(files))


def problems_in(folder: str) -> tuple[RuleError, ...]:
    """List everything that is wrong with the rules: first what cannot be read, else what does not fit together."""
    sources, errors = _decode_all(read_files(folder))
    return errors or validate(sources)


def _decode_all(files: tuple[RuleFile, ...]) -> tuple[tuple[Source, ...], tuple[RuleError, ...]]:
    sources: list[Source] = []
    errors: list[RuleError] = []
    for file in files:
        try:
            sources.append(decode(file))
        except RuleError as error:  # noqa: PERF203 - every file is to be heard
            errors.append(error)
    return tuple(sources), tuple(errors)


def _first_of(problems: tuple[RuleError, ...]) -> RuleError:
    first, *rest = problems
    if not rest:
        return first
    more = "1 more problem follows" if len(rest) == 1 else f"{len(rest)} more problems follow"
    hint = f"{first.hint} ({more}; the next is {rest[0]})"
    return RuleError(first.message, path=first.path, line=first.line, column=first.column, hint=hint)


def _assemble(sources: tuple[Source, ...], version: str) -> Rulebook:
    data_types = next(source.record for source in sources if isinstance(source.record, DataTypes))
    categories = {
        _folder(source): source.record.category for source in sources if isinstance(source.record, Categories)
    }
    records = tuple(source.record for source in sources)
    return Rulebook(
        version=version,
        data_types=data_types.type,
        groups=data_types.group,
        policies=tuple(
            replace(source.record, categories=(*source.record.categories, *categories.get(_folder(source), ())))
            for source in sources
            if isinstance(source.record, Policy)
        ),
        families=tuple(record for record in records if isinstance(record, Family)),
        types=tuple(record for record in records if isinstance(record, TypeRules)),
        fields=tuple(record for record in records if isinstance(record, FieldRules)),
        sdks=tuple(record for record in records if isinstance(record, SdkRules)),
        permissions=tuple(record for record in records if isinstance(record, PermissionRules)),
        lexicons=tuple(record for record in records if isinstance(record, Lexicon)),
        libraries=tuple(record for record in records if isinstance(record, Libraries)),
        calls=tuple(record for record in records if isinstance(record, CallWords)),
        manner=tuple(record for record in records if isinstance(record, MannerRules)),
        refusals=tuple(record for record in records if isinstance(record, RefusalWords)),
        calendars=tuple(record for record in records if isinstance(record, Calendar)),
        hints=tuple(hint for record in records if isinstance(record, Hints) for hint in record.hint),
        notices=tuple(record for record in records if isinstance(record, Notices)),
        stores=tuple(record for record in records if isinstance(record, StoreForm)),
    )


def _folder(source: Source) -> str:
    return source.file.path.rpartition("/")[0]

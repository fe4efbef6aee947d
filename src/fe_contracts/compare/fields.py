"""Compare parameters and obligations, field by field; a field that no rule knows weighs most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from fe_contracts.compare.changes import Bump, ChangeKind, ClauseChange
from fe_contracts.compare.words import judge_text
from fe_contracts.model.clause import ParameterType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from decimal import Decimal

    from fe_contracts.compare.words import Language
    from fe_contracts.model.clause import Column, Obligation, ParameterDefinition

    Judge = Callable[[Any, Any], "tuple[Bump, str]"]

__all__ = ["compare_obligations", "compare_parameters", "shown"]

_ROWS_SHOWN = 3
_TEXTS = frozenset({ParameterType.STR, ParameterType.TEXT})


def shown(value: Any) -> str:
    """Return a field's value on one line, as a reader would write it."""
    match value:
        case None | "":
            return ""
        case bool():
            return "yes" if value else "no"
        case dict():
            return "; ".join(f"{key}: {shown(item)}" for key, item in value.items() if shown(item))
        case list() | tuple():
            found = [shown(item) for item in value]
            rest = f" and {len(found) - _ROWS_SHOWN} more" if len(found) > _ROWS_SHOWN and ";" in found[0] else ""
            return ", ".join(found[:_ROWS_SHOWN]) + rest if rest else ", ".join(found)
        case _:
            return str(value)


def _always(bump: Bump, why: str) -> Judge:
    return lambda _, __: (bump, why)


def _least(old: Decimal | None, new: Decimal | None) -> tuple[Bump, str]:
    if new is None or (old is not None and new < old):
        return Bump.MINOR, "widened: smaller values are allowed"
    return Bump.MAJOR, "narrowed: values allowed before are not any more"


def _most(old: Decimal | None, new: Decimal | None) -> tuple[Bump, str]:
    if new is None or (old is not None and new > old):
        return Bump.MINOR, "widened: greater values are allowed"
    return Bump.MAJOR, "narrowed: values allowed before are not any more"


def _pattern(_: str | None, new: str | None) -> tuple[Bump, str]:
    if new is None:
        return Bump.MINOR, "widened: any text is allowed"
    return Bump.MAJOR, "narrowed, it may be: another form is asked for"


def _flag(narrows: bool, what: str) -> Judge:  # noqa: FBT001 - which way is worse, beside what it is
    def judge(_: bool, new: bool) -> tuple[Bump, str]:  # noqa: FBT001 - two values of one field
        if new is narrows:
            return Bump.MAJOR, f"narrowed: {what}"
        return Bump.MINOR, "widened: more is left to the spec"

    return judge


def _default(old: Any, new: Any) -> tuple[Bump, str]:
    if new is None:
        return Bump.MAJOR, "contracts that gave no value must give one now"
    if old is None:
        return Bump.MINOR, "a default is added; contracts that gave a value keep theirs"
    return Bump.MAJOR, "contracts that give no value get another one"


def _confirm(old: Any, new: Any) -> tuple[Bump, str]:
    if old is None:
        return Bump.MINOR, "the value must be confirmed before signing from now on"
    if new is None:
        return Bump.MINOR, "the value need not be confirmed any more"
    return Bump.PATCH, "the doubt is described anew; no meaning changes"


_PARAMETER: dict[str, Judge] = {
    "type": _always(Bump.MAJOR, "another kind of value is asked for"),
    "help": _always(Bump.PATCH, "help for whoever fills it in is not part of the contract"),
    "default": _default,
    "optional": _flag(narrows=False, what="it must be given now"),
    "unit": _always(Bump.MAJOR, "the same number counts something else"),
    "minimum": _least,
    "maximum": _most,
    "bound_by": _always(Bump.PATCH, "what the bound rests on is not part of the contract"),
    "pattern": _pattern,
    "items": _always(Bump.MAJOR, "another kind of value is asked for"),
    "total": _always(Bump.MAJOR, "other sums are printed"),
    "from_": _always(Bump.MAJOR, "the value is taken from somewhere else"),
    "adjustable": _always(Bump.PATCH, "what a city's own catalog may do with it is not part of the contract"),
    "locked": _flag(narrows=True, what="only the default is allowed now"),
    "confirm": _confirm,
}
"""How a change of each field weighs; choices and columns are compared entry by entry."""

_COLUMN: dict[str, Judge] = {
    "type": _always(Bump.MAJOR, "another kind of value is asked for"),
    "help": _always(Bump.PATCH, "help for whoever fills it in is not part of the contract"),
    "optional": _flag(narrows=False, what="it must be given now"),
    "width": _always(Bump.PATCH, "only the look of the table changes"),
}

_UNKNOWN = _always(Bump.MAJOR, "it may change what the contract says")


def _fields(place: str, old: Any, new: Any, judges: Mapping[str, Judge]) -> Iterator[ClauseChange]:
    """Yield a change for each field that differs; choices and columns are left to be compared entry by entry."""
    for name in type(old).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if name in {"choices", "columns"} or before == after:
            continue
        bump, why = judges.get(name, _UNKNOWN)(before, after)
        told = [
            shown(side.model_dump(mode="json") if isinstance(side, BaseModel) else side) for side in (before, after)
        ]
        yield ClauseChange(ChangeKind.PARAMETER, f"{place}.{name.rstrip('_')}", told[0], told[1], bump, why)


def _by_words(language: Language) -> Judge:
    """Return the rule for text that a contract prints."""

    def judge(old: str, new: str) -> tuple[Bump, str]:
        judged = judge_text(old, new, language)
        return judged.bump, judged.reason

    return judge


def _judges_of(old: ParameterDefinition, new: ParameterDefinition, language: Language) -> dict[str, Judge]:
    """Return the rules for a parameter's fields, as far as one field decides what another's change means."""
    if old.default is None and old.optional:
        why = "contracts that left it empty get a value"
        return {**_PARAMETER, "default": _always(Bump.MAJOR, why)}
    if isinstance(old.default, str) and isinstance(new.default, str) and {old.type, new.type} <= _TEXTS:
        return {**_PARAMETER, "default": _by_words(language)}
    return _PARAMETER


def compare_parameters(
    old: Mapping[str, ParameterDefinition], new: Mapping[str, ParameterDefinition], language: Language
) -> Iterator[ClauseChange]:
    """Yield what changed in the values a clause takes."""
    for name, definition in old.items():
        if name not in new:
            told = f"{definition.type}: {definition.help}"
            why = "removed: a value that contracts may give is not taken any more"
            yield ClauseChange(ChangeKind.PARAMETER, f"parameters.{name}", told, "", Bump.MAJOR, why)
    for name, definition in new.items():
        place = f"parameters.{name}"
        if name not in old:
            yield _added(place, definition)
            continue
        yield from _fields(place, old[name], definition, _judges_of(old[name], definition, language))
        yield from _choices(f"{place}.choices", old[name].choices, definition.choices, language)
        yield from _columns(f"{place}.columns", old[name].columns, definition.columns, language)


def _added(place: str, definition: ParameterDefinition) -> ClauseChange:
    source = definition.from_ or ""
    if definition.default is not None or definition.optional:
        bump, why = Bump.MINOR, "added; contracts that do not give it stay as they are"
    elif source.startswith(("framework.", "computed.")):
        bump, why = Bump.MINOR, "added; the program finds its value"
    else:
        bump, why = Bump.MAJOR, "added, and must be given: contracts made before do not give it"
    told = f"{definition.type}: {definition.help}"
    return ClauseChange(ChangeKind.PARAMETER, place, "", told, bump, why)


def _choices(place: str, old: Mapping[str, str], new: Mapping[str, str], language: Language) -> Iterator[ClauseChange]:
    for name in old:
        if name not in new:
            why = "narrowed: a choice is taken away"
            yield ClauseChange(ChangeKind.PARAMETER, f"{place}.{name}", old[name], "", Bump.MAJOR, why)
        elif old[name] != new[name]:
            judged = judge_text(old[name], new[name], language)
            yield ClauseChange(
                ChangeKind.PARAMETER, f"{place}.{name}", old[name], new[name], judged.bump, judged.reason
            )
    for name in new:
        if name not in old:
            why = "widened: a choice is added"
            yield ClauseChange(ChangeKind.PARAMETER, f"{place}.{name}", "", new[name], Bump.MINOR, why)


def _columns(
    place: str, old: tuple[Column, ...], new: tuple[Column, ...], language: Language
) -> Iterator[ClauseChange]:
    before, after = {column.name: column for column in old}, {column.name: column for column in new}
    for name, column in before.items():
        if name not in after:
            why = "narrowed: a column is taken away"
            yield ClauseChange(ChangeKind.PARAMETER, f"{place}.{name}", column.title, "", Bump.MAJOR, why)
            continue
        judges = {**_COLUMN, "title": _by_words(language)}
        yield from _fields(f"{place}.{name}", column, after[name], judges)
        yield from _choices(f"{place}.{name}.choices", column.choices, after[name].choices, language)
    for name, column in after.items():
        if name not in before:
            bump = Bump.MINOR if column.optional else Bump.MAJOR
            why = (
                "a column is added that may stay empty" if column.optional else "a column is added that must be filled"
            )
            yield ClauseChange(ChangeKind.PARAMETER, f"{place}.{name}", "", column.title, bump, why)
    if [name for name in before if name in after] != [name for name in after if name in before]:
        told = ", ".join(before), ", ".join(after)
        yield ClauseChange(ChangeKind.PARAMETER, place, *told, Bump.PATCH, "only the order of columns changes")


def compare_obligations(
    old: tuple[Obligation, ...], new: tuple[Obligation, ...], language: Language
) -> Iterator[ClauseChange]:
    """Yield what changed in the duties a clause makes, by their names."""
    before, after = {duty.id: duty for duty in old}, {duty.id: duty for duty in new}
    for name, duty in before.items():
        if name not in after:
            told = f"{duty.who} to {duty.to}: {duty.what}"
            yield ClauseChange(ChangeKind.OBLIGATION, f"obligations.{name}", told, "", Bump.MAJOR, "a duty ends")
    for name, duty in after.items():
        if name not in before:
            told = f"{duty.who} to {duty.to}: {duty.what}"
            yield ClauseChange(ChangeKind.OBLIGATION, f"obligations.{name}", "", told, Bump.MAJOR, "a duty is added")
        else:
            yield from _duty(f"obligations.{name}", before[name], duty, language)


def _duty(place: str, old: Obligation, new: Obligation, language: Language) -> Iterator[ClauseChange]:
    """Yield a change for each part of a duty that differs: words by the rule of words, all else is major."""
    for name in type(old).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        told = f"{place}.{'if' if name == 'applies_when' else name}"
        if isinstance(before, str) and isinstance(after, str) and name in {"what", "when", "evidence", "consequence"}:
            judged = judge_text(before, after, language)
            bump, why = judged.bump, judged.reason
        else:
            bump, why = Bump.MAJOR, _CHANGED_DUTY.get(name, "the duty changes")
        dumped = [shown(side.model_dump(mode="json")) if name == "due" else str(side) for side in (before, after)]
        yield ClauseChange(ChangeKind.OBLIGATION, told, dumped[0], dumped[1], bump, why)


_CHANGED_DUTY = {
    "who": "somebody else owes it",
    "to": "it is owed to somebody else",
    "action": "another kind of duty is owed",
    "due": "a deadline changes",
    "applies_when": "the duty exists in other contracts",
}

"""Turn pydantic's errors into findings an analyst understands: one for each mistake, with its place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from fe_contracts.findings import Finding, Severity
from fe_contracts.sources.loaded import field_name
from fe_contracts.sources.sayings import Saying, saying_of, shown
from fe_contracts.sources.shapes import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from fe_contracts.sources.loaded import Loaded, Path_
    from fe_contracts.sources.shapes import Shape

__all__ = ["complaints"]

_CHOICES_SHOWN = 12
_LIKE = 0.6  # how like a name must be to be the one that was meant


def complaints(
    errors: Iterable[ErrorDetails], data: Any, model: type[BaseModel], loaded: Loaded, at: Path_
) -> tuple[Finding, ...]:
    """Return one finding for each mistake: errors of one place together, a misspelt field once."""
    by_path: dict[Path_, list[ErrorDetails]] = defaultdict(list)
    for error in errors:
        path = _path_in(data, error)
        if not _follows_from_others(error, data, path):
            by_path[path].append(error)
    shape = shape_of(model)
    reader = _Reader(data, shape, _misspelt(by_path, data, shape))
    findings = []
    for path, found in by_path.items():
        if path in reader.misspelt.values():
            continue  # the misspelt field beside it is the one mistake
        saying = reader.saying(path, found)
        where = loaded.where((*at, *path))
        if found[0]["type"] == "missing":
            where = replace(loaded.where((*at, *path[:-1])), field=field_name((*at, *path)))
        remedy = saying.remedy
        if saying.quotes and (*at, *path) in loaded.files:
            remedy = "In a table, begin the cell with an apostrophe to make it text."
        findings.append(Finding(saying.code, Severity.ERROR, saying.message, where, remedy))
    return tuple(sorted(findings, key=lambda finding: (finding.where, finding.code)))


def _path_in(data: Any, error: ErrorDetails) -> Path_:
    """Return the way to the value in the file: pydantic's, without the names of alternatives it tried."""
    path: list[str | int] = []
    steps = list(error["loc"])
    for place, step in enumerate(steps):
        is_there = (isinstance(data, dict) and step in data) or (
            isinstance(data, list | tuple) and isinstance(step, int) and step < len(data)
        )
        if is_there:
            data = data[step]
        elif not (place == len(steps) - 1 and error["type"] == "missing"):
            continue
        path.append(step)
    return tuple(path)


def _value_at(data: Any, path: Path_) -> Any:
    """Return the value that stands at the path."""
    for step in path:
        data = data[step]
    return data


def _follows_from_others(error: ErrorDetails, data: Any, path: Path_) -> bool:
    """Return whether a list is only called too short because its entries have mistakes of their own."""
    if error["type"] != "too_short":
        return False
    value = _value_at(data, path)
    return isinstance(value, list | tuple) and len(value) >= int(error["ctx"]["min_length"])


def _nearest(name: object, names: Iterable[str]) -> str | None:
    """Return the name that is most like this one, if any is."""
    near = get_close_matches(str(name), names, n=1, cutoff=_LIKE)
    return near[0] if near else None


def _misspelt(by_path: Mapping[Path_, list[ErrorDetails]], data: Any, shape: Shape) -> dict[Path_, Path_]:
    """Return each unknown field that is a missing one misspelt, with the path of the missing one."""
    missing = {path for path, found in by_path.items() if found[0]["type"] == "missing"}
    pairs: dict[Path_, Path_] = {}
    for path, found in by_path.items():
        if found[0]["type"] != "extra_forbidden" or not path:
            continue
        meant = (*path[:-1], _nearest(path[-1], _unused_fields(path, data, shape)) or "")
        if meant in missing - set(pairs.values()):
            pairs[path] = meant
    return pairs


def _unused_fields(path: Path_, data: Any, shape: Shape) -> list[str]:
    """Return the fields that the group around the path may have and does not."""
    group = _value_at(data, path[:-1])
    return [name for name in shape.fields(path[:-1]) if name not in group]


@dataclass(frozen=True)
class _Reader:
    """Say what is wrong at one place of the data."""

    data: Any
    shape: Shape
    misspelt: Mapping[Path_, Path_]

    def saying(self, path: Path_, found: list[ErrorDetails]) -> Saying:
        kinds = {error["type"] for error in found}
        if "missing" in kinds:
            return Saying("FIELD020", f"{path[-1]!r} is missing.", f"Add it: {self.meaning(path)}".rstrip(": "))
        if "extra_forbidden" in kinds:
            return self.unknown_field(path)
        if any(step == "[key]" for error in found for step in error["loc"]):
            return self.odd_name(path)
        value = _value_at(self.data, path)
        rules = [error for error in found if error["type"] in {"value_error", "assertion_error"}]
        if rules:
            return self.broken_rule(path, value, str(rules[0].get("ctx", {}).get("error", rules[0]["msg"])))
        if value is None:
            otherwise = "" if self.shape.required(path) else ", or delete the line"
            remedy = f"Give it one{otherwise}: {self.meaning(path)}".rstrip(": ")
            return Saying("FIELD030", f"{repr(path[-1]) if path else 'The file'} has no value.", remedy)
        if kinds & {"enum", "literal_error"}:
            return self.not_a_choice(path, value)
        sayings = dict.fromkeys(saying_of(error, value) for error in found)
        if len(sayings) > 1:
            return Saying("FIELD030", f"{shown(value)} cannot stand here.", self.explained(path))
        saying = next(iter(sayings))
        return saying if saying.remedy else replace(saying, remedy=self.example(path) or self.explained(path))

    def meaning(self, path: Path_) -> str:
        return self.shape.meaning(path)

    def explained(self, path: Path_) -> str:
        """Return what the field means, as a remedy where nothing better is known."""
        meaning = self.meaning(path)
        return f"{path[-1]}: {meaning}" if meaning else ""

    def example(self, path: Path_) -> str:
        examples = self.shape.examples(path)[:2]
        return f"Write it like {' or '.join(map(repr, examples))}." if examples else ""

    def broken_rule(self, path: Path_, value: Any, message: str) -> Saying:
        """Return what the model itself says; a field's name at the beginning keeps its small letter."""
        first = message.split(" ", 1)[0]
        if first.isalpha() and not isinstance(value, dict):
            message = message[:1].upper() + message[1:]
        remedy = "Correct these fields so that they agree." if isinstance(value, dict) else self.explained(path)
        return Saying("FIELD070", message.rstrip(".") + ".", remedy)

    def unknown_field(self, path: Path_) -> Saying:
        group = field_name(path[:-1]) or "this file"
        message = f"{path[-1]!r} is not a field of {group}."
        unused = _unused_fields(path, self.data, self.shape)
        near = _nearest(path[-1], self.shape.fields(path[:-1]))
        if near:
            return Saying("FIELD010", message, f"Did you mean {near!r}?")
        listed = f" The fields not yet used there: {', '.join(unused)}." if unused else ""
        return Saying("FIELD010", message, f"Delete it.{listed}")

    def odd_name(self, path: Path_) -> Saying:
        examples = self.shape.name_examples(path[:-1])[:2]
        remedy = f"Write it like {' or '.join(map(repr, examples))}." if examples else ""
        return Saying("FIELD060", f"{path[-1]!r} does not have the form of a name here.", remedy)

    def not_a_choice(self, path: Path_, value: Any) -> Saying:
        choices = self.shape.choices(path)
        by_letters = {choice.casefold(): choice for choice in choices}
        near = _nearest(str(value).casefold(), by_letters)
        hint = f" Did you mean {by_letters[near]!r}?" if near else ""
        listed = ", ".join(choices[:_CHOICES_SHOWN]) + (", …" if len(choices) > _CHOICES_SHOWN else "")
        return Saying("FIELD040", f"{shown(value)} is not one of the choices.{hint}", f"Write one of: {listed}.")

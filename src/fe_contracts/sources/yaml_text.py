"""Read YAML as plain data with places: few kinds of values, no surprises, nothing that runs.

Text stays text: `NO`, `on`, `010`, `12:30` and `2027-01-01` mean what they show. Only `true`, `false`, `null`
and decimal numbers are anything else, and a number with a decimal point stays exact. The parser's own words
never reach the reader: `yaml_problems` says in plain ones what is wrong.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml

from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.sources.loaded import Loaded, Path_, digest_of, field_name
from fe_contracts.sources.yaml_problems import forbidden_characters, in_plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["MAX_DEPTH", "MAX_VALUES", "parse_yaml", "plain_value"]

MAX_VALUES = 200_000
"""The most values one file may hold, aliases written out: a bound on files made to explode."""

MAX_DEPTH = 100
"""How deep values may stand inside each other."""

# The C parser is many times faster; the pure one gives the same events where it is missing.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,29})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,29})\.[0-9]{1,30}")


def plain_value(text: str) -> Any:
    """Return what unquoted text stands for: true, false, nothing, a number, or the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text


class _TooMuchError(Exception):
    """The file holds more than any honest file does; building stops at once."""

    def __init__(self, problem: Finding) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Builder:
    """Build data and places from the parser's events; an alias builds again what its anchor marked."""

    def __init__(self, events: list[Any], name: str, first_line: int) -> None:
        self.events, self.name, self.offset = events, name, first_line
        self.places: dict[Path_, tuple[int, int]] = {}
        self.problems: list[Finding] = []
        self.anchors: dict[str, int] = {}
        self.count = 0

    def problem(self, code: str, event: Any, path: Path_, message: str, remedy: str) -> Finding:
        line, column = self.place(event)
        return Finding(code, Severity.ERROR, message, Where(self.name, line, column, field_name(path)), remedy)

    def place(self, event: Any) -> tuple[int, int]:
        mark = event.start_mark
        return mark.line + self.offset, mark.column + 1

    def too_many(self, event: Any) -> Finding:
        message = f"The file holds more than {MAX_VALUES:,} values, aliases written out."
        return self.problem("SOURCE034", event, (), message, "Split it, or write out what '*' aliases repeat.")

    def too_deep(self, event: Any, path: Path_) -> Finding:
        message = f"Values stand inside each other more than {MAX_DEPTH} deep."
        remedy = "Check for brackets that are never closed, or an alias inside its own anchor."
        return self.problem("SOURCE033", event, path, message, remedy)

    def build(self, index: int, path: Path_) -> tuple[Any, int]:
        """Return the value that begins at the event, and the index of the event after it."""
        event = self.events[index]
        self.count += 1
        if self.count > MAX_VALUES:
            raise _TooMuchError(self.too_many(event))
        if len(path) > MAX_DEPTH:
            raise _TooMuchError(self.too_deep(event, path[:3]))
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, path), index + 1
        if event.anchor is not None:
            self.anchors[event.anchor] = index
        self.refuse_tag(event, path)
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style is None or event.style == ""
            return (plain_value(event.value) if plain else event.value), index + 1
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(index + 1, path)
        return self.mapping(index + 1, path)

    def alias(self, event: Any, path: Path_) -> Any:
        if event.anchor not in self.anchors:
            self.problems.append(
                self.problem(
                    "SOURCE035",
                    event,
                    path,
                    f"'*{event.anchor}' refers to a value marked '&{event.anchor}', which does not stand before it.",
                    "If the text itself begins with '*', put it in quotation marks.",
                )
            )
            return None
        return self.build(self.anchors[event.anchor], path)[0]

    def refuse_tag(self, event: Any, path: Path_) -> None:
        if event.tag is None or event.tag == "!":
            return
        self.problems.append(
            self.problem(
                "SOURCE031",
                event,
                path,
                f"A tag ({event.tag}) stands before the value.",
                "Delete it: this file holds plain values only. If the text itself begins with '!', put it in "
                "quotation marks.",
            )
        )

    def sequence(self, index: int, path: Path_) -> tuple[list[Any], int]:
        values: list[Any] = []
        while not isinstance(self.events[index], yaml.SequenceEndEvent):
            here = (*path, len(values))
            self.places[here] = self.place(self.events[index])
            value, index = self.build(index, here)
            values.append(value)
        return values, index + 1

    def mapping(self, index: int, path: Path_) -> tuple[dict[str, Any], int]:
        values: dict[str, Any] = {}
        first: dict[str, int] = {}
        while not isinstance(self.events[index], yaml.MappingEndEvent):
            event = self.events[index]
            key = self.key(event, path)
            if not isinstance(event, yaml.ScalarEvent):
                _, index = self.build(index, path)  # skip what stands in the name's place; already a problem
            else:
                self.refuse_tag(event, path)
                index += 1
            here = (*path, key)
            if key in first:
                self.problems.append(
                    self.problem(
                        "SOURCE030",
                        event,
                        here,
                        f"{key!r} is given twice (first on line {first[key]}).",
                        "Keep one of them.",
                    )
                )
                _, index = self.build(index, here)
                continue
            first[key] = self.place(event)[0]
            self.places[here] = self.place(event)
            values[key], index = self.build(index, here)
        return values, index + 1

    def key(self, event: Any, path: Path_) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self.problems.append(
                self.problem(
                    "SOURCE032",
                    event,
                    path,
                    "A list or a group of fields stands where the name of a field belongs.",
                    "If it is a text in braces, such as {{ name }}, put it in quotation marks.",
                )
            )
            return ""
        plain = event.style is None or event.style == ""
        if plain and event.value == "<<":
            self.problems.append(
                self.problem(
                    "SOURCE036",
                    event,
                    path,
                    "'<<' merges another group of fields into this one.",
                    "Write the fields out: what a file says should stand where it is read.",
                )
            )
        elif plain and not isinstance(plain_value(event.value), str):
            shown = event.value or "nothing"
            self.problems.append(
                self.problem(
                    "SOURCE032",
                    event,
                    path,
                    f"The name of a field must be text, not {shown}.",
                    f'Put it in quotation marks: "{event.value}".',
                )
            )
        return str(event.value)


def parse_yaml(text: str, name: str, *, first_line: int = 1) -> Loaded:
    """Return the one YAML document in the text, with the place of every value.

    `first_line` is the line of the file on which the text begins, for front matter inside another file.

    Raises:
        SourceError: with every problem that can be told at once, each with line, column and what to do.
    """
    problems = forbidden_characters(text, name, first_line)
    if problems:
        raise SourceError(name, problems)
    text = text.removeprefix("\ufeff")
    builder = _Builder([], name, first_line)
    try:
        for event in _bounded(yaml.parse(text, Loader=_LOADER), builder):
            builder.events.append(event)
        data = _document(builder)
    except yaml.YAMLError as error:
        raise SourceError(name, [in_plain_words(error, text, name, first_line)]) from None
    except _TooMuchError as error:
        raise SourceError(name, [*builder.problems, error.problem]) from None
    if builder.problems:
        raise SourceError(name, builder.problems)
    builder.places[()] = (first_line, 1)
    return Loaded(name, data, builder.places, digest_of(text))


def _bounded(events: Iterable[Any], builder: _Builder) -> Iterator[Any]:
    """Yield the parser's events while their number and depth are those of an honest file."""
    depth = 0
    for count, event in enumerate(events):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _TooMuchError(builder.too_deep(event, ()))
        if count > 2 * MAX_VALUES:
            raise _TooMuchError(builder.too_many(event))
        yield event


def _document(builder: _Builder) -> Any:
    """Return the data of the one document there must be."""
    starts = [place for place, event in enumerate(builder.events) if isinstance(event, yaml.DocumentStartEvent)]
    if not starts:
        where = Where(builder.name, builder.offset, 1)
        message, remedy = (
            "Nothing is written in it but comments or blanks.",
            "Write its fields, or start from an example.",
        )
        raise SourceError(builder.name, [Finding("SOURCE014", Severity.ERROR, message, where, remedy)])
    if len(starts) > 1:
        second = builder.events[starts[1]]
        raise SourceError(
            builder.name,
            [
                builder.problem(
                    "SOURCE023",
                    second,
                    (),
                    "A second document begins here, after a line '---'.",
                    "Keep one document in each file.",
                )
            ],
        )
    return builder.build(starts[0] + 1, ())[0]

"""Read JSON as plain data with places: exact decimals, no duplicates, no NaN."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from decimal import Decimal, InvalidOperation
from typing import Any

from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.sources.loaded import Loaded, Path_, digest_of, field_name
from fe_contracts.sources.yaml_text import MAX_DEPTH, MAX_VALUES

__all__ = ["parse_json"]

_BLANK = re.compile(r"[ \t\r\n]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_NUMBER = 60


class _StoppedError(Exception):
    """The text is no JSON from here on."""

    def __init__(self, code: str, at: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.code, self.at, self.message, self.remedy = code, at, message, remedy


def _whole(text: str) -> int | str:
    """Return the number, or the text where no honest file has so many digits."""
    return int(text) if len(text) <= _LONGEST_NUMBER else text


def _decimal(text: str) -> Decimal | str:
    """Return the exact number, or the text where its exponent or length is out of all proportion."""
    try:
        value = Decimal(text)
    except InvalidOperation:  # an exponent beyond any that is kept
        return text
    fits = len(text) <= _LONGEST_NUMBER and abs(value.adjusted()) <= _LONGEST_NUMBER
    return value if fits else text


class _Reader:
    """Walk the text once; scalars are left to the standard decoder."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.places: dict[Path_, tuple[int, int]] = {(): (1, 1)}
        self.problems: list[Finding] = []
        self.decoder = json.JSONDecoder(parse_float=_decimal, parse_int=_whole, parse_constant=self._constant)
        self.count = self.scalar_at = 0

    def _constant(self, word: str) -> Any:
        raise _StoppedError(
            "SOURCE041",
            self.scalar_at,
            f"{word} is not a number.",
            "Write a number, or null if there is none.",
        )

    def place(self, at: int) -> tuple[int, int]:
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1

    def finding(self, code: str, at: int, path: Path_, message: str, remedy: str) -> Finding:
        line, column = self.place(at)
        return Finding(code, Severity.ERROR, message, Where(self.name, line, column, field_name(path)), remedy)

    def blank(self, at: int) -> int:
        match = _BLANK.match(self.text, at)
        return match.end() if match else at

    def document(self) -> Any:
        start = self.blank(0)
        if start == len(self.text):
            remedy = "Write its fields, or start from an example."
            raise _StoppedError("SOURCE014", 0, "Nothing is written in it.", remedy)
        data, at = self.value(start, ())
        at = self.blank(at)
        if at != len(self.text):
            raise _StoppedError("SOURCE040", at, "Something stands after the end of the data.", "Delete it.")
        return data

    def value(self, at: int, path: Path_) -> tuple[Any, int]:
        self.count += 1
        if self.count > MAX_VALUES:
            raise _StoppedError("SOURCE034", at, f"The file holds more than {MAX_VALUES:,} values.", "Split it.")
        if len(path) > MAX_DEPTH:
            raise _StoppedError(
                "SOURCE033",
                at,
                f"Values stand inside each other more than {MAX_DEPTH} deep.",
                "Check for brackets that are never closed.",
            )
        character = self.text[at : at + 1]
        if character == "{":
            return self.mapping(at + 1, path)
        if character == "[":
            return self.sequence(at + 1, path)
        return self.scalar(at, path)

    def scalar(self, at: int, path: Path_) -> tuple[Any, int]:
        self.scalar_at = at
        try:
            value, end = self.decoder.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            raise self._not_json(error, at) from None
        if isinstance(value, str) and _SURROGATE.search(value):
            self.problems.append(
                self.finding(
                    "SOURCE022",
                    at,
                    path,
                    "The text holds half of a character (a lone surrogate).",
                    "Delete it.",
                )
            )
        return value, end

    def _not_json(self, error: json.JSONDecodeError, at: int) -> _StoppedError:
        if self.text[at : at + 1] == '"':
            if "control character" in error.msg:
                return _StoppedError(
                    "SOURCE040",
                    error.pos,
                    "A line break or control character stands inside quotation marks.",
                    "Write \\n for a line break.",
                )
            if "escape" in error.msg:
                return _StoppedError(
                    "SOURCE040",
                    error.pos,
                    "A backslash begins a special character that does not exist.",
                    "Write two backslashes.",
                )
            return _StoppedError("SOURCE040", at, "A quotation mark is never closed.", "Close it.")
        return _StoppedError(
            "SOURCE040",
            at,
            "A value is missing or not written as JSON wants it.",
            "Put text in double quotation marks, true, false and null in small letters, no comma last.",
        )

    def sequence(self, at: int, path: Path_) -> tuple[list[Any], int]:
        values: list[Any] = []
        at = self.blank(at)
        if self.text[at : at + 1] == "]":
            return values, at + 1
        while True:
            at = self.blank(at)
            here = (*path, len(values))
            self.places[here] = self.place(at)
            value, at = self.value(at, here)
            values.append(value)
            at, ended = self.next_or_end(at, "]")
            if ended:
                return values, at

    def mapping(self, at: int, path: Path_) -> tuple[dict[str, Any], int]:
        values: dict[str, Any] = {}
        at = self.blank(at)
        if self.text[at : at + 1] == "}":
            return values, at + 1
        while True:
            at = self.blank(at)
            if self.text[at : at + 1] != '"':
                raise _StoppedError(
                    "SOURCE040",
                    at,
                    "The name of a field is missing or not in double quotation marks.",
                    'Write "name": value, and no comma after the last field.',
                )
            start = at
            key, at = self.scalar(at, path)
            here = (*path, key)
            at = self.blank(at)
            if self.text[at : at + 1] != ":":
                raise _StoppedError("SOURCE040", at, f"A colon is missing after {key!r}.", "Write one.")
            at = self.blank(at + 1)
            if key in values:
                first = self.places[here][0]
                self.problems.append(
                    self.finding(
                        "SOURCE030",
                        start,
                        here,
                        f"{key!r} is given twice (first on line {first}).",
                        "Keep one of them.",
                    )
                )
                _, at = self.value(at, (*path, key))
                self.places[here] = (first, self.places[here][1])
            else:
                self.places[here] = self.place(start)
                values[key], at = self.value(at, here)
            at, ended = self.next_or_end(at, "}")
            if ended:
                return values, at

    def next_or_end(self, at: int, closing: str) -> tuple[int, bool]:
        at = self.blank(at)
        character = self.text[at : at + 1]
        if character == closing:
            return at + 1, True
        if character == ",":
            return at + 1, False
        raise _StoppedError("SOURCE040", at, f"A comma or {closing!r} is missing.", "Write it.")


def parse_json(text: str, name: str) -> Loaded:
    """Return the JSON document in the text, with the place of every value.

    Raises:
        SourceError: if it is not JSON, gives a name twice, or holds NaN or Infinity.
    """
    text = text.removeprefix("\ufeff")
    reader = _Reader(text, name)
    try:
        data = reader.document()
    except _StoppedError as stop:
        problem = reader.finding(stop.code, stop.at, (), stop.message, stop.remedy)
        raise SourceError(name, [*reader.problems, problem]) from None
    if reader.problems:
        raise SourceError(name, reader.problems)
    return Loaded(name, data, reader.places, digest_of(text))

"""Find comments of people that a renewal may have left behind: they name a year, a month or a number of before.

A comment is never changed. Whoever reads the new file must know which ones speak of a term that has ended.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.renewal.marks import nodes_of
from fe_contracts.renewal.remarks import own_remarks, people_s_remarks
from fe_contracts.sources import field_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fe_contracts.renewal.result import FieldChange
    from fe_contracts.renewal.terms import NextTerm

__all__ = ["lines_set_aside", "stale_remarks"]

_YEAR = re.compile(r"(?<![\w.,$-])20\d\d(?!\w|[.,-]\d)|(?<![\w-])20\d\d(?=-\d\d-\d\d)")
"""A year by itself or in front of a day; 2026-311 is an ordinance, and $2,027 an amount."""
_MONTH = re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LARGE = 1000
"""So large a number is that of the changed value wherever it is quoted; a smaller one only beside the value."""
_LONGEST = 100


def stale_remarks(text: str, name: str, changes: Iterable[FieldChange], term: NextTerm) -> Iterator[Finding]:
    """Yield each comment of the new file that names a year before the new term, or what a changed value was.

    A month counts beside a day that moved: "January is for training" behind the first day of service.
    """
    text = text.removeprefix("\ufeff")
    nodes = nodes_of(text)
    was = {change.field: change.old for change in changes if change.line and change.new}
    beside: dict[int, list[str]] = {}
    for path, node in nodes.items():
        if node.kind == "scalar" and (old := was.get(field_name(path))):
            beside.setdefault(_line_start(text, node.start), []).append(old)
    large = {number for old in was.values() if (number := _number(old)) is not None and number >= _LARGE}
    for remark in people_s_remarks(text, nodes):
        first = _line_start(text, remark.start)
        past = sorted({year for year in _YEAR.findall(remark.text) if int(year) < term.start.year})
        here = beside.get(first, [])
        quoted = large | {_number(old) for old in here}
        named = past or [number for number in _NUMBER.findall(remark.text) if _number(number) in quoted]
        if not named and any(_DAY.fullmatch(old) for old in here):
            named = _MONTH.findall(remark.text)
        if named:
            said = remark.text if len(remark.text) <= _LONGEST else f"{remark.text[: _LONGEST - 3]}..."
            yield Finding(
                "RENEW029",
                Severity.INFO,
                f"The comment names {' and '.join(named)}: {said}",
                Where(name, _line(text, first), remark.start - first + 1),
                "Read it again: it stays as it is, and what it speaks of may have changed.",
            )


def lines_set_aside(text: str) -> dict[str, int]:
    """Return the line of each field that stands set aside in a new file, by its name."""
    text = text.removeprefix("\ufeff")
    return {item.name: _line(text, item.start) for item in own_remarks(text, nodes_of(text)) if item.name}


def _line(text: str, place: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:place])) + 1


def _line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None

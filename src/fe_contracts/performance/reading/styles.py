"""Say what a number of a spreadsheet means by the format of its cell: a day, a share, or just a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["Styles"]

_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The numbers of the formats for days and times that every spreadsheet program has."""
_PERCENTS: Final = frozenset({9, 10})
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DAY_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)


class Styles:
    """The formats of a workbook's cells, by the number of the style."""

    def __init__(self, root: Element | None) -> None:
        self._codes: dict[int, str] = {}
        self._formats: list[int] = []
        if root is None:
            return
        for item in root.iterfind("{*}numFmts/{*}numFmt"):
            self._codes[_number(item.get("numFmtId"))] = item.get("formatCode", "")
        self._formats = [_number(item.get("numFmtId")) for item in root.iterfind("{*}cellXfs/{*}xf")]

    def is_date(self, style: int) -> bool:
        """Return whether a number in that style is a day or a time."""
        number, code = self._of(style)
        if number in _DATES:
            return True
        plain = _ASIDE.sub("", code).lower().replace("general", "")
        return bool(_DAY_LETTERS.search(plain)) and "0" not in plain and "#" not in plain

    def is_percent(self, style: int) -> bool:
        """Return whether a number in that style is shown a hundred times as large, with a percent sign."""
        number, code = self._of(style)
        return number in _PERCENTS or "%" in _ASIDE.sub("", code)

    def _of(self, style: int) -> tuple[int, str]:
        number = self._formats[style] if 0 <= style < len(self._formats) else 0
        return number, self._codes.get(number, "")


def _number(said: str | None) -> int:
    return int(said) if said is not None and said.isdigit() else 0

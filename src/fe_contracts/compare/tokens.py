"""Cut text where a lawyer would: at words, never inside a number, a date, an amount or a defined term."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["OBJECT", "Cutter", "defined_terms"]

OBJECT: Final = "\ufffc"
"""Stands in the text for something that is no text: a picture, a field's beginning, a note reference."""

_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
"""Characters that belong to the one before: accents, vowel points, joiners."""
_PICTURE: Final = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_LETTER: Final = r"[^\W\d_]"
_CUT: Final = rf"""
    \s+
  | (?=[JFMASOND])(?:{_MONTHS})\.?\s\d{{1,2}}(?:,\s\d{{4}}|(?!\d))
  | [\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]
  | {_LETTER}(?:[^\W_]+|[{_MARKS}]+|['’.\-\u2011](?={_LETTER}))*
  | \d{{1,2}}\s(?:{_MONTHS})\s\d{{4}}
  | [$€£¥]\s?\d(?:[\d.,]*\d)?(?:\s(?:thousand|million|billion)\b)?
  | \d+(?:[.,:/\-\u2011–]\d+)*(?:%|(?:st|nd|rd|th)\b)?
  | [\U0001f1e6-\U0001f1ff]{{2}}
  | {_PICTURE}(?:[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d{_PICTURE})*
  | .[{_MARKS}]*
"""
"""What stands most often comes first: each place of a text is tried in this order."""
_DEFINED: Final = re.compile(r"[“\"]((?:[A-Z][\w’'-]*)(?:\s(?:(?:of|and|the|for|to|or)\s)?[A-Z][\w’'-]*){1,5})[”\"]")
_MOST_TERMS: Final = 400


class Cutter:
    """Knows the defined terms of both documents, which are not cut."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern

    @classmethod
    def knowing(cls, terms: Iterable[str] = ()) -> Cutter:
        """Return a cutter that keeps these terms whole."""
        return cls(_pattern(tuple(sorted(set(terms) - {""}, key=lambda term: (-len(term), term))[:_MOST_TERMS])))

    def cut(self, text: str, edges: Iterable[int] = ()) -> list[str]:
        """Return the tokens of a text, all of it; none reaches over an edge."""
        borders = sorted(edge for edge in edges if 0 < edge < len(text))
        if not borders:
            return self.pattern.findall(text)
        tokens: list[str] = []
        for start, border in pairwise([0, *borders, len(text)]):
            tokens += self.pattern.findall(text, start, border)
        return tokens


@lru_cache(maxsize=8)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(re.escape(term) for term in terms)  # which escapes the spaces, too, for the verbose pattern
    first = "".join(sorted({re.escape(term[0]) for term in terms}))  # looked at before anything else is
    named = rf"(?:(?=[{first}])(?<!\w)(?:{known})(?!\w))|" if known else ""
    return re.compile(named + _CUT, re.VERBOSE | re.DOTALL)


def defined_terms(text: str) -> set[str]:
    """Return the terms of several words that a text defines: “Financial Counselor”."""
    return {match[1] for match in _DEFINED.finditer(text)}

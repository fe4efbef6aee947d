"""Hypothesis strategies that several test modules share: plain words, values, wordings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = ["Item", "amounts", "days", "items", "plain_text", "scraps", "source_of", "wording_of"]

_MARKUP = "\\*[]{}#>|-+:\"'`~<"

plain_text: st.SearchStrategy[str] = st.text(
    st.characters(categories=("L", "N", "P", "S"), exclude_characters=_MARKUP) | st.just(" "), max_size=60
).map(lambda text: " ".join(f"Words {text}".split()))
"""Text on one line that holds none of the marks of the wording grammar."""

scraps: st.SearchStrategy[str] = st.lists(
    st.sampled_from(
        [
            "\n", "\n\n", "   ", " ", "#. ", "- ", "> ", "::: ", "when {a: b}", "otherwise", "end", "each x in list",
            "table rows", "exhibit scope | Head", "{{ name }}", "{{", "}}", "[[FE-01]]", "[[", "]]",
            "[[#here | other]]", "{#here}", "**", "*", '"', "'", "---", "--", "\\", "\\*", "|", "# ", "1. ", "(a) ",
            "<b>", "```", "\t", "\r",
        ]
    )
    | st.integers(0, 999).map(lambda number: f"word{number} "),
    max_size=25,
).map("".join)  # fmt: skip
"""Every mark of the grammar in any order, with words between them."""

amounts: st.SearchStrategy[Decimal] = st.decimals(0, 999_999_999_999, places=2)
"""Dollars and cents that a contract may hold."""

days: st.SearchStrategy[dt.date] = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
"""Days that a contract may name."""


@dataclass(frozen=True)
class Item:
    """A paragraph of a generated wording: a numbered one by its level, or (-1) one without a number."""

    level: int
    label: str = ""


@st.composite
def items(draw: st.DrawFn) -> list[Item]:
    """Draw paragraphs whose levels go down one at a time, some of them labelled, after some without a number."""
    made: list[Item] = []
    depth = 0
    for place in range(draw(st.integers(1, 30))):
        level = draw(st.integers(-1, min(depth, 2)))
        label = f"l{place}" if level >= 0 and draw(st.booleans()) else ""
        made.append(Item(level, label))
        if level >= 0:
            depth = level + 1
    return made


def source_of(place: int, item: Item) -> str:
    """Return one paragraph in the wording grammar."""
    label = f"{{#{item.label}}} " if item.label else ""
    mark = f"{'   ' * item.level}#. {label}" if item.level >= 0 else ""
    return f"{mark}Words {place} stand here."


def wording_of(paragraphs: list[Item]) -> str:
    """Return the paragraphs in the wording grammar, a blank line between them."""
    return "\n\n".join(source_of(place, item) for place, item in enumerate(paragraphs))

"""Lay out a contract as an amendment speaks of it: numbers to name places by, and text in which references have none.

A reference is kept as what it points at, so that a section that only has another number reads the same. A value that
someone must still confirm is kept without the bracket around it: the bracket is a note to whoever signs, and no change.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fe_contracts.document.structure import STRUCTURE
from fe_contracts.document.tree import Paragraph, Reference, Role, Text, Value, plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fe_contracts.document.tree import Article, Block, Clause, Contract, Exhibit, ExhibitPart, Inline

__all__ = [
    "Division",
    "Layout",
    "Line",
    "Part",
    "division_name",
    "layout_of",
    "line_of",
    "part_of",
    "said",
    "scope",
    "times",
]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or table: equal to another if a reader would read the same once numbers are brought up to date."""

    kind: str
    """body, item, bullet, quotation or table."""
    level: int
    text: str
    number: str = field(default="", compare=False)
    """Its whole number, such as 3.2(b), in the contract that it was taken from."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section, or what one clause puts into an exhibit."""

    instance: str
    title: str
    lines: tuple[Line, ...]
    number: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Division:
    """An article or an exhibit."""

    name: str = field(compare=False)
    """`Article 3` or `Exhibit B`."""
    title: str
    parts: tuple[Part, ...]
    key: str = ""
    """Its id, with the kind of division."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A contract as a reader has it: cover, articles, exhibits, signatures."""

    title: str
    cover: tuple[tuple[str, str], ...]
    divisions: tuple[Division, ...]
    signers: tuple[tuple[str, ...], ...]


def said(inlines: Sequence[Inline]) -> str:
    """Return the text of a paragraph, with what a reference points at in the place of its number."""
    return "".join(map(_said, inlines))


def _said(inline: Inline) -> str:
    match inline:
        case Reference():
            return f"{plain_text(inline.lead)}\x02{inline.target}\x03"
        case Value(pieces=(Text(text=opening), *inside, Text())) if opening == STRUCTURE["confirm_open"]:
            return plain_text(tuple(inside))
        case _:
            return plain_text((inline,))


def line_of(block: Block) -> Line:
    """Return one block as a line."""
    if isinstance(block, Paragraph):
        return Line(block.role.value, block.level, said(block.inlines), block.full_number)
    rows = [
        [said(column.title) for column in block.columns],
        *([said(cell) for cell in row.cells] for row in block.rows),
    ]
    return Line("table", 0, "\n".join("\t".join(cells) for cells in rows))


def part_of(owner: Clause | ExhibitPart) -> Part:
    """Return a section, or a part of an exhibit, with its lines."""
    return Part(owner.instance, said(owner.title), tuple(map(line_of, owner.blocks)), owner.number)


def division_name(division: Article | Exhibit) -> str:
    """Return `Article 3` or `Exhibit B`."""
    return f"{type(division).__name__} {division.number}"


def layout_of(contract: Contract) -> Layout:
    """Return the contract as a reader has it."""
    divisions = [
        Division(
            division_name(article),
            said(article.title),
            tuple(map(part_of, article.clauses)),
            f"article:{article.article_id}",
        )
        for article in contract.articles
    ]
    divisions += [
        Division(
            division_name(exhibit),
            said(exhibit.title),
            tuple(map(part_of, exhibit.parts)),
            f"exhibit:{exhibit.exhibit_id}",
        )
        for exhibit in contract.exhibits
    ]
    signers = [(item.party, item.organization, item.name, item.title, item.authority) for item in contract.signatories]
    approval = [("form_approval", contract.form_approval)] if contract.form_approval else []
    return Layout(contract.title, contract.cover, tuple(divisions), (*signers, *approval))


def scope(lines: Sequence[Line], place: str, section: str) -> range:
    """Return which lines a place names: a numbered paragraph with what belongs to it, or a whole section.

    Raises:
        LookupError: if no paragraph has the number.
    """
    if place == section:
        return range(len(lines))
    start = next((at for at, line in enumerate(lines) if line.number == place), None)
    if start is None:
        message = f"no paragraph has the number {place}"
        raise LookupError(message)
    end = start + 1
    while end < len(lines) and _belongs(lines[end], lines[start].level):
        end += 1
    return range(start, end)


def _belongs(line: Line, level: int) -> bool:
    """Return whether a line is part of the numbered paragraph in front of it."""
    return line.kind == Role.BULLET.value or (line.kind == Role.ITEM.value and line.level > level)


def times(words: str, text: str) -> int:
    """Return how often words stand in a text, overlapping ones counted: 2 for "pay pay" in "pay pay pay"."""
    count, at = 0, text.find(words)
    while at >= 0:
        count, at = count + 1, text.find(words, at + 1)
    return count

"""Collect what references can point at, and see that each says the number that its target has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fe_contracts.document.tree import Paragraph, Reference, Table, blocks_of
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.word.names import bookmark_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.document.tree import Block, Contract, Inline

__all__ = ["Anchors"]

_REPORT = "This is a fault of the program, not of your spec: please report it."


@dataclass(frozen=True, slots=True)
class Anchors:
    """The bookmark of each anchor, and what is wrong with anchors and references."""

    bookmarks: Mapping[str, str]
    problems: tuple[Finding, ...]

    @classmethod
    def of(cls, contract: Contract) -> Anchors:
        """Return the anchors of a contract."""
        numbers: dict[str, str] = {}
        problems: list[Finding] = []
        for anchor, number in _targets(contract):
            if anchor in numbers:
                problems.append(
                    Finding(
                        "WORD022",
                        Severity.ERROR,
                        f"The anchor {anchor!r} stands twice.",
                        Where(file=contract.contract_id),
                        _REPORT,
                    )
                )
            numbers[anchor] = number
        bookmarks: dict[str, str] = {}
        taken: set[str] = set()
        for anchor in numbers:
            name = bookmark_name(anchor)
            if name.lower() in taken:  # Word does not tell capitals apart in bookmarks
                name = bookmark_name(f"{anchor} ")
            taken.add(name.lower())
            bookmarks[anchor] = name
        wrong = {
            (item.target, item.number)
            for item in _references(contract)
            if item.target in numbers and numbers[item.target] != item.number
        }
        problems += (
            Finding(
                "WORD023",
                Severity.ERROR,
                f"A reference to {target!r} says {number!r}, its target {numbers[target]!r}.",
                Where(file=contract.contract_id),
                _REPORT,
            )
            for target, number in sorted(wrong)
        )
        return cls(bookmarks, tuple(problems))


def _targets(contract: Contract) -> Iterator[tuple[str, str]]:
    """Yield every anchor with the number that a reference to it prints."""
    for article in contract.articles:
        yield article.anchor, f"Article {article.number}"
        for clause in article.clauses:
            yield clause.anchor, clause.number
            yield from _items(clause.blocks)
    for exhibit in contract.exhibits:
        yield exhibit.anchor, f"Exhibit {exhibit.number}"
        for part in exhibit.parts:
            yield part.anchor, part.number
            yield from _items(part.blocks)


def _items(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if isinstance(block, Paragraph) and block.anchor:
            yield block.anchor, block.full_number


def _references(contract: Contract) -> Iterator[Reference]:
    for block in blocks_of(contract):
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _of(cell)
        else:
            yield from _of(block.inlines)


def _of(inlines: tuple[Inline, ...]) -> Iterator[Reference]:
    for inline in inlines:
        if isinstance(inline, Reference):
            yield inline

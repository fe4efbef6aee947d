"""Read a contract as its amendment leaves it: applied instructions printed again, counted as Word counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fe_contracts.document.tree import Paragraph, Table
from fe_contracts.word.numbering import Counter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.document.tree import Block, Contract
    from fe_contracts.renewal.amendment_layout import Layout

__all__ = ["blocks_below", "read_lines"]

_MARK = re.compile("\x02([^\x03]*)\x03")


def read_lines(layout: Layout, after: Contract) -> list[str]:
    """Return the layout line by line, as a reader sees it; `after` says only what each anchor's number is."""
    numbers = dict(_anchors(after))
    counters = {False: Counter(), True: Counter(exhibits=True)}
    lines: list[str] = []

    def shown(text: str) -> str:
        return _MARK.sub(lambda found: numbers[found[1]], text)

    for division in layout.divisions:
        counter = counters[division.key.startswith("exhibit:")]
        lines.append(f"{counter.next(0)} {shown(division.title)}")
        for part in division.parts:
            lines.append(f"{counter.next(1)} {shown(part.title)}")
            for line in part.lines:
                if line.kind == "table":
                    lines += [shown(row).replace("\t", " | ") for row in line.text.split("\n")]
                    continue
                mark = "(" + counter.next(line.level + 2).rpartition("(")[2] if line.kind == "item" else ""
                lines.append(" ".join(piece for piece in (mark, shown(line.text)) if piece))
    return lines


def _anchors(contract: Contract) -> Iterator[tuple[str, str]]:
    for article in contract.articles:
        yield article.anchor, f"Article {article.number}"
    for exhibit in contract.exhibits:
        yield exhibit.anchor, f"Exhibit {exhibit.number}"
    for owner in contract.numbered:
        yield owner.anchor, owner.number
        for block in owner.blocks:
            if isinstance(block, Paragraph) and block.anchor:
                yield block.anchor, block.full_number


def blocks_below(contract: Contract, sentence: str) -> list[Block]:
    """Return what stands below an operative sentence of an amendment, up to the next numbered paragraph."""
    for clause in contract.clauses:
        found: list[Block] | None = None
        for block in clause.blocks:
            numbered = isinstance(block, Paragraph) and bool(block.full_number)
            if numbered and found is not None:
                return found
            if isinstance(block, Paragraph) and block.full_number == sentence:
                found = []
            elif found is not None and isinstance(block, Paragraph | Table):
                found.append(block)
        if found is not None:
            return found
    raise AssertionError(sentence)

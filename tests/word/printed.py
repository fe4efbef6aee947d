"""Have LibreOffice print a contract, and say what must stand on its pages."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.tools import require_tool
from tests.word.sample import ODD

from fe_contracts.document.tree import Paragraph, Reference, Table, blocks_of, plain_text
from fe_contracts.word import to_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fe_contracts.document.tree import Contract

__all__ = ["assert_in_order", "numbered", "pages_of", "references"]


def pages_of(document: bytes, folder: Path) -> str:
    """Return the words on the pages, without headers, footers, capitals and more than one space in a row."""
    require_tool("libreoffice")
    pdftotext = require_tool("poppler")
    pdf = to_pdf(document, folder / "out.pdf")
    crop = ["-layout", "-x", "0", "-y", "66", "-W", "612", "-H", "670"]
    ran = subprocess.run([pdftotext, *crop, "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True)
    return _joined(ran.stdout.decode("utf-8"))


def _joined(text: str) -> str:
    """Return the text on one line, without capitals; what was parted at a line's end is whole again.

    That is a word at its hyphen, and a citation between its brackets: 200.332(b) (1).
    """
    return " ".join(text.casefold().split()).replace("- ", "-").replace(") (", ")(")


def numbered(contract: Contract) -> Iterator[str]:
    """Yield what is printed of every numbered heading and paragraph: its number and its words, references included."""
    for article in contract.articles:
        yield f"Article {article.number} {plain_text(article.title)}"
        for clause in article.clauses:
            yield f"{clause.number} {plain_text(clause.title)}"
            yield from items(clause.blocks)
    for exhibit in contract.exhibits:
        yield f"Exhibit {exhibit.number} {plain_text(exhibit.title)}"
        for part in exhibit.parts:
            yield f"{part.number} {plain_text(part.title)}"
            yield from items(part.blocks)


def items(blocks: tuple[Paragraph | Table, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            words = f"{block.number} {plain_text(block.inlines)}"
            # a right-to-left word is printed, but the PDF gives its letters back in another order
            yield from (" ".join(piece.split()) for piece in words.split(ODD))


def references(contract: Contract) -> int:
    return sum(
        isinstance(inline, Reference)
        for block in blocks_of(contract)
        if isinstance(block, Paragraph)
        for inline in block.inlines
    )


def assert_in_order(wanted: Iterator[str], printed: str) -> None:
    place = printed.index("article 1 ", printed.index("exhibit b"))  # behind the contents
    for words in filter(None, wanted):
        found = printed.find(_joined(words), place)
        assert found >= 0, f"{words!r} is not printed after {printed[place : place + 80]!r}"
        place = found

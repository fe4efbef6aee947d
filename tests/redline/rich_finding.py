"""Find what there is to edit in an abstract document."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tests.redline.rich_tree import BlockControl, Paragraph, Table, Text, holders, inner, items, leaves

if TYPE_CHECKING:
    from random import Random

    from tests.redline.rich_making import Maker
    from tests.redline.rich_tree import Block, Document, Inline

    Leaf: TypeAlias = tuple[list[Inline], int, Text]

__all__ = ["Finder", "may_go", "text_of"]


class Finder:
    """Finds places in one document, each choice from one source of chance."""

    def __init__(self, document: Document, chance: Random, maker: Maker) -> None:
        self.document, self.chance, self.maker = document, chance, maker

    def _holders(self, *where: str) -> list[list[Block]]:
        return [blocks for blocks, place in holders(self.document) if not where or place in where]

    def _paragraph(self, *where: str) -> Paragraph | None:
        found = [item for blocks in self._holders(*where) for item in blocks if isinstance(item, Paragraph)]
        found = [item for item in found if item.inside]
        return self.chance.choice(found) if found else None

    def _leaf(self, *where: str, words: int = 1) -> Leaf | None:
        """Return a piece of text that has this many words, with the line it stands in."""
        for _ in range(8):
            paragraph = self._paragraph(*where)
            found = list(leaves(paragraph.inside)) if paragraph else []
            found = [(line, at) for line, at in found if len(text_of(line[at]).text.split()) >= words]
            if found:
                line, at = self.chance.choice(found)
                return line, at, text_of(line[at])
        return None

    def _free(self, blocks: list[Block]) -> list[int]:
        """Return the places of the paragraphs that may be taken out of a list of blocks."""
        return [at for at, item in enumerate(blocks) if isinstance(item, Paragraph) and may_go(blocks, at)]

    def _inside_fields(self) -> list[list[Inline]]:
        """Return the lines inside links, fields, controls: nothing else is put in there."""
        return [inside for item, _, _ in items(self.document) if (inside := inner(item)) is not None]


def text_of(item: Inline) -> Text:
    if not isinstance(item, Text):
        raise TypeError(f"{item!r} is no text")
    return item


def may_go(blocks: list[Block], at: int) -> bool:
    """Whether a paragraph can be taken out: it ends no section, is not the last, and holds no two tables apart."""
    item = blocks[at]
    if not isinstance(item, Paragraph) or item.section is not None or at == len(blocks) - 1:
        return False
    return not (
        at and isinstance(blocks[at - 1], Table | BlockControl) and isinstance(blocks[at + 1], Table | BlockControl)
    )

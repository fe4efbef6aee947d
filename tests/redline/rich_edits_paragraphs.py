"""Edit paragraphs by chance: add, take out, split, merge, move."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.redline.rich_finding import Finder, may_go, text_of
from tests.redline.rich_tree import Paragraph, Table, Text

if TYPE_CHECKING:
    from tests.redline.rich_tree import Block

__all__ = ["ParagraphEditor"]


class ParagraphEditor(Finder):
    """Edits the paragraphs of one document in place."""

    def add_paragraphs(self) -> bool:
        """Put one to three paragraphs in."""
        blocks = self.chance.choice(self._holders("body", "body", "cell", "control", "note"))
        at = self.chance.randint(0, len(blocks) - 1)
        plain = not any(blocks is item for item in self._holders("body", "control"))
        blocks[at:at] = [self.maker.paragraph(plain=plain) for _ in range(self.chance.randint(1, 3))]
        return True

    def drop_paragraph(self) -> bool:
        """Take a paragraph out."""
        found = [(blocks, at) for blocks in self._holders() for at in self._free(blocks)]
        if not found:
            return False
        blocks, at = self.chance.choice(found)
        del blocks[at]
        return True

    def split_paragraph(self) -> bool:
        """Make two paragraphs of one."""
        found = [
            (blocks, at, item)
            for blocks in self._holders("body", "cell", "control", "note")
            for at, item in enumerate(blocks)
            if isinstance(item, Paragraph) and item.section is None and len(_splits(item)) > 0
        ]
        if not found:
            return False
        blocks, at, item = self.chance.choice(found)
        place, cut = self.chance.choice(_splits(item))
        leaf = text_of(item.inside[place])
        first = [*item.inside[:place], Text(leaf.text[:cut].rstrip(), leaf.look)]
        rest = [Text(leaf.text[cut:].lstrip(), leaf.look), *item.inside[place + 1 :]]
        before = Paragraph(first, item.style, item.number, dict(item.properties), mark=item.mark)
        blocks[at : at + 1] = [before, Paragraph(rest, item.style, item.number, dict(item.properties), mark=item.mark)]
        return True

    def merge_paragraphs(self) -> bool:
        """Make one paragraph of two."""
        found = [
            (blocks, at, first, second)
            for blocks in self._holders("body", "cell", "control", "note")
            for at, (first, second) in enumerate(pairwise(blocks))
            if isinstance(first, Paragraph) and isinstance(second, Paragraph)
            if first.section is None and second.section is None
        ]
        if not found:
            return False
        blocks, at, first, second = self.chance.choice(found)
        second.inside[:0] = [*first.inside, Text(" ")]
        del blocks[at]
        return True

    def move_paragraphs(self) -> bool:
        """Move one to three paragraphs elsewhere in the body."""
        blocks = self.document.blocks
        at = self.chance.randrange(1, len(blocks) - 1)
        end = min(len(blocks) - 1, at + self.chance.randint(1, 3))
        taken = blocks[at:end]
        if not all(isinstance(item, Paragraph) and may_go(blocks, at) for item in taken):
            return False
        if any(isinstance(item, Paragraph) and item.section for item in taken):
            return False
        del blocks[at:end]
        if _tables_touch(blocks):
            blocks[at:at] = taken
            return False
        to = self.chance.randrange(1, len(blocks))
        blocks[to:to] = taken
        return to != at


def _splits(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Return where a paragraph can be split: after a sentence or word of the text in its line."""
    return [
        (place, found.start())
        for place, item in enumerate(paragraph.inside)
        if isinstance(item, Text) and len(item.text) > 40
        for found in re.finditer(r"(?<=[.,]) ", item.text)
    ]


def _tables_touch(blocks: list[Block]) -> bool:
    return any(isinstance(one, Table) and isinstance(two, Table) for one, two in pairwise(blocks))

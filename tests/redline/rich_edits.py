"""Edit an abstract document by chance, as someone does who renews a contract: words, looks, paragraphs, notes, controls.

An edit says whether it found something to do. What the format cannot track is left alone: sections are neither added
nor taken away, and what stands last in a cell, note or margin stays last.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from tests.redline.rich_tree import (
    BlockControl,
    Contents,
    Control,
    Field,
    Link,
    Note,
    Paragraph,
    Picture,
    Section,
    Table,
    Text,
    holders,
    inner,
    items,
    leaves,
    paragraphs,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.redline.rich_making import Maker
    from tests.redline.rich_tree import Block, Document, Inline

    Leaf: TypeAlias = tuple[list[Inline], int, Text]

__all__ = ["Editor"]

_FIGURE = re.compile(r"\$\d[\d.]*\d|\b\d+\b")


class Editor:
    """Edits one document in place, each choice from one source of chance."""

    def __init__(self, document: Document, chance: Random, maker: Maker) -> None:
        self.document, self.chance, self.maker = document, chance, maker

    # ------------------------------------------------------------ what there is

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
            found = [(line, at) for line, at in found if len(_text(line[at]).text.split()) >= words]
            if found:
                line, at = self.chance.choice(found)
                return line, at, _text(line[at])
        return None

    def _free(self, blocks: list[Block]) -> list[int]:
        """Return the places of the paragraphs that may be taken out of a list of blocks."""
        return [at for at, item in enumerate(blocks) if isinstance(item, Paragraph) and _may_go(blocks, at)]

    # ------------------------------------------------------------ words

    def _words(self, change: Callable[[list[str], int], list[str]], *where: str, words: int = 2) -> bool:
        found = self._leaf(*where, words=words)
        if found is None:
            return False
        _, _, leaf = found
        pieces = re.split(r"(\s+)", leaf.text)
        places = [at for at, piece in enumerate(pieces) if piece.strip()]
        leaf.text = "".join(change(pieces, self.chance.choice(places)))
        return True

    def replace_words(self) -> bool:
        """Put other words in the place of one to three."""
        count = self.chance.randint(1, 3)
        return self._words(lambda pieces, at: [*pieces[:at], self.maker.phrase(), *pieces[at + 2 * count - 1 :]])

    def insert_words(self) -> bool:
        """Put some words in."""
        return self._words(lambda pieces, at: [*pieces[:at], self.maker.phrase(), " ", *pieces[at:]])

    def delete_words(self) -> bool:
        """Take one to four words out."""
        count = self.chance.randint(1, 4)
        return self._words(lambda pieces, at: [*pieces[:at], *pieces[at + 2 * count :]], words=6)

    def change_figure(self) -> bool:
        """Change an amount, a day or a year."""
        for _ in range(6):
            found = self._leaf()
            figure = _FIGURE.search(found[2].text) if found else None
            if found and figure:
                new = (
                    f"${self.chance.randint(1000, 90000)}"
                    if figure[0].startswith("$")
                    else str(self.chance.randint(2, 90))
                )
                found[2].text = f"{found[2].text[: figure.start()]}{new}{found[2].text[figure.end() :]}"
                return True
        return False

    def add_sentence(self) -> bool:
        """Put a sentence at the end of a piece of text."""
        found = self._leaf("body", "cell", "control", "note", "box")
        if found:
            found[2].text = f"{found[2].text} {self.maker.sentence()}"
        return found is not None

    def drop_sentence(self) -> bool:
        """Take the first of some sentences out."""
        found = self._leaf(words=24)
        first, stop, rest = found[2].text.partition(". ") if found else ("", "", "")
        if found and stop and first and rest:
            found[2].text = rest
            return True
        return False

    def change_margin(self) -> bool:
        """Change a word in a header or footer."""
        return self._words(lambda pieces, at: [*pieces[:at], self.maker.phrase(), *pieces[at + 1 :]], "margin", words=1)

    def change_note(self) -> bool:
        """Change a word in a note."""
        return self._words(lambda pieces, at: [*pieces[:at], self.maker.phrase(), *pieces[at + 1 :]], "note", words=1)

    # ------------------------------------------------------------ looks

    def change_look(self) -> bool:
        """Give some words another look."""
        found = self._leaf()
        if found is None:
            return False
        line, at, leaf = found
        pieces = re.split(r"(\s+)", leaf.text)
        start = self.chance.randrange(len(pieces))
        end = min(len(pieces), start + self.chance.choice((1, 3, 5, len(pieces))))
        new = self.maker.look() ^ (leaf.look & {"b", "i"}) if self.maker.odds(0.7) else frozenset[str]()
        new = new | (leaf.look & {"rtl"})
        middle = Text("".join(pieces[start:end]), new)
        around = Text("".join(pieces[:start]), leaf.look), middle, Text("".join(pieces[end:]), leaf.look)
        line[at : at + 1] = [item for item in around if item.text]
        return new != leaf.look

    def change_style(self) -> bool:
        """Give a paragraph another style."""
        found = self._paragraph("body", "cell", "control")
        if found is None:
            return False
        before = found.style
        found.style = self.chance.choice(("", "Quote", "Heading2", "Heading3", "ListParagraph"))
        return found.style != before

    def change_list(self) -> bool:
        """Put a paragraph on another level, into another list, or out of its list."""
        found = self._paragraph("body", "control", "cell")
        if found is None:
            return False
        before = found.number
        list_, level = before or (2, 0)
        options = ((list_, (level + 1) % 3), (5 - list_ if list_ > 1 else 2, level), None)
        found.number = self.chance.choice(options)
        return found.number != before

    def change_properties(self) -> bool:
        """Change a paragraph's alignment, indent or spacing."""
        found = self._paragraph()
        if found is None:
            return False
        name, value = self.chance.choice(
            (
                ("jc", ' w:val="center"'),
                ("ind", ' w:left="1080" w:hanging="360"'),
                ("spacing", ' w:before="240" w:after="60"'),
                ("keepNext", ""),
                ("shd", ' w:val="clear" w:color="auto" w:fill="EEECE1"'),
            )
        )
        if name in found.properties and self.maker.odds(0.6):
            del found.properties[name]
            return True
        changed = found.properties.get(name) != value
        found.properties[name] = value
        return changed

    def change_mark(self) -> bool:
        """Change the look of a paragraph mark."""
        found = self._paragraph("body", "cell")
        if found is None:
            return False
        found.mark = frozenset() if found.mark else frozenset(["b"])
        return True

    # ------------------------------------------------------------ paragraphs

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
        leaf = _text(item.inside[place])
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
            for at, (first, second) in enumerate(zip(blocks, blocks[1:], strict=False))
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
        if not all(isinstance(item, Paragraph) and _may_go(blocks, at) for item in taken):
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

    # ------------------------------------------------------------ things in a line

    def change_link(self) -> bool:
        """Let a link lead elsewhere."""
        found = [
            item for item, _, _ in items(self.document) if isinstance(item, Link) and not item.target.startswith("#")
        ]
        if not found:
            return False
        self.chance.choice(found).target = f"https://city.example/new/{self.chance.randrange(100)}"
        return True

    def change_result(self) -> bool:
        """Change the result that is kept of a field, or its code."""
        found = [item for item, _, _ in items(self.document) if isinstance(item, Field)]
        if not found:
            return False
        field = self.chance.choice(found)
        if self.maker.odds(0.2):
            field.code = f"{field.code}\\* MERGEFORMAT "
        else:
            field.inside = [Text(f"Section {self.chance.randint(10, 99)}")]
        return True

    def change_contents(self) -> bool:
        """Change a line of the table of contents."""
        found = [block for block in self.document.blocks if isinstance(block, Contents)]
        if not found:
            return False
        line = self.chance.choice(found[0].lines)
        list_, at = self.chance.choice(list(leaves(line.inside)))
        list_[at] = Text(f"{_text(list_[at]).text}0")
        return True

    def add_thing(self) -> bool:
        """Put a link, field, control, note, picture, bookmark, comment or sign into a line."""
        found = self._leaf("body", "control", words=3)
        if found is None:
            return False
        line, at, leaf = found
        if any(item is line for item in self._inside_fields()):
            return False
        cut = leaf.text.find(" ", len(leaf.text) // 2)
        if cut < 0:
            return False
        around = [Text(leaf.text[: cut + 1], leaf.look), self.maker.special(), Text(leaf.text[cut:], leaf.look)]
        line[at : at + 1] = around
        return True

    def _inside_fields(self) -> list[list[Inline]]:
        """Return the lines inside links, fields, controls: nothing else is put in there."""
        return [inside for item, _, _ in items(self.document) if (inside := inner(item)) is not None]

    def drop_thing(self) -> bool:
        """Take a note, picture, sign, link or field out of its line."""
        found = [
            (item, line)
            for item, line, where in items(self.document)
            if isinstance(item, Note | Picture | Link | Field) and where in {"body", "control", "cell"}
        ]
        if not found:
            return False
        item, line = self.chance.choice(found)
        line[:] = [other for other in line if other is not item]
        return True

    def change_picture(self) -> bool:
        """Show another picture."""
        found = [item for item, _, _ in items(self.document) if isinstance(item, Picture)]
        if not found:
            return False
        picture = self.chance.choice(found)
        picture.image = (picture.image + self.chance.randint(1, 3)) % 4
        return True

    # ------------------------------------------------------------ controls and sections

    def wrap(self) -> bool:
        """Put a control around some text, or around paragraphs."""
        if self.maker.odds(0.5):
            found = self._leaf("body", "cell")
            if found is None or any(item is found[0] for item in self._inside_fields()):
                return False
            line, at, leaf = found
            line[at] = Control(self.maker.name("value"), [leaf])
            return True
        blocks = self.document.blocks
        at = self.chance.randrange(1, len(blocks) - 1)
        taken = blocks[at : min(len(blocks) - 1, at + self.chance.randint(1, 2))]
        if any(isinstance(item, BlockControl | Contents) for item in taken) or not isinstance(taken[-1], Paragraph):
            return False
        if any(isinstance(item, Paragraph) and item.section for item in taken):
            return False
        blocks[at : at + len(taken)] = [BlockControl(self.maker.name("clause"), taken)]
        return True

    def unwrap(self) -> bool:
        """Take a control away from around what it holds."""
        inline = [(item, line) for item, line, _ in items(self.document) if isinstance(item, Control)]
        around = [block for block in self.document.blocks if isinstance(block, BlockControl)]
        if inline and (self.maker.odds(0.5) or not around):
            control, line = self.chance.choice(inline)
            at = next(at for at, item in enumerate(line) if item is control)
            line[at : at + 1] = inner(control) or []
            return True
        if not around:
            return False
        chosen = self.chance.choice(around)
        at = next(at for at, item in enumerate(self.document.blocks) if item is chosen)
        self.document.blocks[at : at + 1] = chosen.blocks
        return True

    def change_section(self) -> bool:
        """Change a page layout."""
        sections = [item.section for item in paragraphs(self.document.blocks) if item.section]
        section: Section = self.chance.choice([*sections, self.document.section])
        match self.chance.randrange(4):
            case 0:
                section.landscape = not section.landscape
            case 1:
                section.margin = 1440 if section.margin != 1440 else 1000
            case 2:
                section.columns = 3 - min(section.columns, 2)
            case _:
                section.restart = None if section.restart else self.chance.randint(1, 9)
        return True


def _text(item: Inline) -> Text:
    if not isinstance(item, Text):
        raise TypeError(f"{item!r} is no text")
    return item


def _splits(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Return where a paragraph can be split: after a sentence or word of the text in its line."""
    return [
        (place, found.start())
        for place, item in enumerate(paragraph.inside)
        if isinstance(item, Text) and len(item.text) > 40
        for found in re.finditer(r"(?<=[.,]) ", item.text)
    ]


def _may_go(blocks: list[Block], at: int) -> bool:
    """Whether a paragraph can be taken out: it ends no section, is not the last, and holds no two tables apart."""
    item = blocks[at]
    if not isinstance(item, Paragraph) or item.section is not None or at == len(blocks) - 1:
        return False
    return not (
        at and isinstance(blocks[at - 1], Table | BlockControl) and isinstance(blocks[at + 1], Table | BlockControl)
    )


def _tables_touch(blocks: list[Block]) -> bool:
    return any(isinstance(one, Table) and isinstance(two, Table) for one, two in zip(blocks, blocks[1:], strict=False))

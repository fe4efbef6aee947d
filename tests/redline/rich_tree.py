"""The abstract document that rich pairs are made from: made once, edited, and written twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Block",
    "BlockControl",
    "Bookmark",
    "Box",
    "Cell",
    "Contents",
    "Control",
    "Document",
    "Field",
    "Inline",
    "Link",
    "Note",
    "Paragraph",
    "Picture",
    "Remark",
    "Row",
    "Section",
    "Sign",
    "Table",
    "Text",
    "blocks_of",
    "holders",
    "inner",
    "leaves",
    "paragraphs",
]

Format: TypeAlias = frozenset[str]
"""What a run looks like: `b`, `i`, `u=single`, `color=C00000`, `rStyle=Emphasis` ..."""


@dataclass
class Text:
    """Words in one format."""

    text: str
    look: Format = frozenset()


@dataclass
class Sign:
    """A tab, a line break, a hyphen that does not break, a symbol."""

    kind: str


@dataclass
class Link:
    """A hyperlink: to an address, or to a bookmark where the target begins with `#`."""

    target: str
    inside: list[Inline]


@dataclass
class Field:
    """A field with the result that the file keeps."""

    code: str
    inside: list[Inline]
    simple: bool = False


@dataclass
class Picture:
    """One of the tiny images."""

    image: int


@dataclass
class Note:
    """A reference to a note, with the note."""

    kind: str
    blocks: list[Block]


@dataclass
class Control:
    """A content control in a line."""

    tag: str
    inside: list[Inline]


@dataclass
class Bookmark:
    """A stretch of a line that has a name."""

    name: str
    inside: list[Inline]


@dataclass
class Remark:
    """A stretch of a line that a comment is about."""

    comment: str
    inside: list[Inline]


@dataclass
class Box:
    """A text box, anchored in the line."""

    blocks: list[Block]


Inline: TypeAlias = Text | Sign | Link | Field | Picture | Note | Control | Bookmark | Remark | Box


@dataclass
class Section:
    """A page layout, and what stands in its margins by `place kind`."""

    landscape: bool = False
    margin: int = 1440
    columns: int = 1
    title_page: bool = False
    restart: int | None = None
    margins: dict[str, list[Block]] = field(default_factory=dict)


@dataclass
class Paragraph:
    """A paragraph: its line, its style, its list, its other properties as `w:` elements by name."""

    inside: list[Inline]
    style: str = ""
    number: tuple[int, int] | None = None
    properties: dict[str, str] = field(default_factory=dict)
    section: Section | None = None
    mark: Format = frozenset()


@dataclass
class Cell:
    """A cell: how many columns it spans, and whether it begins or goes on with a merge downwards."""

    blocks: list[Block]
    span: int = 1
    merge: str = ""
    shade: str = ""


@dataclass
class Row:
    """A row of cells."""

    cells: list[Cell]
    header: bool = False
    height: int = 0


@dataclass
class Table:
    """A table with the widths of its columns."""

    widths: list[int]
    rows: list[Row]
    layout: str = "autofit"
    align: str = ""
    border: str = ""

    @property
    def plain(self) -> bool:
        """Whether every cell is one column wide and one row high."""
        return all(cell.span == 1 and not cell.merge for row in self.rows for cell in row.cells)


@dataclass
class BlockControl:
    """A content control around paragraphs and tables."""

    tag: str
    blocks: list[Block]


@dataclass
class Contents:
    """A table of contents: one field over several paragraphs."""

    lines: list[Paragraph]


Block: TypeAlias = Paragraph | Table | BlockControl | Contents


@dataclass
class Document:
    """A whole document; the last section is that of the body."""

    blocks: list[Block]
    section: Section


def inner(item: Inline) -> list[Inline] | None:
    """Return the line inside an inline item that has one."""
    return item.inside if isinstance(item, Link | Field | Control | Bookmark | Remark) else None


def blocks_of(item: Inline) -> list[Block] | None:
    """Return the blocks that an inline item brings along: a note's or a text box's."""
    return item.blocks if isinstance(item, Note | Box) else None


def leaves(line: list[Inline]) -> Iterator[tuple[list[Inline], int]]:
    """Yield each piece of text of a line, as the list it stands in and its place there."""
    for at, item in enumerate(line):
        if isinstance(item, Text):
            yield line, at
        elif (inside := inner(item)) is not None:
            yield from leaves(inside)


def holders(document: Document) -> Iterator[tuple[list[Block], str]]:
    """Yield every list of blocks with where it is: body, cell, control, note, box or margin."""
    yield from _within(document.blocks, "body")
    sections = [item.section for item in paragraphs(document.blocks) if item.section is not None]
    for section in [*sections, document.section]:
        for blocks in section.margins.values():
            yield from _within(blocks, "margin")


def _within(blocks: list[Block], where: str) -> Iterator[tuple[list[Block], str]]:
    yield blocks, where
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _within(cell.blocks, "box" if where == "box" else "cell")
        elif isinstance(block, BlockControl):
            yield from _within(block.blocks, "control")
        elif isinstance(block, Paragraph):
            for item, _ in _items(block.inside):
                if (brought := blocks_of(item)) is not None:
                    yield from _within(brought, "note" if isinstance(item, Note) else "box")


def _items(line: list[Inline]) -> Iterator[tuple[Inline, list[Inline]]]:
    for item in line:
        yield item, line
        if (inside := inner(item)) is not None:
            yield from _items(inside)


def items(document: Document) -> Iterator[tuple[Inline, list[Inline], str]]:
    """Yield every inline item with the line it stands in, and where that is."""
    for blocks, where in holders(document):
        for block in blocks:
            if isinstance(block, Paragraph):
                for item, line in _items(block.inside):
                    yield item, line, where


def paragraphs(blocks: list[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a list of blocks and of the controls in it, not those of tables, notes and boxes."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, BlockControl):
            yield from paragraphs(block.blocks)

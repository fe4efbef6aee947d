"""Make a contract-like document by chance: prose, lists, tables, notes, fields, controls, boxes, pictures, sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.redline.rich_tree import (
    BlockControl,
    Bookmark,
    Box,
    Cell,
    Contents,
    Control,
    Document,
    Field,
    Link,
    Note,
    Paragraph,
    Picture,
    Remark,
    Row,
    Section,
    Sign,
    Table,
    Text,
)
from tests.redline.rich_words import HEADINGS, HEBREW, NOUNS, OBJECTS, TAILS, VERBS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from tests.redline.rich_tree import Block, Inline

__all__ = ["Maker"]

_ODD = ("re\u0301sume\u0301", "cafe\u0301", "क्षेत्र", "👩🏽‍⚖️", "naïve", "Ω≈ç", "ﬁnal", "№ 7", "“quoted”")
_LOOKS = (
    ["b"],
    ["i"],
    ["u=single"],
    ["b", "i"],
    ["color=C00000"],
    ["highlight=yellow"],
    ["b", "color=1F3864"],
    ["sz=28"],
    ["rStyle=Emphasis"],
    ["caps"],
)
_ADDRESSES = tuple(f"https://city.example/{page}" for page in ("forms", "rates", "policy?id=1&v=2", "notice"))


class Maker:
    """Makes parts of a document, each choice from one source of chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._names = 0

    def odds(self, share: float) -> bool:
        """Return true in this share of the cases."""
        return self.chance.random() < share

    def one(self, options: Sequence[str]) -> str:
        """Return one of some words."""
        return self.chance.choice(options)

    def name(self, kind: str) -> str:
        """Return a name that no other bookmark or control has."""
        self._names += 1
        return f"{kind}_{self._names}_{self.chance.randrange(10_000)}"

    # ------------------------------------------------------------ words

    def sentence(self) -> str:
        """Return one sentence of a contract."""
        said = f"{self.one(NOUNS)} {self.one(VERBS)} {self.one(OBJECTS)} {self.one(TAILS)}"
        if self.odds(0.3):
            said += f", and {self.one(NOUNS)} {self.one(VERBS)} {self.one(OBJECTS)}"
        if self.odds(0.05):
            said += f" ({self.one(_ODD)})"
        return said[0].upper() + said[1:] + "."

    def phrase(self) -> str:
        """Return a few words."""
        return self.one((self.one(OBJECTS), self.one(NOUNS), self.one(TAILS)))

    def prose(self) -> str:
        """Return one to four sentences."""
        return " ".join(self.sentence() for _ in range(self.chance.randint(1, 4)))

    def look(self) -> frozenset[str]:
        """Return some formatting."""
        return frozenset(self.chance.choice(_LOOKS))

    # ------------------------------------------------------------ lines

    def line(self, *, plain: bool = False) -> list[Inline]:
        """Return a line of text; one that is not plain holds other things too."""
        made: list[Inline] = [Text(self.prose())]
        for _ in range(self.chance.choice((0, 0, 0, 1, 1, 2))):
            made += [Text(" "), Text(self.phrase(), self.look()), Text(f" {self.sentence()}")]
        if not plain and self.odds(0.35):
            made += [Text(" "), self.special(), Text(f" {self.phrase()}.")]
        return made

    def special(self) -> Inline:
        """Return one thing that stands in a line and is more than words."""
        makers = (
            lambda: Link(self.one(_ADDRESSES), [Text(self.phrase(), frozenset(["rStyle=Hyperlink"]))]),
            lambda: Link("#_start", [Text("the first page", frozenset(["rStyle=Hyperlink"]))]),
            lambda: Field(r" REF _start \h ", [Text(f"Section {self.chance.randint(1, 9)}")]),
            lambda: Field(r' DATE \@ "d MMMM yyyy" ', [Text("1 July 2026")], simple=self.odds(0.5)),
            lambda: Field(" NUMPAGES ", [Text(str(self.chance.randint(2, 60)), frozenset(["b"]))]),
            lambda: Control(self.name("value"), [Text(self.phrase())]),
            lambda: Bookmark(self.name("place"), [Text(self.phrase())]),
            lambda: Remark(self.sentence(), [Text(self.phrase())]),
            lambda: Note("footnote", self.note()),
            lambda: Note("endnote", self.note()),
            lambda: Picture(self.chance.randrange(4)),
            lambda: Sign(self.one(("tab", "br", "noBreakHyphen", "softHyphen", "sym"))),
        )
        return self.chance.choice(makers)()

    def note(self) -> list[Block]:
        """Return the paragraphs of a note."""
        return [
            Paragraph([Text(self.sentence(), self.look() if self.odds(0.2) else frozenset())], "NoteText")
            for _ in range(self.chance.choice((1, 1, 1, 2)))
        ]

    # ------------------------------------------------------------ blocks

    def paragraph(self, *, plain: bool = False) -> Paragraph:
        """Return a paragraph of prose, sometimes in a list, sometimes from right to left."""
        if self.odds(0.04):
            text = " ".join(self.one(HEBREW) for _ in range(8))
            return Paragraph([Text(f"{text} 2027", frozenset(["rtl"]))], properties={"bidi": ""})
        made = Paragraph(self.line(plain=plain))
        if self.odds(0.3):
            made.number = (self.chance.choice((2, 3)), self.chance.choice((0, 0, 1, 2)))
            made.style = "ListParagraph"
        if self.odds(0.12):
            made.properties["jc"] = ' w:val="both"'
        if self.odds(0.08):
            made.properties["ind"] = ' w:left="720"'
        if self.odds(0.05):
            made.mark = frozenset(["b"])
        return made

    def heading(self, level: int) -> Paragraph:
        """Return a numbered heading, sometimes with a bookmark."""
        text: list[Inline] = [
            Text(f"{self.one(HEADINGS)} {self.one(('of work', 'and notices', 'in general', ''))}".strip())
        ]
        if self.odds(0.3):
            text = [Bookmark(self.name("heading"), text)]
        return Paragraph(text, f"Heading{level}", (1, level - 1))

    def blocks(self, count: int, *, plain: bool = False) -> list[Block]:
        """Return some paragraphs for a cell, a note, a box or a margin."""
        return [self.paragraph(plain=plain) for _ in range(count)]

    def cell(self, *, deep: bool) -> Cell:
        """Return a cell with a few words, sometimes with a table inside."""
        if deep and self.odds(0.06):
            return Cell([self.paragraph(plain=True), self.table(deep=False), Paragraph([Text(self.phrase())])])
        said: list[Block] = [Paragraph([Text(self.phrase(), self.look() if self.odds(0.15) else frozenset())])]
        if self.odds(0.12):
            said.append(self.paragraph(plain=not deep))
        if self.odds(0.06):
            said = [Paragraph([])]
        return Cell(said)

    def table(self, *, deep: bool = True) -> Table:
        """Return a table, sometimes with cells merged to the side or downwards."""
        columns, rows = self.chance.randint(2, 4), self.chance.randint(2, 6 if deep else 3)
        made = Table([9000 // columns] * columns, [self.row(columns, deep=deep) for _ in range(rows)])
        made.rows[0].header = self.odds(0.5)
        made.border = "single" if self.odds(0.1) else ""
        if deep and self.odds(0.3):
            first, second = made.rows[-1].cells[:2]
            made.rows[-1].cells[:2] = [Cell(first.blocks + second.blocks, span=2)]
        if deep and rows > 3 and self.odds(0.3):
            made.rows[1].cells[-1].merge = "restart"
            made.rows[2].cells[-1].merge = "continue"
            made.rows[2].cells[-1].blocks = [Paragraph([])]
        return made

    def row(self, columns: int, *, deep: bool = False) -> Row:
        """Return a row."""
        return Row([self.cell(deep=deep) for _ in range(columns)])

    def box(self) -> Paragraph:
        """Return a paragraph with a text box in it."""
        inside: list[Block] = [
            Paragraph([Text(self.sentence()), Text(f" {self.phrase()}", frozenset(["b"]))])
            for _ in range(self.chance.randint(1, 2))
        ]
        return Paragraph([Text(self.sentence()), Box(inside)])

    def contents(self) -> Contents:
        """Return a table of contents."""
        return Contents(
            [
                Paragraph([Link("#_start", [Text(f"{at} {self.one(HEADINGS)}"), Sign("tab"), Text(str(at))])], "TOC1")
                for at in range(1, self.chance.randint(3, 6))
            ]
        )

    def section(self) -> Section:
        """Return a page layout with its headers and footers."""
        page = Field(" PAGE ", [Text("1")])
        made = Section(landscape=self.odds(0.3), margin=self.chance.choice((1440, 1134)), title_page=self.odds(0.3))
        made.margins["header default"] = [Paragraph([Text(self.phrase())], "Header")]
        made.margins["footer default"] = [Paragraph([Text(f"{self.phrase()} "), page], "Footer")]
        if made.title_page:
            made.margins["header first"] = [
                Paragraph([Text("First page "), Text(self.phrase(), self.look())], "Header")
            ]
        return made

    def document(self) -> Document:
        """Return a whole document."""
        blocks: list[Block] = [Paragraph([Bookmark("_start", [Text("Services Agreement")])], "Title")]
        if self.odds(0.3):
            blocks.append(self.contents())
        for _ in range(self.chance.randint(3, 7)):
            blocks += self.article()
        if self.odds(0.35):
            middle = self.chance.randrange(2, len(blocks))
            blocks.insert(middle, Paragraph(self.line(plain=True), section=self.section()))
        blocks.append(Paragraph([Text("Signed by the parties on the day first written above.")]))
        return Document(blocks, self.section())

    def article(self) -> list[Block]:
        """Return a heading with what stands under it."""
        made: list[Block] = [self.heading(self.chance.choice((1, 1, 2)))]
        made += [self.paragraph() for _ in range(self.chance.randint(1, 5))]
        if self.odds(0.35):
            made += [self.table(), self.paragraph()]
        if self.odds(0.12):
            made.append(self.box())
        if self.odds(0.3):
            made.append(BlockControl(self.name("clause"), self.blocks(self.chance.randint(1, 3))))
        return made

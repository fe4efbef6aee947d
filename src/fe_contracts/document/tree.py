"""Hold an assembled contract as a tree, before Word: frozen, complete, every piece of text with its origin.

Only what the tree holds is ever printed, and each `Text` says where its characters come from. Nothing here
knows how a number is drawn in Word or where a value stood in a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "Article",
    "Block",
    "Clause",
    "Column",
    "Confirmation",
    "Contract",
    "Exhibit",
    "ExhibitPart",
    "Inline",
    "Origin",
    "OriginKind",
    "Paragraph",
    "Reference",
    "Role",
    "Row",
    "Signatory",
    "Table",
    "Text",
    "Value",
    "blocks_of",
    "plain_text",
    "texts_of",
]


class OriginKind(StrEnum):
    """Where characters may come from; there is no fourth kind."""

    WORDING = "wording"
    """The wording of a clause version."""
    PARAMETER = "parameter"
    """A parameter's value."""
    STRUCTURE = "structure"
    """Declared structure: numbers, joining words, headings of the frame (`fe_contracts.document.structure`)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The source of a piece of text.

    `source` names it: `FE-04@1.0.0` for wording, `FE-04@1.0.0/session_minutes` for a parameter, the name of
    the declared string for structure.
    """

    kind: OriginKind
    source: str


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters with one origin and one look."""

    text: str
    origin: Origin
    bold: bool = False
    italic: bool = False
    defines: str = ""
    """The term that these characters define, if they do."""


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter's value as it stands in the text; its pieces may join several values."""

    parameter: str
    """Its instance and name: `FE-04/session_minutes`."""
    pieces: tuple[Text, ...]
    pending: bool = False
    """Whether someone must still confirm it; the pieces then hold the bracket too."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross-reference: words before the number, and the number of what it points at."""

    target: str
    """The anchor it points at."""
    lead: tuple[Text, ...]
    """Words that stand before the number, such as "Section "."""
    number: str
    """The number as printed: `3.2(b)`, `Article 3`, `Exhibit A`."""


Inline = Text | Value | Reference


class Role(StrEnum):
    """What a paragraph is."""

    BODY = "body"
    """A paragraph of a section, without a number."""
    ITEM = "item"
    """A numbered paragraph: (a), (i), (A) by its level."""
    BULLET = "bullet"
    """A bulleted item."""
    QUOTATION = "quotation"
    """The exact words of a law."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    inlines: tuple[Inline, ...]
    role: Role = Role.BODY
    level: int = 0
    """For items and bullets: 0, 1 or 2."""
    number: str = ""
    """For items: the number as printed, such as (a); the whole number is `full_number`."""
    full_number: str = ""
    """For items: the number with its section, such as 3.2(b)."""
    anchor: str = ""
    """The bookmark, where something refers to it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: tuple[Text, ...]
    width: int
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; an emphasized row holds totals."""

    cells: tuple[tuple[Inline, ...], ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table drawn from a table parameter; its first column names each row."""

    parameter: str
    """Its instance and name: `PERF-01/deliverables`."""
    title: str
    """What the table shows, for those who do not see it."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause version in its place: a numbered section of an article."""

    instance: str
    """The clause's name in this contract: `FE-04`, or `FED-01:hud-1` where it stands once per award or fund."""
    clause_id: str
    version: str
    number: str
    title: tuple[Inline, ...]
    anchor: str
    blocks: tuple[Block, ...]
    reserved: bool = False
    """Whether only the number and the word Reserved stand here."""
    draft: bool = False
    """Whether the version is not published."""


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered article and its sections."""

    article_id: str
    number: str
    title: tuple[Text, ...]
    anchor: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class ExhibitPart:
    """What one clause puts into an exhibit, under its own number and heading."""

    instance: str
    clause_id: str
    version: str
    number: str
    title: tuple[Inline, ...]
    anchor: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A lettered exhibit."""

    exhibit_id: str
    number: str
    """Its letter."""
    title: tuple[Text, ...]
    anchor: str
    parts: tuple[ExhibitPart, ...]


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person who signs; the house style draws the lines."""

    party: str
    """city or agency."""
    organization: str
    name: str
    title: str
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A fact someone must confirm before signing, as listed on the first page."""

    fact: str
    """Its name: `FE-05.success_delta_points`."""
    what: str
    value: str
    who: str
    source: str
    target: str
    """The anchor of the section where it stands; empty where that is in another document, which this one amends."""
    number: str
    """That section's number."""


@dataclass(frozen=True, slots=True)
class Contract:
    """The assembled document: what `word` writes, `compliance` reads and `compare` compares."""

    contract_id: str
    contract_type: str
    title: str
    subtitle: str
    language: str
    cover: tuple[tuple[str, str], ...]
    """Labels and values for the cover, in order."""
    articles: tuple[Article, ...]
    exhibits: tuple[Exhibit, ...]
    signatories: tuple[Signatory, ...]
    form_approval: str
    """Who approves as to form; empty if nobody does."""
    confirmations: tuple[Confirmation, ...]
    drafts: tuple[str, ...]
    """Why the document is marked DRAFT: the unpublished versions it uses; empty if none."""
    notices: tuple[str, ...]
    """Sentences the document must carry on its cover, such as that names are fictional."""
    manifest: Mapping[str, object] = field(default_factory=dict)
    """Pins, digests, engine version and printed values: what `inspect` reads back."""

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Return every section, in order."""
        return tuple(clause for article in self.articles for clause in article.clauses)

    @property
    def numbered(self) -> tuple[Clause | ExhibitPart, ...]:
        """Return everything that has a number and blocks: sections, then exhibit parts."""
        return (*self.clauses, *self.parts)

    @property
    def parts(self) -> tuple[ExhibitPart, ...]:
        """Return every exhibit part, in order."""
        return tuple(part for exhibit in self.exhibits for part in exhibit.parts)


def _inline_texts(inlines: tuple[Inline, ...]) -> Iterator[Text]:
    for inline in inlines:
        match inline:
            case Text():
                yield inline
            case Value():
                yield from inline.pieces
            case Reference():
                yield from inline.lead


def texts_of(block: Block) -> Iterator[Text]:
    """Yield every run of text in a block, in reading order; the numbers of references are not text."""
    if isinstance(block, Paragraph):
        yield from _inline_texts(block.inlines)
        return
    for column in block.columns:
        yield from column.title
    for row in block.rows:
        for cell in row.cells:
            yield from _inline_texts(cell)


def blocks_of(contract: Contract) -> Iterator[Block]:
    """Yield every block of the contract, body first, then exhibits."""
    for owner in contract.numbered:
        yield from owner.blocks


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """Return what a reader sees, references with their numbers."""
    pieces = []
    for inline in inlines:
        match inline:
            case Text():
                pieces.append(inline.text)
            case Value():
                pieces.extend(piece.text for piece in inline.pieces)
            case Reference():
                pieces.extend(piece.text for piece in inline.lead)
                pieces.append(inline.number)
    return "".join(pieces)

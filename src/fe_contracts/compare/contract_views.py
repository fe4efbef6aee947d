"""Lay out a contract for comparison: its sections cut into passages, its values, and what it was made from.

An assembled tree and a Word file both come to this form. Values and references are told from the words around them:
so a section that only has another number, or a value that changed, leaves the wording the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fe_contracts.document.tree import Paragraph, Reference, Role, Table, Text, Value, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.catalog import Catalog, ClauseVersion
    from fe_contracts.compare.contract_changes import Side
    from fe_contracts.document.tree import Block, Clause, Contract, ExhibitPart, Inline
    from fe_contracts.findings import Finding
    from fe_contracts.model.condition import Fact
    from fe_contracts.model.spec import Spec

__all__ = ["ContractView", "Passage", "Piece", "Section", "sections_of"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage: words, a parameter's value, or the number of what is referred to."""

    text: str
    value: str = ""
    """The parameter's name, where it is a value."""
    target: str = ""
    """What it refers to, whatever its number is: `FE-04`, `FE-04#plan`, `PERF-01@scope`."""

    @property
    def handle(self) -> str:
        """Return what stays the same while a value or a number changes."""
        if self.target:
            return f"[[{self.target}]]"
        return f"{{{self.value}}}" if self.value else self.text


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, or one table, of a section."""

    pieces: tuple[Piece, ...]
    role: str
    """What it is: `body`, `item 0`, `bullet 1`, `quotation`, `table`."""
    label: str
    """How a reader finds it: `(b)`, `paragraph 2`."""

    @property
    def text(self) -> str:
        """Return what a reader sees."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def template(self) -> str:
        """Return its words, with handles where values and references stand."""
        return "".join(piece.handle for piece in self.pieces)

    @property
    def values(self) -> frozenset[str]:
        """Return the names of the parameters that it prints."""
        return frozenset(piece.value for piece in self.pieces if piece.value)

    @property
    def only_values(self) -> bool:
        """Return whether no word of it is the clause's own."""
        return bool(self.values) and not any(
            letter.isalnum() for piece in self.pieces if not piece.value for letter in piece.text
        )


@dataclass(frozen=True, slots=True)
class Section:
    """One clause in its place, or its part of an exhibit."""

    instance: str
    clause_id: str
    version: str
    number: str
    title: str
    home: str
    """The article's id, or `exhibit:` and the exhibit's."""
    passages: tuple[Passage, ...]
    exhibit: str = ""
    reserved: bool = False
    drift: bool = False
    """Whether its words are not those that were written when the contract was assembled."""

    @property
    def key(self) -> tuple[str, str]:
        """Return what it is matched by."""
        return self.instance, self.exhibit

    @property
    def text(self) -> str:
        """Return its text without the heading, one line for each passage."""
        return "\n".join(passage.text for passage in self.passages)


COVER_PAGE = "Cover and first pages"
SIGNATURE_PAGE = "Signature page"
"""The pages outside the clauses, which only documents have."""


@dataclass(frozen=True, slots=True)
class ContractView:
    """A contract as the comparison sees it; what a document alone does not tell is left out."""

    side: Side
    sections: tuple[Section, ...]
    printed: Mapping[str, str]
    """Each value as the contract shows it, by `FE-04/session_minutes`; tables with tabs and line breaks."""
    frame: Mapping[str, str] = field(default_factory=dict)
    """What stands outside the clauses, by a plain name."""
    catalog: Catalog | None = None
    spec: Spec | None = None
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The typed values, by instance and name, where there is a spec."""
    facts: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)
    """What conditions are judged by, by instance, where there is a spec."""
    notes: tuple[Finding, ...] = ()
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The headings of the columns of each table, as a document shows them."""
    pending: frozenset[str] = frozenset()
    """The names in `printed` of values that somebody must still confirm."""
    tagged: bool = True
    """Whether values are told from words by the controls around them; else by what the manifest says was printed."""

    def version_of(self, section: Section) -> ClauseVersion | None:
        """Return the clause version that a section stands in, if the library at hand holds it."""
        if self.catalog is None or section.clause_id not in self.catalog or not section.version:
            return None
        found = [one for one in self.catalog[section.clause_id].versions if one.number == section.version]
        return found[0] if found else None

    def stands(self, instance: str, names: frozenset[str]) -> tuple[str, ...]:
        """Return the numbers of the sections in which a clause prints one of these parameters."""
        return tuple(
            section.number
            for section in self.sections
            if section.instance == instance and any(not names.isdisjoint(item.values) for item in section.passages)
        )


def sections_of(contract: Contract) -> tuple[Section, ...]:
    """Return an assembled contract's sections, then its exhibit parts, in order."""
    targets = _targets(contract)
    found = [
        _section(clause, targets, article.article_id) for article in contract.articles for clause in article.clauses
    ]
    found += [
        _section(part, targets, f"exhibit:{exhibit.exhibit_id}", exhibit.exhibit_id)
        for exhibit in contract.exhibits
        for part in exhibit.parts
    ]
    return tuple(found)


def _targets(contract: Contract) -> dict[str, str]:
    """Return what each bookmark stands for, in names that no renumbering touches."""
    found: dict[str, str] = {}
    exhibits = {id(part): exhibit.exhibit_id for exhibit in contract.exhibits for part in exhibit.parts}
    for owner in contract.numbered:
        exhibit = exhibits.get(id(owner), "")
        name = f"{owner.instance}@{exhibit}" if exhibit else owner.instance
        found[owner.anchor] = name
        for block in owner.blocks:
            if isinstance(block, Paragraph) and block.anchor:
                found[block.anchor] = f"{owner.instance}#{block.anchor.rpartition('__')[2]}"
    return found


def _section(owner: Clause | ExhibitPart, targets: Mapping[str, str], home: str, exhibit: str = "") -> Section:
    return Section(
        owner.instance,
        owner.clause_id,
        owner.version,
        owner.number,
        plain_text(owner.title),
        home,
        tuple(_passages(owner.blocks, targets)),
        exhibit,
        reserved=getattr(owner, "reserved", False),
    )


def _passages(blocks: tuple[Block, ...], targets: Mapping[str, str]) -> Iterator[Passage]:
    for place, block in enumerate(blocks, start=1):
        if isinstance(block, Table):
            name = block.parameter.rpartition("/")[2]
            rows = "\n".join("\t".join(plain_text(cell) for cell in row.cells) for row in block.rows)
            yield Passage((Piece(rows, value=name),), "table", f"table {place}")
            continue
        role = f"{block.role.value} {block.level}" if block.role in {Role.ITEM, Role.BULLET} else block.role.value
        label = block.number or f"paragraph {place}"
        yield Passage(tuple(_pieces(block.inlines, targets)), role, label)


def _pieces(inlines: tuple[Inline, ...], targets: Mapping[str, str]) -> Iterator[Piece]:
    for inline in inlines:
        match inline:
            case Text():
                yield Piece(inline.text)
            case Value():
                text = "".join(piece.text for piece in inline.pieces)
                yield Piece(text, value=inline.parameter.rpartition("/")[2])
            case Reference():
                yield from (Piece(piece.text) for piece in inline.lead)
                yield Piece(inline.number, target=targets.get(inline.target, inline.target))

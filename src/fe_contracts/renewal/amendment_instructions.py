"""Hold what an amendment does to a contract, instruction by instruction: what its operative sentences say, as data.

An instruction holds nothing that its sentence does not print, so that whoever applies the instructions knows no more
than someone who reads the sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fe_contracts.document.tree import plain_text
from fe_contracts.renewal.amendment_layout import line_of

if TYPE_CHECKING:
    from fe_contracts.document.tree import Block, Clause, ExhibitPart, Inline
    from fe_contracts.model.amendment import SentenceForm

__all__ = ["Instruction"]


@dataclass(frozen=True, slots=True)
class Instruction:
    """One thing that an amendment does to the contract."""

    form: SentenceForm
    place: str
    """What it is done to, by its number before the amendment: `6.1(a)`, `8.2`, `Article 3`; a line of the cover."""
    heading: str = ""
    """The heading of the section or division at the place."""
    old: str = ""
    """The words that go."""
    new: str = ""
    """The words that come."""
    inlines: tuple[Inline, ...] = ()
    """The words that come, with their origin."""
    table: int = 0
    """Which of the section's tables, from 1."""
    tables: int = 0
    """How many tables the section has."""
    blocks: tuple[Block, ...] = ()
    """The text that comes, restated."""
    sections: tuple[Clause | ExhibitPart, ...] = ()
    """The sections that come."""
    instance: str = ""
    """The clause it belongs to; empty for what stands outside the clauses."""
    exhibit: str = ""
    """The exhibit's id, where it belongs to one."""
    reason: str = ""
    """Why the library has another version of the clause, where that is the cause."""

    @property
    def clause_id(self) -> str:
        """Return the clause, without award or fund."""
        return self.instance.partition(":")[0]

    def to_dict(self) -> dict[str, Any]:
        """Return the instruction as plain data."""
        return {
            "form": self.form.value,
            "place": self.place,
            "heading": self.heading or None,
            "instance": self.instance or None,
            "exhibit": self.exhibit or None,
            "old": self.old or None,
            "new": self.new or None,
            "table": self.table or None,
            "restated": [line_of(block).text for block in self.blocks] or None,
            "sections": [
                {"number": item.number, "instance": item.instance, "title": plain_text(item.title)}
                for item in self.sections
            ]
            or None,
            "reason": self.reason or None,
        }

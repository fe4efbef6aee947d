"""Fill the wording of an amendment: the library's own words, with each name's value and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fe_contracts.catalog.inline import InlineParser
from fe_contracts.catalog.wording import Placeholder, ReferenceNode
from fe_contracts.document.structure import STRUCTURE
from fe_contracts.document.tree import Origin, OriginKind, Text
from fe_contracts.exceptions import CatalogError
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.catalog.catalog import Edition
    from fe_contracts.document.tree import Inline
    from fe_contracts.model.amendment import AmendmentForms
    from fe_contracts.renewal.amendment_instructions import Instruction

__all__ = ["Wording", "place_name"]


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of the library's wording of amendments, ready to be filled."""

    edition: Edition[AmendmentForms]

    @property
    def forms(self) -> AmendmentForms:
        """Return the wording."""
        return self.edition.content

    @property
    def origin(self) -> Origin:
        """Return where its words come from."""
        return Origin(OriginKind.WORDING, f"{self.edition.name}@{self.edition.number}")

    def filled(self, text: str, names: Mapping[str, str | tuple[Inline, ...]]) -> tuple[Inline, ...]:
        """Return a text of the library with its names filled in.

        Raises:
            CatalogError: if the library's text is not well formed; the file is named.
        """
        problems: list[Finding] = []

        def report(_: int, code: str, message: str, remedy: str) -> None:
            problems.append(Finding(code, Severity.ERROR, message, Where(self.edition.file), remedy))

        pieces = InlineParser(self.origin, report).parse(text.strip(), 1)
        found: list[Inline] = []
        for piece in pieces:
            match piece:
                case Text():
                    found.append(piece)
                case Placeholder():
                    found += self._value(piece, names)
                case ReferenceNode():
                    message = f"The text refers to {piece.target}; an amendment has no clauses to refer to."
                    report(1, "AMEND090", message, "Write the reference in words.")
        if problems:
            raise CatalogError(self.edition.file, problems)
        return tuple(found)

    def _value(self, piece: Placeholder, names: Mapping[str, str | tuple[Inline, ...]]) -> tuple[Inline, ...]:
        value = names[".".join(piece.path)]
        if isinstance(value, str):
            origin = Origin(OriginKind.PARAMETER, f"{self.origin.source}/{'.'.join(piece.path)}")
            return (Text(value, origin, piece.bold, piece.italic),) if value else ()
        return value

    def line(self, text: str, names: Mapping[str, str]) -> str:
        """Return a short text of the library with its names filled in, as characters alone."""
        filled = self.filled(text, names)
        return "".join(item.text for item in filled if isinstance(item, Text))

    def sentence(self, instruction: Instruction) -> tuple[Inline, ...]:
        """Return an instruction as the sentence that says it."""
        names = {
            "place": place_name(instruction.place),
            "heading": instruction.heading,
            "label": instruction.place,
            "old": instruction.old,
            "new": instruction.inlines or instruction.new,
            "table": self._table(instruction),
        }
        sentence = self.filled(self.forms.sentences[instruction.form], names)
        if instruction.reason:
            space = Text(STRUCTURE["space"], Origin(OriginKind.STRUCTURE, "space"))
            sentence = (*self.filled(self.forms.words.reason, {"reason": instruction.reason}), space, *sentence)
        return sentence

    def _table(self, instruction: Instruction) -> str:
        words = self.forms.words
        if instruction.tables <= 1:
            return words.the_table
        return self.line(words.the_nth_table, {"ordinal": words.ordinals[instruction.table - 1]})


def place_name(place: str) -> str:
    """Return how a sentence names a place: `Section 6.1(a)`, `Article 3`."""
    return f"{STRUCTURE['section']}{place}" if place[:1].isdigit() or place[1:2] == "." else place

"""Give every cross-reference its number, once every section, paragraph and exhibit has one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fe_contracts.assembly.filling import Unresolved
from fe_contracts.document.structure import structure
from fe_contracts.document.tree import Paragraph, Reference, Row, Table, Text
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fe_contracts.catalog import ClauseVersion
    from fe_contracts.document.tree import Block, Inline

__all__ = ["Target", "Targets", "anchor_name"]


def anchor_name(*parts: str) -> str:
    """Return a bookmark name for Word: letters, digits and underscores, at most 40 of them."""
    name = "_".join(parts)
    return "".join(character if character.isalnum() and character.isascii() else "_" for character in name)[:40]


@dataclass(frozen=True, slots=True)
class Target:
    """Something a reference can point at: its bookmark, its number, and the word before the number."""

    anchor: str
    number: str
    lead: tuple[Text, ...]


_NAMING = re.compile(r"\b(?:[Pp]aragraphs?|[Ss]ections?|[Ii]tems?) $")
_JOINING = frozenset({", ", " and ", " or ", ", and ", ", or ", " to ", " through "})


def _is_named(before: list[Inline]) -> bool:
    """Return whether the words before a reference already say what it is: "paragraph 3.2(b)"."""
    if not before or not isinstance(before[-1], Text):
        return False
    if _NAMING.search(before[-1].text):
        return True
    if len(before) < 2 or not isinstance(before[-2], Reference):
        return False
    earlier = before[-2]
    names_itself = earlier.number.startswith(("Article ", "Exhibit "))
    return not earlier.lead and not names_itself and before[-1].text in _JOINING


@dataclass(slots=True)
class Targets:
    """Everything in the contract that a reference can point at, by the name the wording uses."""

    known: dict[str, Target] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add_section(self, name: str, anchor: str, number: str) -> None:
        """Add a section, paragraph or exhibit part: printed as "Section 3.2"."""
        self.known.setdefault(name, Target(anchor, number, (structure("section"),)))

    def add_named(self, name: str, anchor: str, number: str) -> None:
        """Add an article or exhibit, whose number holds its own word: "Article 3"."""
        self.known.setdefault(name, Target(anchor, number, ()))

    def resolve(self, blocks: Iterable[Block], version: ClauseVersion) -> tuple[Block, ...]:
        """Return the blocks with every reference numbered; those that point at nothing are findings."""
        return tuple(self._block(block, version) for block in blocks)

    def inlines(self, inlines: tuple[Inline, ...], version: ClauseVersion) -> tuple[Inline, ...]:
        """Return a run of inlines with every reference numbered."""
        if not any(isinstance(inline, Unresolved) for inline in inlines):
            return inlines
        found: list[Inline] = []
        for inline in inlines:
            if isinstance(inline, Unresolved):
                found.extend(self._one(inline, version, bare=_is_named(found)))
            else:
                found.append(inline)
        return tuple(found)

    def _block(self, block: Block, version: ClauseVersion) -> Block:
        match block:
            case Paragraph():
                found = self.inlines(block.inlines, version)
                return block if found is block.inlines else replace(block, inlines=found)
            case Table():
                return replace(
                    block,
                    rows=tuple(Row(tuple(self.inlines(cell, version) for cell in row.cells), row.total) for row in block.rows),
                )

    def _one(self, reference: Unresolved, version: ClauseVersion, *, bare: bool) -> tuple[Inline, ...]:
        target = self.known.get(reference.target)
        if target is not None:
            return (Reference(target.anchor, () if bare else target.lead, target.number),)
        if not reference.fallback:
            self.findings.append(
                Finding(
                    "REF010",
                    Severity.ERROR,
                    f"{version.key} refers to [[{reference.target}]], which is not in this contract.",
                    Where(version.file, reference.line),
                    "Include the clause, or give the reference words to fall back on: [[… | words]].",
                )
            )
        return reference.fallback

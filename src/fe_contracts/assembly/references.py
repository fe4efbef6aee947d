"""Answer what a cross-reference points at and how it reads, once everything has its number."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from fe_contracts.document.structure import structure
from fe_contracts.document.tree import Reference, Text
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fe_contracts.catalog import ClauseVersion
    from fe_contracts.document.tree import Inline

__all__ = ["Target", "Targets", "anchor_name"]

_NAMING = re.compile(r"\b(?:[Pp]aragraphs?|[Ss]ections?|[Ii]tems?) $")
_JOINING = frozenset({", ", " and ", " or ", ", and ", ", or ", " to ", " through "})
_LONGEST_BOOKMARK = 40


@lru_cache(maxsize=10_000)
def anchor_name(*parts: str) -> str:
    """Return a bookmark name for Word: letters, digits and underscores, at most 40 of them.

    A name that would lose something else than hyphens ends in a short digest, so that two never share one.
    """
    name = "_".join(parts)
    plain = re.sub(r"[^A-Za-z0-9]", "_", name)
    if len(plain) <= _LONGEST_BOOKMARK and re.fullmatch(r"[A-Za-z0-9_-]*", name):
        return plain
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{plain[: _LONGEST_BOOKMARK - 9]}_{digest}"


def _is_named(before: Sequence[Inline]) -> bool:
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


@dataclass(frozen=True, slots=True)
class Target:
    """Something a reference can point at: its bookmark, its number, and the word before the number."""

    anchor: str
    number: str
    lead: tuple[Text, ...]


@dataclass(slots=True)
class Targets:
    """Everything in the contract that a reference can point at, by the name the wording uses."""

    known: dict[str, Target] = field(default_factory=dict)
    by_fund: set[str] = field(default_factory=set)
    """The ids of the clauses that stand once per award or fund."""
    findings: list[Finding] = field(default_factory=list)

    def add_section(self, name: str, anchor: str, number: str) -> None:
        """Add a section, paragraph or exhibit part: printed as "Section 3.2"."""
        self.known.setdefault(name, Target(anchor, number, (structure("section"),)))

    def add_named(self, name: str, anchor: str, number: str) -> None:
        """Add an article or exhibit, whose number holds its own word: "Article 3"."""
        self.known.setdefault(name, Target(anchor, number, ()))

    def nearest(self, name: str, instance: str, clause_id: str) -> str:
        """Return the name of what a reference in one clause instance means.

        In a clause that stands once per award or fund, `FED-02` is the FED-02 of the same award, never of another.
        """
        suffix = instance.removeprefix(clause_id)
        if name.startswith("#"):
            return f"{instance}{name}"
        if not suffix:
            return name
        target = re.split("[#@]", name, maxsplit=1)[0]
        own = f"{target}{suffix}{name.removeprefix(target)}"
        return own if own in self.known or target in self.by_fund else name

    def refer(
        self,
        name: str,
        fallback: tuple[Text, ...],
        version: ClauseVersion,
        line: int,
        before: Sequence[Inline],
    ) -> tuple[Inline, ...]:
        """Return the reference, or the words to fall back on; pointing at nothing is a finding.

        `before` is what the sentence holds so far: after "paragraph" the number stands alone.
        """
        target = self.known.get(name)
        if target is not None:
            return (Reference(target.anchor, () if _is_named(before) else target.lead, target.number),)
        if not fallback:
            self.findings.append(
                Finding(
                    "REF010",
                    Severity.ERROR,
                    f"{version.key} refers to [[{name}]], which is not in this contract.",
                    Where(version.file, line),
                    "Include the clause, or give the reference words to fall back on: [[… | words]].",
                )
            )
        return fallback

"""Go by the words where a document was edited after it was assembled: what its manifest says may no longer hold.

A redline that was rejected reads as the old contract, and its manifest is that of the new one. Words that are the same
are no change, whatever version they were written as, and no edit that anybody has to look at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compare.contract_views import ContractView, Section
    from fe_contracts.compare.matching import Matched

__all__ = ["by_their_words", "edits", "same_instances"]

_EDITED = "{name} does not read as it was written: somebody changed it after the contract was assembled."


def by_their_words(matched: Matched) -> Matched:
    """Return the pairs with an edited section that reads as the other one counted as that one's version.

    Where both contracts read the same as wholes, all of the edited one is the other again, also the sections in which
    two versions have the same words.
    """
    edited = [any(pair[side].drift for pair in matched.pairs) for side in (0, 1)]
    whole = not (matched.removed or matched.added) and all(_reads_same(*pair) for pair in matched.pairs)
    pairs = (
        _settled(pair, (edited[0], edited[1]) if whole and edited[0] != edited[1] else (pair[0].drift, pair[1].drift))
        for pair in matched.pairs
    )
    return replace(matched, pairs=tuple(pairs))


def _settled(pair: tuple[Section, Section], edited: tuple[bool, bool]) -> tuple[Section, Section]:
    one, other = pair
    if not any(edited) or not _reads_same(one, other):
        return pair
    version = one.version if edited[1] else other.version
    return replace(one, version=version, drift=False), replace(other, version=version, drift=False)


def _reads_same(one: Section, other: Section) -> bool:
    """Return whether a reader sees the same: heading, words, values and their form."""
    sides = ([(item.text, item.role) for item in section.passages] for section in (one, other))
    return one.title == other.title and next(sides) == next(sides)


def same_instances(matched: Matched) -> frozenset[str]:
    """Return the clauses that read the same wherever they stand, so that no value they print can be another one."""
    differing = {section.instance for section in (*matched.removed, *matched.added)}
    differing.update(other.instance for one, other in matched.pairs if not _reads_same(one, other))
    return frozenset(other.instance for _, other in matched.pairs) - differing


def edits(old: ContractView, new: ContractView, matched: Matched) -> Iterator[Finding]:
    """Yield each section that somebody edited after its contract was assembled, so that it reads otherwise."""
    pairs = [(one, other) for one, other in matched.pairs if not _reads_same(one, other)]
    for view, sections in (
        (old, [*(one for one, _ in pairs), *matched.removed]),
        (new, [*(other for _, other in pairs), *matched.added]),
    ):
        drifted = {section.key for section in sections if section.drift}
        yield from (_edited(view, section) for section in view.sections if section.key in drifted)


def _edited(view: ContractView, section: Section) -> Finding:
    name = f"{section.instance} {section.version}" + (f" in exhibit {section.exhibit}" if section.exhibit else "")
    return Finding(
        "DIFF020",
        Severity.WARNING,
        _EDITED.format(name=name),
        Where(file=view.side.label),
        "Compare the file with the contract as assembled, and decide whether the edit was agreed.",
    )

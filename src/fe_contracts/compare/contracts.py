"""Compare two contracts at five levels: clauses, their versions, values, duties and words.

A contract's own numbering is never a change. What one value does to the words around it is told once, with the value.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fe_contracts.catalog.terms import known_terms
from fe_contracts.compare.clause_level import come_or_gone, duty_changes, moved_section, version_change
from fe_contracts.compare.clauses import language_of
from fe_contracts.compare.contract_changes import (
    ContractChange,
    ContractDifference,
    Kind,
    Level,
)
from fe_contracts.compare.contract_views import COVER_PAGE, SIGNATURE_PAGE
from fe_contracts.compare.hand_edits import by_their_words, edits, same_instances
from fe_contracts.compare.matching import match_sections
from fe_contracts.compare.parameters import joined, printed_changes, value_changes
from fe_contracts.compare.pending import without_notes
from fe_contracts.compare.plain_summary import plain_summary
from fe_contracts.compare.section_wording import SectionWording
from fe_contracts.compare.spec_level import spec_changes
from fe_contracts.compare.tokens import Cutter
from fe_contracts.compare.weighing import affected_by_words, weights_of_words
from fe_contracts.compare.words import Language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fe_contracts.compare.burden_counts import BurdenChange
    from fe_contracts.compare.contract_views import ContractView, Section
    from fe_contracts.compare.matching import Matched
    from fe_contracts.findings import Finding

__all__ = ["compare_views"]

_LEVELS = list(Level)
_LAST = sys.maxsize
_NOT_FOUND = "INSPECT020"
"""That a clause of the manifest is not in the file, as one is not that came with a change that was rejected."""


def compare_views(old: ContractView, new: ContractView, burden: BurdenChange | None = None) -> ContractDifference:
    """Return everything that changed from one contract to the other, in the order of the new one."""
    return _Comparison(without_notes(old), without_notes(new)).run(burden)


def _apart(old: str, new: str, told: Mapping[str, str]) -> tuple[str, str]:
    """Return the lines of two pages that only one of them has, without those that differ by a changed value alone."""
    one, two = old.split("\n"), new.split("\n")
    gone, come = [line for line in one if line not in two], [line for line in two if line not in one]
    values = sorted(filter(None, told), key=len, reverse=True)
    if values and len(gone) == len(come):
        pattern = re.compile("|".join(map(re.escape, values)))
        pairs = [
            pair
            for pair in zip(gone, come, strict=True)
            if pattern.sub(lambda found: told[found[0]], pair[0]) != pair[1]
        ]
        gone, come = [line for line, _ in pairs], [line for _, line in pairs]
    return _one_line(gone), _one_line(come)


def _one_line(lines: Sequence[str]) -> str:
    return "; ".join(line.replace("\t", ": ", 1).replace("\t", " ") for line in lines)


_ValueChange = tuple["Section", ContractChange, str]
"""A changed value, the section that it stands in, and what gives it."""


@dataclass(slots=True)
class _Comparison:
    """The state of one comparison: changes are gathered with their places and put in order at the end."""

    old: ContractView
    new: ContractView
    found: list[tuple[tuple[int, int], ContractChange]] = field(default_factory=list)
    matched: Matched = field(init=False)
    language: Language = field(init=False)
    cutter: Cutter = field(init=False)
    places: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Match the sections and learn the words and terms of both libraries."""
        self.matched = by_their_words(match_sections(self.old, self.new))
        self.places = _places(self.old, self.new, self.matched)
        catalogs = [view.catalog for view in (self.old, self.new) if view.catalog is not None]
        terms = frozenset(term for catalog in catalogs for term in known_terms(catalog))
        known = language_of(self.new.catalog, "") if self.new.catalog is not None else Language()
        self.language = known.extended(terms=terms)
        self.cutter = Cutter.knowing(term for term in terms if " " in term)

    def run(self, burden: BurdenChange | None) -> ContractDifference:
        """Return the difference."""
        for section in self.matched.removed:
            self._whole(section, self.old, Kind.REMOVED)
        for section in self.matched.added:
            self._whole(section, self.new, Kind.ADDED)
        values: list[_ValueChange] = []
        same = frozenset() if self._by_spec else same_instances(self.matched)
        for pair in self.matched.pairs:
            self._pair(pair)
            if not pair[1].exhibit:
                values += self._values(pair, same)
        self._tell_values(values)
        for change, home in spec_changes(self.old, self.new, self.language):
            if home is None and not change.material:  # what the city keeps for itself comes last
                self.found.append(((_LAST, _LEVELS.index(change.level)), change))
            else:
                self._add(home, change)
        if not self._by_spec:
            for change in self._frame():
                self._add(None, change)
        changes = self._ordered()
        return ContractDifference(
            self.old.side,
            self.new.side,
            changes,
            burden,
            self.matched.renumbered,
            self._notes(same=not changes),
            plain_summary(self.old, self.new, changes, burden),
        )

    def _notes(self, *, same: bool) -> tuple[Finding, ...]:
        """Return what is to be known of both files; where both say the same, no news of what a manifest says beside."""
        told = (*self.old.notes, *self.new.notes, *edits(self.old, self.new, self.matched))
        return tuple(dict.fromkeys(note for note in told if not (same and note.code == _NOT_FOUND)))

    def _whole(self, section: Section, view: ContractView, kind: Kind) -> None:
        """Add what a clause that came or went brings or takes."""
        change = come_or_gone(section, view, kind)
        self._add(section, replace(change, reason=self._left_out(section)))
        if not section.exhibit:
            added = kind is Kind.ADDED
            sides = (None if added else section, self.old), (section if added else None, self.new)
            for duty in duty_changes(*sides):
                self._add(section, duty)

    def _left_out(self, section: Section) -> str:
        """Return why a spec leaves a clause out, as it says itself; empty if none does."""
        for view, says in ((self.new, ""), (self.old, "It was left out before: ")):
            for item in view.spec.clauses.exclude if view.spec else ():
                if item.clause == section.clause_id:
                    return f"{says}{item.reason}"
        return ""

    def _pair(self, pair: tuple[Section, Section]) -> None:
        """Add what changed in a clause that stands in both contracts, values apart."""
        one, other = pair
        wording = SectionWording((self.old, self.new), self.matched.renamed, self.language, self.cutter)
        found: list[ContractChange] = []
        if other.key in self.matched.moved:
            found.append(moved_section(one, other))
        if not other.exhibit:
            version = version_change(pair, (self.old, self.new))
            found += [version] if version is not None else []
            found += duty_changes((one, self.old), (other, self.new))
        for change in [*found, *wording.changes(pair)]:
            self._add(other, change)

    def _frame(self) -> Iterator[ContractChange]:
        """Yield what differs outside the clauses, as far as two documents tell, but not what a value tells already."""
        told = {change.old: change.new for _, change in self.found if change.place.startswith("parameters.")}
        for name in dict.fromkeys([*self.new.frame, *self.old.frame]):
            old, new = (view.frame.get(name, "") for view in (self.old, self.new))
            if name in {COVER_PAGE, SIGNATURE_PAGE}:
                if not (old and new):  # a spec has no pages
                    continue
                old, new = _apart(old, new, told)
            if old != new:
                yield ContractChange(
                    id="",
                    level=Level.PARAMETER,
                    kind=Kind.ADDED if not old else Kind.REMOVED if not new else Kind.CHANGED,
                    instance="",
                    clause_id="",
                    title="The contract",
                    old_number="",
                    new_number="",
                    place=name,
                    what=f"{name}: {old or 'none'} → {new or 'none'}",
                    old=old,
                    new=new,
                    affected=affected_by_words(old, new),
                    weights=weights_of_words(old, new, self.language),
                )

    def _add(self, section: Section | None, change: ContractChange) -> None:
        place = self.places.get(section.key, 0) if section else -1
        self.found.append(((place, _LEVELS.index(change.level)), change))

    def _ordered(self) -> tuple[ContractChange, ...]:
        changes = [change for _, change in sorted(self.found, key=lambda item: item[0])]
        return tuple(replace(change, id=f"c{place}") for place, change in enumerate(changes, start=1))

    @property
    def _by_spec(self) -> bool:
        """Return whether both contracts come with their specs, which tell more than what is printed."""
        return self.old.spec is not None and self.new.spec is not None

    def _values(self, pair: tuple[Section, Section], same: frozenset[str]) -> Iterator[_ValueChange]:
        """Yield the values of a clause that differ, with what gives each."""
        views = self.old, self.new
        if self._by_spec:
            found = value_changes(pair, views, self.language)
        else:
            found = printed_changes(pair, views, self.language, reads_same=pair[1].instance in same)
        version = self.new.version_of(pair[1]) or self.old.version_of(pair[0])
        for change in found:
            name = change.place.split(".")[1]
            definition = version.front.parameters.get(name) if version else None
            origin = (definition.from_ if definition else "") or f"{pair[1].clause_id}/{change.place}"
            if definition is not None and definition.from_ and change.place.count(".") > 1:
                origin += change.place.partition(".")[2].partition(".")[2]
            yield pair[1], change, origin

    def _tell_values(self, values: list[_ValueChange]) -> None:
        homes = {(change.instance, ""): section for section, change, _ in values}
        origins = {place: origin for place, (_, _, origin) in enumerate(values)}
        for change in joined([change for _, change, _ in values], origins):
            if change.material:
                self._add(homes[change.instance, ""], change)
            else:  # that a value is still to be confirmed is no change of the contract: it comes behind those
                self.found.append(((_LAST, _LEVELS.index(change.level)), change))


def _places(old: ContractView, new: ContractView, matched: Matched) -> dict[tuple[str, str], int]:
    """Return where each section stands in the new contract; one that is gone, behind what stood before it."""
    found = {section.key: 2 * place for place, section in enumerate(new.sections)}
    partner = {one.key: other.key for one, other in matched.pairs}
    last = -1
    for section in old.sections:
        if section.key in partner:
            last = found[partner[section.key]]
        elif section.key not in found:
            found[section.key] = last + 1 - (last % 2)
    return found

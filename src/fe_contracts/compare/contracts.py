"""Compare two contracts at five levels: clauses, their versions, values, duties and words.

A contract's own numbering is never a change. What one value does to the words around it is told once, with the value.
"""

from __future__ import annotations

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
    Segment,
    SegmentKind,
    Weight,
)
from fe_contracts.compare.contract_views import COVER_PAGE, SIGNATURE_PAGE
from fe_contracts.compare.matching import match_sections, renamed_section
from fe_contracts.compare.parameters import joined, printed_changes, value_changes
from fe_contracts.compare.passages import differing_passages
from fe_contracts.compare.plain_summary import plain_summary
from fe_contracts.compare.spec_level import spec_changes
from fe_contracts.compare.tokens import Cutter
from fe_contracts.compare.weighing import EDITORIAL, affected_by_words, in_order, weights_of_words
from fe_contracts.compare.wordcuts import changed_words, cut_difference
from fe_contracts.compare.words import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compare.contract_changes import BurdenChange
    from fe_contracts.compare.contract_views import ContractView, Section
    from fe_contracts.compare.matching import Matched
    from fe_contracts.compare.passages import Difference

__all__ = ["compare_views"]

_LEVELS = list(Level)
_LAST = sys.maxsize
_EDITED = "DIFF020"
"""That a clause was edited by hand: no news where both contracts say the same, as a redline does that was rejected."""
_SAME_VERSION = "The clause version is the same: what the spec says decides whether the paragraph stands."
_BY_HAND = "Somebody changed these words by hand after the contract was assembled."


def compare_views(old: ContractView, new: ContractView, burden: BurdenChange | None = None) -> ContractDifference:
    """Return everything that changed from one contract to the other, in the order of the new one."""
    return _Comparison(old, new).run(burden)


def _apart(old: str, new: str) -> tuple[str, str]:
    """Return the lines of two pages that only one of them has."""
    one, two = old.split("\n"), new.split("\n")
    return "; ".join(line for line in one if line not in two), "; ".join(line for line in two if line not in one)


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
        self.matched = match_sections(self.old, self.new)
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
        for pair in self.matched.pairs:
            self._pair(pair)
            if not pair[1].exhibit:
                values += self._values(pair)
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
            tuple(
                dict.fromkeys(note for note in (*self.old.notes, *self.new.notes) if changes or note.code != _EDITED)
            ),
            plain_summary(self.old, self.new, changes, burden),
        )

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
        found: list[ContractChange] = []
        if other.key in self.matched.moved:
            found.append(moved_section(one, other))
        if not other.exhibit:
            version = version_change(pair, (self.old, self.new))
            found += [version] if version is not None else []
            found += duty_changes((one, self.old), (other, self.new))
        for change in [*found, *self._wording(pair)]:
            self._add(other, change)

    def _frame(self) -> Iterator[ContractChange]:
        """Yield what differs outside the clauses, as far as two documents tell."""
        for name in dict.fromkeys([*self.new.frame, *self.old.frame]):
            old, new = (view.frame.get(name, "") for view in (self.old, self.new))
            if name in {COVER_PAGE, SIGNATURE_PAGE}:
                if not (old and new):  # a spec has no pages
                    continue
                old, new = _apart(old, new)
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

    def _values(self, pair: tuple[Section, Section]) -> Iterator[_ValueChange]:
        """Yield the values of a clause that differ, with what gives each."""
        tell = value_changes if self._by_spec else printed_changes
        version = self.new.version_of(pair[1]) or self.old.version_of(pair[0])
        for change in tell(pair, (self.old, self.new), self.language):
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
            self._add(homes[change.instance, ""], change)

    def _wording(self, pair: tuple[Section, Section]) -> Iterator[ContractChange]:
        """Yield what changed in the words of a section, values and numbers apart."""
        one, other = renamed_section(pair[0], self.matched.renamed), pair[1]
        printed = [
            {name.rpartition("/")[2]: text for name, text in view.printed.items() if name.startswith(f"{at.instance}/")}
            for view, at in ((self.old, pair[0]), (self.new, other))
        ]
        shown = [_shown(at) for at in (one, other)]  # of a list of values, the printed ones are its entries
        changed = {
            name
            for before, after in (printed, shown)
            for name in {*before, *after}
            if before.get(name) != after.get(name)
        }
        if one.title != other.title and one.instance == other.instance and pair[0].instance == other.instance:
            yield self._heading(pair)
        for difference in differing_passages(one.passages, other.passages, changed):
            yield self._passage(pair, difference)

    def _heading(self, pair: tuple[Section, Section]) -> ContractChange:
        one, other = pair
        weights = weights_of_words(one.title, other.title, self.language)
        segments = (Segment(SegmentKind.REMOVED, one.title), Segment(SegmentKind.ADDED, other.title))
        what = f"Heading: {one.title} → {other.title}"
        return self._words(pair, Kind.CHANGED, "heading", what, (one.title, other.title), weights, segments)

    def _passage(self, pair: tuple[Section, Section], difference: Difference) -> ContractChange:
        old = difference.old.text if difference.old else ""
        new = difference.new.text if difference.new else ""
        where = f"{pair[1].title}, {difference.passage.label}"
        segments: tuple[Segment, ...] = ()
        weights: tuple[Weight, ...]
        if difference.moved:
            kind, what = Kind.MOVED, f"{where}: the paragraph stands elsewhere in the section"
            simple = difference.passage.role in {"item 0", "body"}
            weights = EDITORIAL if simple else (Weight.OBLIGATION,)
        elif difference.old and difference.new:
            kind, what = Kind.CHANGED, f"{where}: the words change"
            segments = cut_difference(difference.old.pieces, difference.new.pieces, self.cutter)
            weights = weights_of_words(
                difference.old.template, difference.new.template, self.language, changed_words(segments)
            )
            if difference.old.role != difference.new.role:
                what = f"{where}: {difference.old.role} becomes {difference.new.role}"
                weights = in_order([*weights, Weight.OBLIGATION])
        else:
            kind = Kind.ADDED if difference.new else Kind.REMOVED
            what = f"{where}: a paragraph is {kind.value}"
            mark = SegmentKind.ADDED if difference.new else SegmentKind.REMOVED
            segments = (Segment(mark, old or new),)
            weights = weights_of_words(old, new, self.language)
        return self._words(pair, kind, difference.passage.label, what, (old, new), weights, segments)

    def _words(
        self,
        pair: tuple[Section, Section],
        kind: Kind,
        place: str,
        what: str,
        sides: tuple[str, str],
        weights: tuple[Weight, ...],
        segments: tuple[Segment, ...],
    ) -> ContractChange:
        one, other = pair
        drift = one.drift or other.drift
        same = one.version == other.version and kind in {Kind.ADDED, Kind.REMOVED} and not drift
        reason = ""
        if one.version != other.version and (version := self.new.version_of(other)):
            reason = version.front.reason
        return ContractChange(
            id="",
            level=Level.WORDING,
            kind=kind,
            instance=other.instance,
            clause_id=other.clause_id,
            title=other.title,
            old_number=one.number,
            new_number=other.number,
            place=place,
            what=what,
            old=sides[0],
            new=sides[1],
            affected=affected_by_words(*sides),
            weights=weights,
            reason=reason,
            segments=segments,
            notes=((_BY_HAND,) if drift else ()) + ((_SAME_VERSION,) if same else ()),
            drift=drift,
        )


def _shown(section: Section) -> dict[str, str]:
    """Return what a section shows of each parameter, in order."""
    found: dict[str, str] = {}
    for passage in section.passages:
        for piece in passage.pieces:
            if piece.value:
                found[piece.value] = f"{found.get(piece.value, '')}\n{piece.text}"
    return found


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

"""Compare the words of one section in both contracts, and weigh each paragraph that changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fe_contracts.compare.contract_changes import ContractChange, Kind, Level, Segment, SegmentKind, Weight
from fe_contracts.compare.matching import renamed_section
from fe_contracts.compare.passages import differing_passages
from fe_contracts.compare.weighing import EDITORIAL, affected_by_words, in_order, weights_of_words
from fe_contracts.compare.wordcuts import changed_words, cut_difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.compare.contract_views import ContractView, Section
    from fe_contracts.compare.passages import Difference
    from fe_contracts.compare.tokens import Cutter
    from fe_contracts.compare.words import Language

__all__ = ["SectionWording"]

_SAME_VERSION = "The clause version is the same: what the spec says decides whether the paragraph stands."
_BY_HAND = "Somebody changed these words by hand after the contract was assembled."


@dataclass(frozen=True, slots=True)
class SectionWording:
    """What is known of both contracts when the words of their sections are compared."""

    views: tuple[ContractView, ContractView]
    renamed: Mapping[str, str]
    """The new instance by the old one, where an award or fund has another name."""
    language: Language
    cutter: Cutter

    def changes(self, pair: tuple[Section, Section]) -> Iterator[ContractChange]:
        """Yield what changed in the words of a section, values and numbers apart."""
        one, other = renamed_section(pair[0], self.renamed), pair[1]
        printed = [
            {name.rpartition("/")[2]: text for name, text in view.printed.items() if name.startswith(f"{at.instance}/")}
            for view, at in zip(self.views, (pair[0], other), strict=True)
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
        if one.version != other.version and (version := self.views[1].version_of(other)):
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

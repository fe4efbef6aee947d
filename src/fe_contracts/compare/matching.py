"""Match the sections of two contracts: by instance, then by clause where an award or fund was given another name."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from fe_contracts.compare.contract_changes import Renumbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fe_contracts.compare.contract_views import ContractView, Section

__all__ = ["Matched", "match_sections", "renamed_section"]


@dataclass(frozen=True, slots=True)
class Matched:
    """Which section of the new contract answers to which of the old one."""

    pairs: tuple[tuple[Section, Section], ...]
    """In the order of the new contract."""
    removed: tuple[Section, ...]
    added: tuple[Section, ...]
    moved: frozenset[tuple[str, str]]
    """The keys, in the new contract, of sections that stand elsewhere among the others, or in another article."""
    renamed: Mapping[str, str]
    """The new instance by the old one, where an award or fund has another name."""

    @property
    def renumbered(self) -> tuple[Renumbered, ...]:
        """Return the sections that only have another number."""
        return tuple(
            Renumbered(new.instance, old.number, new.number, new.title)
            for old, new in self.pairs
            if old.number != new.number and new.key not in self.moved
        )


def match_sections(old: ContractView, new: ContractView) -> Matched:
    """Return which sections of two contracts answer to each other."""
    before = {section.key: section for section in old.sections if not section.reserved}
    after = {section.key: section for section in new.sections if not section.reserved}
    twins = _renamed(
        [section for key, section in before.items() if key not in after],
        [section for key, section in after.items() if key not in before],
    )
    renamed = {one.instance: other.instance for one, other in twins}
    partner = {other.key: one for one, other in twins} | {key: before[key] for key in after if key in before}
    pairs = tuple((partner[key], section) for key, section in after.items() if key in partner)
    taken = {one.key for one, _ in pairs}
    return Matched(
        pairs,
        tuple(section for key, section in before.items() if key not in taken),
        tuple(section for key, section in after.items() if key not in partner),
        frozenset(_moved(list(before), pairs)),
        renamed,
    )


def _renamed(gone: list[Section], come: list[Section]) -> list[tuple[Section, Section]]:
    """Return sections of one clause under two names, the likest first; a clause of the whole contract has one name."""
    found = [
        (SequenceMatcher(None, one.text, other.text, autojunk=False).quick_ratio(), place, one, other)
        for place, one in enumerate(gone)
        for other in come
        if (one.clause_id, one.exhibit) == (other.clause_id, other.exhibit)
    ]
    pairs: list[tuple[Section, Section]] = []
    names: dict[str, str] = {}
    for _, _, one, other in sorted(found, key=lambda item: (-item[0], item[1])):
        free = all(one is not a and other is not b for a, b in pairs)
        fits = names.get(one.instance, other.instance) == other.instance
        if free and fits:
            names[one.instance] = other.instance
            pairs.append((one, other))
    return pairs


def _moved(order: list[tuple[str, str]], pairs: Iterable[tuple[Section, Section]]) -> Iterable[tuple[str, str]]:
    """Yield the keys of sections outside the longest run that kept its order, and those in another article."""
    for exhibits in (False, True):
        kept = [(one, other) for one, other in pairs if bool(other.exhibit) is exhibits]
        places = [order.index(one.key) for one, _ in kept]
        ranks = [sorted(places).index(place) for place in places]
        back = sorted(range(len(ranks)), key=ranks.__getitem__)
        turned = ranks > back  # so that the same sections have moved on the way back
        still = {ranks[index] for index in _longest_rising(back)} if turned else _longest_rising(ranks)
        for rank, (one, other) in zip(ranks, kept, strict=True):
            if rank not in still or one.home != other.home:
                yield other.key


def _longest_rising(places: list[int]) -> set[int]:
    """Return the longest sequence of rising numbers among the places."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [index]
    found, index = set(), ends[-1] if ends else -1
    while index >= 0:
        found.add(places[index])
        index = before[index]
    return found


def renamed_section(section: Section, names: Mapping[str, str]) -> Section:
    """Return a section of the old contract with its references by the names of the new one."""
    if not names:
        return section
    passages = tuple(
        replace(item, pieces=tuple(replace(piece, target=_target(piece.target, names)) for piece in item.pieces))
        for item in section.passages
    )
    return replace(section, passages=passages)


def _target(target: str, names: Mapping[str, str]) -> str:
    for mark in ("#", "@"):
        head, found, tail = target.partition(mark)
        if found:
            return f"{names.get(head, head)}{mark}{tail}"
    return names.get(target, target)

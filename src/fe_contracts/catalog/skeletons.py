"""Find the clauses that a base's contract types have a place for and an overlay's do not, on whichever day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from fe_contracts.catalog.catalog import Catalog, Edition
    from fe_contracts.model.library import ClauseSlot, ContractType

__all__ = ["LostPlace", "lost_places"]


@dataclass(frozen=True, slots=True)
class LostPlace:
    """A clause's place in a contract type of the base, which contracts of some day do not have any more."""

    slot: ClauseSlot
    kept: ClauseSlot | None
    """The place that is left, where a host contract can keep the clause out of it."""
    below: Edition[ContractType]
    """The base's edition of that day."""
    ours: Edition[ContractType]
    """The overlay's edition that stands instead."""


def lost_places(catalog: Catalog, base: Catalog) -> Iterator[LostPlace]:
    """Yield each place that is lost to an edition of the overlay, or will be when a draft is published, once.

    Each day on which either changes is looked at: an overlay's first edition ends the base's later ones too.
    """
    for name, series in base.contract_types.items():
        editions = catalog.contract_types[name].editions
        own = [item for item in editions if catalog.layer.gives(f"contract_type/{name}/{item.number}")]
        told: set[tuple[str, str]] = set()
        for day in sorted({item.effective for item in (*series.editions, *own)}) if own else ():
            settled = [item for item in series.editions if item.published] or series.editions
            below = _begun(settled, day)
            for ours in _begun(own, day) + _begun([item for item in own if item.published], day):
                for lost in _lost(below[0], ours) if below else ():
                    if (ours.number, lost.slot.clause) not in told:
                        told.add((ours.number, lost.slot.clause))
                        yield lost


def _begun(editions: Sequence[Edition[ContractType]], day: dt.date) -> list[Edition[ContractType]]:
    """Return the last edition that has begun by the day, if any has."""
    return [item for item in editions if item.effective <= day][-1:]


def _lost(below: Edition[ContractType], ours: Edition[ContractType]) -> Iterator[LostPlace]:
    """Yield each place of one edition that the other lacks, or has only where no host contract covers its subject."""
    left = {slot.clause: slot for slot in ours.content.slots}
    for slot in below.content.slots:
        kept = left.get(slot.clause)
        if kept is None or kept.unless_host_covers not in {None, slot.unless_host_covers}:
            yield LostPlace(slot, kept, below, ours)

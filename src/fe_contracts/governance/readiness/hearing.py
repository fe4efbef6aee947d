"""Say of each stakeholder when it was last heard, where it stands, and whether its support is fading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt

    from fe_contracts.model.initiative import Initiative, PositionTaken, Stakeholder

__all__ = ["Heeded", "heeded"]


@dataclass(frozen=True, slots=True)
class Heeded:
    """One stakeholder on the day asked about."""

    stakeholder: Stakeholder
    place: int
    """Its place in the file, counted from 0."""
    position: PositionTaken | None
    """Its latest position."""
    was: PositionTaken | None
    """The best position before it, where the latest is worse."""
    last_heard: dt.date | None
    how: str
    silent_days: int | None
    """Days since it was last heard; none if it never was."""
    too_long: bool
    """Whether that is more than the initiative allows."""

    @property
    def organization(self) -> str:
        """Return its name."""
        return self.stakeholder.organization

    @property
    def fading(self) -> bool:
        """Return whether its support is fading: not heard for too long or never, or of a worse position than before."""
        return self.too_long or self.last_heard is None or self.was is not None

    @property
    def why_fading(self) -> str:
        """Return in a few words why; empty if it is not."""
        reasons = []
        if self.was and self.position:
            reasons.append(f"{self.was.position} on {self.was.on}, {self.position.position} on {self.position.on}")
        if self.last_heard is None:
            reasons.append("never heard")
        elif self.too_long:
            reasons.append(f"not heard for {self.silent_days} days")
        return ", ".join(reasons)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        item = self.stakeholder
        return {
            "id": item.id,
            "organization": item.organization,
            "roles": [role.value for role in item.roles],
            "standing": [standing.value for standing in item.standing],
            "position": self.position.position.value if self.position else None,
            "position_on": self.position.on.isoformat() if self.position else None,
            "position_was": self.was.position.value if self.was else None,
            "last_heard": self.last_heard.isoformat() if self.last_heard else None,
            "how": self.how or None,
            "silent_days": self.silent_days,
            "fading": self.fading,
        }


def heeded(initiative: Initiative, as_of: dt.date) -> tuple[Heeded, ...]:
    """Return every stakeholder as it stands on a day, in the order of the file; what is dated later is left out."""
    return tuple(_one(initiative, place, item, as_of) for place, item in enumerate(initiative.stakeholders))


def _one(initiative: Initiative, place: int, item: Stakeholder, as_of: dt.date) -> Heeded:
    taken = sorted((one for one in item.positions if one.on <= as_of), key=lambda one: one.on)
    position = taken[-1] if taken else None
    best = min(taken[:-1], key=lambda one: (one.position.rank, -one.on.toordinal()), default=None)
    worse = best is not None and position is not None and position.position.rank > best.position.rank
    occasions = [(one.on, one.how) for one in item.heard]
    occasions += [
        (one.on, one.kind.value.replace("_", " ")) for one in initiative.engagements if item.id in one.took_part
    ]
    occasions += [(one.on, "position taken") for one in item.positions]
    occasions += [(one.on, f"signed off the {one.what}") for one in initiative.sign_offs if one.by == item.id]
    last, how = max((one for one in occasions if one[0] <= as_of), key=lambda one: one[0], default=(None, ""))
    silent = (as_of - last).days if last else None
    too_long = silent is not None and silent > initiative.thresholds.heard_within_days
    return Heeded(item, place, position, best if worse else None, last, how, silent, too_long)

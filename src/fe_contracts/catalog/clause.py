"""Hold a clause and its versions, and answer which version is in force on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from fe_contracts.exceptions import ClauseNotInForceError, UnknownVersionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.catalog.adjusting import PlacedAdjustment
    from fe_contracts.catalog.wording import Wording
    from fe_contracts.model.clause import ClauseIdentity, VersionFrontMatter

__all__ = ["Clause", "ClauseVersion", "version_key"]


def version_key(number: str) -> tuple[int, ...]:
    """Return a semantic version as numbers, for sorting."""
    return tuple(int(part) for part in number.split("."))


@dataclass(frozen=True, eq=False)
class ClauseVersion:
    """One version of a clause; its front matter and wording are read from the text when first asked for."""

    clause_id: str
    number: str
    effective: dt.date
    expires: dt.date | None
    retires: bool
    defines: tuple[str, ...]
    """The terms its wording defines."""
    digest: str
    published: bool
    file: str
    _read_front: Callable[[], VersionFrontMatter] = field(repr=False)
    _read_wording: Callable[[], Wording] = field(repr=False)
    adjustments: tuple[PlacedAdjustment, ...] = ()
    """What overlays fix of its parameters, lowest layer first, each layer's by day."""
    adjusted_by: tuple[PlacedAdjustment, ...] = ()
    """Those that this form of it already shows."""

    @property
    def key(self) -> str:
        """Return the name that provenance uses: `FE-04@1.0.0`."""
        return f"{self.clause_id}@{self.number}"

    @cached_property
    def front(self) -> VersionFrontMatter:
        """Return title, parameters, obligations and all else that stands above the wording."""
        return self._read_front()

    @cached_property
    def wording(self) -> Wording:
        """Return the wording as a tree."""
        return self._read_wording()

    @cached_property
    def _forms(self) -> dict[int, ClauseVersion]:
        """Hold the adjusted forms that were asked for, so that a batch makes each once."""
        return {}

    def on(self, day: dt.date) -> ClauseVersion:
        """Return the version as a contract of that day has it: with the adjustments of overlays that have begun.

        Words, number and digest are the same. Where an adjustment is not published yet, the form is a draft.
        """
        begun = tuple(placed for placed in self.adjustments if placed.effective <= day)
        if not begun:
            return self
        if len(begun) not in self._forms:
            self._forms[len(begun)] = replace(
                self,
                published=self.published and all(placed.published for placed in begun),
                adjustments=(),
                adjusted_by=begun,
                _read_front=lambda: _adjusted(self, begun),
            )
        return self._forms[len(begun)]


def _adjusted(version: ClauseVersion, begun: tuple[PlacedAdjustment, ...]) -> VersionFrontMatter:
    """Return a version's front matter as adjusted."""
    from fe_contracts.catalog.adjusting import adjusted_front  # the bundled library alone needs none of it

    return adjusted_front(version.front, begun)


@dataclass(frozen=True, eq=False)
class Clause:
    """A clause: its identity and every version, by effective date."""

    identity: ClauseIdentity
    versions: tuple[ClauseVersion, ...]
    file: str

    @property
    def id(self) -> str:
        """Return the clause's identity: `FE-04`."""
        return self.identity.id

    @property
    def published(self) -> tuple[ClauseVersion, ...]:
        """Return the published versions, by effective date."""
        return tuple(version for version in self.versions if version.published)

    @property
    def latest(self) -> ClauseVersion:
        """Return the last version by effective date, published or not."""
        return self.versions[-1]

    def nearest(self, day: dt.date) -> ClauseVersion:
        """Return the version that says most about a day on which none may be in force.

        It is the last published one begun by then, else the first published one, else the last draft.
        """
        published = self.published
        begun = [version for version in published if version.effective <= day]
        return begun[-1] if begun else published[0] if published else self.latest

    def version(self, number: str) -> ClauseVersion:
        """Return the version of that number, published or draft.

        Raises:
            UnknownVersionError: if the clause has no such version.
        """
        for version in self.versions:
            if version.number == number:
                return version
        raise UnknownVersionError(self.id, number, known=tuple(version.number for version in self.versions))

    def period(self, version: ClauseVersion) -> tuple[dt.date, dt.date | None]:
        """Return the first and last day a published version is in force; the last is `None` if it still is."""
        later = [other.effective for other in self.published if other.effective > version.effective]
        ends = [day for day in (version.expires, *(start - dt.timedelta(days=1) for start in later)) if day]
        return version.effective, min(ends, default=None)

    def in_force_on(self, day: dt.date) -> ClauseVersion:
        """Return the published version in force on the day.

        Raises:
            ClauseNotInForceError: if there is none: not yet, no longer, or never published.
        """
        begun = [version for version in self.published if version.effective <= day]
        if begun:
            version = begun[-1]
            if version.retires:
                raise ClauseNotInForceError(
                    self.id,
                    day.isoformat(),
                    f"it was retired from {version.effective} on: {version.front.reason}",
                )
            if version.expires is not None and version.expires < day:
                raise ClauseNotInForceError(
                    self.id, day.isoformat(), f"version {version.number} expired {version.expires}."
                )
            return version
        if self.published:
            first = self.published[0]
            raise ClauseNotInForceError(
                self.id,
                day.isoformat(),
                f"its first version, {first.number}, takes effect {first.effective}.",
            )
        numbers = ", ".join(version.number for version in self.versions)
        raise ClauseNotInForceError(
            self.id,
            day.isoformat(),
            f"it has only drafts ({numbers}). Publish one, or pin it under clauses.pins.",
        )

"""Hold what a contract shows of the change it carries: clauses and versions, framework, promised training."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fe_contracts.governance.readiness.words import runs

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from fe_contracts.model.initiative import Stakeholder

__all__ = ["AdoptedContract", "Agencies", "ReceivedReport", "TrainingPromise", "agencies_among", "same_name"]

_LEGAL_FORMS = {"inc", "incorporated", "llc", "corp", "corporation", "co", "company", "ltd", "the"}


@dataclass(frozen=True, slots=True)
class TrainingPromise:
    """What one contract promises of the training of front-line staff."""

    deliverable: str = ""
    """The deliverable that counts trained staff; empty where the contract has none."""
    owed: tuple[tuple[dt.date, int], ...] = ()
    """How many people in all by the last day of each contract quarter."""
    share: Decimal | None = None
    """The share of its front-line staff, per cent, where the contract has the clause on training."""
    by: dt.date | None = None
    """The day by which that share is reached."""

    def owed_on(self, day: dt.date) -> int:
        """Return how many people should have been trained by the end of the last quarter that is over."""
        return max((number for end, number in self.owed if end <= day), default=0)

    @property
    def in_all(self) -> int:
        """Return how many people the contract promises over its term."""
        return max((number for _, number in self.owed), default=0)


@dataclass(frozen=True, slots=True)
class AdoptedContract:
    """One contract as far as it shows adoption: read from its spec, or from the assembled Word file."""

    file: str
    id: str
    title: str
    agency: str
    """The agency's legal name."""
    effective: dt.date
    """The day it takes effect: from then on its clauses are embedded."""
    clauses: Mapping[str, str]
    """The version of each financial empowerment clause, by the clause's id."""
    framework: Mapping[str, str] = field(default_factory=dict)
    """The version of vision, values, assumptions and glossary that it embeds."""
    services: tuple[str, ...] = ()
    city: str = ""
    initiative: str = ""
    other_names: tuple[str, ...] = ()
    """Other names of the agency."""
    promise: TrainingPromise | None = None
    """What it promises of training; nothing where the file does not tell: a Word file does not."""
    amendments: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name that it gives the agency."""
        return (self.agency, *self.other_names)

    @property
    def carried(self) -> str:
        """Return the clauses that it carries: `FE-01 to FE-13`."""
        return runs(self.clauses)

    def to_dict(self) -> dict[str, Any]:
        """Return the contract as plain data."""
        promise = self.promise
        return {
            "file": self.file,
            "id": self.id,
            "title": self.title,
            "agency": self.agency,
            "effective": self.effective.isoformat(),
            "amendments": self.amendments,
            "clauses": dict(self.clauses),
            "framework": dict(self.framework),
            "services": list(self.services),
            "training_promised": None
            if promise is None
            else {
                "deliverable": promise.deliverable or None,
                "owed": [{"by": day.isoformat(), "people": number} for day, number in promise.owed],
                "share_percent": None if promise.share is None else str(promise.share),
                "share_by": promise.by.isoformat() if promise.by else None,
            },
        }


@dataclass(frozen=True, slots=True)
class ReceivedReport:
    """One report of an agency that was received: the first one shows that the contract is at work."""

    contract_id: str
    on: dt.date
    """The day it was received or signed."""
    file: str = ""


def same_name(one: str, other: str) -> bool:
    """Return whether two names are of one organization: capitals, marks and legal forms do not tell them apart."""
    return bool(_plain(one)) and _plain(one) == _plain(other)


@lru_cache(maxsize=10_000)
def _plain(name: str) -> tuple[str, ...]:
    kept = "".join(
        letter if letter.isalnum() else " "
        for letter in unicodedata.normalize("NFKD", name.casefold()).replace("&", " and ")
        if not unicodedata.combining(letter)
    )
    words = tuple(kept.split())
    return tuple(word for word in words if word not in _LEGAL_FORMS) or words


Agencies = Mapping[tuple[str, str], "Stakeholder"]
"""The stakeholder that is a contract's agency, by the contract's id and its agency's name."""


def agencies_among(stakeholders: Iterable[Stakeholder], contracts: Iterable[AdoptedContract]) -> Agencies:
    """Return which stakeholder is the agency of each contract, leaving out contracts of nobody among them."""
    known: dict[tuple[str, ...], tuple[int, Stakeholder]] = {}
    for place, stakeholder in enumerate(stakeholders):
        for name in (stakeholder.organization, *stakeholder.also_known_as):
            known.setdefault(_plain(name), (place, stakeholder))
    found: dict[tuple[str, str], Stakeholder] = {}
    for contract in contracts:
        alike = [known[_plain(name)] for name in contract.names if _plain(name) in known]
        if alike:
            found[contract.id, contract.agency] = min(alike, key=lambda pair: pair[0])[1]
    return found

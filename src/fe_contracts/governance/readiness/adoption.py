"""Hold what the contracts show against the file: which agencies have one, and the training they promise."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.governance.readiness.contracts import same_name
from fe_contracts.governance.readiness.norms import BUY_IN, TRAINING
from fe_contracts.governance.readiness.words import counted, listed
from fe_contracts.model.initiative import ImplementationKind, Standing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from fe_contracts.governance.readiness.case import Case
    from fe_contracts.governance.readiness.contracts import AdoptedContract
    from fe_contracts.model.initiative import Stakeholder

__all__ = ["Agency", "agencies_of", "check_agencies", "check_training"]


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency: its contracts, and the training they promise against the training that took place."""

    name: str
    stakeholder: str
    """Its id among the stakeholders; empty if it is none of them."""
    contracts: tuple[AdoptedContract, ...]
    """Its contracts in effect on the day."""
    to_come: tuple[AdoptedContract, ...]
    trained: int
    """How many of its people were trained since the first of these contracts took effect."""
    trained_before: int
    owed: int
    """How many people should have been trained by the last quarter that is over."""
    promised: int
    """How many people its contracts promise over their terms."""
    share: Decimal | None
    """The share of its front-line staff that they promise, per cent."""
    share_by: dt.date | None
    staff: int | None
    """How many front-line staff it has."""

    @property
    def share_reached(self) -> Decimal | None:
        """Return the share of its front-line staff that is trained, per cent; at most 100."""
        if not self.staff:
            return None
        return min(
            Decimal(100), (Decimal(100) * (self.trained + self.trained_before) / self.staff).quantize(Decimal(1))
        )

    @property
    def misses_share(self) -> bool:
        """Return whether fewer are trained than promised, to the last digit and not as rounded."""
        trained = self.trained + self.trained_before
        return bool(self.staff) and self.share is not None and trained * 100 < (self.staff or 0) * self.share

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "name": self.name,
            "stakeholder": self.stakeholder or None,
            "contracts": [item.id for item in self.contracts],
            "contracts_to_come": [item.id for item in self.to_come],
            "trained": self.trained,
            "trained_before_the_contract": self.trained_before,
            "owed_by_now": self.owed,
            "promised_in_all": self.promised,
            "share_promised_percent": None if self.share is None else str(self.share),
            "share_by": self.share_by.isoformat() if self.share_by else None,
            "share_reached_percent": None if self.share_reached is None else str(self.share_reached),
            "front_line_staff": self.staff,
        }


def agencies_of(case: Case) -> tuple[Agency, ...]:
    """Return every agency that has a contract, is said to deliver, or trained its staff; stakeholders first."""
    groups: dict[tuple[str, str], tuple[Stakeholder | None, str, list[AdoptedContract]]] = {}
    trained = {item.agency for item in case.initiative.training}
    for item in case.initiative.stakeholders:
        if Standing.DELIVERS in item.standing or item.id in trained:
            groups["stakeholder", item.id] = item, item.organization, []
    for contract in case.contracts:
        agency = case.agency(contract)
        strangers = (name for kind, name in groups if kind == "stranger" and same_name(name, contract.agency))
        key = ("stakeholder", agency.id) if agency else ("stranger", next(strangers, contract.agency))
        name = agency.organization if agency else contract.agency
        groups.setdefault(key, (agency, name, []))[2].append(contract)
    return tuple(_agency(case, *group) for group in groups.values())


def _agency(case: Case, stakeholder: Stakeholder | None, name: str, contracts: list[AdoptedContract]) -> Agency:
    """Return one agency with its figures."""
    begun = tuple(sorted((one for one in contracts if one.effective <= case.as_of), key=lambda one: one.effective))
    promises = [one.promise for one in begun if one.promise]
    first = min((one.effective for one in begun if one.promise), default=None)
    held = [
        (one.on, one.trained)
        for one in case.initiative.training
        if stakeholder and one.agency == stakeholder.id and one.on <= case.as_of
    ]
    shares = [(one.by, one.share) for one in promises if one.share is not None and one.by]
    by, share = shares[-1] if shares else (None, None)  # that of the contract that took effect last
    return Agency(
        name,
        stakeholder.id if stakeholder else "",
        begun,
        tuple(one for one in contracts if one.effective > case.as_of),
        sum(number for day, number in held if first is None or day >= first),
        sum(number for day, number in held if first is not None and day < first),
        sum(one.owed_on(case.as_of) for one in promises),
        sum(one.in_all for one in promises),
        share,
        by,
        stakeholder.front_line_staff if stakeholder else None,
    )


def check_training(case: Case, agencies: tuple[Agency, ...]) -> Iterator[Finding]:
    """Yield where fewer people are trained than the contracts promise by now, and where that cannot be told."""
    for agency in agencies:
        where = _place_of(case, agency)
        if agency.trained < agency.owed:
            names = listed(
                one.promise.deliverable for one in agency.contracts if one.promise and one.promise.deliverable
            )
            before = (
                f" {counted(agency.trained_before, 'person', 'people')} trained before it took effect do not count."
            )
            yield Finding(
                "READY030",
                Severity.WARNING,
                f"{agency.name} has trained {agency.trained} of the {agency.owed} people that "
                f"{listed(one.id for one in agency.contracts)} promises by now ({names})."
                f"{before if agency.trained_before else ''}",
                where,
                f"Plan a training for {agency.owed - agency.trained} more, or record those that took place.",
                TRAINING,
            )
        yield from _share(case, agency, where)
        for contract in agency.contracts:
            if contract.promise is None and "FE-12" in contract.clauses:
                yield Finding(
                    "READY032",
                    Severity.INFO,
                    f"{contract.id} is read from a Word file, which does not tell how many people it promises.",
                    Where(contract.file),
                    "Name the contract's spec instead, to have the trained held against it.",
                    TRAINING,
                )


def _share(case: Case, agency: Agency, where: Where) -> Iterator[Finding]:
    """Yield where the promised share is missed on its day, or cannot be told."""
    if agency.share is None or agency.share_by is None:
        return
    ids = listed(one.id for one in agency.contracts)
    reached = agency.share_reached
    if reached is None:
        yield Finding(
            "READY032",
            Severity.INFO,
            f"{ids} promises {agency.share.normalize():f}% of {agency.name}'s front-line staff trained by "
            f"{agency.share_by}, and the file does not say how many there are.",
            where,
            "Give the stakeholder front_line_staff, the number employed.",
            TRAINING,
        )
    elif agency.share_by <= case.as_of and agency.misses_share:
        yield Finding(
            "READY031",
            Severity.WARNING,
            f"{agency.name} has trained {agency.trained + agency.trained_before} of its {agency.staff} front-line "
            f"staff ({reached}%); {ids} promises "
            f"{agency.share.normalize():f}% by {agency.share_by} (FE-12).",
            where,
            "Ask for the plan to catch up that the clause calls for, and allow for staff who left.",
            TRAINING,
        )


def _place_of(case: Case, agency: Agency) -> Where:
    for place, item in enumerate(case.initiative.stakeholders):
        if item.id == agency.stakeholder:
            return case.where("stakeholders", place)
    return Where(agency.contracts[0].file if agency.contracts else "")


def check_agencies(case: Case, agencies: tuple[Agency, ...]) -> Iterator[Finding]:
    """Yield agencies with contracts that are no stakeholders, those that deliver without one, and foreign contracts."""
    for agency in agencies:
        every = (*agency.contracts, *agency.to_come)
        if not agency.stakeholder:
            yield Finding(
                "READY040",
                Severity.WARNING,
                f"{agency.name} has the contract {listed(one.id for one in every)} and is not among the stakeholders: "
                "it was never asked.",
                Where(every[0].file),
                "Add it to the stakeholders, with the name that its contract uses, and hear it.",
                BUY_IN,
            )
        elif not every:
            yield from _without_contract(case, agency)
    for contract in case.contracts:
        yield from _foreign(case, contract)


def _without_contract(case: Case, agency: Agency) -> Iterator[Finding]:
    item = next(one for one in case.initiative.stakeholders if one.id == agency.stakeholder)
    if Standing.DELIVERS not in item.standing:
        return
    planned = [
        one.planned
        for one in case.initiative.implementation
        if one.kind is ImplementationKind.CLAUSES_EMBEDDED
        and one.agency in {None, item.id}
        and one.planned >= case.as_of
    ]
    soon = f" One is planned by {min(planned)}." if planned else ""
    yield Finding(
        "READY041",
        Severity.INFO if planned else Severity.WARNING,
        f"{agency.name} is said to deliver services, and no contract of this initiative is with it.{soon}",
        _place_of(case, agency),
        "Embed the clauses in its contract, list the contract's file, or correct its standing.",
        BUY_IN,
    )


def _foreign(case: Case, contract: AdoptedContract) -> Iterator[Finding]:
    """Yield what makes a contract look like one of another city or initiative, or like none of this kind."""
    for told, given, own in (
        ("initiative", contract.initiative, case.initiative.name),
        ("city", contract.city, case.initiative.city),
    ):
        if given and not same_name(given, own):
            yield Finding(
                "READY042",
                Severity.WARNING,
                f"{contract.id} names the {told} {given!r}, and this file is of {own!r}; it is counted all the same.",
                Where(contract.file),
                f"Take it from the contracts of this file, or correct the name of the {told} in one of the two.",
            )
    if not contract.clauses:
        yield Finding(
            "READY043",
            Severity.INFO,
            f"{contract.id} carries none of the financial empowerment clauses, so nothing is embedded by it.",
            Where(contract.file),
            "Take it from the list, or add the clauses by a rider.",
        )

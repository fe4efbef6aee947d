"""Build the form of one report: which parts it has, and what they are made from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fe_contracts.model.vocabulary import ReportKind
from fe_contracts.performance.forms.fields import Asked, deliverables_section, outcomes_section, tolerance_of
from fe_contracts.performance.forms.form import ReportForm, SectionKind
from fe_contracts.performance.forms.money import budget_section
from fe_contracts.performance.forms.program import milestones_section, training_section
from fe_contracts.performance.forms.words import certification_section, narrative_section

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from fe_contracts.model.performance import ReportRequirement
    from fe_contracts.model.spec import Spec
    from fe_contracts.performance.forms.form import Certification, FormSection, Value
    from fe_contracts.schedule.periods import Period

__all__ = ["ContractFacts", "Due", "Ordered", "build_form"]

_PROGRAM = {ReportKind.PROGRAM, ReportKind.COMBINED, ReportKind.CLOSEOUT}
_MONEY = {ReportKind.FINANCIAL, ReportKind.COMBINED, ReportKind.CLOSEOUT}
_RESULTS = {ReportKind.OUTCOME, ReportKind.COMBINED, ReportKind.CLOSEOUT}


@dataclass(frozen=True)
class ContractFacts:
    """What a contract says beyond its spec: which clauses it has, where, with which values."""

    versions: Mapping[str, str]
    """The version of each clause instance."""
    sections: Mapping[str, str]
    """The number of each clause's section, by clause id."""
    values: Mapping[str, Mapping[str, Any]]
    """The typed value of every parameter, by clause id."""

    @property
    def fingerprint(self) -> str:
        """Return a digest of the clause versions."""
        pins = "\n".join(f"{name}={version}" for name, version in sorted(self.versions.items()))
        return hashlib.sha256(pins.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Due:
    """When a report is due, and why that day."""

    day: dt.date
    because: str = ""


@dataclass(frozen=True)
class Ordered:
    """Which report is wanted: of which requirement and period, due when, certified in which words."""

    requirement: ReportRequirement
    period: Period
    due: Due
    words: tuple[Certification, ...]
    before: Mapping[str, Value] = field(default_factory=dict)
    """What earlier reports come to, by key."""


def build_form(spec: Spec, facts: ContractFacts, ordered: Ordered) -> ReportForm:
    """Return the form of one report of a contract."""
    requirement, period = ordered.requirement, ordered.period
    asked = Asked(spec, requirement, period, facts.sections, facts.values, ordered.before)
    identity, amendments, renewed = spec.contract, spec.contract.amendments, spec.contract.renews
    return ReportForm(
        contract=identity.id,
        title=identity.title,
        agency=spec.agency.legal_name,
        city=spec.city.name,
        effective=amendments[-1].effective_date if amendments else identity.effective_date,
        amendments=len(amendments),
        renewal=renewed.renewal if renewed else 0,
        clauses=facts.fingerprint,
        requirement=requirement.id,
        report=requirement.title,
        kind=requirement.kind,
        period=period,
        due=ordered.due.day,
        due_because=ordered.due.because,
        recipient=requirement.recipient,
        send_to=tuple(_send_to(spec, requirement)),
        sections=tuple(_sections(asked, ordered)),
        certifications=ordered.words,
        section_numbers=facts.sections,
        tolerance=tolerance_of(asked),
        first_day=spec.term.start_date,
        fictional=identity.fictional,
    )


def _send_to(spec: Spec, requirement: ReportRequirement) -> Iterator[str]:
    """Yield who receives the report; the ways to reach the contract manager are in the contract."""
    manager = spec.city.contract_manager
    yield requirement.recipient[:1].upper() + requirement.recipient[1:]
    if "contract manager" in requirement.recipient.casefold():
        yield f"{manager.name}, {manager.title}"
        yield manager.email
        if manager.phone:
            yield manager.phone
    yield spec.city.name


def _sections(asked: Asked, ordered: Ordered) -> Iterator[FormSection]:
    """Yield the parts of a report of this kind, in their order."""
    parts = [part for part in _figures(asked) if part is not None]
    titles = {part.kind: part.title for part in parts}
    yield from parts
    yield narrative_section(asked, [part.kind for part in parts], titles)
    yield certification_section(asked, ordered.words)


def _figures(asked: Asked) -> Iterator[FormSection | None]:
    kind = asked.requirement.kind
    if kind in _PROGRAM:
        yield deliverables_section(asked)
    if asked.spec.outcomes and (kind in _RESULTS or (kind in _PROGRAM and _names_outcomes(asked))):
        yield outcomes_section(asked)
    if kind in _PROGRAM:
        yield training_section(asked)
        yield milestones_section(asked)
    if kind in _MONEY:
        yield budget_section(asked)


def _names_outcomes(asked: Asked) -> bool:
    """Return whether the contents of a report on the program ask for outcomes: it is not due for them otherwise."""
    return any(SectionKind.OUTCOMES.value[:-1] in line.casefold() for line in asked.requirement.contents)

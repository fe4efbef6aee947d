"""Describe an initiative: who takes part and where they stand, what prepares the change, and what carries it out."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator

from fe_contracts.model.base import Count, Key, Line, Model, Prose, VersionNumber

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "Engagement",
    "EngagementKind",
    "Heard",
    "ImplementationKind",
    "ImplementationStep",
    "Initiative",
    "Position",
    "PositionTaken",
    "ProcessKind",
    "ProcessStep",
    "Role",
    "SignOff",
    "SignedPart",
    "Stakeholder",
    "Standing",
    "Thresholds",
    "TrainingHeld",
]

Within = Annotated[int, Field(ge=1, le=3650)]
"""Calendar days within which something should have happened."""


class Role(StrEnum):
    """Whom a stakeholder speaks for."""

    LIVED_EXPERIENCE = "lived_experience"
    """People who are or have been homeless."""
    FRONT_LINE_STAFF = "front_line_staff"
    """Case managers, shelter workers, outreach workers and housing navigators."""
    FINANCE = "finance"
    """Those who keep the books, invoice and fill in the reports."""
    NONPROFIT_DIRECTOR = "nonprofit_director"
    """Those who sign for an agency."""
    BANK_PARTNER = "bank_partner"
    """Banks and credit unions."""
    FUNDER = "funder"
    """Those who pay beside the city."""
    CITY_LEADERSHIP = "city_leadership"
    """The mayor's office, the council, a department's director."""
    CONTRACT_MANAGER = "contract_manager"
    """The city's staff who look after the contracts."""
    COUNSEL = "counsel"
    """Lawyers."""
    COORDINATED_ENTRY = "coordinated_entry"
    """The lead of Coordinated Entry or of the Continuum of Care."""
    OTHER = "other"
    """Anybody else."""


class Standing(StrEnum):
    """What part a stakeholder has in the initiative."""

    DECIDES = "decides"
    """Decides on framework and common language, as a member of the steering committee does."""
    DELIVERS = "delivers"
    """Delivers services under a contract with the city: an agency."""
    PAYS = "pays"
    """Gives money."""
    ADVISES = "advises"
    """Is asked before a decision."""
    AFFECTED = "affected"
    """Lives or works with what is decided."""


class Position(StrEnum):
    """Where a stakeholder stands on the initiative, the best first."""

    SUPPORTS = "supports"
    NEUTRAL = "neutral"
    CONCERNED = "concerned"
    OPPOSED = "opposed"

    @property
    def rank(self) -> int:
        """Return 0 for support; a higher number is a worse position."""
        return list(Position).index(self)


class PositionTaken(Model):
    """A position on one day."""

    on: dt.date
    """The day it was taken or told."""
    position: Position
    """The position."""
    note: Line | None = None
    """Why, in the stakeholder's own words where they agree to it."""


class Heard(Model):
    """One time a stakeholder was heard."""

    on: dt.date
    """The day."""
    how: Line
    """How, such as interview, site visit or email."""


class Stakeholder(Model):
    """A group or organization that the change needs, and where it stands; never a client by name."""

    id: Key
    """A short name that the other parts of this file use."""
    organization: Line
    """The organization or group; an agency exactly as its contract names it."""
    also_known_as: tuple[Line, ...] = ()
    """Other names under which contracts know it."""
    roles: tuple[Role, ...] = Field(min_length=1)
    """Whom it speaks for."""
    standing: tuple[Standing, ...] = Field(min_length=1)
    """What part it has."""
    positions: tuple[PositionTaken, ...] = ()
    """The positions it took, with their days."""
    heard: tuple[Heard, ...] = ()
    """When it was heard outside the engagements below."""
    front_line_staff: Count | None = None
    """How many front-line staff it employs: what the trained share of a contract is a share of."""


class ProcessKind(StrEnum):
    """What prepares the change."""

    COMMITTEE_MEETING = "committee_meeting"
    VISION_ADOPTED = "vision_adopted"
    FRAMEWORK_ADOPTED = "framework_adopted"
    GLOSSARY_ADOPTED = "glossary_adopted"
    OTHER = "other"


class ProcessStep(Model):
    """One milestone of the process: planned for a day, and reached on one."""

    id: Key
    """A short name."""
    kind: ProcessKind
    """What it is."""
    title: Line
    """What is reached, in a few words."""
    planned: dt.date
    """The day it was planned for."""
    reached: dt.date | None = None
    """The day it was reached; left out until then."""


class ImplementationKind(StrEnum):
    """What carries the change out."""

    STAFF_TRAINED = "staff_trained"
    """Reached when the trainings below add up to the number: never dated by hand."""
    CLAUSES_EMBEDDED = "clauses_embedded"
    """Reached when contracts that carry the clauses take effect: read from the contracts, never dated by hand."""
    FIRST_REPORT = "first_report"
    """The first report of an agency was received."""
    SERVICE_STARTED = "service_started"
    """Clients receive the service."""
    OTHER = "other"


_COUNTED = {ImplementationKind.STAFF_TRAINED, ImplementationKind.CLAUSES_EMBEDDED}


class ImplementationStep(Model):
    """One milestone of the implementation; what the contracts and trainings tell is not dated here."""

    id: Key
    """A short name."""
    kind: ImplementationKind
    """What it is."""
    title: Line
    """What is reached, in a few words."""
    planned: dt.date
    """The day it was planned for."""
    reached: dt.date | None = None
    """The day it was reached; never given for staff_trained and clauses_embedded, which are counted."""
    agency: Key | None = None
    """The stakeholder whose step it is; all agencies together if left out."""
    number: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """How many people are trained, or how many agencies' contracts carry the clauses; 1 contract if left out."""

    @model_validator(mode="after")
    def _counted_or_dated(self) -> ImplementationStep:
        if self.kind in _COUNTED and self.reached is not None:
            source = "trainings" if self.kind is ImplementationKind.STAFF_TRAINED else "contracts"
            msg = f"reached is counted from the {source} for {self.kind}; delete it"
            raise ValueError(msg)
        if self.kind not in _COUNTED and self.number is not None:
            msg = f"number belongs to staff_trained and clauses_embedded, not to {self.kind}; delete it"
            raise ValueError(msg)
        if self.kind is ImplementationKind.STAFF_TRAINED and self.number is None:
            msg = "staff_trained needs number: how many people are trained when it is reached"
            raise ValueError(msg)
        return self


class TrainingHeld(Model):
    """A training that took place: how many of an agency's front-line staff it trained."""

    on: dt.date
    """The day, the last one of several."""
    agency: Key
    """The stakeholder whose staff were trained."""
    trained: Count
    """How many people completed it, each counted once over all trainings of this file."""
    course: Line | None = None
    """The course."""


class EngagementKind(StrEnum):
    """How people were brought together or asked."""

    COMMITTEE_MEETING = "committee_meeting"
    LISTENING_SESSION = "listening_session"
    INTERVIEW = "interview"
    SITE_VISIT = "site_visit"
    SURVEY = "survey"
    LEARNING_SESSION = "learning_session"
    OTHER = "other"


class Engagement(Model):
    """One occasion on which stakeholders were heard."""

    on: dt.date
    """The day."""
    kind: EngagementKind
    """What it was."""
    title: Line | None = None
    """What it was about."""
    took_part: tuple[Key, ...] = Field(min_length=1)
    """The stakeholders who took part."""


class SignedPart(StrEnum):
    """What can be signed off."""

    FRAMEWORK = "framework"
    """Vision, values and assumptions together."""
    VISION = "vision"
    VALUES = "values"
    ASSUMPTIONS = "assumptions"
    GLOSSARY = "glossary"
    """The common language."""


class SignOff(Model):
    """A stakeholder's word for one version of the framework or the common language."""

    by: Key
    """The stakeholder."""
    what: SignedPart
    """What was signed off."""
    version: VersionNumber
    """Which version of it."""
    on: dt.date
    """When."""
    record: Line
    """Where it is recorded, such as minutes."""


class Thresholds(Model):
    """From when something counts as out of balance. The defaults are this program's judgment: no study sets them."""

    implementation_within_days: Within = 180
    """Days after the adoption of the framework by which a first step of the implementation should be reached."""
    framework_within_days: Within = 365
    """Days after the first step of the process by which the framework should be adopted."""
    heard_within_days: Within = 120
    """Days within which each stakeholder should have been heard."""
    margin_points: Annotated[int, Field(ge=1, le=100)] = 25
    """By how many percentage points one side may be further ahead of its own plan than the other."""


class Initiative(Model):
    """A city's initiative as it stands: kept by hand by whoever convenes it, and small enough for that."""

    initiative_version: Annotated[int, Field(ge=1, le=1)] = 1
    """The version of this format."""
    name: Line
    """The initiative's name, as its contracts give it."""
    city: Line
    """The city."""
    as_of: dt.date | None = None
    """The day up to which this file is kept; the day of asking if left out."""
    fictional: bool = False
    """Whether names and dates are made up; shown on the page."""
    contracts: tuple[Line, ...] = ()
    """The contracts: specs or assembled Word files, folders of them, or patterns such as `contracts/*.yaml`."""
    thresholds: Thresholds = Thresholds()
    """From when something counts as out of balance."""
    roles_needed: tuple[Role, ...] | None = None
    """Whom the initiative should hear; the program's own list if left out."""
    stakeholders: tuple[Stakeholder, ...] = Field(min_length=1)
    """Who takes part."""
    process: tuple[ProcessStep, ...] = Field(min_length=1)
    """What prepares the change."""
    implementation: tuple[ImplementationStep, ...] = Field(min_length=1)
    """What carries it out."""
    training: tuple[TrainingHeld, ...] = ()
    """The trainings that took place."""
    engagements: tuple[Engagement, ...] = ()
    """When stakeholders were brought together or asked."""
    sign_offs: tuple[SignOff, ...] = ()
    """What was signed off, by whom, in which version."""
    notes: Prose | None = None
    """Anything else worth keeping; shown nowhere."""

    @model_validator(mode="after")
    def _names_are_used_once(self) -> Initiative:
        steps = [item.id for item in self.process] + [item.id for item in self.implementation]
        for what, ids in (("stakeholders", [item.id for item in self.stakeholders]), ("milestones", steps)):
            twice = sorted({item for item in ids if ids.count(item) > 1})
            if twice:
                msg = f"the {what} use the id {', '.join(twice)} more than once"
                raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _names_are_known(self) -> Initiative:
        known = {item.id for item in self.stakeholders}
        unknown = [f"{place}: {name}" for place, name in self._named() if name not in known]
        if unknown:
            msg = f"no stakeholder has the id named at {'; '.join(unknown)}"
            raise ValueError(msg)
        return self

    def _named(self) -> Iterator[tuple[str, str]]:
        """Yield every place that names a stakeholder, with the name."""
        for place, step in enumerate(self.implementation):
            if step.agency is not None:
                yield f"implementation[{place}].agency", step.agency
        yield from _names("training", "agency", (item.agency for item in self.training))
        yield from _names("sign_offs", "by", (item.by for item in self.sign_offs))
        for place, item in enumerate(self.engagements):
            for name in item.took_part:
                yield f"engagements[{place}].took_part", name


def _names(group: str, field: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for place, name in enumerate(names):
        yield f"{group}[{place}].{field}", name

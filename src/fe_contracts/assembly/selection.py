"""Choose the clauses and versions of one contract, and explain every clause that is in or out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from fe_contracts.effective import Trigger
from fe_contracts.exceptions import ClauseNotInForceError, UnknownVersionError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.clause import Scope
from fe_contracts.model.facts import facts_of, facts_of_fund, trigger_day
from fe_contracts.model.vocabulary import Applicability

if TYPE_CHECKING:
    import datetime as dt

    from fe_contracts.catalog import Catalog, Clause, ClauseVersion, Edition
    from fe_contracts.model.condition import Fact
    from fe_contracts.model.library import ClauseSlot, ContractType
    from fe_contracts.model.money import Funding
    from fe_contracts.model.spec import Spec

__all__ = ["Decision", "Selection", "contract_type_of", "select"]

_OUT = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Why one clause is in or out of one contract, and in which version."""

    clause_id: str
    instance: str
    """The clause's name in the contract: the id, with the fund's where it stands once per award or fund."""
    included: bool
    version: ClauseVersion | None
    level: Applicability | None
    """How strongly the clause is wanted; `None` where its condition does not hold."""
    because: tuple[str, ...]
    day: dt.date | None = None
    """The day its versions were compared with."""
    day_from: str = ""
    """Where that day comes from, in words."""
    fund: Funding | None = None
    """The fund or award it stands for."""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """All decisions for one contract, in the order of its skeleton, and what was found on the way."""

    contract_type: Edition[ContractType]
    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...]
    facts: dict[str, Fact]

    @property
    def included(self) -> tuple[Decision, ...]:
        """Return the decisions for clauses that are in."""
        return tuple(decision for decision in self.decisions if decision.included)

    @property
    def clause_ids(self) -> frozenset[str]:
        """Return the ids of the clauses that are in."""
        return frozenset(decision.clause_id for decision in self.included)

    def of(self, clause_id: str) -> tuple[Decision, ...]:
        """Return the decisions on one clause; none if the contract type has no place for it."""
        return tuple(decision for decision in self.decisions if decision.clause_id == clause_id)


def contract_type_of(spec: Spec, catalog: Catalog) -> Edition[ContractType]:
    """Return the skeleton of the spec's contract type in force on its effective date.

    A version that the spec pins stands whatever the date says.

    Raises:
        ClauseNotInForceError: if there is none.
        UnknownVersionError: if the spec pins one that the catalog does not hold.
    """
    name = spec.contract.type.value
    series = catalog.contract_types.get(name)
    if series is None:
        raise ClauseNotInForceError(name, spec.contract.effective_date.isoformat(), "the catalog has no such type.")
    if spec.clauses.contract_type is not None:
        return series.version(spec.clauses.contract_type, spec.contract.effective_date)
    return series.in_force_on(spec.contract.effective_date)


def select(spec: Spec, catalog: Catalog) -> Selection:
    """Return which clauses and versions the contract is made of, each with its reason.

    Raises:
        ClauseNotInForceError: if the contract type itself is not in force.
        UnknownVersionError: if the spec pins a version of the contract type that the catalog does not hold.
    """
    contract_type = contract_type_of(spec, catalog)
    selector = _Selector(spec, catalog)
    for article in contract_type.content.articles:
        for slot in article.clauses:
            selector.consider(slot, article.id)
    selector.check_choices()
    return Selection(contract_type, tuple(selector.decisions), tuple(selector.findings), selector.facts)


class _Selector:
    """Decide slot by slot, then look at what the choices name."""

    def __init__(self, spec: Spec, catalog: Catalog) -> None:
        self.spec, self.catalog = spec, catalog
        self.facts = facts_of(spec)
        self.decisions: list[Decision] = []
        self.findings: list[Finding] = []
        self.covered: set[str] = set()
        self.excluded = {item.clause: (place, item.reason) for place, item in enumerate(spec.clauses.exclude)}

    def report(self, code: str, severity: Severity, message: str, field: str, remedy: str) -> None:
        self.findings.append(Finding(code, severity, message, Where(field=field), remedy))

    def consider(self, slot: ClauseSlot, article: str) -> None:
        """Decide on one clause of the skeleton, once per award or fund if its scope says so."""
        clause = self.catalog[slot.clause]
        host = self.spec.host_contract
        if host is not None and slot.unless_host_covers in host.covers:
            self.covered.add(clause.id)
            reason = f"the host contract already covers {slot.unless_host_covers}"
            self.decisions.append(Decision(clause.id, clause.id, _OUT, None, None, (reason,), article=article))
            return
        for instance, fund in self.instances(clause):
            decision = self.decide(clause, instance, fund)
            self.decisions.append(replace(decision, article=article))

    def instances(self, clause: Clause) -> list[tuple[str, Funding | None]]:
        match clause.identity.scope:
            case Scope.AWARD:
                found = [(f"{clause.id}:{fund.id}", fund) for fund in self.spec.federal_funds]
                return [*found] or [(clause.id, None)]
            case Scope.FUND:
                return [(f"{clause.id}:{fund.id}", fund) for fund in self.spec.funding]
            case Scope.CONTRACT:
                return [(clause.id, None)]

    def decide(self, clause: Clause, instance: str, fund: Funding | None) -> Decision:
        day, day_from = trigger_day(self.spec, clause.identity.trigger, fund)
        name, pin = self.pin(clause, instance)
        try:
            found = clause.in_force_on(day) if pin is None else clause.version(pin)
        except UnknownVersionError as error:
            self.report("SELECT020", Severity.ERROR, str(error), f"clauses.pins.{name}", "Correct the pin.")
            return Decision(clause.id, instance, _OUT, None, None, (str(error),), day, day_from, fund)
        except ClauseNotInForceError as error:
            return self.not_in_force(clause, instance, fund, day, day_from, error)
        version = found.on(self.spec.contract.effective_date)  # a city's adjustments go by the contract's own day
        if version.retires:
            said = f"{version.key} ends the clause and has no wording."
            self.report("SELECT020", Severity.ERROR, said, f"clauses.pins.{name}", "Pin another version.")
            return Decision(clause.id, instance, _OUT, None, None, (said,), day, day_from, fund)
        verdict = version.front.applies.when.judge({**self.facts, **facts_of_fund(self.spec, fund)})
        level = version.front.applies.level if verdict.holds else version.front.applies.otherwise
        included, because = self.judge(clause.id, level, verdict.because)
        if pin is not None:
            if included:
                from fe_contracts.assembly.pinning import pin_findings  # few contracts pin anything

                self.findings += pin_findings(clause, version, f"clauses.pins.{name}", day, day_from)
            day_from = f"pinned to {pin} by the spec"
        chosen = version if included else None
        return Decision(clause.id, instance, included, chosen, level, because, day, day_from, fund)

    def pin(self, clause: Clause, instance: str) -> tuple[str, str | None]:
        """Return the pin that holds for one instance, the one of its own name before the clause's, and its name."""
        pins = self.spec.clauses.pins
        name = instance if instance in pins else clause.id
        return name, pins.get(name)

    def judge(
        self, clause_id: str, level: Applicability | None, because: tuple[str, ...]
    ) -> tuple[bool, tuple[str, ...]]:
        """Return whether a clause is in, from its level and the spec's choices, with the reasons."""
        wanted = clause_id in self.spec.clauses.include
        if clause_id in self.excluded:
            place, reason = self.excluded[clause_id]
            if level is Applicability.MANDATORY:
                self.report(
                    "SELECT030",
                    Severity.ERROR,
                    f"{clause_id} is mandatory here ({'; '.join(because)}) and the spec leaves it out.",
                    f"clauses.exclude[{place}]",
                    "Delete the exclusion, or record an override by someone who may decide it.",
                )
            return False, (f"left out by the spec: {reason}",)
        if level is None:
            if wanted:
                return True, ("asked for by the spec, though its condition does not hold", *because)
            return False, ("its condition does not hold", *because)
        if level is Applicability.OPTIONAL:
            return wanted, (("asked for by the spec",) if wanted else ("optional, and not asked for", *because))
        return True, (f"{level.value}", *because)

    def not_in_force(
        self,
        clause: Clause,
        instance: str,
        fund: Funding | None,
        day: dt.date,
        day_from: str,
        error: ClauseNotInForceError,
    ) -> Decision:
        """Return the decision for a clause without a version, an error if a contract like this needs it."""
        front = clause.nearest(day).front
        verdict = front.applies.when.judge({**self.facts, **facts_of_fund(self.spec, fund)})
        level = front.applies.level if verdict.holds else front.applies.otherwise
        asked = clause.id in self.spec.clauses.include
        field = self.field_of_day(clause.identity.trigger, fund)
        if level is Applicability.MANDATORY or asked:
            self.report(
                "SELECT010",
                Severity.ERROR,
                f"{error} This contract needs it ({'; '.join(verdict.because)}); the day is its {day_from}.",
                field,
                "Correct the date, pin a version under clauses.pins, or use a newer library.",
            )
        elif level is Applicability.RECOMMENDED and clause.id not in self.excluded:
            self.report(
                "SELECT015",
                Severity.WARNING,
                f"{error} It is recommended for this contract and will be missing.",
                field,
                "Correct the date, or record the exclusion with its reason.",
            )
        return Decision(clause.id, instance, _OUT, None, level, (str(error),), day, day_from, fund)

    def field_of_day(self, trigger: Trigger, fund: Funding | None) -> str:
        """Return the field of the spec that holds the day a clause's versions were compared with."""
        if trigger is Trigger.AWARD_DATE and fund is not None and fund.federal_award is not None:
            return f"funding[{self.spec.funding.index(fund)}].federal_award.award_date"
        if trigger is Trigger.AWARD_DATE and self.spec.federal_funds:
            return "funding"
        if trigger is Trigger.SERVICE_DATE:
            return "services.start_date" if self.spec.services.start_date else "term.start_date"
        if trigger is Trigger.AUDITEE_FY_START:
            return "agency.fiscal_year_start"
        return "contract.effective_date"

    def check_choices(self) -> None:
        """Find choices that name clauses unknown to the catalog or without a place in this contract type."""
        choices = self.spec.clauses
        named = [
            *((item, f"clauses.include[{place}]") for place, item in enumerate(choices.include)),
            *((item.clause, f"clauses.exclude[{place}]") for place, item in enumerate(choices.exclude)),
            *((item, f"clauses.parameters.{item}") for item in choices.parameters),
            *((item, f"clauses.pins.{item}") for item in choices.pins),
        ]
        placed = {decision.clause_id for decision in self.decisions}
        inside = {decision.clause_id for decision in self.decisions if decision.included}
        instances = {decision.instance for decision in self.decisions if decision.included}
        for name, field in named:
            clause_id, _, fund = name.partition(":")
            if clause_id not in self.catalog:
                near = get_close_matches(clause_id, self.catalog.clauses, n=1)
                hint = f" Did you mean {near[0]}?" if near else ""
                self.report(
                    "SELECT040",
                    Severity.ERROR,
                    f"The catalog holds no clause {clause_id!r}.{hint}",
                    field,
                    "'fe-contracts catalog list' shows them all.",
                )
            elif clause_id not in placed:
                self.report(
                    "SELECT050",
                    Severity.ERROR,
                    f"{clause_id} has no place in a {self.spec.contract.type.value}.",
                    field,
                    "Delete the entry, or choose another contract type.",
                )
            elif (name not in instances if fund else clause_id not in inside) and (
                field.startswith(("clauses.parameters", "clauses.pins"))
                or (clause_id in self.covered and field.startswith("clauses.include"))
            ):
                self.report(
                    "SELECT060",
                    Severity.WARNING,
                    f"{name} is not in this contract, so the entry has no effect.",
                    field,
                    f"'fe-contracts catalog why {clause_id} SPEC' says why; delete the entry or include the clause.",
                )
        for clause_id in {item.clause for item in choices.exclude} & set(choices.include):
            self.report(
                "SELECT070",
                Severity.ERROR,
                f"{clause_id} is both included and excluded.",
                "clauses.include",
                "Keep one of the two.",
            )

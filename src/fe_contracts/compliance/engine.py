"""Ask the rules: each requirement that a library holds is judged by the rule of its code, and found or not.

The program's rules run only for the requirements that the catalog holds: a small library, a test's or a city's, may
hold fewer than the program has rules, and those rules are simply not asked. A requirement without a rule is an error:
nobody would look for it. (That the bundled library and the program pair off exactly is a test.)
"""

from __future__ import annotations

from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from fe_contracts.compliance.packs import clashing, digest_of_packs, installed_packs
from fe_contracts.compliance.pairing import all_ruled
from fe_contracts.compliance.rules import Change, Demand, Finished, LawRule, Rule, all_rules, home_of, law_rules
from fe_contracts.exceptions import LawUnknownError
from fe_contracts.findings import Citation, Finding, Severity, Where
from fe_contracts.model.facts import facts_of
from fe_contracts.model.requirement import Reads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fe_contracts.catalog.catalog import PlacedRequirement
    from fe_contracts.compliance.packs import Packs
    from fe_contracts.compliance.rules import Breach
    from fe_contracts.model.condition import Facts
    from fe_contracts.model.requirement import Requirement
    from fe_contracts.model.spec import Spec

__all__ = [
    "UNJUDGED",
    "check_change",
    "check_contract",
    "check_spec",
    "digest_of_installed_packs",
    "findings_of_law",
    "rules_of_law",
]

UNJUDGED = ("RULE010", "RULE020")
"""The codes of rules that could not be judged: an override of one must name the rule, as the finding's field does."""


@cache
def _program_loaded() -> None:
    """Import the modules that register the program's rules of law; the first check pays for it."""
    law = import_module("fe_contracts.compliance.law")
    for name in law.MODULES:
        import_module(f"{law.__name__}.{name}")


def rules_of_law() -> Mapping[str, LawRule]:
    """Return the program's and the installed packs' rules of law, by code."""
    packs_installed()
    return law_rules()


def packs_installed() -> Packs:
    """Return what installed packs bring, once the program's own rules have taken their codes."""
    _program_loaded()
    return installed_packs()


def digest_of_installed_packs() -> str:
    """Return one digest of what installed rule packs bring; empty where none is installed."""
    return digest_of_packs(packs_installed())


def check_spec(spec: Spec, requirements: Mapping[str, PlacedRequirement]) -> Iterator[Finding]:
    """Yield what every rule of sense, and every rule of law that reads the spec alone, finds.

    Raises:
        RuleSetError: if a requirement has no rule.
    """
    for item in all_rules():
        yield from _guarded(item, partial(item.findings, spec))
    packs = packs_installed()
    yield from packs.problems
    yield from clashing(packs, requirements)
    yield from _asked(Reads.SPEC, spec, spec, requirements)


def check_contract(finished: Finished, requirements: Mapping[str, PlacedRequirement]) -> Iterator[Finding]:
    """Yield what every rule that reads the finished contract finds.

    Raises:
        RuleSetError: if a requirement has no rule.
    """
    yield from _asked(Reads.CONTRACT, finished.spec, finished, requirements)


def check_change(old: Spec, new: Spec, requirements: Mapping[str, PlacedRequirement]) -> Iterator[Finding]:
    """Yield what every rule about changes finds where `new` is to replace `old`.

    Raises:
        RuleSetError: if a requirement has no rule.
    """
    yield from _asked(Reads.CHANGE, new, Change(old, new), requirements)


def _asked(reads: Reads, spec: Spec, subject: Any, requirements: Mapping[str, PlacedRequirement]) -> Iterator[Finding]:
    rules, facts = rules_of_law(), facts_of(spec)
    demanded = {**packs_installed().requirements, **requirements}
    all_ruled(rules, demanded)
    for code in sorted(demanded):
        requirement = demanded[code].requirement
        if requirement.reads is reads:
            yield from findings_of_law(rules[code], requirement, subject, facts)


def findings_of_law(rule: LawRule, requirement: Requirement, subject: Any, facts: Facts) -> Iterator[Finding]:
    """Yield what one rule of law finds, if its requirement applies."""

    def found() -> Iterator[Finding]:
        if requirement.applies_when.judge(facts):
            for breach in rule.check(subject, Demand(requirement)):
                yield _finding(requirement, breach)

    yield from _guarded(rule, found, requirement)


def _finding(requirement: Requirement, breach: Breach) -> Finding:
    """Return the finding of a breach, with its source and, where the law was not read straight, what to confirm."""
    message = breach.message
    weighs = requirement.severity in {Severity.ERROR, Severity.WARNING}
    if weighs and requirement.confidence.needs_counsel:
        message += f" Counsel should confirm: {requirement.counsel}"
    return Finding(
        requirement.code,
        requirement.severity,
        message,
        Where(field=breach.field),
        requirement.remedy,
        _citation(requirement),
    )


def _citation(requirement: Requirement) -> Citation:
    source = requirement.sources[0]
    return Citation(source.cite, source.confidence, source.as_of, source.note or "")


def _guarded(
    rule: LawRule | Rule, find: Callable[[], Iterator[Finding]], requirement: Requirement | None = None
) -> Iterator[Finding]:
    """Yield what is found; a rule that fails becomes a finding itself and never hides the others.

    The finding's field is the rule's code: an override of a failed rule must name the rule.
    """
    code, citation = rule.code, _citation(requirement) if requirement else None
    try:
        yield from find()
    except LawUnknownError as error:
        yield Finding(
            "RULE020",
            Severity.WARNING,
            f"The library does not know this before {error.first}: {error.what} {code} was not judged for {error.day}, "
            "nor for what stands after it in the spec.",
            Where(field=code),
            f"Read what stood on {error.day} and check it by hand, or add the value to the requirement's history.",
            citation,
        )
    except Exception as error:  # noqa: BLE001 - whatever a rule raises, the others must be heard
        yield Finding(
            "RULE010",
            Severity.ERROR,
            f"The rule {code} ({home_of(rule.check)}) failed and was not judged in full: "
            f"{type(error).__name__}: {error}",
            Where(field=code),
            f"Report this. Until it is mended, check {code} by hand and override RULE010 with field: {code}.",
            citation,
        )

"""Hold that requirements and rules of law pair off, code by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.exceptions import RuleSetError
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.catalog.catalog import PlacedRequirement
    from fe_contracts.compliance.rules import LawRule

__all__ = ["all_ruled", "pair"]


def pair(rules: Mapping[str, LawRule], requirements: Mapping[str, PlacedRequirement]) -> None:
    """Hold that there is a rule for each requirement and a requirement for each rule.

    Raises:
        RuleSetError: naming each requirement without a rule (RULE030) and each rule without one (RULE040).
    """
    _raise_any([*_unruled(rules, requirements), *_unfounded(rules, requirements)])


def all_ruled(rules: Mapping[str, LawRule], requirements: Mapping[str, PlacedRequirement]) -> None:
    """Hold that there is a rule for each requirement; rules of which nothing is demanded here may be left over.

    Raises:
        RuleSetError: naming each requirement without a rule (RULE030).
    """
    if requirements.keys() - rules.keys():
        _raise_any([*_unruled(rules, requirements)])


def _raise_any(problems: list[Finding]) -> None:
    if problems:
        raise RuleSetError("the set of rules", problems)


def _unruled(rules: Mapping[str, LawRule], requirements: Mapping[str, PlacedRequirement]) -> Iterator[Finding]:
    for code in sorted(requirements.keys() - rules.keys()):
        yield Finding(
            "RULE030",
            Severity.ERROR,
            f"The requirement {code} has no rule, so nobody looks for it.",
            Where(requirements[code].file),
            "Correct its code, delete the file, or install the rule pack that has its rule.",
        )


def _unfounded(rules: Mapping[str, LawRule], requirements: Mapping[str, PlacedRequirement]) -> Iterator[Finding]:
    for code in sorted(rules.keys() - requirements.keys()):
        yield Finding(
            "RULE040",
            Severity.ERROR,
            f"The rule {code} ({rules[code].home}) has no requirement, so nothing says what it rests on.",
            Where(rules[code].file),
            f"Write requirements/<family>/{code}.yaml with its source, or delete the rule.",
        )

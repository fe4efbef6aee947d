"""Register the rules that look at a spec: each with a code, a title, a severity and a remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from fe_contracts.model.spec import Spec

__all__ = ["Breach", "Rule", "all_rules", "check_spec", "rule"]


@dataclass(frozen=True, slots=True)
class Breach:
    """What a rule found: the field and what is wrong with it."""

    field: str
    message: str


Check = Callable[["Spec"], Iterator[Breach]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check under its code."""

    code: str
    title: str
    severity: Severity
    remedy: str
    check: Check

    def findings(self, spec: Spec) -> Iterator[Finding]:
        """Yield a finding for each breach."""
        for breach in self.check(spec):
            yield Finding(self.code, self.severity, breach.message, Where(field=breach.field), self.remedy)


_RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity, remedy: str) -> Callable[[Check], Check]:
    """Register a check under a code; its title is the first line of its docstring.

    Raises:
        ValueError: if the code is taken.
    """

    def register(check: Check) -> Check:
        if code in _RULES:
            msg = f"The code {code} is taken by {_RULES[code].check.__name__}."
            raise ValueError(msg)
        title = (check.__doc__ or "").strip().split("\n")[0]
        _RULES[code] = Rule(code, title, severity, remedy, check)
        return check

    return register


def all_rules() -> tuple[Rule, ...]:
    """Return every registered rule, by code."""
    return tuple(_RULES[code] for code in sorted(_RULES))


def check_spec(spec: Spec) -> Iterator[Finding]:
    """Yield what every rule finds in a spec."""
    for item in all_rules():
        yield from item.findings(spec)

"""Say when something applies, as data, and judge it against facts: pure, explained, closed vocabulary.

A condition is written as a mapping. Several entries mean *all of them*:

    {svc: {contains: COUNSEL}, contract.type: subcontract}
    {any: [{fund.is_federal: true}, {city.state: WA}]}
    {not: {agency.faith_based: true}}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

__all__ = ["ALWAYS", "OPERATORS", "Condition", "ConditionError", "Facts", "Verdict"]

Fact = str | bool | int | Decimal | dt.date | frozenset[str] | None
Facts = Mapping[str, Fact]
"""What is known of one contract, by fact name."""


class ConditionError(ValueError):
    """A condition is not written in the grammar, or names a fact that does not exist."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a condition holds, and the facts that decided it, in words."""

    holds: bool
    because: tuple[str, ...]

    def __bool__(self) -> bool:
        """Return whether it holds."""
        return self.holds


def _shown(value: Any) -> str:
    """Return a fact's value as a reader would write it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case None:
            return "not given"
        case frozenset():
            return ", ".join(sorted(value)) or "none"
        case list() | tuple():
            return ", ".join(_shown(item) for item in value)
        case _:
            return str(value)


def _comparable(actual: Fact, wanted: Any) -> tuple[Any, Any]:
    """Return both sides in one type; a date in a condition is written as text."""
    if isinstance(actual, dt.date) and isinstance(wanted, str):
        return actual, dt.date.fromisoformat(wanted)
    if isinstance(actual, Decimal | int) and not isinstance(actual, bool):
        return Decimal(actual), Decimal(str(wanted))
    return actual, wanted


def _ordered(test: Callable[[Any, Any], bool]) -> Callable[[Fact, Any], bool]:
    """Return the comparison, false where the fact is not given."""

    def compare(actual: Fact, wanted: Any) -> bool:
        if actual is None:
            return False
        left, right = _comparable(actual, wanted)
        return test(left, right)

    return compare


def _equals(actual: Fact, wanted: Any) -> bool:
    """Return whether the fact has just this value."""
    if actual is None or wanted is None or isinstance(actual, bool) or isinstance(wanted, bool):
        return actual is wanted
    left, right = _comparable(actual, wanted)
    return bool(left == right)


def _members(actual: Fact) -> frozenset[str]:
    """Return the fact as a set of words."""
    return actual if isinstance(actual, frozenset) else frozenset()


OPERATORS: dict[str, tuple[str, Callable[[Fact, Any], bool]]] = {
    "equals": ("is", _equals),
    "is_not": ("is not", lambda actual, wanted: not _equals(actual, wanted)),
    "in": ("is one of", lambda actual, wanted: any(_equals(actual, item) for item in wanted)),
    "contains": ("includes", lambda actual, wanted: wanted in _members(actual)),
    "contains_any": ("includes one of", lambda actual, wanted: bool(_members(actual) & set(wanted))),
    "contains_all": ("includes all of", lambda actual, wanted: set(wanted) <= _members(actual)),
    "at_least": ("is at least", _ordered(lambda left, right: left >= right)),
    "at_most": ("is at most", _ordered(lambda left, right: left <= right)),
    "more_than": ("is more than", _ordered(lambda left, right: left > right)),
    "less_than": ("is less than", _ordered(lambda left, right: left < right)),
    "on_or_after": ("is on or after", _ordered(lambda left, right: left >= right)),
    "before": ("is before", _ordered(lambda left, right: left < right)),
    "given": ("is given:", lambda actual, wanted: (actual is not None) is wanted),
}
"""Every operator: how it reads, and its test."""

_LISTS = {"in", "contains_any", "contains_all"}


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of facts: a leaf (`fact`, `operator`, `value`) or `all`, `any`, `not` over other tests."""

    operator: str
    fact: str = ""
    value: Any = None
    parts: tuple[Condition, ...] = ()

    @classmethod
    def parse(cls, data: Any) -> Condition:
        """Return the condition that the data describes.

        Raises:
            ConditionError: if the data is not in the grammar above; the message says what was expected.
        """
        if data in (None, {}, "always"):
            return ALWAYS
        if not isinstance(data, Mapping):
            msg = f"a condition is a mapping such as {{svc: {{contains: COUNSEL}}}}, not {data!r}"
            raise ConditionError(msg)
        parts = tuple(cls._entry(str(name), value) for name, value in data.items())
        return parts[0] if len(parts) == 1 else cls("all", parts=parts)

    @classmethod
    def _entry(cls, name: str, value: Any) -> Condition:
        if name in {"all", "any"}:
            if not isinstance(value, list | tuple) or not value:
                msg = f"'{name}' takes a list of one or more conditions"
                raise ConditionError(msg)
            return cls(name, parts=tuple(cls.parse(item) for item in value))
        if name == "not":
            return cls("not", parts=(cls.parse(value),))
        if isinstance(value, Mapping):
            tests = tuple(cls._test(name, str(operator), wanted) for operator, wanted in value.items())
            if not tests:
                msg = f"'{name}' has no test; write {{{name}: value}} or {{{name}: {{operator: value}}}}"
                raise ConditionError(msg)
            return tests[0] if len(tests) == 1 else cls("all", parts=tests)
        if isinstance(value, list | tuple):
            return cls._test(name, "in", value)
        return cls("equals", name, value)

    @classmethod
    def _test(cls, fact: str, operator: str, wanted: Any) -> Condition:
        if operator not in OPERATORS:
            near = get_close_matches(operator, OPERATORS, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; the operators are {', '.join(OPERATORS)}"
            msg = f"{operator!r} is no operator{hint}"
            raise ConditionError(msg)
        if operator in _LISTS:
            if not isinstance(wanted, list | tuple) or not wanted:
                msg = f"'{operator}' takes a list of one or more values"
                raise ConditionError(msg)
            wanted = tuple(wanted)
        return cls(operator, fact, wanted)

    @property
    def facts(self) -> frozenset[str]:
        """Return the names of all facts that the condition reads."""
        own = {self.fact} if self.fact else set()
        return frozenset(own.union(*(part.facts for part in self.parts)))

    def judge(self, facts: Facts) -> Verdict:
        """Return whether the condition holds for the facts, and why.

        Raises:
            ConditionError: if it reads a fact that the vocabulary does not hold.
        """
        match self.operator:
            case "always":
                return Verdict(holds=True, because=("always",))
            case "not":
                inner = self.parts[0].judge(facts)
                return Verdict(not inner.holds, inner.because)
            case "all" | "any":
                verdicts = [part.judge(facts) for part in self.parts]
                holds = all(verdicts) if self.operator == "all" else any(verdicts)
                decisive = [verdict for verdict in verdicts if verdict.holds == holds]
                return Verdict(holds, tuple(reason for verdict in decisive for reason in verdict.because))
            case _:
                return self._judge_fact(facts)

    def _judge_fact(self, facts: Facts) -> Verdict:
        if self.fact not in facts:
            near = get_close_matches(self.fact, facts, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            msg = f"{self.fact!r} is not a fact a condition can read.{hint}"
            raise ConditionError(msg)
        actual = facts[self.fact]
        holds = OPERATORS[self.operator][1](actual, self.value)
        return Verdict(holds, (f"{self.fact} is {_shown(actual)}",))

    def __str__(self) -> str:
        """Return the condition in words."""
        match self.operator:
            case "always":
                return "always"
            case "not":
                return f"not ({self.parts[0]})"
            case "all" | "any":
                joined = f" {'and' if self.operator == 'all' else 'or'} ".join(str(part) for part in self.parts)
                return f"({joined})"
            case _:
                return f"{self.fact} {OPERATORS[self.operator][0]} {_shown(self.value)}"


ALWAYS = Condition("always")
"""The condition that holds for every contract."""

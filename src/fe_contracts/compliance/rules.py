"""Register rules under their codes: of sense, which look at a spec, and of law, which know what is demanded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fe_contracts.document.tree import Paragraph, plain_text
from fe_contracts.exceptions import LawUnknownError, NotYetInForceError
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal

    from fe_contracts.document.tree import Block, Clause, Contract, ExhibitPart
    from fe_contracts.model.requirement import Requirement
    from fe_contracts.model.spec import Spec

__all__ = [
    "Breach",
    "Change",
    "Demand",
    "Finished",
    "LawRule",
    "Rule",
    "all_rules",
    "home_of",
    "law",
    "law_rules",
    "rule",
    "withdraw",
]


@dataclass(frozen=True, slots=True)
class Breach:
    """What a rule found: the field and what is wrong with it."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Demand:
    """A requirement as its rule asks it: what it demands on a day."""

    requirement: Requirement

    @property
    def cite(self) -> str:
        """Return the section it stands in, such as `24 CFR 578.53(d)`."""
        return self.requirement.sources[0].cite

    def value(self, name: str, day: dt.date) -> Decimal | int | str | None:
        """Return the value that stands on the day; `None` says that it was repealed.

        Raises:
            LawUnknownError: if the day lies before the first value that the library knows.
        """
        parameter = self.requirement.parameters[name]
        try:
            return parameter.dated.on(day)
        except NotYetInForceError as error:
            raise LawUnknownError(error.day, error.first, parameter.help) from None


@dataclass(frozen=True)
class Finished:
    """A contract as it was assembled: its spec, its words, and the values its clauses took."""

    spec: Spec
    contract: Contract
    values: Mapping[str, Mapping[str, Any]]
    """Typed values by clause instance and parameter; `None` where an optional one stayed empty."""

    @cached_property
    def _sections(self) -> dict[str, list[Clause]]:
        found: dict[str, list[Clause]] = {}
        for section in self.contract.clauses:
            if not section.reserved:
                found.setdefault(section.clause_id, []).append(section)
        return found

    def has(self, clause_id: str) -> bool:
        """Return whether the contract holds the clause; a reserved number does not count."""
        return clause_id in self._sections

    def instances(self, clause_id: str) -> tuple[str, ...]:
        """Return the clause's instances in order: one, or one per award or fund; none if it is not there."""
        return tuple(section.instance for section in self._sections.get(clause_id, ()))

    def values_of(self, clause_id: str, name: str) -> dict[str, Any]:
        """Return the parameter's value in each instance of the clause, by instance."""
        return {instance: self.values.get(instance, {}).get(name) for instance in self.instances(clause_id)}

    def value(self, clause_id: str, name: str) -> Any:
        """Return the parameter's value in the clause's first instance; `None` where the clause is not there."""
        return next(iter(self.values_of(clause_id, name).values()), None)

    def text(self, clause_id: str) -> str:
        """Return what a reader sees of the clause: its sections and exhibit parts, a line for each paragraph or cell.

        Spaces that hold words together are plain spaces here, so that `2 CFR 200.216` is found.
        """
        parts = [part for part in self.contract.parts if part.clause_id == clause_id]
        lines = [line for owner in (*self._sections.get(clause_id, ()), *parts) for line in _lines(owner)]
        return "\n".join(lines).replace("\u00a0", " ").replace("\u202f", " ")


def _lines(owner: Clause | ExhibitPart) -> Iterator[str]:
    yield plain_text(owner.title)
    for block in owner.blocks:
        yield from _block_lines(block)


def _block_lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield plain_text(block.inlines)
        return
    yield from (plain_text(column.title) for column in block.columns)
    yield from (plain_text(cell) for row in block.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Change:
    """Two specs: the one in force and the one that is to replace it."""

    old: Spec
    new: Spec


Check = Callable[["Spec"], Iterator[Breach]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of sense under its code: it needs no source but the spec itself."""

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
    """Register a check of sense under a code; its title is the first line of its docstring.

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
    """Return every registered rule of sense, by code."""
    return tuple(_RULES[code] for code in sorted(_RULES))


@dataclass(frozen=True, slots=True)
class LawRule:
    """The check behind a requirement, under the requirement's code.

    Severity, words, source and dated values are the requirement's; the check only looks.
    """

    code: str
    check: Callable[[Any, Demand], Iterator[Breach]]
    """Takes a spec, a finished contract or a change of specs, as the requirement says, and the demand."""

    @property
    def home(self) -> str:
        """Return where its code stands, such as `fe_contracts.compliance.law.coc.staff_training`."""
        return home_of(self.check)

    @property
    def file(self) -> str:
        """Return the file its code stands in, if that is known."""
        code = getattr(self.check, "__code__", None)
        return code.co_filename if code else ""


def home_of(check: Callable[..., Any]) -> str:
    """Return where a check stands, by module and name."""
    return f"{check.__module__}.{getattr(check, '__qualname__', repr(check))}"


_LAW: dict[str, LawRule] = {}

_Checks = Callable[[Any, Demand], Iterator[Breach]]


def law(code: str) -> Callable[[_Checks], _Checks]:
    """Register a check under the code of the requirement it looks for.

    Raises:
        ValueError: if the code is taken.
    """

    def register(check: _Checks) -> _Checks:
        taken = _LAW[code].home if code in _LAW else _RULES[code].check.__name__ if code in _RULES else ""
        if taken:
            msg = f"The code {code} is taken by {taken}."
            raise ValueError(msg)
        _LAW[code] = LawRule(code, check)
        return check

    return register


def law_rules() -> Mapping[str, LawRule]:
    """Return the rules of law registered so far, by code; `engine.rules_of_law` loads them all first."""
    return dict(_LAW)


def withdraw(codes: set[str]) -> None:
    """Take rules of law back, when the pack that brought them cannot be used."""
    for code in codes:
        _LAW.pop(code, None)

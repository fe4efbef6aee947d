"""Mutate requirements: every date by a day, every number by one; a rule's cases must notice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.compliance import casebook

from fe_contracts.compliance import rules_of_law
from fe_contracts.compliance.engine import findings_of_law
from fe_contracts.model.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.compliance.casebook import Case

    from fe_contracts.compliance.rules import LawRule
    from fe_contracts.model.condition import Facts
    from fe_contracts.model.requirement import Requirement

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Prepared:
    """A case with what its rule looks at, made once for many mutants."""

    case: Case
    subject: Any
    facts: Facts

    def agrees(self, rule: LawRule, requirement: Requirement) -> bool:
        """Return whether the rule finds what the case says."""
        return casebook.agrees(self.case, [*findings_of_law(rule, requirement, self.subject, self.facts)])


@cache
def prepared(code: str) -> tuple[Prepared, ...]:
    """Return the cases of a rule of law, ready to be judged."""
    reads = casebook.requirements()[code].requirement.reads
    return tuple(
        Prepared(case, casebook.subject_of(case, reads), facts_of(case.spec)) for case in casebook.cases_of(code)
    )


def notices(code: str, rule: LawRule, requirement: Requirement) -> bool:
    """Return whether any case of the code disagrees."""
    return not all(case.agrees(rule, requirement) for case in prepared(code))


def mutants(requirement: Requirement) -> Iterator[tuple[str, Requirement]]:
    """Yield every change of a date by a day and of a number by one, each with its name.

    The first day of a history is moved only forwards: what stood before it the library does not know.
    """
    for name, parameter in requirement.parameters.items():
        for place, entry in enumerate(parameter.values):
            moves = (DAY,) if place == 0 else (-DAY, DAY)
            changes: list[tuple[str, object]] = [("from_", entry.from_ + move) for move in moves]
            if isinstance(entry.value, int | Decimal):
                changes += [("value", entry.value - 1), ("value", entry.value + 1)]
            for field, value in changes:
                said = f"{requirement.code}.{name}[{place}].{field.rstrip('_')}: {getattr(entry, field)} -> {value}"
                values = list(parameter.values)
                values[place] = entry.model_copy(update={field: value})
                changed = parameter.model_copy(update={"values": tuple(values)})
                parameters = {**requirement.parameters, name: changed}
                yield said, requirement.model_copy(update={"parameters": parameters})


def survivors(code: str) -> list[str]:
    """Return the changes of one requirement that none of its cases notices."""
    rule, requirement = rules_of_law()[code], casebook.requirements()[code].requirement
    return [name for name, mutant in mutants(requirement) if not notices(code, rule, mutant)]

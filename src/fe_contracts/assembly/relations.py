"""Check what clauses demand of each other once all of a contract's values are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.assembly.selection import Selection
    from fe_contracts.model.condition import Facts

__all__ = ["check_relations"]


def check_relations(selection: Selection, facts: Mapping[str, Facts]) -> Iterator[Finding]:
    """Yield a finding for each requirement that is not met and each conflict that is.

    `facts` holds, by instance, the contract's facts and the values of that clause's own parameters.
    """
    inside = selection.clause_ids
    for decision in selection.included:
        if decision.version is None:
            continue
        known = facts[decision.instance]
        relations = decision.version.front.relations
        for relation in relations.requires:
            if relation.clause not in inside and relation.when.judge(known):
                yield Finding(
                    "SELECT080",
                    Severity.ERROR,
                    f"{decision.clause_id} needs {relation.clause}, which is not in the contract: {relation.reason}",
                    Where(field="clauses"),
                    f"Include {relation.clause}, or leave {decision.clause_id} out.",
                )
        for relation in relations.conflicts:
            if relation.clause is not None and relation.clause not in inside:
                continue
            if relation.when.judge(known):
                rival = relation.clause or str(relation.when)
                yield Finding(
                    "SELECT090",
                    Severity.ERROR,
                    f"{decision.clause_id} cannot stand with {rival}: {relation.reason}",
                    Where(field="clauses"),
                    f"Leave out {decision.clause_id}{f' or {relation.clause}' if relation.clause else ''}.",
                )

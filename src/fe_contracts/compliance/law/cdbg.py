"""Hold a contract with Community Development Block Grant money against 24 CFR part 570."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import amount, latest_award_day
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.model.vocabulary import NationalObjective

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Demand, Finished
    from fe_contracts.model.spec import Spec

__all__: list[str] = []


@law("CDBG040")
def the_objective_is_limited_clientele(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The national objective is the one that a service for people who are homeless meets."""
    if spec.cdbg is not None and spec.cdbg.national_objective is not NationalObjective.LOW_MOD_LIMITED_CLIENTELE:
        yield Breach(
            "cdbg.national_objective",
            f"The objective is {spec.cdbg.national_objective}; services for people who are homeless are presumed to "
            f"meet LMC ({demand.cite}).",
        )


@law("CDBG050")
def the_cap_is_acknowledged(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The City has counted the contract within its limit for public services."""
    cap = amount(demand, "cap_percent", latest_award_day(spec))
    if spec.cdbg is not None and cap is not None and not spec.cdbg.public_service_cap_acknowledged:
        yield Breach(
            "cdbg.public_service_cap_acknowledged",
            f"Nobody has said that the City's public services stay within {cap} % of its grant ({demand.cite}).",
        )


@law("CDBG060")
def assets_revert(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Money and property left at the end go back to the City."""
    if spec.cdbg is not None and not spec.cdbg.reversion:
        yield Breach("cdbg.reversion", f"The contract leaves out what {demand.cite} wants in it: reversion of assets.")


_ITEMS = {
    "PERF-01": "(1) the work",
    "FORM-04": "(1) the time in which it is done",
    "FIN-02": "(1) the budget",
    "GEN-08": "(2) the records",
    "PERF-04": "(2) the reports",
    "FIN-08": "(3) program income",
    "FED-02": "(4) the uniform requirements",
    "FED-05": "(5) other program requirements and (7) reversion of assets",
    "GEN-06": "(6) remedies and termination",
}
"""What the rule lists, by the clause that carries it."""


@law("CDBG070")
def the_agreement_is_whole(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract holds each clause that carries an item of the rule's list."""
    for clause, item in _ITEMS.items():
        if not finished.has(clause):
            yield Breach("clauses.exclude", f"{clause} is not in the contract, and with it {item} of {demand.cite}.")


@law("CDBG090")
def the_service_is_new_or_more(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Somebody has looked whether the service is new or a measurable increase."""
    if finished.has("FIN-08") and finished.value("FIN-08", "supplant_attest") is not True:
        yield Breach(
            "clauses.parameters.FIN-08.supplant_attest",
            f"Nobody has confirmed that the service is new or more than in the twelve months before ({demand.cite}).",
        )

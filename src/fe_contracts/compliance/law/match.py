"""Hold the match that a contract lists against the rules of the programs that want it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from fe_contracts.compliance.law.federal import amount, award_day, dollars
from fe_contracts.compliance.law.wording import UNMATCHABLE, named
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.model.vocabulary import FundSource, MatchKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Demand
    from fe_contracts.model.federal import MatchSource
    from fe_contracts.model.money import Funding
    from fe_contracts.model.spec import Spec

__all__: list[str] = []


def _matches(spec: Spec, *sources: FundSource) -> Iterator[tuple[str, MatchSource, Funding]]:
    """Yield each contribution beside a fund of the sources, with its place and the fund."""
    for at, fund in enumerate(spec.funding):
        for place, match in enumerate(fund.match):
            if fund.source in sources:
                yield f"funding[{at}].match[{place}]", match, fund


@law("COC120")
def services_as_match_have_a_memorandum(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Services counted as match have a memorandum from before the grant."""
    for place, match, fund in _matches(spec, FundSource.COC):
        if match.kind is not MatchKind.IN_KIND_SERVICES:
            continue
        award = fund.federal_award.award_date if fund.federal_award else None
        if match.mou_date is None:
            state = "has no memorandum of understanding"
        elif award is not None and match.mou_date >= award:
            state = f"has a memorandum of {match.mou_date}, not before the award of {award}"
        else:
            continue
        yield Breach(f"{place}.mou_date", f"The match by {match.source} ({match.cost}) {state} ({demand.cite}).")


def _short(fund: Funding, place: str, base: Decimal, least: Decimal | None, demand: Demand) -> Iterator[Breach]:
    """Yield a breach if the contributions beside the fund do not reach the part of the base that is asked."""
    given = sum((match.value for match in fund.match), Decimal(0))
    if least is not None and given < base * least / 100:
        yield Breach(
            f"{place}.match",
            f"The match beside {fund.name} is {dollars(given)}; {least} % of {dollars(base)} is "
            f"{dollars(base * least / 100)} ({demand.cite}).",
        )


@law("COC130")
def the_match_is_large_enough(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The match reaches the part of the grant money that the rule names, leasing left out."""
    for place, fund in enumerate(spec.funding):
        if fund.source is FundSource.COC:
            lines = (line for line in spec.budget if line.fund == fund.id and "leasing" in line.activity.casefold())
            base = fund.amount - sum((line.amount for line in lines), Decimal(0))
            least = amount(demand, "match_percent", award_day(spec, fund))
            yield from _short(fund, f"funding[{place}]", base, least, demand)


@law("ESG080")
def the_match_passed_down_is_given(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Match that is passed down equals the money that it matches."""
    for place, fund in enumerate(spec.funding):
        if fund.source is FundSource.ESG:
            least = amount(demand, "match_percent", award_day(spec, fund))
            yield from _short(fund, f"funding[{place}]", fund.amount, least, demand)


def _is_continuum(program: str) -> bool:
    return "continuum of care" in program.casefold() or "14.267" in program


@law("COC140")
def the_program_does_not_match_itself(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """No contribution comes from the Continuum of Care program itself."""
    for place, match, _ in _matches(spec, FundSource.COC):
        if match.federal_program is not None and _is_continuum(match.federal_program):
            yield Breach(
                f"{place}.federal_program",
                f"{match.source} gives money of {match.federal_program}, which {demand.cite} does not count as match.",
            )


@law("COC150")
def match_pays_eligible_costs(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """No contribution pays for what the grant could not."""
    for place, match, _ in _matches(spec, FundSource.COC):
        words = named(match.cost, UNMATCHABLE)
        if words:
            yield Breach(
                f"{place}.cost",
                f'{match.source} gives "{match.cost}"; if "{words}" is a cost that the grant could not pay, '
                f"{demand.cite} does not count it.",
            )


@law("HUD030")
def nothing_counts_twice(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """No contribution stands beside two federal awards."""
    seen: dict[tuple[str, str], str] = {}
    for place, match, fund in _matches(spec, *FundSource):
        if not fund.source.is_federal:
            continue
        key = (match.source.casefold(), match.cost.casefold())
        if seen.setdefault(key, fund.id) != fund.id:
            yield Breach(
                place,
                f"{match.cost}, given by {match.source}, stands beside {seen[key]} and beside {fund.id}; it counts for "
                f"one award only ({demand.cite}).",
            )


@law("HUD040")
def federal_match_is_allowed(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Federal money counts as match only where somebody has looked into its own law."""
    for place, match, fund in _matches(spec, FundSource.COC, FundSource.ESG):
        program = match.federal_program
        if program is not None and not (fund.source is FundSource.COC and _is_continuum(program)):
            yield Breach(
                f"{place}.federal_program",
                f"{match.source} gives money of {program} as match of {fund.name}; whether its law allows that, "
                f"the recipient must ensure ({demand.cite}).",
            )


@law("CDBG080")
def the_block_grant_needs_no_match(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Block grant money lists no match."""
    for place, match, fund in _matches(spec, FundSource.CDBG):
        yield Breach(place, f"{fund.name} lists a match by {match.source}, which nobody asks for ({demand.cite}).")

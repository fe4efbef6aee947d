"""Hold a contract against the law on data about Clients, and on documents that everybody can read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from fe_contracts.compliance.law.federal import amount
from fe_contracts.compliance.law.wording import IDENTIFIERS, asks_for, promises
from fe_contracts.compliance.rules import Breach, law
from fe_contracts.effective import Trigger
from fe_contracts.model.facts import trigger_day
from fe_contracts.model.vocabulary import HostSubject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.compliance.rules import Demand, Finished
    from fe_contracts.model.spec import Spec

__all__: list[str] = []


@law("DATA010")
@law("DATA140")
def survivors_stay_out_of_hmis(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """A victim service provider does not record Clients in the shared system."""
    if spec.data.hmis:
        yield Breach(
            "data.hmis",
            f"{spec.agency.legal_name} is a victim service provider, and its services are recorded in HMIS "
            f"({demand.cite}).",
        )


@law("DATA020")
def lawyers_keep_their_files(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """A legal services provider records Clients in a database of its own."""
    if spec.data.hmis:
        yield Breach(
            "data.hmis",
            f"{spec.agency.legal_name} is a legal services provider, and its services are recorded in HMIS; "
            f"{demand.cite} lets it use a comparable database.",
        )


@law("DATA030")
def survivors_are_counted(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """A victim service provider records its services in a comparable database."""
    if not spec.data.comparable_database:
        yield Breach(
            "data.comparable_database",
            f"{spec.agency.legal_name} is a victim service provider without a comparable database ({demand.cite}).",
        )


@law("DATA040")
def people_served_are_recorded(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """The people served stand in the shared system or in a comparable database."""
    if not spec.data.hmis and not spec.data.comparable_database:
        yield Breach(
            "data.hmis", f"The people served are recorded neither in HMIS nor in a comparable database ({demand.cite})."
        )


@law("DATA050")
def others_use_hmis(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Only those who may use a comparable database do."""
    if spec.data.comparable_database:
        yield Breach(
            "data.comparable_database",
            f"{spec.agency.legal_name} is neither a victim service provider nor a legal services provider; "
            f"{demand.cite} lets only those use a comparable database.",
        )


@law("DATA060")
def no_numbers_are_recorded(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The lists of data hold no Social Security or account numbers."""
    for name in ("DATA-04.fields", "DATA-03.elements"):
        clause, _, parameter = name.partition(".")
        for entry in finished.value(clause, parameter) or ():
            text = _first(entry)
            words = asks_for(text, IDENTIFIERS)
            if words:
                yield Breach(
                    f"clauses.parameters.{name}",
                    f'{clause} lists "{text}", which asks for "{words}"; {demand.cite} asks for such data to be '
                    "safeguarded, and nothing here needs them.",
                )


def _first(entry: Any) -> str:
    """Return what is recorded: the field of a row, or the text itself."""
    return str(entry.get("field", "")) if isinstance(entry, dict) else str(entry)


@law("DATA070")
def no_numbers_are_reported(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Reports, evidence and deliverables ask for no Social Security or account numbers."""
    for field, text in promises(spec):
        words = asks_for(text, IDENTIFIERS)
        if words and not field.startswith("clauses.parameters."):
            yield Breach(field, f'The text asks for "{words}"; {demand.cite} asks for such data to be safeguarded.')


@law("DATA080")
def credit_reports_need_an_instruction(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The contract, or the one it is attached to, has the Client's written instruction."""
    host = finished.spec.host_contract
    if host is not None and HostSubject.CREDIT_REPORTS in host.covers:
        return
    if finished.value("DATA-05", "written_instruction_form") is None:
        yield Breach(
            "data.credit_reports_pulled",
            f"Credit reports are pulled, and no form holds the Client's written instruction ({demand.cite}).",
        )


@law("DATA090")
def tax_data_need_consent(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Tax return information is reused with consent only."""
    if finished.value("FE-08", "tax_data_consent") is False:
        yield Breach(
            "clauses.parameters.FE-08.tax_data_consent",
            f"Tax return information is reused, and FE-08 asks for no consent ({demand.cite}).",
        )


@law("DATA100")
def the_standards_are_current(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Data follow the standards of the days on which services are given."""
    day, of = trigger_day(finished.spec, Trigger.SERVICE_DATE)
    standard = demand.value("standard", day)
    for clause, name in (("PERF-05", "hmis_export_fy"), ("DATA-03", "standard_fy")):
        value = finished.value(clause, name)
        if value is not None and value != standard:
            yield Breach(
                f"clauses.parameters.{clause}.{name}",
                f"{clause} names the {value} standards; on {day}, the {of}, the {standard} standards are in force.",
            )


@law("DATA110")
def incidents_are_told_in_time(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """The account of an incident comes before the day on which the Federal Trade Commission must know."""
    most = amount(demand, "notice_days", trigger_day(finished.spec, Trigger.SERVICE_DATE)[0])
    days = finished.value("DATA-01", "incident_report_days")
    if days is not None and most is not None and days > most:
        yield Breach(
            "clauses.parameters.DATA-01.incident_report_days",
            f"The Agency reports on an incident within {days} days; {demand.cite} sets {most} for the notice.",
        )


@law("DATA120")
def systems_are_guarded(finished: Finished, demand: Demand) -> Iterator[Breach]:
    """Systems with financial information use encryption and a second proof of identity."""
    for name, words in (("encryption", "no encryption"), ("mfa", "no second proof of identity")):
        if finished.value("DATA-01", name) is False:
            yield Breach(f"clauses.parameters.DATA-01.{name}", f"DATA-01 asks for {words} ({demand.cite}).")


@law("DATA130")
def documents_are_accessible_in_time(spec: Spec, demand: Demand) -> Iterator[Breach]:
    """Documents meet the standard no later than the City must."""
    planned = _day(spec.clauses.parameters.get("ACC-02", {}).get("effective"))
    if planned is None:
        return
    day = trigger_day(spec, Trigger.CALENDAR_DATE)[0]
    large = amount(demand, "large_from", day)
    residents = spec.city.population
    # A city that does not say how many live there is held to the later day: it may be the small one.
    is_large = residents is not None and large is not None and residents >= large
    last = _day(demand.value("large_city" if is_large else "small_city", day))
    if last is not None and planned > last:
        yield Breach(
            "clauses.parameters.ACC-02.effective",
            f"The Agency's documents need to be accessible from {planned}; the City's must be from {last} "
            f"({demand.cite}).",
        )


def _day(value: object) -> dt.date | None:
    """Return a day, however it was written; none if it is none."""
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None

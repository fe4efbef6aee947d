"""Hand a contract over as data: as an Open Contracting release, a package of them, or whole as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fe_contracts import assembly
from fe_contracts.catalog import load_catalog
from fe_contracts.exceptions import RefusedError
from fe_contracts.exchange.ocds import release_of
from fe_contracts.exchange.ocds_identity import PREFIX
from fe_contracts.exchange.ocds_known import Known
from fe_contracts.exchange.ocds_results import CheckedReport, PaymentMade, Results
from fe_contracts.findings import Finding, Findings, Severity
from fe_contracts.pipeline.contract_data import contract_data
from fe_contracts.pipeline.scheduling import schedule_contracts
from fe_contracts.pipeline.specs import load_spec, located
from fe_contracts.sources import write_atomic

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from fe_contracts.catalog import Catalog
    from fe_contracts.exchange.ocds import Release
    from fe_contracts.model.spec import Spec
    from fe_contracts.schedule.result import Schedule

__all__ = ["CheckedReport", "ContractExport", "PaymentMade", "export_json", "export_ocds", "export_ocds_package"]

_SMALL_COUNTS = ("DATA-04", "suppress_below")
"""The clause and its value that say which counts of people are too small to publish."""


@dataclass(frozen=True, slots=True)
class ContractExport:
    """A contract as data, and what could not be told in it."""

    data: dict[str, Any]
    findings: Findings

    @property
    def exit_code(self) -> int:
        """Return 0 if nothing above info was found, else 1."""
        return self.findings.exit_code

    def to_json(self) -> str:
        """Return the data as text: readable, in the order it was made, the same for the same contract."""
        return json.dumps(self.data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"

    def save(self, path: Path | str, *, overwrite: bool = False) -> Path:
        """Write the data to a file and return its path; an existing file is kept unless told otherwise.

        Raises:
            OutputError: if it cannot be written; nothing is left half written.
        """
        write_atomic(path, self.to_json().encode(), overwrite=overwrite)
        return Path(path)


def export_json(
    source: Spec | Path | str,
    catalog: Catalog | None = None,
    *,
    checked: Sequence[CheckedReport] = (),
    payments: Sequence[PaymentMade] = (),
) -> ContractExport:
    """Return all of a contract as data: its spec, its clauses with versions, values and duties, and its schedule.

    With `checked` reports or `payments`, it holds their figures too, exact to the last client.

    It holds what the spec holds, the names of people included: it is for the parties, not for publishing.

    Raises:
        SourceError or SpecError: if a file cannot be read as a spec.
        RefusedError: if the contract's dates cannot be computed.
    """
    library, spec = catalog or load_catalog(), _spec(source)
    schedule = _schedule(spec, library)
    data = contract_data(spec, library, schedule, checked, payments)
    return ContractExport(data, _findings(schedule.findings.items, library))


def export_ocds(  # noqa: PLR0913 - what a publisher knows besides, each named
    source: Spec | Path | str,
    catalog: Catalog | None = None,
    *,
    ocid_prefix: str = "",
    process: str = "",
    date: dt.date | None = None,
    awarded_on: dt.date | None = None,
    signed_on: dt.date | None = None,
    checked: Sequence[CheckedReport] = (),
    payments: Sequence[PaymentMade] = (),
) -> ContractExport:
    """Return an Open Contracting release (1.1) of a contract, and what stands against publishing it.

    `process` is the city's number for the contracting process, where that is not the first contract's; `date` is the
    day of the release, the day from which the contract's present state applies if left out. With `checked` reports or
    `payments`, the release tells how the contract goes.

    Raises:
        SourceError or SpecError: if a file cannot be read as a spec.
        RefusedError: if the prefix is none, or the contract's dates cannot be computed.
    """
    _must_be_prefix(ocid_prefix)
    library, spec = catalog or load_catalog(), _spec(source)
    known = Known(ocid_prefix, process, date, awarded_on, signed_on)
    made = _release(spec, library, known, checked, payments)
    return ContractExport(made.data, _findings(located(spec, made.findings), library))


def export_ocds_package(
    sources: Iterable[Spec | Path | str],
    catalog: Catalog | None = None,
    *,
    uri: str,
    ocid_prefix: str,
    publisher: str = "",
    date: dt.date | None = None,
    checked: Mapping[str, Sequence[CheckedReport]] | None = None,
) -> ContractExport:
    """Return a release package of several contracts, or of one as it was made and amended, ready to be published.

    `uri` is the address at which the package will stand; `publisher` is the first contract's city if left out; `date`
    is the day it is published, that of its last release if left out. `checked` reports, by the number of the contract,
    are told in its last release.

    Raises:
        SourceError or SpecError: if a file cannot be read as a spec.
        RefusedError: if the prefix or the address is none, two releases have one name, there is no contract, or the
            dates of one cannot be computed.
    """
    from fe_contracts.exchange.ocds_package import package_of

    _must_be_prefix(ocid_prefix)
    library, specs = catalog or load_catalog(), [_spec(source) for source in sources]
    if not specs:
        said = "There is no contract to put into the package."
        raise RefusedError("the package", [Finding("OCDS044", Severity.ERROR, said, remedy="Name a spec.")])
    last_of = {spec.contract.id: place for place, spec in enumerate(specs)}
    releases = [
        _release(
            spec,
            library,
            Known(ocid_prefix),
            (checked or {}).get(spec.contract.id, ()) if last_of[spec.contract.id] == place else (),
        )
        for place, spec in enumerate(specs)
    ]
    found = [item for spec, made in zip(specs, releases, strict=True) for item in located(spec, made.findings)]
    last = date or max(_day_of(spec) for spec in specs)
    data = package_of(releases, uri=uri, publisher=publisher or specs[0].city.name, published_on=last)
    return ContractExport(data, _findings(found, library))


def _spec(source: Spec | Path | str) -> Spec:
    return load_spec(source) if isinstance(source, Path | str) else source


def _must_be_prefix(prefix: str) -> None:
    """Refuse what no publisher was ever given.

    Raises:
        RefusedError: if it is not empty and no prefix.
    """
    if prefix and not PREFIX.fullmatch(prefix):
        said = f"{prefix!r} is no ocid prefix: one is made of 'ocds-' and six small letters or digits."
        remedy = "Give the prefix that the Open Contracting Partnership registered for the publisher."
        raise RefusedError("the export", [Finding("OCDS040", Severity.ERROR, said, remedy=remedy)])


def _schedule(spec: Spec, catalog: Catalog) -> Schedule:
    """Return the contract's dates.

    Raises:
        RefusedError: if they cannot be computed.
    """
    schedule = schedule_contracts(spec, catalog)
    if not schedule.contracts:
        raise RefusedError(spec.contract.id, schedule.findings.errors)
    return schedule


def _release(
    spec: Spec,
    catalog: Catalog,
    known: Known,
    checked: Sequence[CheckedReport] = (),
    payments: Sequence[PaymentMade] = (),
) -> Release:
    smallest = _smallest(spec, catalog) if checked else None
    return release_of(spec, _schedule(spec, catalog).duties, known, Results(checked, payments, smallest))


def _smallest(spec: Spec, catalog: Catalog) -> int | None:
    """Return the number below which the contract keeps counts of people from being published; None without such."""
    clause, parameter = _SMALL_COUNTS
    values = (
        item.values.get(parameter)
        for item in assembly.outline(spec, catalog).clauses
        if item.decision.clause_id == clause
    )
    return next((value for value in values if isinstance(value, int)), None)


def _day_of(spec: Spec) -> dt.date:
    amendments = spec.contract.amendments
    return amendments[-1].effective_date if amendments else spec.contract.effective_date


def _findings(found: Iterable[Finding], catalog: Catalog) -> Findings:
    return Findings(tuple(found), catalog=catalog.name)

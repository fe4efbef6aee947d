"""Say how ready an initiative is: from its file and the contracts that it names."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.catalog import load_catalog
from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.governance.readiness import ReceivedReport, judge_readiness
from fe_contracts.model.initiative import Initiative
from fe_contracts.pipeline.adoption import adopted_contracts
from fe_contracts.sources import checked, read_data, write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fe_contracts.catalog import Catalog
    from fe_contracts.governance.readiness import Readiness
    from fe_contracts.performance.forms.filled import FilledReport

__all__ = ["load_initiative", "readiness", "render_readiness", "save_readiness"]

_SIGNED = "certification.signed_on"
"""The field of a report that holds the day it was signed."""


def load_initiative(path: Path | str) -> Initiative:
    """Return the initiative that a YAML or JSON file describes.

    Raises:
        SourceError: with every problem of the file, each with its line and field.
    """
    loaded = read_data(Path(path))
    if isinstance(loaded.data, Mapping) and {"contract", "agency"} <= loaded.data.keys():
        said = "This is a contract, and no initiative."
        remedy = "Name the initiative's own file; it lists the contracts. 'docs/how-to' tells how to write one."
        raise SourceError(str(path), [Finding("READY064", Severity.ERROR, said, Where(str(path)), remedy)])
    return checked(loaded, Initiative, error=SourceError)


def readiness(
    path: Path | str,
    catalog: Catalog | None = None,
    *,
    as_of: dt.date | None = None,
    reports: Iterable[ReceivedReport | FilledReport] = (),
) -> Readiness:
    """Return the balance of process and implementation of an initiative on a day, and what to do next.

    The contracts that the file names are read, each once; the bundled library is used if no other is given. `as_of`
    is the day that the file is kept to, if left out. `reports` are reports that came back, as they were read or as a
    script knows them: the first one dates a milestone `first_report`.

    Raises:
        SourceError: if the file cannot be read, or neither it nor the call names a day.
        CatalogError: if the library cannot be loaded.
    """
    origin = read_data(Path(path))
    initiative = checked(origin, Initiative, error=SourceError)
    day = as_of or initiative.as_of
    if day is None:
        problem = Finding(
            "READY063",
            Severity.ERROR,
            "Neither the file nor the call says for which day it is judged.",
            Where(origin.name),
            "Give the file as_of: the day up to which it is kept.",
        )
        raise SourceError(origin.name, [problem])
    places = {entry: origin.where(("contracts", place)) for place, entry in enumerate(initiative.contracts)}
    library = catalog if catalog is not None else load_catalog()
    contracts, notes = adopted_contracts(Path(path).parent, initiative.contracts, library, places)
    received = filter(None, map(_received, reports))
    return judge_readiness(initiative, contracts, as_of=day, reports=received, origin=origin, notes=notes)


def _received(report: ReceivedReport | FilledReport) -> ReceivedReport | None:
    """Return the day on which a report was signed, of the contract that it names; nothing where it tells neither.

    A report that nobody signed has not come.
    """
    if isinstance(report, ReceivedReport):
        return report
    from fe_contracts.performance.forms.form import FieldKind
    from fe_contracts.performance.forms.values import taken_as

    contract, cell = report.identity.get("contract"), report.values.get(_SIGNED)
    day = taken_as(FieldKind.DATE, cell).value if cell is not None else None
    if not contract or not isinstance(day, dt.date):
        return None
    return ReceivedReport(contract, day, report.name)


def render_readiness(found: Readiness, form: str = "text") -> str:
    """Return readiness as text of at most 80 columns, as JSON, or as one HTML page.

    Raises:
        ValueError: if there is no such form.
    """
    if form == "json":
        return json.dumps({**found.to_dict(), "exit_code": found.exit_code}, indent=2, ensure_ascii=False) + "\n"
    if form == "html":
        from fe_contracts.exchange.readiness_html import readiness_html

        return readiness_html(found)
    if form == "text":
        from fe_contracts.exchange.readiness_text import readiness_text

        return readiness_text(found)
    message = f"There is no form {form!r}: text, json or html."
    raise ValueError(message)


def save_readiness(found: Readiness, path: Path | str, *, form: str = "html", overwrite: bool = False) -> Path:
    """Write readiness to a file and return its path; an existing file is kept unless told otherwise.

    Raises:
        OutputError: if it cannot be written; nothing is left half written.
        ValueError: if there is no such form.
    """
    write_atomic(path, render_readiness(found, form).encode(), overwrite=overwrite)
    return Path(path)

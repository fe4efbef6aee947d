"""Write the JSON Schemas to a folder, and find out whether a folder holds them as they are now."""

from __future__ import annotations

from pathlib import Path

from fe_contracts.exceptions import OutputError, SourceError
from fe_contracts.findings import Finding, Findings, Severity, Where
from fe_contracts.model.schemas import SCHEMAS, schema_file, schema_text
from fe_contracts.sources import read_text, write_atomic

__all__ = ["check_schemas", "export_schemas"]


def export_schemas(folder: Path | str) -> tuple[Path, ...]:
    """Write every JSON Schema to the folder, over what stands there, and return the files.

    Raises:
        OutputError: if the folder is missing, or a file cannot be written.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise OutputError(folder, "There is no such folder.", "Make it first, or name another.")
    written = []
    for name in SCHEMAS:
        written.append(folder / schema_file(name))
        write_atomic(written[-1], schema_text(name).encode(), overwrite=True)
    return tuple(written)


def check_schemas(folder: Path | str) -> Findings:
    """Return what differs between the schemas of the folder and those that would be written now.

    Raises:
        SourceError: if there is no such folder.
    """
    folder = Path(folder)
    remedy = f"Run: fe-contracts schema export {folder}"
    if not folder.is_dir():
        problem = Finding(
            "SCHEMA030", Severity.ERROR, "There is no such folder.", Where(str(folder)), "Check its name."
        )
        raise SourceError(str(folder), [problem])
    found = []
    for name in SCHEMAS:
        where = Where(str(folder / schema_file(name)))
        try:
            same = read_text(where.file) == schema_text(name)
        except SourceError:
            found.append(Finding("SCHEMA010", Severity.ERROR, "The schema is missing.", where, remedy))
            continue
        if not same:
            found.append(Finding("SCHEMA020", Severity.ERROR, "The schema is out of date.", where, remedy))
    return Findings(tuple(found))

"""Make a contract again from the exact versions that a record of it names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.exceptions import RefusedError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.renewal.pins import Pins, check_pins, pinned, pins_of_data, pins_of_manifest
from fe_contracts.sources import read_data

if TYPE_CHECKING:
    from fe_contracts.catalog import Catalog
    from fe_contracts.model.spec import Spec

__all__ = ["PinnedSpec", "pin_versions", "read_pins"]


@dataclass(frozen=True, slots=True)
class PinnedSpec:
    """A spec with the versions of a record laid on it, and what is odd about the two together."""

    spec: Spec
    pins: Pins
    notes: tuple[Finding, ...]


def read_pins(source: Path | str) -> Pins:
    """Return the versions that a file records: a contract assembled here, a pins file, or a spec that pins.

    Raises:
        SourceError: if the file cannot be read, or names no versions.
        UnsafeFileError: if it is a Word file that is not safe to open.
    """
    path = Path(source)
    if path.suffix.lower() in {".yaml", ".yml", ".json"}:
        return pins_of_data(read_data(path))
    from fe_contracts.word import inspect  # a pins file needs no reader of Word files

    return pins_of_manifest(inspect(path).manifest, str(source))


def pin_versions(spec: Spec, pins: Pins, catalog: Catalog) -> PinnedSpec:
    """Return the spec with these versions chosen, whatever its dates say.

    Raises:
        RefusedError: if the catalog does not hold a version, or holds another text under its number.
    """
    problems = list(check_pins(pins, catalog, contract_type=spec.contract.type.value))
    if problems:
        raise RefusedError(spec.contract.id, problems)
    return PinnedSpec(pinned(spec, pins), pins, tuple(_notes(spec, pins)))


def _notes(spec: Spec, pins: Pins) -> list[Finding]:
    """Return whether record and spec are of two contracts, or of two terms of one."""
    for told, given, own in (
        ("contract", pins.contract_id, spec.contract.id),
        ("day", pins.dated, spec.contract.effective_date.isoformat()),
    ):
        if given and given != own:
            said = f"The record is of another {told}, {given}; the spec says {own}."
            remedy = "Pin versions only to make the same contract again; a new term takes the versions in force."
            return [Finding("PIN012", Severity.WARNING, said, Where(pins.name), remedy)]
    return []

"""Read many specs, from files and folders: one that cannot be read is named, and the others go on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.exceptions import FEContractsError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.spec import Spec
from fe_contracts.pipeline.specs import spec_of
from fe_contracts.sources import read_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Source", "left_out", "read_specs"]

Source = Spec | Path | str
"""A spec, the file of one, or a folder of them."""

_SPECS = frozenset({".yaml", ".yml", ".json"})


def read_specs(specs: Source | Iterable[Source], found: list[Finding]) -> Iterator[tuple[Spec, str]]:
    """Yield each spec with its file; one that cannot be read becomes a finding."""
    for source in [specs] if isinstance(specs, Spec | Path | str) else specs:
        if isinstance(source, Spec):
            yield source, ""
            continue
        path = Path(source)
        is_folder = path.is_dir()
        files = _files_of(path, found) if is_folder else [path]
        for file in files:
            spec = _spec(file, found, outright=not is_folder)
            if spec is not None:
                yield spec, str(file)


def _files_of(folder: Path, found: list[Finding]) -> list[Path]:
    """Return the files of a folder that may be specs, by name."""
    try:
        files = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in _SPECS and not path.name.startswith(".") and path.is_file()
        )
    except OSError as error:
        remedy = "Check your permission to read it."
        found.append(left_out(f"The folder cannot be read: {error.strerror}.", Where(str(folder)), remedy))
        return []
    if not files:
        remedy = "Name a folder that holds specs (.yaml, .yml or .json)."
        found.append(left_out("No spec is in this folder.", Where(str(folder)), remedy))
    return files


def _spec(file: Path, found: list[Finding], *, outright: bool) -> Spec | None:
    """Return the spec in a file; None, and a finding, where there is none."""
    try:
        loaded = read_data(file)
        if not outright and not (isinstance(loaded.data, Mapping) and {"contract", "agency"} & loaded.data.keys()):
            said = "This file is no spec (it has neither contract nor agency) and is left out."
            found.append(Finding("SCHED011", Severity.INFO, said, Where(str(file))))
            return None
        return spec_of(loaded)
    except FEContractsError as error:
        problems: tuple[Finding, ...] = getattr(error, "problems", ())
        found += problems or (left_out(str(error), Where(str(file)), "Correct the file."),)
        return None


def left_out(message: str, where: Where, remedy: str, code: str = "SCHED010") -> Finding:
    """Return the finding on a contract or a file that is left out of the schedule."""
    return Finding(code, Severity.ERROR, f"{message} It is left out of the schedule.", where, remedy)

"""Read adoption from the contracts themselves: their specs, or the Word files that were assembled here."""

from __future__ import annotations

import datetime as dt
import glob
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fe_contracts import assembly
from fe_contracts.exceptions import FEContractsError, SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.governance.readiness import AdoptedContract, TrainingPromise
from fe_contracts.model.vocabulary import DeliverableMeasure, Frequency
from fe_contracts.pipeline.specs import spec_of
from fe_contracts.renewal.pins import pins_of_manifest
from fe_contracts.schedule import periods_of
from fe_contracts.sources import read_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fe_contracts.assembly.binding import Bound
    from fe_contracts.catalog import Catalog
    from fe_contracts.model.performance import Deliverable
    from fe_contracts.model.spec import Spec
    from fe_contracts.sources import Loaded

__all__ = ["adopted_by", "adopted_contracts", "contract_files"]

_FAMILY = "FE"
_TRAINING = "FE-12"
_SPECS = frozenset({".yaml", ".yml", ".json"})
_READ = _SPECS | {".docx"}


def contract_files(folder: Path, named: Iterable[str]) -> Iterator[tuple[str, tuple[Path, ...], bool]]:
    """Yield each entry with the files that it means, and whether it names one file outright.

    A folder means its specs and Word files, a pattern such as `contracts/*.yaml` what it matches; both leave out
    what a program keeps beside an open file.
    """
    for entry in named:
        place = folder / entry
        if place.is_dir():
            yield entry, _kept(place.iterdir()), False
        elif glob.has_magic(entry) and not place.exists():
            yield entry, _kept(map(Path, glob.glob(str(place), recursive=True))), False  # noqa: PTH207 - takes any path
        else:
            yield entry, (_plain(place),), True


def _kept(found: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(
        sorted(
            _plain(path)
            for path in found
            if path.suffix.lower() in _READ and not path.name.startswith((".", "~$")) and path.is_file()
        )
    )


def _plain(path: Path) -> Path:
    """Return the path without steps back, where it then still means the same file."""
    shorter = Path(os.path.normpath(path))
    return shorter if shorter.exists() and path.exists() and shorter.samefile(path) else path


def adopted_contracts(
    folder: Path, named: Iterable[str], catalog: Catalog, where: Mapping[str, Where]
) -> tuple[tuple[AdoptedContract, ...], tuple[Finding, ...]]:
    """Return what every contract shows, and what was found on the way: one bad file never stops the others."""
    contracts: dict[str, AdoptedContract] = {}
    found: list[Finding] = []
    seen: set[Path] = set()
    for entry, files, outright in contract_files(folder, named):
        if not files:
            said = f"{entry!r} matches no spec and no Word file in {folder}."
            found.append(
                _problem("READY061", said, where.get(entry, Where()), "Correct the path, or delete the entry.")
            )
        for file in files:
            if file.resolve() in seen:
                continue
            seen.add(file.resolve())
            contract = _tried(file, catalog, found, outright=outright)
            if contract is not None:
                _keep(contracts, contract, found)
    return tuple(contracts.values()), tuple(found)


def _problem(code: str, message: str, where: Where, remedy: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(code, severity, message, where, remedy)


def _tried(file: Path, catalog: Catalog, found: list[Finding], *, outright: bool) -> AdoptedContract | None:
    """Return what one contract shows; what keeps it from being read goes to `found`."""
    try:
        if file.suffix.lower() == ".docx":
            return _of_word(file)
        loaded = read_data(file)
        return _of_spec(spec_of(loaded), catalog, str(file)) if outright or _names_a_contract(loaded) else None
    except FEContractsError as error:
        problems: tuple[Finding, ...] = getattr(error, "problems", ())
        first = problems[0] if problems else None
        more = f" And {len(problems) - 1} more." if len(problems) > 1 else ""
        said = f"The contract cannot be read, and is left out: {first.message if first else error}{more}"
        place = first.where if first and first.where.file else Where(str(file))
        remedy = first.remedy if first and first.remedy else "Correct the file, or take it from the contracts."
        found.append(_problem("READY060", said, place, remedy))
        return None


def _names_a_contract(loaded: Loaded) -> bool:
    """Return whether a file of a folder is meant: others that are data too are passed by."""
    return isinstance(loaded.data, dict) and "contract" in loaded.data


def _keep(contracts: dict[str, AdoptedContract], contract: AdoptedContract, found: list[Finding]) -> None:
    """Keep one contract of each number: the one with more amendments, or that takes effect later."""
    other = contracts.get(contract.id)
    if other is None:
        contracts[contract.id] = contract
        return
    kept = max(other, contract, key=lambda item: (item.amendments, item.effective, item.promise is not None))
    left = contract if kept is other else other
    contracts[contract.id] = replace(kept, effective=min(other.effective, contract.effective))
    said = f"{contract.id} stands in {left.file} too, which is left out: a contract counts once."
    remedy = "Name the newest file of each contract only."
    found.append(_problem("READY062", said, Where(kept.file), remedy, Severity.INFO))


def adopted_by(file: Path, catalog: Catalog) -> AdoptedContract:
    """Return what one contract shows of adoption.

    Raises:
        SourceError, SpecError or UnsafeFileError: if it cannot be read as a spec or as a Word file made here.
        ClauseNotInForceError: if its contract type is not in force on its effective date.
    """
    if file.suffix.lower() == ".docx":
        return _of_word(file)
    return _of_spec(spec_of(read_data(file)), catalog, str(file))


def _of_spec(spec: Spec, catalog: Catalog, file: str) -> AdoptedContract:
    from fe_contracts.assembly.binding import Binder

    selection, binder = assembly.select(spec, catalog), Binder(spec, catalog)
    chosen = {item.clause_id: item for item in selection.included if item.version is not None}
    training = binder.bind(chosen[_TRAINING]) if _TRAINING in chosen else {}
    return AdoptedContract(
        file,
        spec.contract.id,
        spec.contract.title,
        spec.agency.legal_name,
        spec.contract.effective_date,
        {
            clause: item.version.number
            for clause, item in chosen.items()
            if item.version is not None and catalog[clause].identity.family == _FAMILY
        },
        {part: edition.number for part, edition in binder.framework.items()},
        tuple(service.value for service in spec.services.offered),
        spec.city.name,
        spec.contract.initiative,
        (spec.agency.short_name,) if spec.agency.short_name else (),
        _promise(spec, training),
        len(spec.contract.amendments),
    )


def _promise(spec: Spec, training: Mapping[str, Bound]) -> TrainingPromise:
    """Return what a spec promises: trained people by contract quarter, and the share that the clause names."""
    found = next((item for item in spec.deliverables if _counts_trained(item)), None)
    owed: list[tuple[dt.date, int]] = []
    if found is not None:
        so_far = 0
        periods = periods_of(spec.term.start_date, spec.term.end_date, Frequency.QUARTERLY)
        for period, target in zip(periods, found.quarterly_targets, strict=False):
            so_far += target
            owed.append((period.end, so_far))
    share, by = training.get("pct_trained"), training.get("by")
    return TrainingPromise(
        f"{found.id} {found.title}" if found else "",
        tuple(owed),
        share.value if share else None,
        ((by.value if by else None) or spec.term.end_date) if share else None,
    )


def _counts_trained(item: Deliverable) -> bool:
    """Return whether a deliverable counts trained staff: as it says itself, else by its unit and title."""
    if item.measure is not None:
        return item.measure is DeliverableMeasure.STAFF_TRAINED
    return "trained" in item.title.casefold() and item.unit.casefold() in {"staff", "people", "persons", "workers"}


def _of_word(file: Path) -> AdoptedContract:
    """Return what a Word file's own record shows: clauses and framework, and no numbers of training."""
    from fe_contracts.word import inspect

    manifest: Mapping[str, Any] | None = inspect(file).manifest
    pins = pins_of_manifest(manifest, str(file))
    record = manifest or {}
    given = record.get("values")
    values: Mapping[str, Any] = given if isinstance(given, dict) else {}
    clauses = {name.partition(":")[0]: version for name, version in pins.clauses.items()}
    agency = str(values.get("FORM-01/agency_legal_name") or "")
    if not agency or not pins.contract_id:
        said = "Its record does not say which contract it is, and with whom."
        problem = Finding("READY060", Severity.ERROR, said, Where(str(file)), "Give the file as it was assembled.")
        raise SourceError(str(file), [problem])
    contract = record.get("contract")
    services = str(values.get("FORM-03/services") or "")
    return AdoptedContract(
        str(file),
        pins.contract_id,
        str(contract.get("title") or "") if isinstance(contract, dict) else "",
        agency,
        _day(pins.dated, file),
        {clause: version for clause, version in clauses.items() if clause.startswith(f"{_FAMILY}-")},
        dict(pins.framework),
        (services,) if services else (),
        str(values.get("FORM-01/city_name") or ""),
        str(values.get("FORM-02/initiative") or ""),
    )


def _day(text: str, file: Path) -> dt.date:
    """Return the day a Word file's contract takes effect.

    Raises:
        SourceError: if its record names none.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        said = f"Its record names no effective date: {text!r}."
        problem = Finding("READY060", Severity.ERROR, said, Where(str(file)), "Give the file as it was assembled.")
        raise SourceError(str(file), [problem]) from None

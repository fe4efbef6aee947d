"""Find what a city should look at in its overlay, though nothing forbids it, such as a base that moved on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from fe_contracts.catalog.clause import version_key
from fe_contracts.catalog.layers import lock_entries
from fe_contracts.catalog.protection import place_in
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog.catalog import Catalog
    from fe_contracts.catalog.clause import Clause, ClauseVersion
    from fe_contracts.model.overlay import Adjustments, Placements

__all__ = ["doubts_about", "own_clauses", "own_versions"]


def doubts_about(catalog: Catalog, base: Catalog) -> Iterator[Finding]:
    """Yield what somebody should look at in an overlay."""
    yield from _base_moved_on(catalog, base)
    yield from _taken_ids(catalog, base)
    yield from _set_aside(catalog, base)
    yield from _waiting(catalog)


def own_clauses(catalog: Catalog) -> list[Clause]:
    """Return the clauses whose words are the overlay's own, new ones and those that replace the base's."""
    return [clause for clause in catalog if catalog.layer.gives(f"clauses/{clause.id}")]


def own_versions(catalog: Catalog, clause: Clause) -> list[ClauseVersion]:
    """Return the versions of a clause that the overlay itself holds."""
    return [version for version in clause.versions if catalog.layer.gives(f"clauses/{clause.id}/{version.number}")]


def _base_moved_on(catalog: Catalog, base: Catalog) -> Iterator[Finding]:
    """Yield a warning where the base is no longer what the overlay was written for."""
    written_for = catalog.library.base_version
    if written_for is not None and written_for != base.library.version:
        where = place_in(str(catalog.folder / "library.yaml"), ("base_version",))
        message = f"The overlay was written for version {written_for} of its base, which is {base.name} now."
        remedy = "Read what changed in the base, look at this report again, and correct base_version."
        yield Finding("OVERLAY080", Severity.WARNING, message, where, remedy)
    for clause in own_clauses(catalog):
        said = clause.identity.replaces
        if said is None or clause.id not in base:
            continue
        written_from = version_key(said.base_version)
        later = [version.key for version in base[clause.id].published if version_key(version.number) > written_from]
        if later:
            where = place_in(clause.file, ("replaces", "base_version"))
            message = f"{clause.id} was written from version {said.base_version}, and the base has {', '.join(later)}."
            remedy = "Compare the two, take over what the law demands in a new version, and correct base_version."
            yield Finding("OVERLAY080", Severity.WARNING, message, where, remedy)


def _taken_ids(catalog: Catalog, base: Catalog) -> Iterator[Finding]:
    """Yield a warning where one name could be taken for another."""
    for clause in own_clauses(catalog):
        if clause.id not in base:
            continue
        if clause.identity.replaces is None:
            message = f"{clause.id} stands in place of the base's clause of that id, and does not say so."
            remedy = "Write `replaces:` into clause.yaml, or give your clause an id that the base does not use."
            yield Finding("OVERLAY090", Severity.WARNING, message, place_in(clause.file, ("id",)), remedy)
        numbers = {version.number for version in base[clause.id].versions}
        for version in own_versions(catalog, clause):
            if version.number in numbers:
                message = f"{version.key} names one text in {base.name} and another here."
                remedy = "Give the city's version a number that the base does not have."
                yield Finding("OVERLAY090", Severity.WARNING, message, Where(version.file), remedy)


def _set_aside(catalog: Catalog, base: Catalog) -> Iterator[Finding]:
    """Yield a warning where a draft already keeps a later version of the base from being used."""
    for clause in own_clauses(catalog):
        mine = own_versions(catalog, clause)
        if clause.id not in base or not mine or mine[0].published:
            continue
        in_force = min((version.effective for version in mine if version.published), default=dt.date.max)
        below = base[clause.id].published
        gone = [version.key for version in below if mine[0].effective <= version.effective < in_force]
        if gone:
            message = f"The draft {mine[0].key} takes the place of {', '.join(gone)}, and is not in force itself."
            remedy = "Publish it, or keep it out of the folder until then."
            yield Finding("OVERLAY085", Severity.WARNING, message, Where(mine[0].file), remedy)


def _waiting(catalog: Catalog) -> Iterator[Finding]:
    """Yield a note for each adjustment and placement that a contract has already and the lock does not."""
    records: list[tuple[Adjustments | Placements, str]] = [
        *((placed.record, placed.file) for placed in catalog.adjustments.values()),
        *((placed.record, placed.file) for placed in catalog.placements.values()),
    ]
    for record, file in records:
        for name, _ in lock_entries(record):
            if name not in catalog.layer.published:
                message = f"{name} is a draft; contracts that use it are marked DRAFT."
                remedy = "Publish it when it is ready: fe-contracts catalog publish."
                yield Finding("OVERLAY095", Severity.INFO, message, Where(file), remedy)

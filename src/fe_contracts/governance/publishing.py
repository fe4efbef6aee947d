"""Publish: enter new files of the library into `catalog.lock`, after which they may not change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.digests import digest_of_identity
from fe_contracts.catalog.lock import LOCK_NAME, lock_text, parse_lock
from fe_contracts.sources import bundled, write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog import Catalog

__all__ = ["Publication", "publish"]


@dataclass(frozen=True, slots=True)
class Publication:
    """What one run published: the lock's names of it, in order."""

    lock_file: str
    added: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return it as plain data for `--format json`."""
        return {"lock_file": self.lock_file, "added": list(self.added)}


def _publishable(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield the lock's name and the digest of everything a library can publish."""
    for clause in catalog:
        yield f"clauses/{clause.id}", digest_of_identity(clause.identity)
        for version in clause.versions:
            yield f"clauses/{clause.id}/{version.number}", version.digest
    for kind, group in (("contract_type", catalog.contract_types), ("framework", catalog.framework)):
        for series in group.values():
            for edition in series.editions:
                yield f"{kind}/{edition.name}/{edition.number}", edition.digest
    for code, placed in catalog.requirements.items():
        yield f"requirements/{code}", placed.digest


def publish(folder: Path | str | None = None) -> Publication:
    """Enter every draft of the library into its lock, and return what was entered.

    Raises:
        CatalogError: if the library has any problem, above all if a published file was changed.
        OutputError: if the lock cannot be written.
    """
    folder = bundled("clause_library") if folder is None else Path(folder)
    catalog = load_catalog(folder)
    lock_file = folder / LOCK_NAME
    published: dict[str, str] = {}
    if lock_file.is_file():
        published, _ = parse_lock(lock_file.read_text(encoding="utf-8"), str(lock_file))
    fresh = {name: digest for name, digest in _publishable(catalog) if published.get(name) != digest}
    if fresh:
        write_atomic(lock_file, lock_text({**published, **fresh}).encode(), overwrite=True)
    return Publication(str(lock_file), tuple(sorted(fresh)))

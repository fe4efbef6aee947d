"""Look for loose ends: clauses without a place, values that nothing serves, drafts, days without a version."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.catalog.catalog import Catalog

__all__ = ["clause_without_place", "days_without_version", "drafts", "value_not_served"]


def clause_without_place(catalog: Catalog) -> Iterator[Finding]:
    """Every clause has a place in some contract type."""
    placed = {
        slot.clause
        for series in catalog.contract_types.values()
        for edition in series.editions
        for article in edition.content.articles
        for slot in article.clauses
    }
    for clause in catalog:
        if clause.id not in placed:
            yield Finding(
                "LINT060",
                Severity.WARNING,
                f"{clause.id} has no place in any contract type.",
                Where(clause.file),
                "List it in a contract type, or retire it.",
            )


def value_not_served(catalog: Catalog) -> Iterator[Finding]:
    """Every value of the framework is carried out by some clause, and every FE clause serves one."""
    served = {value for clause in catalog for version in clause.versions for value in version.front.serves}
    series = catalog.framework.get("values")
    for edition in series.editions[-1:] if series else ():
        for entry in getattr(edition.content, "entries", ()):
            if entry.id not in served:
                yield Finding(
                    "LINT070",
                    Severity.WARNING,
                    f"No clause serves the value {entry.id!r}.",
                    Where(edition.file),
                    "Name it under serves in the clause that carries it out.",
                )
    for clause in catalog:
        if clause.identity.family == "FE" and clause.versions and not clause.latest.front.serves:
            yield Finding(
                "LINT080",
                Severity.WARNING,
                f"{clause.id} serves no value of the framework.",
                Where(clause.latest.file),
                "Name the values it carries out under serves.",
            )


def drafts(catalog: Catalog) -> Iterator[Finding]:
    """What is not published is a draft."""
    for clause in catalog:
        for version in clause.versions:
            if not version.published:
                yield Finding(
                    "LINT090",
                    Severity.INFO,
                    f"{version.key} is a draft.",
                    Where(version.file),
                    "Publish it when it is ready: fe-contracts catalog publish.",
                )


def days_without_version(catalog: Catalog) -> Iterator[Finding]:
    """From its first day on a clause has a version for every day, until an entry retires it for good."""
    for clause in catalog:
        for earlier, later in pairwise(clause.versions):
            ends = earlier.expires
            first = earlier.effective if earlier.retires else ends and ends + dt.timedelta(days=1)
            if first is None or first >= later.effective:
                continue
            last = later.effective - dt.timedelta(days=1)
            yield Finding(
                "LINT150",
                Severity.WARNING,
                f"{clause.id} has no version from {first} to {last}: {earlier.number} has ended, "
                f"and {later.number} has not begun.",
                Where(later.file),
                "Let the later begin on the day after, or the earlier end later; a contract of those days fails.",
            )
        last_one = clause.versions[-1] if clause.versions else None
        if last_one is not None and last_one.expires is not None and not last_one.retires:
            yield Finding(
                "LINT150",
                Severity.WARNING,
                f"{clause.id} has no version after {last_one.expires}, and no entry retires it.",
                Where(last_one.file),
                "Write the version that follows, or an entry that retires the clause.",
            )

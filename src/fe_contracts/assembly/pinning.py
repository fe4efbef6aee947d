"""Look at a pinned version: whether its text may still change, and whether its own day would have chosen another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.exceptions import ClauseNotInForceError
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from fe_contracts.catalog import Clause, ClauseVersion

__all__ = ["pin_findings"]

_REMEDY = "Keep the pin only to make an earlier contract again; delete it to take the version in force."


def pin_findings(clause: Clause, version: ClauseVersion, field: str, day: dt.date, day_from: str) -> Iterator[Finding]:
    """Yield a warning for a pinned draft, or for a pinned version that is not the one in force on its day."""
    if not version.published:
        said = f"The pinned version {version.key} is a draft: its text may still change."
        remedy = "Publish it before anyone signs, or pin another."
        yield Finding("PIN030", Severity.WARNING, said, Where(field=field), remedy)
        return
    try:
        current = clause.in_force_on(day)
    except ClauseNotInForceError as error:
        said = f"{version.key} is pinned, and is not in force for the {day_from}. {error}"
        yield Finding("PIN020", Severity.WARNING, said, Where(field=field), _REMEDY)
        return
    if current.number != version.number:
        said = f"{version.key} is pinned; on the {day_from}, {day}, version {current.number} is in force."
        why = f" It says why: {current.front.reason}" if current.effective > version.effective else ""
        yield Finding("PIN020", Severity.WARNING, said + why, Where(field=field), _REMEDY)

"""Say of a contract which of its clause versions are not approved by every role that their families name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.catalog.approvals import unapproved_in_words
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fe_contracts.catalog import Catalog, ClauseVersion

__all__ = ["check_standing"]


def check_standing(catalog: Catalog, versions: Iterable[ClauseVersion]) -> Iterator[Finding]:
    """Yield one warning if any version that a contract uses is not approved, with how many and by whom not.

    And one if a requirement by which it is judged was edited and is not published again.
    """
    edited = [code for code, placed in catalog.requirements.items() if not placed.published]
    if edited:
        yield Finding(
            "LOCK050",
            Severity.WARNING,
            f"Edited and not published again: the requirements {', '.join(edited)}. The document is marked DRAFT.",
            Where(field="contract"),
            "Publish the library: 'fe-contracts catalog publish'.",
        )
    told = unapproved_in_words(catalog, versions)
    if told:
        yield Finding(
            "APPROVAL010",
            Severity.WARNING,
            f"{told} The document is marked DRAFT.",
            Where(field="contract"),
            "Have the roles decide, and record it: 'fe-contracts catalog approve'. The bundled library is approved by "
            "nobody; a city records its own approvals in a library of its own.",
        )

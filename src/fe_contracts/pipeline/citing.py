"""Look for law that no longer stands in any text: a city's own form, a policy, a paragraph in an e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.findings import Findings, Where

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from fe_contracts.catalog import Catalog

__all__ = ["stale_citations", "stale_citations_in"]


def stale_citations(text: str, day: dt.date, catalog: Catalog | None = None, *, file: str = "") -> Findings:
    """Return each citation of a text that did not stand on the day, and each that cannot be read, by line and column.

    The bundled library says what stood when, unless another catalog is given. Which day counts depends on the
    citation: give the award's for terms of a federal award, the day of the contract for the rest.
    """
    from fe_contracts.catalog import load_catalog
    from fe_contracts.catalog.citations import unreadable_citations, unreadable_finding
    from fe_contracts.catalog.stale import find_stale

    known = load_catalog() if catalog is None else catalog
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = [*find_stale(text, day, known.authorities, file)]
    for words, start in unreadable_citations(text):
        before = text[:start]
        where = Where(file, before.count("\n") + 1, start - before.rfind("\n"))
        found.append(unreadable_finding(words, where))
    return Findings(tuple(found), day, known.name)


def stale_citations_in(path: Path | str, day: dt.date, catalog: Catalog | None = None) -> Findings:
    """Return what `stale_citations` finds in a text file.

    Raises:
        SourceError: if the file is missing, too large, or no text in UTF-8.
    """
    from fe_contracts.sources import read_text

    return stale_citations(read_text(path), day, catalog, file=str(path))

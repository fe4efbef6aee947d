"""Lay out small contracts by hand: sections with a few words, on a library whose FE-04 has the versions of a test."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.compare.contract_pairs import catalog, side

from fe_contracts.catalog.clause import Clause
from fe_contracts.compare.contract_views import ContractView, Passage, Piece, Section

if TYPE_CHECKING:
    from fe_contracts.catalog import Catalog
    from fe_contracts.catalog.clause import ClauseVersion

__all__ = ["body", "laid_out", "library", "section"]


def library(*versions: ClauseVersion) -> Catalog:
    """Return the bundled library with these versions of FE-04 alone."""
    identity = catalog()["FE-04"].identity
    return replace(catalog(), clauses={**catalog().clauses, "FE-04": Clause(identity, versions, "clause.yaml")})


def body(*pieces: str | tuple[str, str], role: str = "body", label: str = "paragraph 1") -> Passage:
    """Return a paragraph: words, and values as their name and text."""
    made = (Piece(piece) if isinstance(piece, str) else Piece(piece[1], value=piece[0]) for piece in pieces)
    return Passage(tuple(made), role, label)


def section(version: str = "1.0.0", *passages: Passage, **more: Any) -> Section:
    """Return the section of FE-04."""
    given = {"instance": "FE-04", "clause_id": "FE-04", "number": "3.2", "title": "Counseling", "home": "services"}
    return Section(version=version, passages=passages, **{**given, **more})


def laid_out(*sections: Section, versions: tuple[ClauseVersion, ...] = (), **more: Any) -> ContractView:
    """Return a contract of these sections; without versions, one that comes with no library."""
    shelf = library(*versions) if versions else None
    return ContractView(side("a.docx"), sections, **{"printed": {}, "catalog": shelf, **more})

"""Compare: what changed between two versions of a clause, and how much it weighs. Pure: nothing is read or written."""

from __future__ import annotations

from fe_contracts.compare.changes import Bump, ChangeKind, ClauseChange, bump_between, greatest, next_number
from fe_contracts.compare.clauses import differences, language_of, least_bump
from fe_contracts.compare.libraries import (
    LibraryDifference,
    VersionDifference,
    compare_libraries,
    compare_versions,
)
from fe_contracts.compare.words import Language

__all__ = [
    "Bump",
    "ChangeKind",
    "ClauseChange",
    "Language",
    "LibraryDifference",
    "VersionDifference",
    "bump_between",
    "compare_libraries",
    "compare_versions",
    "differences",
    "greatest",
    "language_of",
    "least_bump",
    "next_number",
]

"""Compare: two versions of a clause, two contracts, two documents. Pure: nothing is read or written.

Names are loaded when first asked for: who compares two documents needs no clause library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_HOMES = {
    "Bump": "changes",
    "ChangeKind": "changes",
    "ClauseChange": "changes",
    "Language": "words",
    "LibraryDifference": "libraries",
    "VersionDifference": "libraries",
    "bump_between": "changes",
    "compare_libraries": "libraries",
    "compare_versions": "libraries",
    "differences": "clauses",
    "greatest": "changes",
    "language_of": "clauses",
    "least_bump": "clauses",
    "next_number": "changes",
}
"""The modules that the names are loaded from."""


def __getattr__(name: str) -> Any:
    """Return a name that is loaded when first asked for.

    Raises:
        AttributeError: if the package has no such name.
    """
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found

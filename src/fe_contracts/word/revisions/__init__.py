"""Know tracked changes: resolve those of a file, and write those between two files.

Nothing here knows contracts or the clause library: any Word file will do. Names are loaded when first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fe_contracts.word.revisions.editable import EditablePackage
    from fe_contracts.word.revisions.redlining import Existing, Redline, redline
    from fe_contracts.word.revisions.resolving import Resolved, accept_changes, reject_changes

__all__ = ["EditablePackage", "Existing", "Redline", "Resolved", "accept_changes", "redline", "reject_changes"]

_HOMES = {
    "EditablePackage": "editable",
    "Existing": "redlining",
    "Redline": "redlining",
    "Resolved": "resolving",
    "accept_changes": "resolving",
    "redline": "redlining",
    "reject_changes": "resolving",
}


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

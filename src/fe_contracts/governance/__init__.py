"""Publishing and approval of clause versions.

Each name is imported when it is first asked for: assembling a contract asks who stands by its versions, and needs
neither publishing nor comparing for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fe_contracts.governance.approving import Decision, RecordedApprovals, approve
    from fe_contracts.governance.drafting import Draft, new_clause, next_version
    from fe_contracts.governance.publishing import Publication, PublishedVersion, publish
    from fe_contracts.governance.standing import check_standing

__all__ = [
    "Decision",
    "Draft",
    "Publication",
    "PublishedVersion",
    "RecordedApprovals",
    "approve",
    "check_standing",
    "new_clause",
    "next_version",
    "publish",
]

_HOMES = {
    "approving": ("Decision", "RecordedApprovals", "approve"),
    "drafting": ("Draft", "new_clause", "next_version"),
    "publishing": ("Publication", "PublishedVersion", "publish"),
    "standing": ("check_standing",),
}


def _load(name: str) -> Any:
    """Return the name from its module.

    Raises:
        AttributeError: if there is no such name.
    """
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


if not TYPE_CHECKING:  # else a type checker would believe any name to be here
    __getattr__ = _load

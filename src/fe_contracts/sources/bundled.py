"""Find the data that comes with the program: in the installed package, else in the checkout."""

from __future__ import annotations

from pathlib import Path

from fe_contracts.exceptions import SourceError

__all__ = ["bundled"]

_PACKAGE = Path(__file__).resolve().parent.parent
# A wheel carries the folders inside the package; a checkout or an editable install has them beside src/.
_HOMES = (_PACKAGE / "_bundled", _PACKAGE.parent.parent)


def bundled(name: str) -> Path:
    """Return the folder of the bundled data named `clause_library`, `schemas` or `examples`.

    Raises:
        SourceError: if the installation holds no such folder.
    """
    for home in _HOMES:
        if (home / name).is_dir():
            return home / name
    from fe_contracts.findings import Finding, Severity, Where

    message = f"This installation does not hold the folder {name!r}."
    looked = " and ".join(str(home) for home in _HOMES)
    remedy = f"Install fe-contracts again, or run it from a complete checkout (looked in {looked})."
    raise SourceError(name, [Finding("SOURCE018", Severity.ERROR, message, Where(name), remedy)])

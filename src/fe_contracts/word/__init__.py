"""Write, read and check Word files: the only code that knows OOXML."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fe_contracts.word.house_style import HouseStyle, load_house_style
    from fe_contracts.word.inspection import FoundBy, FoundClause, FoundValue, Inspection
    from fe_contracts.word.linting import lint
    from fe_contracts.word.package import Limits, Package, read_package
    from fe_contracts.word.pdf import to_pdf
    from fe_contracts.word.reader import inspect
    from fe_contracts.word.starter import starter_house_style
    from fe_contracts.word.writer import write

__all__ = [
    "FoundBy",
    "FoundClause",
    "FoundValue",
    "HouseStyle",
    "Inspection",
    "Limits",
    "Package",
    "inspect",
    "lint",
    "load_house_style",
    "read_package",
    "starter_house_style",
    "to_pdf",
    "write",
]

_HOMES = {
    "FoundBy": "inspection",
    "FoundClause": "inspection",
    "FoundValue": "inspection",
    "HouseStyle": "house_style",
    "Inspection": "inspection",
    "Limits": "package",
    "Package": "package",
    "inspect": "reader",
    "lint": "linting",
    "load_house_style": "house_style",
    "read_package": "package",
    "starter_house_style": "starter",
    "to_pdf": "pdf",
    "write": "writer",
}
"""The modules that the names are loaded from when first asked for: reading and redlining need no template engine."""


def __getattr__(name: str) -> Any:
    """Return a name that is loaded when first asked for.

    Raises:
        AttributeError: if the package has no such name.
    """
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found  # a module of the same name, such as lint, is put there by its import
    return found

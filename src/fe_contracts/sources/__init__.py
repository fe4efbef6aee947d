"""Bring files in and out: YAML, JSON and tables with places, size limits, atomic writing, the bundled data.

This layer knows no clause and no contract: models are handed to it by the layers above. Tables and what is laid over
a base spec stand in modules of their own, `tables` and `overlays`, which one contract does not need.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from fe_contracts.sources.bundled import bundled  # here, or its module would hide it once imported

if TYPE_CHECKING:
    from fe_contracts.sources.checking import checked, problems_of, try_checked
    from fe_contracts.sources.loaded import Loaded, Path_, digest_of, field_name
    from fe_contracts.sources.reading import parse_json, parse_yaml, read_bytes, read_data, read_text
    from fe_contracts.sources.writing import write_atomic

__all__ = [
    "Loaded",
    "Path_",
    "bundled",
    "checked",
    "digest_of",
    "field_name",
    "parse_json",
    "parse_yaml",
    "problems_of",
    "read_bytes",
    "read_data",
    "read_text",
    "try_checked",
    "write_atomic",
]

_HOMES = {
    "Loaded": "loaded",
    "Path_": "loaded",
    "checked": "checking",
    "digest_of": "loaded",
    "field_name": "loaded",
    "parse_json": "reading",
    "parse_yaml": "reading",
    "problems_of": "checking",
    "read_bytes": "reading",
    "read_data": "reading",
    "read_text": "reading",
    "try_checked": "checking",
    "write_atomic": "writing",
}
"""The modules that the names are loaded from when first asked for: who writes a file need not read YAML."""


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

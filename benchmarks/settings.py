"""Give every measurement the same surroundings: a cache folder of its own, and the example it works on."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PILOT", "cache_at", "command", "compiled", "workplace"]

PILOT = Path(__file__).resolve().parent.parent / "examples" / "pilot.yaml"
"""The contract that is measured."""

_CACHE = "FE_CONTRACTS_CACHE"


@contextmanager
def cache_at(place: str) -> Iterator[None]:
    """Let the catalog's cache stand in a folder, or be `off`, here and in the processes started from here."""
    before = os.environ.get(_CACHE)
    os.environ[_CACHE] = place
    try:
        yield
    finally:
        if before is None:
            del os.environ[_CACHE]
        else:
            os.environ[_CACHE] = before


@contextmanager
def workplace() -> Iterator[Path]:
    """Give a folder for one measurement, with an empty cache in it; nothing of the user's is touched."""
    with TemporaryDirectory(prefix="fe-contracts-benchmark-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with cache_at(str(folder / "cache")):
            yield folder


def compiled(folder: Path) -> dict[str, str]:
    """Return an environment in which Python keeps compiled modules, as pip leaves them; it keeps them in the folder."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "pycache")}


def command() -> Path:
    """Return the installed command.

    Raises:
        FileNotFoundError: if the program is not installed for this Python.
    """
    for name in ("fe-contracts", "fe-contracts.exe"):
        path = Path(sys.executable).parent / name
        if path.is_file():
            return path
    message = f"fe-contracts is not installed beside {sys.executable}: run pip install --editable . first."
    raise FileNotFoundError(message)

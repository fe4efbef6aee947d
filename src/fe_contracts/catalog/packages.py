"""Find a library by what names it: a folder, the bundled one, or a catalog that an installed package brings."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fe_contracts.exceptions import CatalogError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.sources import bundled

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["BUNDLED", "GROUP", "PACKAGE", "base_folder", "holds_library", "library_folder"]

GROUP = "fe_contracts.catalogs"
"""The entry point group under which a package registers a catalog: a folder, or a function that returns one."""

PACKAGE = "package:"
"""What the name of an installed catalog begins with."""

BUNDLED = "bundled"
"""What the bundled library is called in `extends`."""


def _refused(source: str, message: str, remedy: str) -> CatalogError:
    return CatalogError(source, [Finding("OVERLAY010", Severity.ERROR, message, Where(source), remedy)])


def _entry(name: str) -> EntryPoint:
    """Return the entry point of an installed catalog.

    Raises:
        CatalogError: if no installed package, or more than one, brings a catalog of that name.
    """
    from importlib.metadata import entry_points  # slow, and only asked for by name

    every = entry_points(group=GROUP)
    found = {entry.value: entry for entry in every if entry.name == name}
    if len(found) > 1:
        message = f"Several packages bring a catalog {name!r}: {', '.join(sorted(found))}."
        raise _refused(PACKAGE + name, message, "Uninstall all but one of them.")
    if not found:
        known = ", ".join(sorted({entry.name for entry in every})) or "none"
        message = f"No installed package brings a catalog {name!r}."
        raise _refused(PACKAGE + name, message, f"Install it, or correct the name; installed catalogs: {known}.")
    return next(iter(found.values()))


def _installed(name: str) -> Path:
    """Return the folder that a package's entry point names.

    Raises:
        CatalogError: if it cannot be imported, raises, or names no folder.
    """
    entry = _entry(name)
    try:
        home: Any = entry.load()
        home = home() if callable(home) else home
    except Exception as error:  # a stranger's code may raise anything
        message = f"The package's entry point {entry.value!r} failed: {type(error).__name__}: {error}"
        raise _refused(PACKAGE + name, message, "Install a version of the package that works.") from error
    try:
        folder = Path(home)
    except TypeError:
        message = f"The entry point {entry.value!r} gives {type(home).__name__}, which is no folder on disk."
        remedy = "Let it give a pathlib.Path, such as Path(__file__).parent / 'catalog'."
        raise _refused(PACKAGE + name, message, remedy) from None
    if not holds_library(folder):
        message = f"The entry point {entry.value!r} names a folder without library.yaml."
        raise _refused(PACKAGE + name, message, "Install a version of the package that holds its data.")
    return folder


def holds_library(folder: Path) -> bool:
    """Return whether a folder is there and holds a library.yaml."""
    try:
        return (folder / "library.yaml").is_file()
    except OSError:  # a name that no file can have, or a place that nobody may look at
        return False


def library_folder(source: Path | str | None, beside: Path | None = None) -> Path:
    """Return the folder of a library; a relative one is seen from the folder `beside`, or the working folder.

    Raises:
        CatalogError: if it names a package's catalog that is not there.
    """
    if source is None or (beside is not None and str(source) == BUNDLED):
        return bundled("clause_library")
    if str(source).startswith(PACKAGE):
        return _installed(str(source).removeprefix(PACKAGE))
    return Path(source) if beside is None else Path(os.path.normpath(beside / source))  # no `city/../base` in messages


def base_folder(extends: str, above: tuple[Path, ...], where: Where) -> Path:
    """Return the folder of the library that an overlay stands on; `where` is the line that says so.

    `above` are the overlays that stand on each other, the last of them the one that asks.

    Raises:
        CatalogError: if it is not there, or stands on one of them in turn.
    """
    overlay = str(above[-1])
    try:
        folder = library_folder(extends, beside=Path(where.file).parent)
    except CatalogError as error:
        raise CatalogError(overlay, [replace(item, where=where) for item in error.problems]) from error
    if not holds_library(folder):
        message = f"It extends {extends!r}, and there is no library.yaml in {folder}."
        remedy = "Name a library's folder as seen from this one, `bundled`, or `package:NAME`."
        raise CatalogError(overlay, [Finding("OVERLAY010", Severity.ERROR, message, where, remedy)])
    below = folder.resolve()
    if below in above:
        names = " extends ".join(item.name for item in (*above[above.index(below) :], below))
        remedy = "Let the lowest of them extend `bundled`, or nothing."
        message = f"The library stands on itself: {names}."
        raise CatalogError(overlay, [Finding("OVERLAY020", Severity.ERROR, message, where, remedy)])
    return folder

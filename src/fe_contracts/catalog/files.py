"""Find and read the files of a library's folder: bytes and digests, nothing parsed."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fe_contracts.catalog.digests import digest_of_text
from fe_contracts.catalog.lock import LOCK_NAME
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["LibraryFile", "read_library"]

_LIMIT = 1_000_000
_USUAL = 65_536
_VERSION = r"(?P<number>(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*))"
_KINDS = (  # the most frequent first
    ("version", re.compile(rf"clauses/(?P<family>[A-Z]+)/(?P<name>(?P=family)-\d+)/{_VERSION}\.md")),
    ("identity", re.compile(r"clauses/(?P<family>[A-Z]+)/(?P<name>(?P=family)-\d+)/clause\.yaml")),
    ("requirement", re.compile(r"requirements/(?P<family>[A-Z]+)/(?P<name>(?P=family)\d{3})\.yaml")),
    ("approvals", re.compile(r"clauses/(?P<family>[A-Z]+)/(?P<name>(?P=family)-\d+)/approvals\.yaml")),
    ("adjustments", re.compile(r"clauses/(?P<family>[A-Z]+)/(?P<name>(?P=family)-\d+)/adjust\.yaml")),
    ("authorities", re.compile(r"citations\.yaml")),
    ("library", re.compile(r"library\.yaml")),
    ("lock", re.compile(re.escape(LOCK_NAME))),
    ("contract_type", re.compile(rf"contract_types/(?P<name>[a-z_]+)/{_VERSION}\.yaml")),
    ("placements", re.compile(r"contract_types/(?P<name>[a-z_]+)/placements\.yaml")),
    ("instrument", re.compile(rf"instruments/(?P<name>amendment)/{_VERSION}\.yaml")),
    ("framework", re.compile(rf"framework/(?P<name>vision|values|assumptions|glossary)/{_VERSION}\.yaml")),
)
_OTHERS = re.compile(r".*README\.md")
_ALONE = ("library.yaml", LOCK_NAME, "citations.yaml")
_DEEPEST = 6
"""How far below its folder a library's files are looked for; they stand three deep."""
_FOLDERS = ("clauses", "contract_types", "framework", "instruments", "requirements")


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """A file of the library: what it is by its place, and what it holds."""

    kind: str
    """library, lock, authorities, identity, version, approvals, adjustments, contract_type, placements, framework,
    instrument or requirement."""
    name: str
    """The clause id, contract type, part of the framework or rule code; empty for the library's own files."""
    number: str
    """The version, where it is one."""
    path: str
    raw: bytes
    digest: str


def _below(folder: str, relative: str, problems: list[Finding]) -> Iterator[tuple[str, str]]:
    """Yield the relative and the whole path of every file below a folder, hidden ones left out."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((entry.name, entry.path, entry.is_dir()) for entry in found)
    except OSError as error:  # it may not be read, or a link leads back to where it stands
        problems.append(_unreadable("folder", error, folder))
        return
    for name, path, is_folder in entries:
        here = f"{relative}/{name}"
        if name.startswith("."):
            continue
        if is_folder and here.count("/") < _DEEPEST:
            yield from _below(path, here, problems)
        else:
            yield here, path


def _candidates(folder: Path, problems: list[Finding]) -> Iterator[tuple[str, str]]:
    for name in _ALONE:
        if (folder / name).is_file():
            yield name, str(folder / name)
    for name in _FOLDERS:
        if (folder / name).is_dir():
            yield from _below(str(folder / name), name, problems)


def _unreadable(what: str, error: OSError, path: str) -> Finding:
    message = f"The {what} cannot be read: {error.strerror}."
    return Finding(
        "CATALOG025", Severity.ERROR, message, Where(path), "Check that it is there and that you may read it."
    )


def read_library(folder: Path) -> tuple[list[LibraryFile], list[Finding]]:
    """Return every file of the library with its digest, and a problem for each that does not belong."""
    files: list[LibraryFile] = []
    problems: list[Finding] = []
    for relative, path in _candidates(folder, problems):
        matches = ((kind, pattern.fullmatch(relative)) for kind, pattern in _KINDS)
        kind, match = next((found for found in matches if found[1]), ("", None))
        if match is None:
            if not _OTHERS.fullmatch(relative):
                problems.append(
                    Finding(
                        "CATALOG010",
                        Severity.ERROR,
                        "The file has no place in a library.",
                        Where(path),
                        "Name it clause.yaml or 1.2.3.md in its clause's folder, or move it elsewhere.",
                    )
                )
            continue
        try:
            with open(path, "rb") as stream:  # noqa: PTH123 - thousands of files: plain open takes half the time
                raw = stream.read(_USUAL)  # room for a whole million bytes would cost more than the reading
                if len(raw) == _USUAL:
                    raw += stream.read(_LIMIT + 1 - _USUAL)
        except OSError as error:
            problems.append(_unreadable("file", error, path))
            continue
        if len(raw) > _LIMIT:
            problems.append(
                Finding(
                    "CATALOG020",
                    Severity.ERROR,
                    f"The file holds more than {_LIMIT:,} bytes.",
                    Where(path),
                    "Shorten it; no clause is that long.",
                )
            )
            continue
        parts = match.groupdict()
        files.append(
            LibraryFile(kind, parts.get("name") or "", parts.get("number") or "", path, raw, digest_of_text(raw))
        )
    return files, problems

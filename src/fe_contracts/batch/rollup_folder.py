"""Find what a folder of contracts and reports holds, and on which day each report came."""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.performance.rollup.history import Arrival
from fe_contracts.performance.rollup.rollup import SkippedFile
from fe_contracts.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.batch.packing import PackedReport

__all__ = ["RECEIVED", "FolderFiles", "day_in_name", "files_in"]

RECEIVED = "received.csv"
"""The table that says when each file came: columns file and received."""

_SPECS = frozenset({".yaml", ".yml"})
_READ = frozenset({".xlsx", ".csv", ".tsv", ".json"})
_NO_REPORT = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".numbers"})
"""Endings of spreadsheets that an agency may have sent by mistake: read, so that they are refused by name."""
_DAY = re.compile(r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")


@dataclass
class FolderFiles:
    """The files of a folder, by the path from it."""

    root: Path
    may_be_read: list[str] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)
    received: dict[str, dt.date] = field(default_factory=dict)
    """The days that tables give, by file."""
    findings: list[Finding] = field(default_factory=list)

    def arrival_of(self, report: PackedReport) -> Arrival:
        """Return a report as it came: on which day, and what says so: a table, else the file's name, else its folder's.

        A day in a name that lies within the report's period says which period it is, and not when it came.
        """
        day, by = self.received.get(report.name), RECEIVED
        if day is None:
            day, by = self._named(report)
        return Arrival(report.name, report.digest, day, by if day else "", report.modified)

    def _named(self, report: PackedReport) -> tuple[dt.date | None, str]:
        path, number = Path(report.name), report.identity.get("contract", "").strip()
        for part in (path.stem, *reversed(path.parts[:-1])):
            day = day_in_name(_without(part, number))
            if day is not None and day.isoformat() > report.identity.get("end", ""):
                return day, "file name" if part == path.stem else "folder name"
        return None, ""


def _without(text: str, number: str) -> str:
    """Return a name without the contract's number, whose digits may look like a day."""
    return re.sub(re.escape(number), " ", text, flags=re.IGNORECASE) if number else text


def day_in_name(text: str) -> dt.date | None:
    """Return the last day that stands in a name, such as 2027-04-28 or 20270428."""
    for found in reversed(_DAY.findall(text)):
        try:
            return dt.date(*map(int, found))
        except ValueError:
            continue
    return None


def files_in(root: Path) -> FolderFiles:
    """Return the files anywhere below a folder, in order; links are not followed, hidden files are passed by.

    Raises:
        SourceError: if it is no folder.
    """
    if not root.is_dir():
        said = "This is no folder." if root.exists() else "There is no such folder."
        remedy = "Name the folder that holds the contracts and the reports."
        raise SourceError(str(root), [Finding("ROLLUP013", Severity.ERROR, said, Where(str(root)), remedy)])
    found = FolderFiles(root)
    tables = []
    for path in _walk(root):
        name = path.relative_to(root).as_posix()
        suffix = path.suffix.lower()
        if not _is_text(name):
            said = "The name of this file is no text in UTF-8. It is left out."
            shown = name.encode(errors="surrogateescape").decode(errors="replace")
            found.findings.append(Finding("ROLLUP003", Severity.ERROR, said, Where(shown), "Rename the file."))
        elif path.is_symlink():
            found.skipped.append(SkippedFile(name, "a link to another place"))
        elif path.name.casefold() == RECEIVED:
            tables.append(name)
        elif suffix in _SPECS | _READ | _NO_REPORT:
            found.may_be_read.append(name)
        else:
            found.skipped.append(SkippedFile(name, f"a {suffix} file" if suffix else "a file without an ending"))
    for name in tables:
        _read_days(found, name)
    return found


def _walk(root: Path) -> Iterator[Path]:
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if not name.startswith("."))
        yield from (path for name in below if (path := Path(folder, name)).is_symlink())  # told, never followed
        for name in sorted(names):
            if not name.startswith((".", "~$")):
                yield Path(folder, name)


def _is_text(name: str) -> bool:
    """Return whether a file's name can be written down: some systems let it be any bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_days(found: FolderFiles, table: str) -> None:
    """Take the days from one table; a row that names no file or no day becomes a finding."""
    known = set(found.may_be_read)
    try:
        rows = read_table(found.root / table)
    except SourceError as error:
        found.findings += (replace(item, where=replace(item.where, file=table)) for item in error.problems)
        return
    for row in rows:
        cells = {heading.strip().casefold(): value.strip() for heading, value in row.cells.items()}
        said, day = cells.get("file", ""), _day(cells.get("received", ""))
        name = (Path(table).parent / said.replace("\\", "/")).as_posix() if said else ""
        before = found.received.get(name, day)
        if day is None or name not in known or before != day:
            why = f"gives another day than {before}, which stands for {said!r} already"
            if day is None:
                why = "gives no day such as 2027-04-28"
            if name not in known:
                why = f"names {said!r}, which is not there"
            found.findings.append(
                Finding(
                    "ROLLUP007",
                    Severity.WARNING,
                    f"This row {why}. It is passed by.",
                    Where(table, row.number),
                    "Write each file's path from this table under 'file', and the day it came under 'received'.",
                )
            )
            continue
        found.received[name] = day


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None

"""Remember what was read from unchanged library files, so that the next process need not read it again.

One SQLite file in the user's cache folder (`FE_CONTRACTS_CACHE` names another folder, or `off`). It holds
front matter as JSON under the digest of the file it came from: never code, never pickles. Losing it costs
time and nothing else, so every fault here means *no cache*, not an error.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["CACHE_VARIABLE", "Cache", "cache_folder"]

CACHE_VARIABLE = "FE_CONTRACTS_CACHE"
"""The environment variable that moves the cache or turns it off."""

_FORMAT = "3"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, brief TEXT NOT NULL, data TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sound (digest TEXT PRIMARY KEY) WITHOUT ROWID;
"""


def _code_mark() -> int:
    """Return a number that changes with the code that reads and checks a library.

    What an older code found sound may not be so for a newer one, and a developer's version number stands still.
    """
    folder = Path(__file__).parent
    found = []
    for name in (folder, folder.parent / "model"):
        with suppress(OSError), os.scandir(name) as entries:
            stats = ((entry.name, entry.stat()) for entry in entries if entry.name.endswith(".py"))
            found += sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)
    return zlib.crc32(repr(found).encode()) & 0x7FFFFFFF


def cache_folder() -> Path | None:
    """Return the folder the cache stands in, or `None` where it is turned off."""
    named = os.environ.get(CACHE_VARIABLE, "")
    if named.lower() in {"off", "0", "no"}:
        return None
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("fe-contracts", appauthor=False)


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the tables ready, and empty them if other code filled them."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
    connection.executescript(_SCHEMA)
    mark = _code_mark()
    if connection.execute("PRAGMA user_version").fetchone()[0] != mark:
        connection.execute("DELETE FROM entry")
        connection.execute("DELETE FROM sound")
        connection.execute(f"PRAGMA user_version = {mark}")


class Cache:
    """Entries by key: a brief for the index, and the whole for when it is wanted."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection
        if connection is not None:
            weakref.finalize(self, connection.close)

    @classmethod
    def open(cls, engine: str) -> Self:
        """Return the cache of this engine version, or one that remembers nothing."""
        folder = cache_folder()
        if folder is None:
            return cls(None)
        file = folder / f"catalog-{_FORMAT}-{engine}.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(file, timeout=1.0, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.Error):
            return cls(None)
        try:
            _prepare(connection)
        except sqlite3.Error as error:
            connection.close()
            if not isinstance(error, sqlite3.OperationalError):  # no database at all: the next process begins anew
                with suppress(OSError):
                    file.unlink()
            return cls(None)
        return cls(connection)

    def briefs(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the briefs that are known, by key."""
        wanted = set(keys)
        if self._connection is None:
            return {}
        try:
            if len(wanted) > 200:
                rows = self._connection.execute("SELECT key, brief FROM entry").fetchall()
            else:
                marks = ",".join("?" * len(wanted))
                rows = self._connection.execute(
                    f"SELECT key, brief FROM entry WHERE key IN ({marks})",  # noqa: S608 - only question marks
                    tuple(wanted),
                ).fetchall()
        except sqlite3.Error:
            return {}
        return {key: brief for key, brief in rows if key in wanted}

    def data(self, key: str) -> str | None:
        """Return the whole entry, or `None` if it is not known."""
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT data FROM entry WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return None if row is None else str(row[0])

    def is_sound(self, digest: str) -> bool:
        """Return whether a library of this digest was checked whole and nothing was found."""
        if self._connection is None:
            return False
        with suppress(sqlite3.Error):
            return self._connection.execute("SELECT 1 FROM sound WHERE digest = ?", (digest,)).fetchone() is not None
        return False

    def remember(self, entries: Mapping[str, tuple[str, str]], sound: str | None) -> None:
        """Keep entries (brief and data by key) and that the library of a digest is sound."""
        if self._connection is None or (not entries and sound is None):
            return
        with suppress(sqlite3.Error):
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(
                "INSERT OR REPLACE INTO entry VALUES (?, ?, ?)",
                [(key, brief, data) for key, (brief, data) in entries.items()],
            )
            if sound is not None:
                self._connection.execute("INSERT OR IGNORE INTO sound VALUES (?)", (sound,))
            self._connection.execute("COMMIT")

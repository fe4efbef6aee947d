"""Compare two Word files and draw what changed as tracked changes, in the package of the new one."""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from fe_contracts.exceptions import UnsafeFileError
from fe_contracts.word.revisions.comparing import Comparison
from fe_contracts.word.revisions.editable import EditablePackage
from fe_contracts.word.revisions.noting import note
from fe_contracts.word.revisions.story import StrayTextError, first_stray
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.findings import Finding

__all__ = ["AUTHOR", "DATE", "Existing", "Redline", "redline"]

AUTHOR: Final = "fe-contracts"
DATE: Final = "2000-01-01T00:00:00Z"
"""No clock is read: the same two files give the same redline on any day."""


_SIGNS: Final = (b":author=", b":author =", b"numberingChange", b"tblGridChange")
_MARK: Final = re.compile(rb":(?:ins|del|moveFrom|moveTo)[ />]")
"""What a part with tracked changes holds, some without an author: whoever has none need not be read twice."""
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_NOT_IN_XML: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


_STRAYED: Final = "Text stands where the format has no place for it (in 'w:{}'); no change can be tracked there."
_SAVE_AGAIN: Final = "Open the file in Word or LibreOffice, and save it again."


class Existing(StrEnum):
    """What to do with tracked changes that a file holds already."""

    REFUSE = "refuse"
    ACCEPT = "accept"
    REJECT = "reject"
    KEEP = "keep"


class Redline(NamedTuple):
    """A redline: the new document with every change from the old one tracked."""

    counts: Mapping[str, int]
    """How many changes of each kind are tracked."""
    notes: tuple[Finding, ...]
    """What could not be tracked, and what was done about it."""
    package: EditablePackage

    @property
    def same(self) -> bool:
        """Return whether there was nothing to track."""
        return not any(self.counts.values())

    def to_bytes(self) -> bytes:
        """Return the Word file."""
        return self.package.to_bytes()

    def save(self, path: Path | str, *, overwrite: bool = False) -> Path:
        """Write the Word file and return its path; an existing file is kept unless told otherwise.

        Raises:
            OutputError: if it cannot be written; nothing is left half written.
        """
        from fe_contracts.sources.writing import write_atomic

        target = Path(path)
        write_atomic(target, self.to_bytes(), overwrite=overwrite)
        return target

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as plain data for `--format json`."""
        return {
            "same": self.same,
            "counts": {kind: count for kind, count in self.counts.items() if count},
            "notes": [note.to_dict() for note in self.notes],
        }


def redline(
    old: Path | str | bytes,
    new: Path | str | bytes,
    *,
    author: str = AUTHOR,
    date: str = DATE,
    existing: Existing | str = Existing.REFUSE,
) -> Redline:
    """Return the new document with every change from the old one as a tracked change.

    Rejecting all changes gives the old document back, accepting all gives the new one. `author` and `date` (in the
    form 2027-01-31T00:00:00Z) stand in every change. A file that holds tracked changes already is refused, unless
    `existing` says to accept or reject them first, or to keep those of the new file: then ours are what it changed
    without a mark.

    Raises:
        SourceError: if a file cannot be read.
        UnsafeFileError: if a file is not safe to open, no Word file, or holds tracked changes that nobody decided on.
        ValueError: if the author or the date cannot stand in a Word file.
    """
    if not author.strip() or _NOT_IN_XML.search(author):
        msg = f"The author {author!r} cannot stand in a Word file: give a name of one line without control characters."
        raise ValueError(msg)
    if not _DATE.fullmatch(date) or not _is_moment(date):
        msg = f"The date {date!r} cannot stand in a Word file: give it in the form 2027-01-31T00:00:00Z."
        raise ValueError(msg)
    with _unswept():
        return _drawn(old, new, author, date, Existing(existing))


def _is_moment(date: str) -> bool:
    """Return whether there is such a day and hour."""
    from datetime import datetime

    try:
        datetime.fromisoformat(date)
    except ValueError:
        return False
    return True


@contextmanager
def _unswept() -> Iterator[None]:
    """Stop looking for garbage meanwhile: nearly all that a comparison makes lives until it ends, and nothing leaks."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _drawn(old: Path | str | bytes, new: Path | str | bytes, author: str, date: str, choice: Existing) -> Redline:
    before = EditablePackage.open(old, name="" if not isinstance(old, bytes) else "the old file")
    after = EditablePackage.open(new, name="" if not isinstance(new, bytes) else "the new file")
    _settle(before, Existing.REJECT if choice is Existing.KEEP else choice)
    if choice is not Existing.KEEP:
        _settle(after, choice)
    for package in (before, after):
        if package.tree(package.main).find(w("body")) is None:
            raise _refused(package, "FILE027", "The file has no body.", "Open it in Word and save it again.")
    if before.parts == after.parts:  # and what was tracked in them is accepted or rejected in both
        return Redline({}, (*before.notes, *after.notes), after)
    comparison = Comparison(before, after, author, date)
    try:
        comparison.draw()
    except StrayTextError as error:
        raise _strayed(before, after, error) from error
    counts, notes = comparison.marker.counts, comparison.all_notes()
    comparison.release()
    return Redline(counts, (*before.notes, *after.notes, *notes), after)


def _may_track(part: bytes) -> bool:
    """Say whether a part may hold tracked changes: it has a sign of them, or is in an encoding of two bytes."""
    if _MARK.search(part) or (b"\0" in part[:4] and b"<" in part[:4]):
        return True
    return any(sign in part for sign in _SIGNS)


def _settle(package: EditablePackage, choice: Existing) -> None:
    """Accept, reject or refuse what is tracked already.

    Raises:
        UnsafeFileError: if it is to be refused.
    """
    if not any(_may_track(data) for data in package.parts.values()):
        return
    from fe_contracts.word.revisions.resolving import Side, resolve, tracked

    found = tracked(package)
    if not found:
        return
    if choice is Existing.REFUSE:
        total = sum(found.values())
        raise _refused(
            package,
            "REDLINE010",
            f"The file holds {total:,} tracked change{'' if total == 1 else 's'} already.",
            "Say what to do with them: --existing accept, reject or keep.",
        )
    resolve(package, Side.REJECT if choice is Existing.REJECT else Side.ACCEPT)


def _refused(package: EditablePackage, code: str, message: str, remedy: str, part: str = "") -> UnsafeFileError:
    problem = note(code, "error", message, remedy, file=package.name, part=part or package.main)
    return UnsafeFileError(package.name, [problem])


def _strayed(before: EditablePackage, after: EditablePackage, error: StrayTextError) -> UnsafeFileError:
    """Return the refusal of the file in which text stands where no change can be tracked, with the part."""
    for package in (before, after):  # the old one is as it was read
        for part in package.stories():
            found = first_stray(package.tree(part))
            if found is not None:
                return _refused(package, "REDLINE011", _STRAYED.format(found), _SAVE_AGAIN, part)
    return _refused(after, "REDLINE011", _STRAYED.format(error), _SAVE_AGAIN)

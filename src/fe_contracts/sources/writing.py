"""Write files so that no one ever finds half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from fe_contracts.exceptions import OutputError

__all__ = ["write_atomic"]

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


def write_atomic(path: Path | str, content: bytes, *, overwrite: bool) -> None:
    """Write the content under the name, wholly or not at all; keep what stands there unless told otherwise.

    Raises:
        OutputError: if the file exists, the folder is missing or closed to us, the disk is full, or another
            program holds the file open.
    """
    target = Path(path)
    _refuse(target, overwrite=overwrite)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _output_error(target, error) from None
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(_mode_of(target))
        if overwrite:
            unfinished.replace(target)
        else:
            _put_where_nothing_is(unfinished, target)
    except OSError as error:
        raise _output_error(target, error) from None
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _refuse(target: Path, *, overwrite: bool) -> None:
    """Raise if it is plain before any writing that the output cannot stand there."""
    if "\0" in str(target):
        raise OutputError(repr(str(target)), "This is no name for a file.", "Name another.")
    try:
        if target.is_dir():
            raise OutputError(target, "This is a folder.", "Name a file in it.")
        if not overwrite and os.path.lexists(target):
            raise _exists(target)
        if not target.parent.is_dir():
            why = f"There is no folder {target.parent}."
            raise OutputError(target, why, "Make the folder first, or name another.")
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        raise _output_error(target, error) from None


def _exists(target: Path) -> OutputError:
    return OutputError(
        target,
        "The file exists and was kept.",
        "Give another name, or say that it may be overwritten: --force, in Python overwrite=True.",
    )


def _put_where_nothing_is(unfinished: Path, target: Path) -> None:
    """Give the finished file its name unless somebody took the name in the meantime."""
    try:
        os.link(unfinished, target)  # fails where the name is taken; replace would not
    except FileExistsError:
        raise _exists(target) from None
    except OSError:  # a file system without links
        unfinished.replace(target)


def _mode_of(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those the user gives to new files."""
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _output_error(target: Path, error: OSError) -> OutputError:
    """Return what happened and what to do about it."""
    if isinstance(error, OutputError):
        return error
    if error.errno in _NO_SPACE:
        why, remedy = "There is no space left on the disk.", "Free some space, or name another folder."
    elif isinstance(error, PermissionError):
        why = "The file or its folder cannot be written."
        remedy = "If it is open in Word, close it there; otherwise check the folder's permissions."
    elif error.errno == errno.ENAMETOOLONG:
        why, remedy = "The name is too long.", "Give a shorter one."
    elif error.errno == errno.EROFS:
        why, remedy = "The disk is read-only.", "Name a folder that can be written."
    else:
        why, remedy = f"It cannot be written: {error.strerror or error}.", "Name another file or folder."
    return OutputError(target, f"{why} Nothing was left half written.", remedy)

"""Print a Word file as PDF through LibreOffice, tagged for those who listen to it, where LibreOffice is installed."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from fe_contracts.exceptions import MissingToolError
from fe_contracts.sources import write_atomic

__all__ = ["find_libreoffice", "to_pdf"]

_TOOL: Final = "LibreOffice"
_OPTIONS: Final = {
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "ExportFormFields": {"type": "boolean", "value": "false"},
    "UseReferenceXObject": {"type": "boolean", "value": "false"},
}
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)


def find_libreoffice() -> str | None:
    """Return the program, from `FE_CONTRACTS_SOFFICE`, the path, or where it is usually installed; else None."""
    named = os.environ.get("FE_CONTRACTS_SOFFICE")
    if named:
        return named if Path(named).is_file() else None
    for program in ("soffice", "libreoffice"):
        if found := shutil.which(program):
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def to_pdf(document: Path | str | bytes, out_path: Path | str, timeout: float = 120.0) -> Path:
    """Write the document as a tagged PDF with bookmarks, over what stands there, and return its path.

    LibreOffice gets a profile of its own, so that a running one is neither disturbed nor waited for, and is ended
    with all it started when the time is up.

    Raises:
        MissingToolError: if LibreOffice is not installed, takes too long, or makes no PDF.
        OutputError: if the PDF cannot be written.
    """
    program = find_libreoffice()
    if program is None:
        raise MissingToolError(
            _TOOL,
            "It is not installed, and a PDF needs it.",
            "Install LibreOffice (libreoffice.org), or open the Word file in Word and save it as PDF.",
        )
    content = document if isinstance(document, bytes) else Path(document).read_bytes()
    with tempfile.TemporaryDirectory(prefix="fe-contracts-pdf-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        source = room / "document.docx"
        source.write_bytes(content)
        said = _run(_command(program, room, source), room, timeout)
        printed = room / "document.pdf"
        if not printed.is_file() or not printed.stat().st_size:
            raise MissingToolError(
                _TOOL,
                f"It made no PDF: {said.strip()[-300:] or 'it said nothing'}.",
                "Open the Word file in LibreOffice to see what is wrong, or save it as PDF from Word.",
            )
        write_atomic(out_path, printed.read_bytes(), overwrite=True)
    return Path(out_path)


def _command(program: str, room: Path, source: Path) -> list[str]:
    return [
        program,
        f"-env:UserInstallation={(room / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nofirststartwizard",
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(_OPTIONS, separators=(',', ':'))}",
        "--outdir",
        str(room),
        str(source),
    ]


def _own_group() -> dict[str, Any]:
    """Return what puts the program into a process group of its own, on this system."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _run(command: list[str], room: Path, timeout: float) -> str:
    """Run LibreOffice and return what it said; end it with all it started when the time is up."""
    with subprocess.Popen(  # noqa: S603  -- the program is LibreOffice, the arguments are ours
        command,
        cwd=room,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        **_own_group(),
    ) as process:
        try:
            said: str = process.communicate(timeout=timeout)[0]
        except subprocess.TimeoutExpired as error:
            _end(process)
            raise MissingToolError(
                _TOOL,
                f"It took longer than {timeout:g} seconds and was ended.",
                "Try again, with a longer time, or open the Word file in Word and save it as PDF.",
            ) from error
        except BaseException:
            _end(process)
            raise
    return said


def _end(process: subprocess.Popen[str]) -> None:
    """End the program and everything it started; nobody else's processes."""
    if sys.platform == "win32":
        subprocess.run(  # noqa: S603
            ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607
            check=False,
            capture_output=True,
        )
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()

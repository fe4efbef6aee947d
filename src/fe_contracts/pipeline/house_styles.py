"""Start a city's own house style, and say whether a Word file can be one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts import word
from fe_contracts.exceptions import HouseStyleError
from fe_contracts.findings import Finding, Findings, Severity, Where
from fe_contracts.sources import read_bytes, write_atomic

if TYPE_CHECKING:
    from fe_contracts.word.looks import LookName

__all__ = ["check_house_style", "new_house_style"]


def new_house_style(path: Path | str, *, look: LookName = "plain", overwrite: bool = False) -> Path:
    """Write a house style to start from, to be edited in Word, and return its path.

    Raises:
        OutputError: if it cannot be written, or stands there already.
    """
    target = Path(path)
    write_atomic(target, word.starter_house_style(look), overwrite=overwrite)
    return target


def check_house_style(path: Path | str) -> Findings:
    """Return every reason why the Word file cannot be a house style, and the styles it lacks.

    Raises:
        SourceError: if there is no such file.
    """
    target = Path(path)
    if not target.is_file():
        read_bytes(target, limit=0)  # says why, and the nearest name
    try:
        style = word.load_house_style(target)
    except HouseStyleError as error:
        return Findings(error.problems)
    lent = tuple(
        Finding(
            "HOUSE090",
            Severity.INFO,
            f"The file has no style {name!r}; that of the plain look is used.",
            Where(str(target)),
            "Add a style of that name in Word to change it.",
        )
        for name in style.lent
    )
    return Findings(lent)

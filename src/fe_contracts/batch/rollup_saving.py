"""Write a roll-up into a folder: a page and a workbook for each view."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.exceptions import OutputError
from fe_contracts.performance.rollup import View
from fe_contracts.performance.rollup_public import published
from fe_contracts.sources import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fe_contracts.performance.rollup import RollUp

__all__ = ["save_rollup"]

_PAGE, _BOOK = "rollup.html", "rollup.xlsx"


def save_rollup(
    found: RollUp, out: Path | str, *, views: Iterable[View | str] = tuple(View), overwrite: bool = False
) -> tuple[Path, ...]:
    """Write a page and a workbook for each view into folders named for it, and return their paths.

    `public` leaves out small counts, files and findings; `internal` has everything and is not for publication.

    Raises:
        OutputError: if a folder or a file cannot be written, or stands there already and may not be replaced.
        ValueError: if there is no such view, or a public roll-up is to be written as an internal one.
    """
    from fe_contracts.exchange.rollup_html import rollup_html
    from fe_contracts.performance.rollup_workbook import rollup_workbook

    wanted = [View(item) for item in views]
    if found.view is View.PUBLIC and View.INTERNAL in wanted:
        msg = "a public roll-up does not hold what the internal view shows"
        raise ValueError(msg)
    paths = {view: (Path(out, view.value, _PAGE), Path(out, view.value, _BOOK)) for view in wanted}
    for path in (path for pair in paths.values() for path in pair):
        if path.exists() and not overwrite:
            raise OutputError(path, "It is there already.", "Name another folder, or allow it to be overwritten.")
    for view, (page, book) in paths.items():
        shown = published(found) if view is View.PUBLIC and found.view is View.INTERNAL else found
        _made(page.parent)
        write_atomic(page, rollup_html(shown).encode(), overwrite=overwrite)
        write_atomic(book, rollup_workbook(shown), overwrite=overwrite)
    return tuple(path for pair in paths.values() for path in pair)


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = f"The folder cannot be made: {error.strerror or error}."
        raise OutputError(folder, why, "Name a folder that can be made and written to.") from None

"""Write a roll-up into a folder: a page and a workbook for each view."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.exceptions import OutputError
from fe_contracts.performance.rollup.public import published
from fe_contracts.performance.rollup.rollup import View
from fe_contracts.sources import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fe_contracts.performance.rollup.rollup import RollUp

__all__ = ["save_rollup"]

_PAGE, _BOOK = "rollup.html", "rollup.xlsx"


def save_rollup(
    found: RollUp, out: Path | str, *, views: Iterable[View | str] = tuple(View), overwrite: bool = False
) -> tuple[Path, ...]:
    """Write a page and a workbook for each view into folders named for it, and return their paths.

    All are made before any is written; if one cannot be written, none that was not there before is left.

    `public` leaves out small counts, files and findings; `internal` has everything and is not for publication.

    Raises:
        OutputError: if a folder or a file cannot be written, or stands there already and may not be replaced.
        ValueError: if there is no such view, or a public roll-up is to be written as an internal one.
    """
    from fe_contracts.exchange.rollup_html import rollup_html
    from fe_contracts.performance.rollup.workbook import rollup_workbook

    wanted = [View(item) for item in views]
    if found.view is View.PUBLIC and View.INTERNAL in wanted:
        msg = "a public roll-up does not hold what the internal view shows"
        raise ValueError(msg)
    paths = {view: (Path(out, view.value, _PAGE), Path(out, view.value, _BOOK)) for view in wanted}
    for path in (path for pair in paths.values() for path in pair):
        if path.exists() and not overwrite:
            raise OutputError(path, "It is there already.", "Name another folder, or allow it to be overwritten.")
    made: dict[Path, bytes] = {}
    for view, (page, book) in paths.items():
        shown = published(found) if view is View.PUBLIC and found.view is View.INTERNAL else found
        made |= {page: rollup_html(shown).encode(), book: rollup_workbook(shown)}
    with ExitStack() as undo:
        for path, content in made.items():
            _make_folder(path.parent, undo)
            is_new = not path.exists()
            write_atomic(path, content, overwrite=overwrite)
            if is_new:
                undo.callback(path.unlink, missing_ok=True)
        undo.pop_all()
    return tuple(made)


def _make_folder(folder: Path, undo: ExitStack) -> None:
    """Make a folder and those above it that are not there.

    Raises:
        OutputError: if that cannot be done.
    """
    try:
        for path in reversed((folder, *folder.parents)):
            if not path.is_dir():
                path.mkdir()
                undo.callback(path.rmdir)
    except OSError as error:
        why = f"The folder cannot be made: {error.strerror or error}."
        raise OutputError(folder, why, "Name a folder that can be made and written to.") from None

"""Run a batch: many specs, or the rows of a table over one base, each made into a contract of its own."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.batch.crew import Crew, own_executor
from fe_contracts.batch.journal import Journal
from fe_contracts.batch.outcomes import BatchResult, BatchRow, Status, trouble
from fe_contracts.batch.summary import write_summary
from fe_contracts.batch.tasks import Task, read_tasks
from fe_contracts.batch.work import ENGINE, Setup
from fe_contracts.catalog import Catalog, load_catalog
from fe_contracts.compliance.engine import digest_of_installed_packs
from fe_contracts.exceptions import OutputError
from fe_contracts.findings import Severity
from fe_contracts.sources import read_data
from fe_contracts.word import load_house_style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor

__all__ = ["run_batch"]


def run_batch(  # noqa: PLR0913 - keyword only, each a choice of its own
    source: Path | str,
    *,
    out: Path | str,
    base: Path | str | None = None,
    catalog: Catalog | Path | str | None = None,
    house_style: Path | str = "plain",
    executor: Executor | None = None,
    jobs: int | None = None,
    overwrite: bool = False,
    progress: Callable[[BatchRow, int], None] | None = None,
) -> BatchResult:
    """Make a contract of each spec in a folder, or of each row of a table laid over the spec `base`.

    A row that cannot be made is told in the result and stops no other. Outputs are named by a table's column
    `file`, else by `contract.id`, in a folder by the spec's own name. `summary.csv` and `summary.json` in the folder
    `out` tell what became of each row. A batch that was killed goes on where it stopped: what stands finished, and
    was made from the same row, base, catalog, house style, rule packs and engine, is kept; a file that a person
    changed since is kept and reported unless `overwrite` says otherwise.

    The work goes through `executor` (a thread pool, a process pool, anybody's), else through as many processes as
    `jobs` says, one for each processor if it says nothing; a script must then call this below
    `if __name__ == "__main__"`. `progress` is called with each row as it ends, and with how many there are.

    Raises:
        SourceError: if source or base cannot be read.
        CatalogError: if the clause library cannot be loaded.
        HouseStyleError: if the house style cannot be used.
        OutputError: if the folder `out` cannot be written to.
    """
    source, folder = Path(source), Path(out)
    loaded = read_data(base) if base is not None else None
    tasks, failed = read_tasks(source, loaded)
    library = catalog if isinstance(catalog, Catalog) else load_catalog(catalog)
    style = load_house_style(house_style)
    setup = Setup(
        out=str(_made_folder(folder).resolve()),
        catalog=str(library.folder.resolve()) if catalog else "",
        catalog_digest=library.digest,
        house_style=str(Path(house_style).resolve()) if Path(house_style).is_file() else str(house_style),
        style_digest=style.digest,
        base=str(base) if base is not None else "",
        base_digest=loaded.digest if loaded else "",
        packs_digest=digest_of_installed_packs(),
        overwrite=overwrite,
    )
    _clear_leftovers(folder, tasks)
    rows = _run(tasks, failed, setup, executor, jobs, progress)
    result = BatchResult(folder, rows, library.name, library.digest, style.name, ENGINE, library.library.notice)
    write_summary(result)
    return result


def _made_folder(folder: Path) -> Path:
    """Return the output folder, made if it was not there.

    Raises:
        OutputError: if it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise OutputError(folder, "This is a file, not a folder.", "Name a folder for the contracts.") from None
    except OSError as error:
        why = f"The folder cannot be made: {error.strerror or error}."
        raise OutputError(folder, why, "Name a folder that can be made and written to.") from None
    return folder


def _clear_leftovers(folder: Path, tasks: Iterable[Task]) -> None:
    """Delete what a killed run left half written under names of its own (see `sources.write_atomic`)."""
    begun = {f".{task.file[:40]}." for task in tasks}
    for path in folder.glob(".*.part"):
        if any(path.name.startswith(beginning) for beginning in begun):
            with suppress(OSError):
                path.unlink()


def _run(
    tasks: list[Task],
    failed: list[BatchRow],
    setup: Setup,
    executor: Executor | None,
    jobs: int | None,
    progress: Callable[[BatchRow, int], None] | None,
) -> tuple[BatchRow, ...]:
    """Return what became of every row, in the order of their numbers."""
    total, rows = len(tasks) + len(failed), []

    def ended(row: BatchRow) -> None:
        rows.append(_with_stale_output(row, Path(setup.out)))
        if progress is not None:
            progress(rows[-1], total)

    with Journal(Path(setup.out)) as journal:
        known = [replace(task, before=journal.records.get(task.file)) for task in tasks]
        for row in failed:
            ended(row)
        for row in _crew(setup, executor, jobs, len(tasks)).outcomes(known):
            if row.status is Status.MADE:
                journal.add(row)
            ended(row)
    return tuple(sorted(rows, key=lambda row: (row.row, row.source)))


def _crew(setup: Setup, executor: Executor | None, jobs: int | None, tasks: int) -> Crew:
    """Return the executor at work, ours if none is given."""
    if executor is not None:
        workers = jobs or getattr(executor, "_max_workers", None) or os.cpu_count() or 1
        return Crew(executor, setup, width=2 * int(workers))
    workers = max(1, min(jobs or os.cpu_count() or 1, tasks))
    return Crew(
        own_executor(workers, setup),
        setup,
        width=2 * workers if workers > 1 else 1,
        renew=lambda: own_executor(workers, setup),
    )


def _with_stale_output(row: BatchRow, out: Path) -> BatchRow:
    """Return the row, with a warning where it came to nothing and an earlier contract stands under its name."""
    if row.status in {Status.MADE, Status.KEPT} or not row.file or not (out / row.file).exists():
        return row
    stale = trouble(
        "BATCH023",
        f"{row.file} from an earlier run still stands there; it is not what this row describes.",
        row.findings[0].where,
        "Correct the row and run the batch again, or delete the file.",
        Severity.WARNING,
    )
    return replace(row, findings=(*row.findings, stale))

"""Turn a table or a folder into tasks, one for each contract, and give each its output's name."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts.batch.outcomes import BatchRow, Status, trouble
from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.pipeline.naming import contract_file_name
from fe_contracts.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fe_contracts.batch.journal import Record
    from fe_contracts.sources import Loaded
    from fe_contracts.sources.tables import TableRow

__all__ = ["Task", "read_tasks"]

FILE_HEADING = "file"
"""The column that names the outputs."""

_SPECS = {".yaml", ".yml", ".json"}
_NO_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_SUMMARY = {"summary.json"}  # ours, where the outputs stand beside the specs


@dataclass(frozen=True, slots=True)
class Task:
    """One contract to make: small, so that it travels between processes."""

    row: int
    source: str
    contract_id: str
    file: str
    """The output's name in the output folder."""
    cells: TableRow | None = None
    """The row of the table; `None` where `source` is a spec of its own."""
    before: Record | None = None
    """What an earlier run wrote in the journal."""

    @property
    def where(self) -> Where:
        """Return the place of the row."""
        return Where(self.source, self.row) if self.cells else Where(self.source)

    def failed(self, *problems: Finding, status: Status = Status.FAILED) -> BatchRow:
        """Return the row as one that came to nothing, and why."""
        return BatchRow(self.row, self.source, self.contract_id, self.file, status, problems)


def read_tasks(source: Path, base: Loaded | None) -> tuple[list[Task], list[BatchRow]]:
    """Return what is to be made, and the rows that cannot be because of their output's name.

    Raises:
        SourceError: if the source is neither a folder with specs in it nor a table, or a table lacks its base.
    """
    if source.is_dir():
        if base is not None:
            raise _refusal(source, "A folder of specs takes no base.", "Leave out the base, or name a table.")
        tasks, failed = _of_folder(source)
    elif source.suffix.lower() in _SPECS and source.is_file():
        raise _refusal(source, "This is a single spec.", "Use: fe-contracts assemble. Batch takes a folder or a table.")
    else:
        rows = read_table(source)
        if base is None:
            message = "A table needs the spec that its rows are laid over."
            raise _refusal(source, message, "Name it: --base BASE.yaml.")
        tasks, failed = _of_rows(rows, base)
    unique, doubles = _apart(tasks)
    return unique, [*failed, *doubles]


def _refusal(source: Path, message: str, remedy: str) -> SourceError:
    """Return the error for a source that cannot be made into tasks."""
    return SourceError(str(source), [Finding("BATCH001", Severity.ERROR, message, Where(str(source)), remedy)])


def _of_folder(folder: Path) -> tuple[list[Task], list[BatchRow]]:
    """Return a task for each spec of the folder, in the order of their names."""
    try:
        names = sorted(entry.name for entry in folder.iterdir() if entry.is_file())
    except OSError as error:
        remedy = "Check your permission to read it."
        raise _refusal(folder, f"The folder cannot be read: {error.strerror}.", remedy) from None
    specs = [
        folder / name
        for name in names
        if Path(name).suffix.lower() in _SPECS
        and not name.startswith(".")
        and not name.endswith(".schema.json")
        and name not in _SUMMARY
    ]
    if not specs:
        raise _refusal(folder, "The folder holds no spec.", "Put files in it that end in .yaml, .yml or .json.")
    tasks = [
        Task(number, str(path), "", f"{contract_file_name(path.stem)}.docx")
        for number, path in enumerate(specs, start=1)
    ]
    return tasks, []


def _of_rows(rows: Iterable[TableRow], base: Loaded) -> tuple[list[Task], list[BatchRow]]:
    """Return a task for each row, and the rows without a usable name."""
    contract = base.data.get("contract") if isinstance(base.data, dict) else None
    base_id = contract.get("id") if isinstance(contract, dict) else None
    tasks, failed = [], []
    for row in rows:
        cells = {heading: cell for heading, cell in row.cells.items() if heading != FILE_HEADING}
        contract_id = (cells.get("contract.id") or str(base_id or "")).removeprefix("'").strip()
        task = Task(row.number, row.table, contract_id, "", replace(row, cells=cells))
        wanted = row.cells.get(FILE_HEADING, "")
        problem = _name_problem(wanted, row) if wanted else None
        if problem is None and not wanted and not contract_id:
            problem = trouble(
                "BATCH012",
                "The row has no contract.id, so its contract has no name.",
                row.where(),
                "Fill in contract.id, or name the output in a column with the heading file.",
            )
        if problem:
            failed.append(task.failed(problem))
            continue
        name = wanted or contract_file_name(contract_id)
        tasks.append(replace(task, file=name if name.lower().endswith(".docx") else f"{name}.docx"))
    return tasks, failed


def _name_problem(wanted: str, row: TableRow) -> Finding | None:
    """Return what keeps a cell from being the name of a file in the output folder."""
    if not _NO_NAME.search(wanted) and not wanted.startswith(".") and wanted == wanted.rstrip(". "):
        return None
    return trouble(
        "BATCH011",
        f"{wanted!r} is no name for a file in the output folder.",
        row.where(FILE_HEADING),
        "Write a plain name such as alder-street.docx, without a folder.",
    )


def _apart(tasks: list[Task]) -> tuple[list[Task], list[BatchRow]]:
    """Return the tasks whose outputs have names of their own, and a failed row for each of the others."""
    by_name: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        by_name[task.file.casefold()].append(task)  # one file on Windows and on a Mac
    doubles = []
    for same in by_name.values():
        for task in same if len(same) > 1 else ():
            others = ", ".join(_called(other) for other in same if other is not task)
            problem = trouble(
                "BATCH010",
                f"{task.file} is also the output of {others}.",
                task.where,
                "Give each row a contract.id of its own, or a name in the column file."
                if task.cells
                else "Rename one of the specs.",
            )
            doubles.append(task.failed(problem))
    return [task for task in tasks if len(by_name[task.file.casefold()]) == 1], doubles


def _called(task: Task) -> str:
    return f"row {task.row}" if task.cells else Path(task.source).name

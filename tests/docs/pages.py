"""Read the Markdown pages, and do what they tell the reader to do, in a copy of the project.

A page is run from its first line to its last in one folder, as a reader would:

- a ```console block: each line after `$ ` is a command; the lines below it must stand in what it prints, in that
  order. A line of three dots stands for any number of lines, and `…` inside a line for any text;
- a ```python block: a script of its own;
- after `<!-- file: NAME -->` a block is that file's content, or, if it is a ```diff, a change to it;
- after `<!-- fill: NAME -->` a table says what to write into a workbook: the sheet, the row (its number, or how its
  question begins), the heading of the column, and what is written;
- after `<!-- exit: N -->` the commands of a block end with that code;
- after `<!-- not run: REASON -->` a block is left out.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).resolve().parents[2]

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<language>[^\s`]*)\s*$")
_DIRECTIVE = re.compile(r"^<!-- (?P<name>file|fill|exit|not run): (?P<value>.+) -->$")
_COPIED = ("clause_library", "cli", "examples", "schemas", "src")
_SHELLS = frozenset({"bash", "console", "powershell", "sh", "shell"})


@dataclass(frozen=True)
class Block:
    """A fenced block of a page, with what stands above it for the runner."""

    page: str
    line: int
    language: str
    text: str
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def where(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def is_to_be_run(self) -> bool:
        return self.language in {*_SHELLS, "python", "diff", "table"} or "file" in self.notes


def pages() -> list[Path]:
    """Return every page that people write or read, in order."""
    found = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
    found += [*sorted((ROOT / "clause_library").glob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
    return [path for path in found if "_build" not in path.parts]


def page_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks_of(path: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page."""
    notes: dict[str, str] = {}
    opened: re.Match[str] | None = None
    lines: list[str] = []
    begun = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if opened is None:
            opened = _FENCE.match(line)
            directive = _DIRECTIVE.match(line)
            if "fill" in notes and line.startswith("|"):
                lines, begun = [*lines, line], begun or number
                continue
            if lines:
                yield Block(page_name(path), begun, "table", "\n".join(lines) + "\n", notes)
                notes, lines, begun = {}, [], 0
            if opened:
                lines, begun = [], number
            elif directive:
                notes[directive["name"]] = directive["value"]
            elif line.strip():
                notes = {}
        elif line.strip() == opened["fence"]:
            yield Block(page_name(path), begun, opened["language"], "\n".join(lines) + "\n", notes)
            opened, notes, lines, begun = None, {}, [], 0
        else:
            lines.append(line)
    assert opened is None, f"{page_name(path)}:{begun}: the block is not closed"


def copy_of_project(folder: Path) -> Path:
    """Put what a fresh clone holds, as far as commands need it, into the folder."""
    for name in _COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


class Reader:
    """Someone who does what a page says, in one folder."""

    def __init__(self, home: Path, cache: Path) -> None:
        self.home = self.here = home
        programs = Path(sys.executable).parent
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE_"))}
        self.environment = {
            **kept,
            "PATH": f"{programs}{os.pathsep}{kept.get('PATH', '')}",
            # the copy's program and library, not the checkout's: a page may publish
            "PYTHONPATH": f"{home / 'src'}{os.pathsep}{home / 'cli'}",
            "FE_CONTRACTS_CACHE": str(cache),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def follow(self, block: Block) -> None:
        """Do what one block says."""
        if "fill" in block.notes:
            fill(self.home / block.notes["fill"], block)
        elif "file" in block.notes:
            self.file(block)
        elif block.language in _SHELLS:
            for command, shown in _commands(block):
                self.command(block, command, shown)
        elif block.language == "python":
            ended = self.run([sys.executable, "-W", "error", "-c", block.text])
            assert ended.returncode == 0, f"{block.where}\n{ended.stdout}{ended.stderr}"

    def run(self, arguments: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            arguments, cwd=self.here, env=self.environment, capture_output=True, check=False, encoding="utf-8"
        )

    def command(self, block: Block, command: str, shown: list[str]) -> None:
        """Run one command and look for the lines that the page shows below it."""
        note = self.home / ".here"
        ended = self.run(["bash", "-ec", f'{command}\npwd > "{note}"'])
        wanted = int(block.notes.get("exit", "0"))
        told = f"{block.where}: $ {command}\n{ended.stdout}{ended.stderr}"
        assert ended.returncode == wanted, f"exit code {ended.returncode}, not {wanted}: {told}"
        if note.exists():
            self.here = Path(note.read_text(encoding="utf-8").strip())
            note.unlink()
        printed = iter((ended.stdout + ended.stderr).splitlines())
        for line in shown:
            like = re.compile(".*".join(re.escape(part) for part in line.strip().split("…")))
            found = any(like.fullmatch(other.strip()) for other in printed)
            assert found, f"the page shows a line that was not printed (there): {line!r}\n{told}"

    def file(self, block: Block) -> None:
        """Write the file that a block holds, or make the change that it shows."""
        target = self.home / block.notes["file"]
        if block.language != "diff":
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, encoding="utf-8")
            return
        text = target.read_text(encoding="utf-8")
        for hunk in re.split(r"^@@.*\n", block.text, flags=re.MULTILINE):
            lines = [(line[:1], line[1:] + "\n") for line in hunk.splitlines()]
            old = "".join(rest for mark, rest in lines if mark != "+")
            new = "".join(rest for mark, rest in lines if mark != "-")
            assert text.count(old) == 1, f"{block.where}: these lines stand {text.count(old)} times in it:\n{old}"
            text = text.replace(old, new)
        target.write_text(text, encoding="utf-8")


def fill(path: Path, block: Block) -> None:
    """Write into a workbook what a table of a page says, as a person would who reads sheets, rows and headings."""
    book = load_workbook(path)
    for line in block.text.splitlines()[2:]:
        title, name, under, said = (part.strip() for part in line.strip().strip("|").split("|"))
        cell = _cell_of(book[title], name, under)
        assert cell is not None, f"{block.where}: {title} has no cell for {name!r} under {under!r}"
        assert not cell.protection.locked, f"{block.where}: {title}!{cell.coordinate} is locked"
        cell.value = _typed(said)
    book.save(path)


def _cell_of(sheet: Worksheet, name: str, under: str) -> Cell | None:
    """Return the cell where a row and a column meet that are called so, ignoring what helps to fill them in."""
    column: int | None = None
    for row in sheet.iter_rows():
        texts = [" ".join(str(cell.value).split()) if cell.value is not None else "" for cell in row]
        if "No." in texts:
            column = next((place for place, text in enumerate(texts) if text.partition(" (")[0] == under), None)
        elif column is not None and (name in texts[:2] or texts[2].startswith(name)):
            return row[column]  # type: ignore[return-value]  # no field's cell is a merged one
    return None


def _typed(said: str) -> float | dt.date | str:
    """Return what a spreadsheet makes of what is typed into a cell."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", said):
        return dt.date.fromisoformat(said)
    if re.fullmatch(r"[0-9]+[.][0-9]+", said):
        return float(said)
    return int(said) if said.isdigit() else said


def _commands(block: Block) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a block with the lines of its output that are shown."""
    if block.language != "console":
        yield block.text, []
        return
    command = ""
    shown: list[str] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], []
        elif line.startswith("> ") and command and not shown:
            command += "\n" + line[2:]
        elif line.strip() not in {"", "...", "…"}:
            shown.append(line)
    if command:
        yield command, shown

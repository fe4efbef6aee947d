"""Every command, file and script that a page shows is tried: a page that lies is a defect."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet
from tests.docs.pages import Block, Reader, blocks_of, copy_of_project, page_name, pages

if TYPE_CHECKING:
    from pathlib import Path

MOST_LEFT_OUT = 6
"""How many blocks may be left out with a reason: those that install, need another system or another program."""


def _blocks(path: Path) -> list[Block]:
    return [block for block in blocks_of(path) if block.is_to_be_run]


RUN = [path for path in pages() if any("not run" not in block.notes for block in _blocks(path))]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.mark.skipif(shutil.which("bash") is None, reason="the pages' commands are written for a POSIX shell")
@pytest.mark.parametrize("path", RUN, ids=page_name)
def test_what_the_page_tells_the_reader_to_do_works(path: Path, tmp_path: Path, cache: Path) -> None:
    reader = Reader(copy_of_project(tmp_path), cache)
    for block in _blocks(path):
        if "not run" not in block.notes:
            reader.follow(block)


def test_the_first_pages_are_among_those_that_are_run() -> None:
    names = {page_name(path) for path in RUN}
    assert {"README.md", "docs/tutorial/first-contract.md", "docs/how-to/change-a-clause.md"} <= names


def test_few_blocks_are_left_out_and_each_says_why() -> None:
    left_out = {
        block.where: block.notes["not run"] for path in pages() for block in _blocks(path) if "not run" in block.notes
    }
    assert len(left_out) <= MOST_LEFT_OUT, left_out
    assert all(len(reason) > 10 for reason in left_out.values()), left_out


def test_the_runner_fails_where_a_page_shows_what_is_not_printed(tmp_path: Path) -> None:
    reader = Reader(tmp_path, tmp_path)
    honest = Block("page.md", 1, "console", "$ echo one; echo two\none\n...\ntwo\n")
    reader.follow(honest)
    for text in ("$ echo one\ntwo\n", "$ echo two; echo one\none\ntwo\n", "$ false\n"):
        with pytest.raises(AssertionError):
            reader.follow(Block("page.md", 1, "console", text))


def test_the_runner_goes_where_a_page_goes(tmp_path: Path) -> None:
    reader = Reader(tmp_path, tmp_path)
    reader.follow(Block("page.md", 1, "console", "$ mkdir in\n$ cd in\n"))
    reader.follow(Block("page.md", 2, "console", "$ basename $(pwd)\nin\n"))


def _workbook(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Staff"
    for row in (["", "No.", "What", "People\n(fill in)", "Share"], ["k", "S1", "Staff trained, by type"]):
        sheet.append(row)
    sheet["D2"].protection = Protection(locked=False)
    book.save(path)


def test_the_runner_fills_a_workbook_as_a_table_of_the_page_says(tmp_path: Path) -> None:
    _workbook(tmp_path / "a.xlsx")
    page = tmp_path / "page.md"
    rows = "| sheet | row | under | you write |\n| --- | --- | --- | --- |\n| Staff | S1 | People | 12 |\n"
    page.write_text(f"# A\n\n<!-- fill: a.xlsx -->\n\n{rows}\n| not | run |\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.docs.pages.ROOT", tmp_path)
        (block,) = blocks_of(page)
    Reader(tmp_path, tmp_path).follow(block)
    assert load_workbook(tmp_path / "a.xlsx")["Staff"]["D2"].value == 12
    for row in ("| Staff | S1 | Share | 12 |", "| Staff | S2 | People | 12 |"):
        with pytest.raises(AssertionError, match=r"is locked|has no cell"):
            Reader(tmp_path, tmp_path).follow(Block("page.md", 1, "table", f"|\n|\n{row}\n", block.notes))


def test_a_change_that_a_page_shows_must_fit_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one\ntwo\n", encoding="utf-8")
    reader = Reader(tmp_path, tmp_path)
    reader.follow(Block("page.md", 1, "diff", " one\n-two\n+three\n", {"file": "a.txt"}))
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "one\nthree\n"
    with pytest.raises(AssertionError, match="stand 0 times"):
        reader.follow(Block("page.md", 1, "diff", "-two\n+four\n", {"file": "a.txt"}))

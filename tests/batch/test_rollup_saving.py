"""The files of a roll-up: a page and a workbook of each view, all of them or none."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.batch.mailbox import Mailbox
from tests.performance.rollups import contract, deliverable, rollup_of

from fe_contracts.batch import rollup_saving
from fe_contracts.batch.rollup_saving import save_rollup
from fe_contracts.exceptions import OutputError
from fe_contracts.performance.rollup.public import published
from fe_contracts.sources import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.performance.rollup.rollup import RollUp

NAMES = ["internal/rollup.html", "internal/rollup.xlsx", "public/rollup.html", "public/rollup.xlsx"]


@pytest.fixture
def found() -> RollUp:
    return rollup_of(*(contract(key, [deliverable(key, [7, 41, 42, 43])]) for key in ("Alder", "Beacon")))


def there(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_both_views_are_written_with_the_folders_they_need(found: RollUp, tmp_path: Path) -> None:
    paths = save_rollup(found, tmp_path / "a" / "b")
    assert there(tmp_path / "a" / "b") == NAMES
    assert [path.relative_to(tmp_path / "a" / "b").as_posix() for path in paths] == NAMES
    assert "Not for publication" in paths[0].read_text(encoding="utf-8")
    assert "Not for publication" not in paths[2].read_text(encoding="utf-8")
    books = [openpyxl.load_workbook(io.BytesIO(path.read_bytes())) for path in paths[1::2]]
    assert ["Findings" in book.sheetnames for book in books] == [True, False]


def test_one_view_alone(found: RollUp, tmp_path: Path) -> None:
    save_rollup(found, tmp_path, views=["public"])
    assert there(tmp_path) == NAMES[2:]


def test_the_same_roll_up_gives_the_same_bytes(found: RollUp, tmp_path: Path) -> None:
    one, two = save_rollup(found, tmp_path / "one"), save_rollup(found, tmp_path / "two")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_what_stands_there_is_kept_unless_told_otherwise_and_nothing_is_put_beside_it(
    found: RollUp, tmp_path: Path
) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "rollup.xlsx").write_bytes(b"somebody's")
    with pytest.raises(OutputError, match="there already"):
        save_rollup(found, tmp_path)
    assert there(tmp_path) == ["public/rollup.xlsx"]
    assert (tmp_path / "public" / "rollup.xlsx").read_bytes() == b"somebody's"
    save_rollup(found, tmp_path, overwrite=True)
    assert there(tmp_path) == NAMES
    assert (tmp_path / "public" / "rollup.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("breaks_at", [1, 2, 3, 4])
def test_a_save_that_is_broken_off_leaves_nothing(
    found: RollUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breaks_at: int
) -> None:
    whole, count = write_atomic, 0

    def failing(path: Path, content: bytes, *, overwrite: bool) -> None:
        nonlocal count
        count += 1
        if count == breaks_at:
            raise OutputError(path, "The disk is full.", "Make room.")
        whole(path, content, overwrite=overwrite)

    monkeypatch.setattr(rollup_saving, "write_atomic", failing)
    with pytest.raises(OutputError, match="disk is full"):
        save_rollup(found, tmp_path / "new" / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_save_that_is_broken_off_keeps_what_was_there(
    found: RollUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in save_rollup(found, tmp_path)}

    def failing(path: Path, *_: object, **__: object) -> None:
        raise OutputError(path, "The disk is full.", "Make room.")

    monkeypatch.setattr(rollup_saving, "write_atomic", failing)
    with pytest.raises(OutputError):
        save_rollup(found, tmp_path, overwrite=True)
    assert {path: path.read_bytes() for path in before} == before


def test_a_folder_that_cannot_be_made_is_named(found: RollUp, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"no folder")
    with pytest.raises(OutputError, match="file"):
        save_rollup(found, tmp_path / "file" / "out")
    assert there(tmp_path) == ["file"]


def test_exact_counts_are_never_made_of_a_public_roll_up(found: RollUp, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="public roll-up"):
        save_rollup(published(found), tmp_path)
    with pytest.raises(ValueError, match="secret"):
        save_rollup(found, tmp_path, views=["secret"])
    assert there(tmp_path) == []
    shown = save_rollup(published(found), tmp_path / "one", views=["public"])
    same = save_rollup(found, tmp_path / "two", views=["public"])
    assert [path.read_bytes() for path in shown] == [path.read_bytes() for path in same]


def test_hostile_names_reach_neither_a_formula_nor_the_pages_markup(tmp_path: Path) -> None:
    mailbox = Mailbox.at(tmp_path / "received")
    mailbox.contract("contract.yaml", **{"Steady Ground": "=Steady<img src=x onerror=alert(1)>"})
    for name in ("=1+1 <script>alert(1)<!--.csv", "@SUM \x1b[31m\n.json", "\u202efdp.json"):
        mailbox.send(name)
    page, book, *_ = save_rollup(mailbox.roll(), tmp_path / "out")
    text = page.read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;!--" in text
    assert "<script" not in text
    assert "<img" not in text
    for sheet in openpyxl.load_workbook(book).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            assert not [cell.value for cell in row if isinstance(cell.value, str) and cell.value[0] in "=+-@"]

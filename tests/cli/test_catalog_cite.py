"""`fe-contracts catalog cite` looks for old law in a city's own files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.catalog.test_linting import STALE
from tests.cli.small import run

if TYPE_CHECKING:
    from pathlib import Path


def test_a_form_is_judged_for_the_day_given(library: Path, tmp_path: Path) -> None:
    (library / "citations.yaml").write_text(STALE, encoding="utf-8")
    form = tmp_path / "form.txt"
    form.write_text("Rules\nby order 11 apply.\n", encoding="utf-8")
    done = run("catalog", "cite", form, "--on", "2026-07-01", "--catalog", library)
    assert done.exit_code == 1
    assert "CITE010" in done.stdout
    assert f"{form}:2:4" in done.stdout
    assert "Name order 12." in done.stdout
    assert "1 warning" in done.stdout.splitlines()[-1]
    earlier = run("catalog", "cite", form, "--on", "2026-06-30", "--catalog", library)
    assert (earlier.exit_code, "nothing found" in earlier.stdout) == (0, True)


def test_several_files_are_told_as_json(library: Path, tmp_path: Path) -> None:
    (library / "citations.yaml").write_text(STALE, encoding="utf-8")
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("order 11\n", encoding="utf-8")
    files = (tmp_path / "one.txt", tmp_path / "two.txt")
    done = run("catalog", "cite", *files, "--on", "2027-01-01", "--catalog", library, "--format", "json")
    told = json.loads(done.stdout)
    assert [item["file"] for item in told["findings"]] == [str(path) for path in files]
    assert (told["exit_code"], done.exit_code, told["as_of"]) == (1, 1, "2027-01-01")


def test_a_file_that_is_not_there_is_named(library: Path, tmp_path: Path) -> None:
    done = run("catalog", "cite", tmp_path / "none.txt", "--catalog", library)
    assert done.exit_code == 2
    assert "none.txt" in done.output

"""The command judges what an engine makes, goes on when it fails, and says in its exit code whether the law holds."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from tests.redline.__main__ import main
from tests.redline.corpus import Case
from tests.redline.running import engine, run, summary
from tests.redline.small import p, r, small

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = small(p(r("one two"))), small(p(r("one three")))


def _fails(_old: bytes, _new: bytes) -> bytes:
    raise ValueError("no such\nthing")


def test_an_engine_that_fails_is_told_and_stops_nothing() -> None:
    failed, judged = (next(run([Case("g", "n", OLD, OLD)], make)) for make in (_fails, lambda old, _: old))
    assert failed.error == "ValueError: no such thing"
    assert not failed.holds
    assert "ValueError" in failed.line
    assert judged.holds


def test_what_is_wrong_is_wrong_in_the_line_and_the_totals() -> None:
    results = list(run([Case("g", "pair", OLD, NEW)], lambda old, _: old))
    assert not results[0].holds
    assert results[0].depths_broken == ["text", "runs"]
    assert results[0].line.split()[1:5] == [".", "X", ".", "X"]
    assert summary(results).splitlines()[-1].split()[:5] == ["g", "1", "0", "0", "1"]


def _command(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["redline", *arguments])
    return main()


def test_a_program_can_be_judged_in_our_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, data in (("old", OLD), ("new", NEW)):
        (tmp_path / f"{name}.docx").write_bytes(data)
    script = tmp_path / "copies.py"
    script.write_text("import shutil, sys; shutil.copy(sys.argv[2], sys.argv[3])")
    asked = ["--engine", f"{sys.executable} {script}", "--json", str(tmp_path / "out.json")]
    files = [str(tmp_path / f"{name}.docx") for name in ("old", "new")]
    assert _command(monkeypatch, "one", *files, *asked) == 1
    assert "should be 'one two', is 'one three'" in capsys.readouterr().out
    found = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert found[0]["holds"]["text"] is False
    assert found[0]["minimum"] == 2
    assert _command(monkeypatch, "one", files[1], files[1], *asked) == 0


def test_a_program_that_writes_nothing_has_failed() -> None:
    with pytest.raises(OSError, match="no redline"):
        engine(f"{sys.executable} -c pass")(OLD, NEW)


def test_generated_pairs_can_be_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = ["pairs", "--seed", "3", "--count", "2", "--only", "pair 4", "--into", str(tmp_path), "--quiet"]
    assert _command(monkeypatch, *asked) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"pair-4-{name}.docx" for name in ("new", "old", "redline")
    ]

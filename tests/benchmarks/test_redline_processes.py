"""A program is timed as a whole; what it says when it fails is told, and its exit code may say something harmless."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.measuring import process
from benchmarks.redline import _Place
from benchmarks.redline_pairs import Pair
from benchmarks.redline_peers import Engines


def test_a_program_that_fails_is_named_with_what_it_said() -> None:
    side = process(sys.executable, "-c", "import sys; sys.exit('no such thing')")

    with pytest.raises(subprocess.CalledProcessError) as failure:
        side()
    assert "no such thing" in failure.value.__notes__[0]


def test_an_exit_code_may_be_fine() -> None:
    assert process(sys.executable, "-c", "raise SystemExit(1)", fine=(0, 1))() > 0


def test_every_engine_is_started_on_the_same_files_and_ours_twice(tmp_path: Path) -> None:
    place = _Place(tmp_path, Engines(tmp_path / "engines"))

    files = place.put("x", Pair(b"old", b"new"))
    commands = place.commands(files)

    assert [path.read_bytes() for path in files] == [b"old", b"new"]
    assert list(commands) == ["ours", "ours, command", "docxodus", "trackdiff"]
    for words in commands.values():
        assert [word for word in words if word in set(map(str, files))] == [*map(str, files)]
    assert "XDG_CACHE_HOME" in set(place.env_of("docxodus")) - set(place.env_of("ours"))


def test_an_engine_that_makes_no_file_is_not_timed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = _Place(tmp_path, None)
    monkeypatch.setattr(_Place, "commands", lambda *_: {"ours": (sys.executable, "-c", "pass")})

    with pytest.raises(RuntimeError, match="ours made no file"):
        place.whole((Path("a"), Path("b")))["ours"]()

"""The other engines are found where they were installed, run apart, and left out with a word where they are not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks import redline_peers
from benchmarks.redline_edits import edited
from benchmarks.redline_memory import peak
from benchmarks.redline_peers import (
    ENGINES,
    REQUIREMENTS,
    VARIABLE,
    Engines,
    Resident,
    Unavailable,
    found,
    main,
    own_command,
)
from benchmarks.redline_prose import prose

from fe_contracts import redline


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that looks like a virtual environment, and is named as the engines'."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return tmp_path


def test_engines_that_are_not_there_are_named_with_the_way_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))

    with pytest.raises(Unavailable, match=r"python -m benchmarks\.redline_peers installs them"):
        found()


def test_a_folder_that_lacks_an_engine_is_named(place: Path) -> None:
    with pytest.raises(Unavailable, match="lacks some of them"):
        found()
    assert (place / "bin" / "python").exists()


def test_an_engine_runs_in_its_own_python_and_keeps_what_it_unpacks_in_its_own_folder(place: Path) -> None:
    engines = Engines(place)

    words = engines.command("docxodus", Path("a.docx"), Path("b.docx"))

    assert words[0] == str(place / "bin" / "python")
    assert Path(words[2]).name == "redline_child.py"
    assert words[3:] == ("docxodus", "a.docx", "b.docx")
    assert engines.env({"PATH": "x"}) == {"PATH": "x", "XDG_CACHE_HOME": str(place / "cache")}


def test_every_engine_is_pinned_and_the_child_knows_it() -> None:
    pins = dict(re.findall(r"^([\w-]+)==([\w.]+)$", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE))
    child = Path(redline_peers.__file__).with_name("redline_child.py").read_text(encoding="utf-8")

    assert {engine.distribution for engine in ENGINES} | {"docx-scalpel", "python-redlines-docxodus"} <= set(pins)
    assert all(f"def {engine.name}(" in child for engine in ENGINES)


_ECHO = """
import sys
for number, _ in enumerate(sys.stdin, 1):
    print(number / 4, flush=True)
    if number == 2: break
"""


def test_a_resident_engine_answers_with_its_own_seconds_and_says_when_it_has_ended() -> None:
    command = (sys.executable, "-c", _ECHO)

    with Resident(command, {}) as engine:
        assert [engine.render(), engine.render()] == [0.25, 0.5]
        with pytest.raises((RuntimeError, BrokenPipeError)):
            engine.render()
    with pytest.raises(RuntimeError, match="with statement"):
        Resident(command, {}).render()


def test_our_engine_is_kept_warm_in_a_process_of_its_own(tmp_path: Path) -> None:
    old, new, out = (tmp_path / f"{name}.docx" for name in ("old", "new", "out"))
    old.write_bytes(prose(200))
    new.write_bytes(edited(prose(200), 3, large=0, seed=1))

    with Resident(own_command(old, new, out), dict(os.environ)) as engine:
        assert engine.render() > 0
    assert out.read_bytes() == redline(old.read_bytes(), new.read_bytes()).to_bytes()


def test_a_folder_too_many_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["a", "b"]) == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell")
def test_peak_memory_is_that_of_the_program_and_not_of_the_one_that_starts_it() -> None:
    here = bytearray(150_000_000)
    here[::4096] = b"x" * len(here[::4096])

    small = peak((sys.executable, "-c", "pass"), {})
    large = peak((sys.executable, "-c", "held = b'x' * 60_000_000"), {})

    assert small is not None
    assert large is not None
    assert 1 < small < 60
    assert 55 < large - small < 75
    assert here


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell")
def test_memory_of_a_program_that_fails_is_not_told() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        peak((sys.executable, "-c", "raise SystemExit(3)"), {})

"""An engine is counted as right only where the judge says so, and its words only where it made a file."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from benchmarks import redline_correctness, redline_right
from benchmarks.measuring import Comparison, Outcome, Table
from benchmarks.redline_correctness import Case, Tally, against, against_fewest, corpus, generated, table, tally
from benchmarks.redline_edits import edited
from benchmarks.redline_prose import prose
from benchmarks.reporting import as_markdown, as_text

if TYPE_CHECKING:
    from pathlib import Path

COPY = (sys.executable, "-c", "import shutil, sys; shutil.copy(sys.argv[2], sys.argv[3])")
"""An engine that gives the new file back: right where nothing changed, and nowhere else."""
FAIL = (sys.executable, "-c", "raise SystemExit(1)")
NOTHING = (sys.executable, "-c", "pass")
ENV = dict(os.environ)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    old = prose(300)
    return [Case.of("same", old, old), Case.of("changed", old, edited(old, 5, large=0, seed=1))]


def test_a_redline_that_marks_nothing_is_right_only_where_nothing_changed(cases: list[Case], tmp_path: Path) -> None:
    found = tally(COPY, ENV, cases, tmp_path)

    assert (found.cases, found.failed) == (2, [])
    assert found.kept == {"text": 1, "runs": 1, "properties": 1}
    assert found.marked == {"same": 0, "changed": 0}
    assert found.minimum == cases[1].minimum > 0
    assert found.seconds > 0


@pytest.mark.parametrize("command", [FAIL, NOTHING], ids=["fails", "writes nothing"])
def test_an_engine_that_makes_no_file_is_right_nowhere(
    command: tuple[str, ...], cases: list[Case], tmp_path: Path
) -> None:
    found = tally(command, ENV, cases, tmp_path)

    assert found.failed == ["same", "changed"]
    assert set(found.kept.values()) == {0}
    assert not found.marked


def test_a_file_that_cannot_be_read_is_right_nowhere_and_told(cases: list[Case], tmp_path: Path) -> None:
    garbage = (sys.executable, "-c", "import sys; open(sys.argv[3], 'wb').write(b'no zip')")

    found = tally(garbage, ENV, cases, tmp_path)

    assert found.failed == ["same", "changed"]
    assert found.faults["same"].startswith("its file cannot be read")


def test_what_is_wrong_is_told_by_pair(cases: list[Case], tmp_path: Path) -> None:
    found = tally(COPY, ENV, cases, tmp_path)

    assert list(found.faults) == ["changed"]
    assert found.faults["changed"].startswith("reject, text: body")


def test_our_own_engine_is_judged_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    code = redline_right.main(["ours", "--count", "1"])

    assert code == 0, "the law holds"
    assert "1 of 1      1 of 1    1 of 1" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["nobody", "--count", "1"]])
def test_a_command_that_judges_nothing_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        redline_right.main(arguments)
    assert "error:" in capsys.readouterr().err


def test_words_are_compared_on_the_pairs_of_which_both_made_a_file() -> None:
    ours = Tally(marked={"a": 10, "b": 20}, minimum=25)
    theirs = Tally(marked={"b": 40, "c": 99}, minimum=25)

    line = against("pairs", ours, theirs, "theirs", target=1.0)
    assert (line.ours, line.theirs, line.ratio, line.met) == (20, 40, 0.5, True)
    fewest = against_fewest("pairs", ours, target=1.15)
    assert (fewest.ours, fewest.theirs, fewest.ratio, fewest.met) == (30, 25, 1.2, False)


def test_the_corpus_is_empty_where_its_files_are_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(redline_correctness, "CORPUS", tmp_path)

    assert corpus() == []


def test_generated_pairs_are_named_by_their_seed() -> None:
    assert [case.name for case in generated(2)] == ["pair 0", "pair 1"]


def test_a_tally_is_printed_an_engine_a_row() -> None:
    found = {"ours": Tally(cases=3, marked={"a": 11}, minimum=10), "other": Tally(cases=3, failed=["b"])}

    made = table("Right and small", found, {"other": "The other engine"})

    outcome = Outcome("redline", (Comparison("a", "b", 1, 2, 0.0512),), ("A remark.",), (made,))
    for printed in (as_text(outcome), as_markdown(outcome)):
        assert "Right and small" in printed
        assert "The other engine" in printed
        assert "1.10 ×" in printed
        assert "0.051 ×" in printed
    assert "| ours | 0 of 3 | 0 of 3 | 0 of 3 | 0 | 1.10 × | 0 |" in as_markdown(outcome)
    assert outcome.to_dict()["tables"][0]["rows"][1]["no file"] == "1"


def test_a_table_without_rows_is_still_a_table() -> None:
    assert "| a | b |" in as_markdown(Outcome("x", (), (), (Table("t", ("a", "b"), ()),)))

"""accept and reject: every tracked change of a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cli.small import run
from tests.word.revisions.documents import body_of, dele, ins, p, package, r

from fe_contracts import accept_changes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def redline(tmp_path: Path) -> Path:
    path = tmp_path / "redline.docx"
    path.write_bytes(package(p(r("a") + ins(r("b")) + dele("c") + dele("d")) + "<w:sectPr/>"))
    return path


def text(path: Path) -> str:
    return body_of(accept_changes(path))


def test_accept_writes_the_new_reading_and_says_what_was_in_it(redline: Path, tmp_path: Path) -> None:
    out = tmp_path / "new.docx"
    done = run("accept", redline, "-o", out)
    assert done.exit_code == 0, done.output
    assert "3 tracked changes accepted: 1 insertion, 2 deletions" in done.stdout
    assert text(out) == p(r("a") + r("b")) + "<w:sectPr/>"


def test_reject_writes_the_old_reading(redline: Path, tmp_path: Path) -> None:
    out = tmp_path / "old.docx"
    done = run("reject", redline, "-o", out)
    assert done.exit_code == 0, done.output
    assert "3 tracked changes rejected: 1 insertion, 2 deletions" in done.stdout
    assert text(out) == p(r("a") + r("c") + r("d")) + "<w:sectPr/>"


def test_the_same_as_json(redline: Path, tmp_path: Path) -> None:
    told = json.loads(run("reject", redline, "-o", tmp_path / "old.docx", "--format", "json").stdout)
    assert told == {
        "file": str(tmp_path / "old.docx"),
        "source": str(redline),
        "side": "reject",
        "changes": 3,
        "by_kind": {"insertions": 1, "deletions": 2},
        "findings": [],
        "exit_code": 0,
    }


def test_a_file_without_changes_is_said_to_have_none(redline: Path, tmp_path: Path) -> None:
    run("accept", redline, "-o", tmp_path / "new.docx")
    done = run("reject", tmp_path / "new.docx", "-o", tmp_path / "same.docx")
    assert done.exit_code == 0
    assert "holds no tracked changes" in done.stdout
    assert (tmp_path / "same.docx").read_bytes() == (tmp_path / "new.docx").read_bytes()


def test_what_stands_there_is_kept_unless_told_otherwise(redline: Path) -> None:
    out = redline.with_name("out.docx")
    out.write_bytes(b"mine")
    refused = run("accept", redline, "-o", out)
    assert refused.exit_code == 2
    assert "was kept" in refused.stderr
    assert out.read_bytes() == b"mine"
    assert run("accept", redline, "-o", out, "--force").exit_code == 0
    assert out.read_bytes() != b"mine"


@pytest.mark.parametrize("command", ["accept", "reject"])
def test_the_file_itself_and_a_name_that_word_would_not_know_are_refused(command: str, redline: Path) -> None:
    before = redline.read_bytes()
    for more in ((), ("--force",)):
        done = run(command, redline, "-o", redline, *more)
        assert (done.exit_code, "another name" in done.stderr) == (2, True)
    done = run(command, redline, "-o", redline.with_name("out.txt"))
    assert (done.exit_code, "does not end in .docx" in done.stderr) == (2, True)
    assert redline.read_bytes() == before
    assert [path.name for path in redline.parent.iterdir()] == ["redline.docx"]


@pytest.mark.parametrize("command", ["accept", "reject"])
def test_a_missing_file_is_named(command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path / "none.docx", "-o", tmp_path / "out.docx")
    assert done.exit_code == 2
    assert "none.docx" in "".join(done.stderr.split("\n"))
    assert "Traceback" not in done.output


def test_what_could_not_be_resolved_is_named_and_exits_1(tmp_path: Path) -> None:
    path = tmp_path / "odd.docx"
    path.write_bytes(package(p(ins('<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + r("a"))
                             + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')))  # fmt: skip
    done = run("reject", path, "-o", tmp_path / "out.docx")
    assert done.exit_code == 1
    assert "RESOLVE013" in done.stdout
    assert (tmp_path / "out.docx").exists()


def test_a_file_that_is_no_word_file_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "not.docx"
    path.write_bytes(b"plain text")
    done = run("accept", path, "-o", tmp_path / "out.docx")
    assert done.exit_code == 2
    assert "FILE013" in done.stderr
    assert not (tmp_path / "out.docx").exists()

"""redline: what changed between two files, and everything that can be wrong with them, from the command line."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.cli.small import run
from tests.word.revisions.documents import body_of, ins, p, package, r

from fe_contracts import accept_changes, reject_changes
from fe_contracts_cli.redline import _one

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

END = "<w:sectPr/>"
OLD = package(p(r("The report is due in 30 days.")) + END)
NEW = package(p(r("The report is due in 15 days.")) + END)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """An old and a new file."""
    old, new = tmp_path / "old.docx", tmp_path / "new.docx"
    old.write_bytes(OLD)
    new.write_bytes(NEW)
    return old, new


def test_a_redline_says_what_is_in_it_and_exits_1(pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "redline.docx"
    done = run("redline", *pair, "-o", out, "--author", "City <of> Ex & Co", "--date", "2027-03-01")
    assert done.exit_code == 1, done.output
    assert "      1  insertion\n" in done.stdout
    assert str(out) in done.stdout
    assert "30" in body_of(reject_changes(out))
    assert "15" in body_of(accept_changes(out))
    assert b'w:author="City &lt;of&gt; Ex &amp; Co" w:date="2027-03-01T00:00:00Z"' in _document(out)


def test_the_same_as_json(pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "redline.docx"
    told = json.loads(run("redline", *pair, "-o", out, "--format", "json").stdout)
    assert told == {
        "old": str(pair[0]),
        "new": str(pair[1]),
        "out": str(out),
        "same": False,
        "counts": {"insertions": 1, "deletions": 1},
        "notes": [],
        "exit_code": 1,
    }


def test_a_file_with_itself_is_the_same_and_exits_0(pair: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("redline", pair[0], pair[0], "-o", tmp_path / "same.docx")
    assert done.exit_code == 0
    assert "say the same" in done.stdout
    assert (tmp_path / "same.docx").exists()


def test_the_same_files_give_the_same_bytes(pair: tuple[Path, Path], tmp_path: Path) -> None:
    for name in ("one.docx", "two.docx"):
        run("redline", *pair, "-o", tmp_path / name)
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()


BAD = {
    "not.docx": (b"plain text", "FILE013"),
    "empty.docx": (b"", "FILE011"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "FILE012"),
    "cut.docx": (OLD[:500], "FILE013"),
    "stray.docx": (package(p(r("a")) + r("stray") + END), "REDLINE011"),
    "tracked.docx": (package(p(r("a") + ins(r("b"))) + END), "REDLINE010"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("side", ["old", "new"])
def test_a_file_that_cannot_be_used_is_named_with_the_reason_and_exits_2(
    name: str, side: str, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    data, code = BAD[name]
    bad, out = tmp_path / f"bad-{name}", tmp_path / "out.docx"
    bad.write_bytes(data)
    done = run("redline", *((bad, pair[1]) if side == "old" else (pair[0], bad)), "-o", out)
    assert done.exit_code == 2
    assert code in done.stderr
    assert bad.name in "".join(done.stderr.split("\n"))
    assert "Traceback" not in done.output
    assert not out.exists()


@pytest.mark.parametrize("name", ["out.txt", "out", "out.docx.bak", "out.doc"])
def test_a_name_that_word_would_not_know_is_refused(name: str, pair: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("redline", *pair, "-o", tmp_path / name)
    assert done.exit_code == 2
    assert "does not end in .docx. Give -o out" in " ".join(done.stderr.split())
    assert not (tmp_path / name).exists()


def test_an_ending_in_capitals_is_one(pair: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("redline", *pair, "-o", tmp_path / "OUT.DOCX").exit_code == 1


def test_missing_files_and_folders_are_refused(pair: tuple[Path, Path], tmp_path: Path) -> None:
    for bad in (tmp_path / "none.docx", tmp_path):
        done = run("redline", pair[0], bad, "-o", tmp_path / "out.docx")
        assert done.exit_code == 2
        assert "Traceback" not in done.output
        assert not (tmp_path / "out.docx").exists()


@pytest.mark.parametrize("choice", ["accept", "reject", "keep"])
def test_tracked_changes_that_are_there_are_done_with_as_told(
    choice: str, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    tracked = tmp_path / "tracked.docx"
    tracked.write_bytes(package(p(r("The report is due in 15 days.") + ins(r(" Perhaps"))) + END))
    out = tmp_path / "out.docx"
    assert run("redline", pair[0], tracked, "-o", out, "--existing", choice).exit_code == 1
    assert ("Perhaps" in body_of(accept_changes(out))) == (choice != "reject")
    assert (b'w:author="A"' in _document(out)) == (choice == "keep")


@pytest.mark.parametrize("more", [(), ("--existing", "refuse")], ids=["left out", "given"])
@pytest.mark.parametrize("as_json", [False, True])
def test_tracked_changes_that_are_there_are_refused_unless_told_otherwise(
    more: tuple[str, ...], *, as_json: bool, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    tracked, out = tmp_path / "tracked.docx", tmp_path / "out.docx"
    tracked.write_bytes(package(p(r("a") + ins(r("b")) + ins(r("c"))) + END))
    done = run("redline", pair[0], tracked, "-o", out, *more, *(("--format", "json") if as_json else ()))
    assert done.exit_code == 2
    assert not out.exists()
    if as_json:
        told = json.loads(done.stdout)
        (problem,) = told["error"]["findings"]
        assert (problem["code"], problem["severity"], told["exit_code"]) == ("REDLINE010", "error", 2)
        assert "--existing" in problem["remedy"]
    else:
        assert "REDLINE010" in done.stderr
        assert "--existing" in done.stderr


@pytest.mark.parametrize(("choice", "code"), [("accept", 1), ("reject", 0), ("keep", 0)])
def test_what_is_left_after_that_decides_the_exit_code(
    choice: str, code: int, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    """A file whose only change is the one it tracks: rejected or kept, nothing was changed without a mark."""
    tracked, out = tmp_path / "tracked.docx", tmp_path / "out.docx"
    tracked.write_bytes(package(p(r("The report is due in 30 days.") + ins(r(" Perhaps"))) + END))
    done = run("redline", pair[0], tracked, "-o", out, "--existing", choice, "--format", "json")
    assert done.exit_code == code
    told = json.loads(done.stdout)
    assert told["same"] is (code == 0)
    assert told["exit_code"] == code


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_an_input_is_never_written_over(which: int, force: tuple[str, ...], pair: tuple[Path, Path]) -> None:
    before = [path.read_bytes() for path in pair]
    refused = run("redline", *pair, "-o", pair[which], *force)
    assert refused.exit_code == 2
    assert "another name" in refused.stderr
    assert [path.read_bytes() for path in pair] == before


def test_what_stands_there_is_kept_unless_told_otherwise(pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    out.write_bytes(b"mine")
    refused = run("redline", *pair, "-o", out)
    assert refused.exit_code == 2
    assert "was kept" in refused.stderr
    assert out.read_bytes() == b"mine"
    assert run("redline", *pair, "-o", out, "--force").exit_code == 1
    assert "30" in body_of(reject_changes(out))


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--author", "a\x01b"),
        ("--author", ""),
        ("--author", "  "),
        ("--author", "a\nb"),
        ("--date", "yesterday"),
        ("--date", ""),
        ("--date", "2027-13-45"),
        ("--date", "2027-02-29"),
        ("--date", "2027-01-31T25:00:00Z"),
        ("--date", "2027-01-31T09:30:00"),
        ("--date", "20270131"),
        ("--existing", "x"),
        ("--format", "html"),
    ],
)
def test_an_option_that_cannot_stand_in_a_word_file_is_refused(
    option: str, value: str, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    done = run("redline", *pair, "-o", tmp_path / "out.docx", option, value)
    assert done.exit_code == 2
    assert option in done.stderr
    assert "Traceback" not in done.output
    assert not (tmp_path / "out.docx").exists()


def test_without_author_and_day_both_are_fixed(pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    run("redline", *pair, "-o", out)
    marks = re.findall(rb'<w:(?:ins|del) [^>]*w:author="([^"]*)" w:date="([^"]*)"', _document(out))
    assert len(marks) == 2
    assert {author for author, _ in marks} == {b"fe-contracts"}
    assert len({day for _, day in marks}) == 1


def test_a_moment_is_taken_as_it_is(pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    run("redline", *pair, "-o", out, "--date", "2027-01-31T09:30:00Z")
    assert b'w:date="2027-01-31T09:30:00Z"' in _document(out)


def test_what_is_not_tracked_is_told_as_text_and_as_json(pair: tuple[Path, Path], tmp_path: Path) -> None:
    """A style that looks otherwise cannot be tracked: it is named, though the files say the same."""
    style = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>{}</w:style>'
    for path, look in zip(pair, ("", "<w:rPr><w:b/></w:rPr>"), strict=True):
        path.write_bytes(package(p(r("The same.")) + END, {"styles": style.format(look)}))
    done = run("redline", *pair, "-o", tmp_path / "one.docx")
    told = json.loads(run("redline", *pair, "-o", tmp_path / "two.docx", "--format", "json").stdout)
    assert (done.exit_code, told["exit_code"], told["same"], told["counts"]) == (0, 0, True, {})
    assert [(note["code"], note["severity"]) for note in told["notes"]] == [("REDLINE021", "warning")]
    assert told["notes"][0]["remedy"]
    assert "The files say the same: nothing is tracked." in done.stdout
    assert "REDLINE021" in done.stdout


def test_the_help_names_each_exit_code_and_choice() -> None:
    done = run("redline", "--help")
    told = " ".join(done.stdout.split())
    assert "Exit code 0: the files say the same. 1: they differ; the redline shows how. 2: could not run." in told
    assert "[refuse|accept|reject|keep]" in told


@pytest.mark.parametrize("given", [(), ("one.docx",), ("one.docx", "two.docx")])
def test_what_is_missing_on_the_line_is_a_usage_error(given: tuple[str, ...]) -> None:
    done = run("redline", *given)
    assert done.exit_code == 2
    assert "Missing" in done.stderr


def test_a_folder_that_is_not_there_is_named(pair: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("redline", *pair, "-o", tmp_path / "none" / "out.docx")
    assert done.exit_code == 2
    assert "There is no folder" in done.stderr


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 32 kB, most of it taken."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32k", "none", str(disk)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        (disk / "taken").write_bytes(bytes(31_000))
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_a_full_disk_leaves_nothing_half_written(full_disk: Path, tmp_path: Path) -> None:
    long = tmp_path / "long.docx"
    long.write_bytes(package(p("".join(r(os.urandom(8).hex()) for _ in range(4000))) + END))
    (tmp_path / "old.docx").write_bytes(OLD)
    done = run("redline", tmp_path / "old.docx", long, "-o", full_disk / "out.docx")
    assert done.exit_code == 2
    assert "no space left" in done.stderr
    assert [path.name for path in full_disk.iterdir()] == ["taken"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_folder_that_is_closed_is_named(pair: tuple[Path, Path], tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    done = run("redline", *pair, "-o", closed / "out.docx")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def _document(path: Path) -> bytes:
    from fe_contracts.word import read_package

    return read_package(path).parts["word/document.xml"]


@pytest.mark.parametrize(
    ("kind", "one"),
    [
        ("insertions", "insertion"),
        ("paragraphs deleted", "paragraph deleted"),
        ("paragraph marks deleted", "paragraph mark deleted"),
        ("table properties", "table property"),
        ("formatting", "formatting"),
    ],
)
def test_one_change_is_said_of_one(kind: str, one: str) -> None:
    assert _one(kind) == one

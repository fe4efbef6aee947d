"""`fe-contracts report rollup` adds up many reports, shows who is drifting, and says by its exit code what it found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from tests.batch.mailbox import NUMBER, Mailbox

from fe_contracts_cli.main import cli

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = ["internal/rollup.html", "internal/rollup.xlsx", "public/rollup.html", "public/rollup.xlsx"]


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    """Return a folder in which everything that was due by May 1 came in time."""
    made = Mailbox.at(tmp_path / "received")
    made.send("R1 2027-04-20.json")
    made.send("R2 2027-04-20.json", report="R2")
    return made


def run(mailbox: Mailbox, *arguments: str, as_of: str = "2027-05-01") -> Result:
    out = mailbox.folder.parent / "out"
    given = ["report", "rollup", str(mailbox.folder), "-o", str(out), "--as-of", as_of, "--jobs", "1", *arguments]
    return CliRunner().invoke(cli, given, catch_exceptions=False)


def written(mailbox: Mailbox) -> list[str]:
    out = mailbox.folder.parent / "out"
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())


def test_a_quarter_in_order_is_shown_agency_by_agency_with_exit_code_0(mailbox: Mailbox) -> None:
    done = run(mailbox)
    assert done.exit_code == 0, done.output
    assert "1 agency, as of 2027-05-01" in done.stdout
    heads, row = (line for line in done.stdout.splitlines() if line.startswith(("Agency ", "Steady Ground")))
    assert heads.split() == ["Agency", "Due", "In", "time", "Late", "Missing", "Below"]
    assert row.split() == ["Steady", "Ground", "2", "2", "-", "-", "-"]
    assert "In the folder: nothing found. In the reports that count: nothing found." in done.stdout
    assert written(mailbox) == WRITTEN
    assert [line.split("out")[-1] for line in done.stderr.splitlines()] == [f"/{name}" for name in WRITTEN]
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_what_is_drifting_missing_and_broken_is_told_with_exit_code_1(mailbox: Mailbox) -> None:
    mailbox.put("broken.xlsx", b"PK\x03\x04 cut off")
    mailbox.put("minutes.docx", b"none")
    done = run(mailbox, as_of="2027-11-15")
    assert done.exit_code == 1
    assert "Steady Ground, Reports: 4 of 6 reports that were due: R1 2027-Q2 missing" in " ".join(done.stdout.split())
    assert "FILE013" in done.stdout
    assert "broken.xlsx" in done.stdout
    assert "1 other file in the folder passed by." in done.stdout
    assert written(mailbox) == WRITTEN


def test_a_finding_in_a_report_that_counts_alone_makes_exit_code_1(mailbox: Mailbox) -> None:
    mailbox.send("R1 2027-04-21.json", {"outcome.O1.reached": 9})
    done = run(mailbox)
    assert done.exit_code == 1
    assert "In the reports that count: 1 error." in done.stdout


def test_json_holds_everything_and_what_was_written(mailbox: Mailbox) -> None:
    done = run(mailbox, "--format", "json")
    data = json.loads(done.stdout)
    assert (data["view"], data["as_of"], data["exit_code"], done.exit_code) == ("internal", "2027-05-01", 0, 0)
    (contract,) = data["contracts"]
    assert (contract["number"], len(contract["reports"]), len(data["written"])) == (NUMBER, 2, 4)
    d5 = next(line for line in contract["deliverables"] if line["id"] == "D5")
    assert (d5["to_date"], d5["target_to_date"]) == (30, 30)


def test_json_of_the_public_view_holds_no_small_count_and_no_finding(mailbox: Mailbox) -> None:
    """What is asked for to be given to others may be given to others, the output of the command included."""
    mailbox.send("R1 2027-04-21.json", {"deliverable.D5.actual": 7, "outcome.O1.reached": 9})
    told = {}
    for view in ("public", "internal"):
        done = run(mailbox, "--format", "json", "--view", view)
        data = json.loads(done.stdout)
        assert (data["view"], data["exit_code"], done.exit_code) == (view, 1, 1)
        line = next(line for line in data["contracts"][0]["deliverables"] if line["id"] == "D5")
        told[view] = line["to_date"], bool(data["contracts"][0]["findings"]), len(data["history"])
    assert told == {"public": ("left out", False, 0), "internal": (7, True, 3)}


def test_names_of_files_cannot_command_the_terminal(mailbox: Mailbox) -> None:
    mailbox.put("\x1b[31m\x07\u202efdp broken.xlsx", b"PK\x03\x04 cut off")
    done = run(mailbox)
    assert done.exit_code == 1
    assert "[U+001B][31m[U+0007][U+202E]fdp broken.xlsx" in done.stdout
    assert not set(done.output) & set("\x1b\x07\u202e")


@pytest.mark.parametrize(("view", "names"), [("internal", WRITTEN[:2]), ("public", WRITTEN[2:]), ("both", WRITTEN)])
def test_one_view_alone_is_written(mailbox: Mailbox, view: str, names: list[str]) -> None:
    assert run(mailbox, "--view", view).exit_code == 0
    assert written(mailbox) == names


def test_the_smallest_number_holds_where_the_contract_says_none(mailbox: Mailbox) -> None:
    contract = mailbox.folder / "contract.yaml"
    text = contract.read_text(encoding="utf-8")
    left_out = "\nclauses:\n  exclude: [{clause: DATA-04, reason: Not wanted.}]\n"
    assert text.count("\nclauses:\n") == 1
    contract.write_text(text.replace("\nclauses:\n", left_out), encoding="utf-8")
    for smallest in ("25", "35"):
        done = run(mailbox, "--smallest", smallest, "--format", "json", "--force")
        assert json.loads(done.stdout)["contracts"][0]["smallest"] == int(smallest)
        page = (mailbox.folder.parent / "out" / "public" / "rollup.html").read_text(encoding="utf-8")
        assert (">30 <" in page) == (smallest == "25")  # the new clients of the first quarter
    assert "ROLLUP008" in done.stdout


def test_contracts_may_stand_elsewhere(mailbox: Mailbox) -> None:
    apart = mailbox.folder.parent / "contracts"
    apart.mkdir()
    (mailbox.folder / "contract.yaml").rename(apart / "steady.yaml")
    assert run(mailbox).exit_code == 2
    for named in (apart, apart / "steady.yaml"):
        done = run(mailbox, "--contracts", str(named), "--force")
        assert done.exit_code == 0, done.output


def test_without_a_contract_nothing_is_written_and_the_exit_code_is_2(mailbox: Mailbox) -> None:
    (mailbox.folder / "contract.yaml").unlink()
    done = run(mailbox)
    assert done.exit_code == 2
    assert "ROLLUP010" in done.stdout
    assert not (mailbox.folder.parent / "out").exists()


def test_what_was_written_before_is_kept_unless_forced(mailbox: Mailbox) -> None:
    assert run(mailbox).exit_code == 0
    page = mailbox.folder.parent / "out" / "internal" / "rollup.html"
    page.write_bytes(b"mine")
    done = run(mailbox)
    assert done.exit_code == 2
    assert "there already" in done.output
    assert page.read_bytes() == b"mine"
    assert run(mailbox, "--force").exit_code == 0
    assert page.read_bytes() != b"mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--as-of", "soon"], "no day such as 2027-08-15"),
        (["--as-of", "2027-02-29"], "no day such as 2027-08-15"),
        (["--view", "secret"], "'secret' is not one of"),
        (["--smallest", "1"], "1 is not in the range"),
        (["--jobs", "0"], "0 is not in the range"),
        (["--contracts", "nowhere.yaml"], "nowhere.yaml"),
        (["--catalog", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_with_exit_code_2(mailbox: Mailbox, arguments: list[str], said: str) -> None:
    done = run(mailbox, *arguments)
    assert done.exit_code == 2
    assert said in done.output
    assert not (mailbox.folder.parent / "out").exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["report", "rollup", str(tmp_path / "gone"), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "There is no such folder." in done.output
    assert "ROLLUP013" in done.output

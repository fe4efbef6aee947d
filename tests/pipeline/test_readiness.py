from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from fe_contracts import Readiness, ReceivedReport, Where, load_initiative, readiness, render_readiness, save_readiness
from fe_contracts.exceptions import OutputError, SourceError
from fe_contracts.performance.forms.filled import CellValue, FilledReport

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "initiative"


def test_the_example_in_balance_finds_nothing() -> None:
    found = readiness(FOLDER / "in-balance.yaml")
    assert (found.headline, found.exit_code, list(found.findings)) == (
        "Process and implementation are in balance", 0, [],
    )  # fmt: skip
    assert [item.trained for item in found.agencies] == [31, 22, 12]


def test_the_example_too_long_on_the_process_names_it_and_who_turns_away() -> None:
    found = readiness(FOLDER / "process-ahead.yaml")
    assert found.headline == "Process is ahead of implementation"
    codes = {one.code for one in found.findings}
    assert codes == {
        "READY001", "READY010", "READY012", "READY013", "READY014", "READY015", "READY041", "READY050",
    }  # fmt: skip
    assert found.exit_code == 1


def test_the_example_embedded_too_early_names_clauses_and_the_agency_never_asked() -> None:
    found = readiness(FOLDER / "embedded-too-early.yaml")
    assert found.headline == "Implementation is ahead of process"
    told = {one.code: one for one in found.findings}
    assert "no framework and no glossary is adopted" in told["READY020"].message
    assert "FE-2027-047 of Lantern House Advocates, Inc., since 2027-01-01, with FE-01 to FE-06 and FE-08 to FE-13" in (
        told["READY020"].message
    )
    assert told["READY020"].where.line == 48
    assert "Lantern House Advocates, Inc. has the contract FE-2027-047" in told["READY040"].message


def test_adoption_is_told_by_clause_and_version() -> None:
    adoption = readiness(FOLDER / "in-balance.yaml").adoption
    assert adoption["FE-07"] == {"1.0.0": ["FE-2027-014", "FE-2027-031"]}
    assert next(iter(adoption)) == "FE-01"


def test_another_day_than_the_files_own_can_be_asked_about() -> None:
    found = readiness(FOLDER / "in-balance.yaml", as_of=dt.date(2026, 12, 1))
    assert found.as_of == dt.date(2026, 12, 1)
    assert "READY051" in {one.code for one in found.findings}  # what the file dates later has not happened


def test_without_any_day_it_cannot_be_judged(tmp_path: Path) -> None:
    text = (FOLDER / "process-ahead.yaml").read_text(encoding="utf-8").replace("as_of: 2026-12-15\n", "")
    path = tmp_path / "one.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="READY063"):
        readiness(path)


def test_a_broken_file_is_refused_with_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("name: One\ncity: Town\nstakeholder: []\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"one.yaml:3.*Did you mean 'stakeholders'") as caught:
        load_initiative(path)
    assert {one.code for one in caught.value.problems} == {"FIELD010", "FIELD020"}


def test_one_broken_contract_leaves_the_others_and_is_found(tmp_path: Path) -> None:
    text = (FOLDER / "process-ahead.yaml").read_text(encoding="utf-8")
    (tmp_path / "one.yaml").write_text(text.replace("../rider.yaml", "gone.yaml"), encoding="utf-8")
    found = readiness(tmp_path / "one.yaml")
    assert (found.contracts, found.findings.items[0].code) == ((), "READY060")
    assert found.next_steps[0].codes == ("READY060",)


@pytest.fixture(scope="module")
def ahead() -> Readiness:
    return readiness(FOLDER / "process-ahead.yaml")


def test_json_holds_everything_and_the_exit_code(ahead: Readiness) -> None:
    told = json.loads(render_readiness(ahead, "json"))
    assert (told["verdict"], told["exit_code"], told["as_of"]) == ("process ahead", 1, "2026-12-15")
    assert told["counts"]["warning"] == len(told["findings"])
    assert told["contracts"][0]["clauses"]["FE-12"] == "1.0.0"
    assert told["contracts"][0]["training_promised"]["owed"][0] == {"by": "2027-04-30", "people": 12}
    assert [item["state"] for item in told["milestones"]].count("overdue") == 4
    assert told["thresholds"]["heard_within_days"] == 120


def test_each_form_is_written_whole_and_nothing_is_written_over(ahead: Readiness, tmp_path: Path) -> None:
    for form in ("text", "json", "html"):
        path = save_readiness(ahead, tmp_path / f"one.{form}", form=form)
        assert path.read_text(encoding="utf-8") == render_readiness(ahead, form)
    with pytest.raises(OutputError):
        save_readiness(ahead, tmp_path / "one.html")
    with pytest.raises(ValueError, match="no form 'pdf'"):
        render_readiness(ahead, "pdf")


def filled(contract: str, signed: object) -> FilledReport:
    where = Where("report.xlsx", field="Sign!B4")
    values = {"certification.signed_on": CellValue(signed, str(signed), where)}  # type: ignore[arg-type]
    identity = {"contract": contract} if contract else {}
    return FilledReport(identity, values, (), "report.xlsx", "0" * 64, "xlsx")


@pytest.mark.parametrize(
    ("reports", "reached"),
    [
        ([filled("SH-2025-108-R1", dt.date(2026, 11, 20)), filled("SH-2025-108-R1", "2026-11-18")], "2026-11-18"),
        ([filled("SH-2025-108-R1", None), filled("", dt.date(2026, 11, 1))], None),
        ([filled("OTHER", dt.date(2026, 11, 20))], None),
        ([filled("SH-2025-108-R1", dt.date(2027, 1, 2))], None),
        ([ReceivedReport("SH-2025-108-R1", dt.date(2026, 12, 1))], "2026-12-01"),
    ],
)
def test_reports_that_came_back_signed_date_the_first_report(
    reports: list[FilledReport | ReceivedReport], reached: str | None
) -> None:
    found = readiness(FOLDER / "process-ahead.yaml", reports=reports)
    step = next(step for step in found.steps if step.kind == "first_report")
    assert (step.reached.isoformat() if step.reached else None) == reached
    assert step.known_from == ("reports" if reached else "file")

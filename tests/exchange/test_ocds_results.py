"""How a contract goes, as open data: what was met and paid, and no small count anywhere."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.assembly.specs import make_spec
from tests.exchange.releases import codes, loose_ends, release, schema_problems

from fe_contracts.exchange.ocds_known import Known
from fe_contracts.exchange.ocds_results import CheckedReport, PaymentMade, Results

CHANGES = {
    "milestones": [
        {"id": "M1", "title": "Open", "track": "implementation", "due_date": "2027-02-01", "evidence": "Hours posted"}
    ],
    "reports[1]": {
        "id": "R2",
        "title": "Final report",
        "kind": "closeout",
        "frequency": "final",
        "due_days": 60,
        "contents": ["results"],
    },
}


def came(quarter: int, **more: Any) -> CheckedReport:
    """Return the report of a quarter of 2027, received two weeks after it."""
    day = dt.date(2027 + quarter // 4, quarter * 3 % 12 + 1, 14)
    return CheckedReport("R1", f"2027-Q{quarter}", day, **more)


def milestones(*reports: CheckedReport, smallest: int | None = 11) -> dict[str, dict[str, Any]]:
    made = release(make_spec(CHANGES), None, Results(reports, (), smallest)).data
    assert schema_problems(made) == []
    return {item["id"]: item for item in made["contracts"][0]["implementation"]["milestones"]}


def test_steps_and_reports_are_milestones_with_their_days() -> None:
    made = milestones()
    assert list(made) == ["milestone-M1", *(f"report-R1-P0{place}" for place in (1, 2, 3, 4)), "report-R2-P01"]
    assert made["milestone-M1"]["type"] == "delivery"
    assert made["milestone-M1"]["code"] == "implementation"
    assert made["report-R1-P01"] == {
        "id": "report-R1-P01",
        "title": "Quarterly report, 2027-Q1",
        "type": "reporting",
        "description": "Covers 2027-01-01 to 2027-03-31.",
        "dueDate": "2027-04-30T23:59:59Z",
        "status": "scheduled",
    }
    assert made["report-R2-P01"]["title"] == "Final report"


def test_an_accepted_report_is_met_on_the_day_it_came() -> None:
    made = milestones(came(1))["report-R1-P01"]
    assert (made["status"], made["dateMet"], made["dateModified"]) == ("met", *["2027-04-14T00:00:00Z"] * 2)


def test_a_report_that_must_be_mended_is_still_owed() -> None:
    made = milestones(came(1, accepted=False, delivered={"D2": 300}, reached={"M1": dt.date(2027, 1, 9)}))
    assert made["report-R1-P01"]["status"] == "scheduled"
    assert made["report-R1-P01"]["dateModified"] == "2027-04-14T00:00:00Z"
    assert "Total" not in made["report-R1-P01"]["description"]
    assert made["milestone-M1"]["status"] == "scheduled"


def test_a_correction_keeps_the_first_day_and_gives_the_last_figures() -> None:
    first = CheckedReport("R1", "2027-Q1", dt.date(2027, 4, 10), delivered={"D2": 300})
    second = CheckedReport("R1", "2027-Q1", dt.date(2027, 5, 2), delivered={"D2": 320})
    made = milestones(second, first)["report-R1-P01"]
    assert made["dateMet"] == "2027-04-10T00:00:00Z"
    assert "D2 320 Sessions" in made["description"]


def test_what_comes_after_an_accepted_report_and_is_not_accepted_changes_nothing() -> None:
    late = CheckedReport("R1", "2027-Q1", dt.date(2027, 6, 1), accepted=False, delivered={"D2": 999})
    assert milestones(came(1, delivered={"D2": 300}), late) == milestones(came(1, delivered={"D2": 300}))


def test_a_report_that_is_due_once_has_a_day_and_no_total() -> None:
    once = CHANGES["reports[1]"] | {"id": "R3", "frequency": "once", "due_date": "2027-05-14"}  # type: ignore[operator]
    report = CheckedReport("R3", "", dt.date(2027, 5, 2), delivered={"D2": 300})
    made = release(make_spec({"reports[1]": once}), None, Results((report,), (), 11)).data
    item = next(one for one in made["contracts"][0]["implementation"]["milestones"] if "R3" in one["id"])
    assert item == {
        "id": "report-R3",
        "title": "Final report",
        "type": "reporting",
        "dueDate": "2027-05-14T23:59:59Z",
        "status": "met",
        "dateModified": "2027-05-02T00:00:00Z",
        "dateMet": "2027-05-02T00:00:00Z",
    }


def test_a_milestone_is_met_on_the_first_day_that_reports_tell() -> None:
    made = milestones(came(2, reached={"M1": dt.date(2027, 2, 5)}), came(1, reached={"M1": dt.date(2027, 1, 30)}))
    assert made["milestone-M1"]["status"] == "met"
    assert made["milestone-M1"]["dateMet"] == "2027-01-30T00:00:00Z"


def test_a_final_report_that_tells_the_whole_term_counts_nothing_twice() -> None:
    final = CheckedReport("R2", "term", dt.date(2028, 2, 20), delivered={"D2": 1200})
    made = milestones(*(came(quarter, delivered={"D2": 300}) for quarter in (1, 2, 3, 4)), final)
    assert "D2 1,200 Sessions" in made["report-R1-P04"]["description"]
    assert "Total" not in made["report-R2-P01"]["description"]


@settings(max_examples=60, deadline=None)
@given(counts=st.lists(st.integers(0, 30), min_size=4, max_size=4), smallest=st.integers(3, 20))
def test_no_small_count_can_be_worked_out_from_what_is_told(counts: list[int], smallest: int) -> None:
    reports = [came(place, delivered={"D1": count}) for place, count in enumerate(counts, 1)]
    told = [
        int(found[1])
        for item in milestones(*reports, smallest=smallest).values()
        if (found := re.search(r"D1 ([\d,]+) Clients", item.get("description", "")))
    ]
    assert all(step == 0 or step >= smallest for step in [b - a for a, b in pairwise([0, *told])])
    assert set(told) <= {sum(counts[:place]) for place in (1, 2, 3, 4)}
    if all(count == 0 or count >= smallest for count in counts):
        assert len(told) == 4


def test_without_a_number_for_small_counts_no_result_is_told() -> None:
    made = release(make_spec(CHANGES), None, Results((came(1, delivered={"D2": 300}),), (), None))
    assert "Total" not in str(made.data)
    assert "OCDS021" in codes(made)
    shown = release(make_spec(CHANGES), None, Results((came(1, delivered={"D2": 300}),), (), 11))
    assert {"OCDS021", "OCDS022"} & codes(shown) == {"OCDS022"}


def test_what_the_contract_does_not_have_is_named_and_left_out() -> None:
    report = came(1, delivered={"D9": 99}, reached={"M9": dt.date(2027, 1, 1)})
    other = CheckedReport("R7", "2027-Q1", dt.date(2027, 4, 1))
    made = release(make_spec(CHANGES), None, Results((report, other), (), 11))
    found = [item.message for item in made.findings if item.code == "OCDS020"]
    assert len(found) == 3
    assert all(any(name in text for text in found) for name in ("'D9'", "'M9'", "'R7'"))
    assert "D9" not in str(made.data)


def test_payments_are_transactions_and_the_release_is_about_progress() -> None:
    paid = (
        PaymentMade("INV 2", dt.date(2027, 3, 9), Decimal("1200.50")),
        PaymentMade("INV-1", dt.date(2027, 2, 9), Decimal(1000)),
    )
    made = release(make_spec(CHANGES), None, Results((), paid))
    data = made.data
    transactions = data["contracts"][0]["implementation"]["transactions"]
    assert [item["value"]["amount"] for item in transactions] == [1000, 1200.5]
    assert transactions[0]["payer"] == data["buyer"]
    assert data["tag"] == ["implementation"]
    assert data["id"] == "SM-2027-001-implementation-2027-03-09"
    assert made.is_progress
    assert schema_problems(data) == []
    assert loose_ends(data) == []


def test_a_release_about_progress_is_no_amendment() -> None:
    amendments = [{"number": 1, "effective_date": "2027-02-01", "reason": "More."}]
    spec = make_spec({**CHANGES, "contract.amendments": amendments})
    made = release(spec, Known(released_on=dt.date(2027, 5, 1)), Results((came(1),), (), 11)).data
    assert made["tag"] == ["implementation"]
    assert made["id"].endswith("-implementation-2027-05-01")
    assert "releaseID" not in made["contracts"][0]["amendments"][0]

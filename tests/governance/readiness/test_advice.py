from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from tests.governance.initiatives import DAY, contract, day, judged, orderly

from fe_contracts.governance.readiness.advice import MOST

if TYPE_CHECKING:
    import datetime as dt

    from fe_contracts.governance.readiness import AdoptedContract


def told(data: dict[str, Any] | None = None, *contracts: AdoptedContract) -> list[str]:
    return [item.what for item in judged(data, *contracts).next_steps]


def test_where_nothing_is_open_the_next_dates_are_kept() -> None:
    assert told() == ["Keep the date: Twenty trained, 2027-09-30.", "Keep the date: Year's review, 2027-12-01."]


def test_adoption_comes_before_training_and_hearing() -> None:
    data = orderly() | {"training": []}
    data["stakeholders"][1]["heard"] = []
    for item in data["process"][1:3]:
        del item["reached"]
    steps = told(data, contract(), contract("C-2", effective=day("2027-07-01")))
    assert steps[0] == (
        "Put the framework and glossary to the steering committee for adoption, and let no other contract take effect "
        "before that."
    )
    assert steps[1] == "Talk with Guest council (never heard)."
    assert steps[2] == "Train 10 at Small Agency, Inc."
    assert judged(data).next_steps[0].codes == ("READY020",)


def test_what_cannot_be_judged_is_mended_first() -> None:
    data = orderly()
    data["process"][3]["reached"] = "2028-01-01"
    assert told(data)[0] == "Correct 1 entry that cannot be judged: process[3].reached."


def test_who_turned_away_and_decides_is_talked_with_before_who_is_only_silent() -> None:
    data = orderly()
    data["stakeholders"][1]["heard"] = []
    data["stakeholders"][0]["positions"].append({"on": "2027-06-01", "position": "concerned"})
    assert told(data)[0] == (
        "Talk with Small Agency, Inc. (supports on 2027-05-01, concerned on 2027-06-01) and Guest council (never "
        "heard)."
    )


def test_a_process_too_long_is_answered_by_the_first_step_and_says_what_comes() -> None:
    data = orderly() | {"training": []}
    data["implementation"] = data["implementation"][1:2]
    first = judged(data, contract(effective=day("2027-09-01"))).next_steps[0]
    assert first.what == "Take the next step of the implementation: Ten trained, planned for 2027-03-31 and overdue."
    assert first.why.endswith("The next contract, C-1, takes effect only on 2027-09-01.")


@given(st.sets(st.sampled_from(["P1", "P2", "P3", "I3", "training", "heard"])), st.dates(day("2026-01-01"), DAY))
def test_at_most_five_steps_and_each_answers_findings_that_are_there(gone: set[str], as_of: dt.date) -> None:
    data = orderly()
    for item in (*data["process"], *data["implementation"]):
        if item["id"] in gone:
            item.pop("reached")
    if "training" in gone:
        data["training"] = []
    if "heard" in gone:
        data["stakeholders"][1]["heard"] = []
    ready = judged(data, contract(), contract("C-2", agency="Stranger", framework={"vision": "2.0.0"}), as_of=as_of)
    assert len(ready.next_steps) <= MOST
    codes = {one.code for one in ready.findings}
    assert all(set(step.codes) <= codes for step in ready.next_steps)
    assert any(step.codes for step in ready.next_steps)  # the stranger at least
    assert (ready.verdict.value == "in balance") == (not codes & {"READY001", "READY002"})

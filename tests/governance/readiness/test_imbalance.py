from __future__ import annotations

from typing import Any

from tests.governance.initiatives import contract, day, found, judged, of_code, orderly

from fe_contracts.findings import Severity
from fe_contracts.governance.readiness.measure import Verdict


def idle() -> dict[str, Any]:
    """Return an initiative whose framework is adopted and that carried nothing out; nothing is planned yet either."""
    data = orderly() | {"training": []}
    data["implementation"] = [
        {"id": "I1", "kind": "staff_trained", "title": "Ten", "planned": "2029-01-01", "number": 9}
    ]
    return data


LATER = contract(effective=day("2030-01-01"))


def test_too_long_begins_on_the_day_after_the_last_allowed() -> None:
    assert "READY010" not in found(idle(), LATER, as_of=day("2027-04-30"))  # 180 days after the first of November
    assert "READY010" in found(idle(), LATER, as_of=day("2027-05-01"))


def test_too_long_on_the_process_names_whose_support_is_fading_and_what_comes_next() -> None:
    data = idle()
    data["stakeholders"][0]["positions"].append({"on": "2027-06-01", "position": "opposed"})
    ready = judged(data, LATER)
    (one,) = of_code(ready, "READY010")
    assert "in the 226 days since nobody was trained, no contract took effect and no report came" in one.message
    assert "Support is fading: Small Agency, Inc. (supports on 2027-05-01, opposed on 2027-06-01)." in one.message
    assert one.remedy == "Carry something out now, however small, beginning with: Ten."
    assert ready.verdict is Verdict.PROCESS_AHEAD  # although the plan itself is that slow
    assert "But the process has taken too long" in ready.reasons[1]


def test_any_step_ends_the_wait_even_one_that_nobody_planned() -> None:
    data = idle() | {"training": [{"on": "2027-04-01", "agency": "agency", "trained": 1}]}
    assert not of_code(judged(data, LATER), "READY010")
    assert not of_code(judged(idle(), contract(effective=day("2027-04-30"))), "READY010")


def test_a_wait_that_is_over_is_only_worth_knowing() -> None:
    data = idle() | {"training": [{"on": "2027-06-01", "agency": "agency", "trained": 1}]}
    (one,) = of_code(judged(data, LATER), "READY010")
    assert one.severity is Severity.INFO
    assert "The first step of the implementation came on 2027-06-01, 212 days after" in one.message


def test_a_process_without_a_framework_after_a_year_is_too_long() -> None:
    data = orderly()
    del data["process"][1]["reached"]
    assert not of_code(judged(data, as_of=day("2027-09-01")), "READY011")
    (one,) = of_code(judged(data, as_of=day("2027-09-02")), "READY011")
    assert "The process began on 2026-09-01, 366 days ago, and the framework is not adopted" in one.message


def test_clauses_embedded_without_framework_and_glossary_are_named_with_their_contracts() -> None:
    data = orderly()
    for item in data["process"][1:3]:
        item["planned"] = "2027-12-01"  # by its plan all is well
        del item["reached"]
    ready = judged(data, contract(), contract("C-2", effective=day("2027-02-01"), clauses={"FE-04": "1.0.0"}))
    (one,) = of_code(ready, "READY020")
    assert one.severity is Severity.WARNING
    assert one.message == (
        "Embedded without the groundwork: no framework and no glossary is adopted by 2027-06-15, and these contracts "
        "carry the clauses: C-1 of Small Agency Inc, since 2027-01-01, with FE-01 to FE-03 and FE-12; C-2 of Small "
        "Agency Inc, since 2027-02-01, with FE-04."
    )
    assert one.where.field == "process[1]"
    assert ready.verdict is Verdict.IMPLEMENTATION_AHEAD
    assert of_code(ready, "READY002")


def test_what_was_adopted_since_is_only_worth_knowing() -> None:
    data = orderly()
    data["process"][2]["reached"] = "2027-01-02"
    ready = judged(data)
    (one,) = of_code(ready, "READY020")
    assert one.severity is Severity.INFO
    assert "Embedded before the glossary was adopted on 2027-01-02: C-1 of Small Agency Inc" in one.message
    assert ready.verdict is Verdict.IN_BALANCE


def test_adoption_on_the_very_day_is_in_time() -> None:
    data = orderly()
    data["process"][2]["reached"] = "2027-01-01"
    assert found(data) == []


def test_a_contract_to_come_gives_notice() -> None:
    data = orderly()
    del data["process"][2]["reached"]
    data["process"][2]["planned"] = "2027-07-01"
    (one,) = of_code(judged(data, contract(effective=day("2027-08-01"))), "READY024")
    assert one.severity is Severity.INFO
    assert "The glossary is not adopted, and C-1 will embed the clauses, the first on 2027-08-01." in one.message


def test_a_contract_without_the_clauses_embeds_nothing() -> None:
    data = orderly()
    del data["process"][1]["reached"]
    assert "READY020" not in found(data, contract(clauses={}))

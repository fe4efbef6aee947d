from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.governance.initiatives import DAY, contract, initiative, judged, orderly

from fe_contracts.exchange.readiness_text import readiness_text
from fe_contracts.governance.readiness import judge_readiness


def test_an_orderly_initiative_reads_like_this() -> None:
    told = readiness_text(judged())
    assert told.startswith(
        "Small Steps, City of Smallton (as of 2027-06-15)\n\nPROCESS AND IMPLEMENTATION ARE IN BALANCE\n\n"
        "  Process           75%  ##############################|..........  3 of 4\n"
        "  Implementation    75%  ##############################|..........  3 of 4\n"
    )
    assert "    reached  2027-01-01  Clauses embedded\n" in told
    assert "    ahead    2027-09-30  Twenty trained (16 of 20 people by the trainings)\n" in told
    assert "FE-01 to FE-03 and FE-12; framework and glossary 1.0.0" in " ".join(told.split())
    assert "  Signed off: glossary 1.0.0, by Small Agency, Inc. on 2026-12-01 (Minutes)\n" in told
    assert told.endswith("Findings (0)\n------------\n  None.\n")


def test_what_is_wrong_is_marked_where_it_stands() -> None:
    data = orderly() | {"training": []}
    data["stakeholders"][1]["heard"] = []
    told = readiness_text(judged(data, contract(), contract("C-2", clauses={})))
    assert "  ! Guest council: no position; NEVER HEARD\n" in told
    assert "    OVERDUE  2027-03-31  Ten trained (0 of 10 people by the trainings)\n" in told
    assert "  ! Small Agency, Inc.: 0 trained; 20 promised by now, 32 in all;" in told
    assert "C-2, Small Agency Inc, since 2027-01-01: none of the clauses;" in told
    assert "  READY014 warning  stakeholders[1]\n    Guest council has never been heard.\n    Do: Ask what" in told


def test_no_contract_is_said() -> None:
    assert "No contract is listed." in readiness_text(judge_readiness(initiative(), (), as_of=DAY))


@pytest.mark.parametrize("days", [1, 3650])
def test_no_line_is_wider_than_eighty_columns(days: int) -> None:
    data = orderly() | {"thresholds": {"heard_within_days": days, "implementation_within_days": days}}
    data["stakeholders"][0]["organization"] = (
        "A Very Long Name of an Agency That Does Not End Before the Line Does, Inc."
    )
    assert max(map(len, readiness_text(judged(data)).splitlines())) <= 80


@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=60))
def test_any_name_is_told_whole(name: str) -> None:
    data = orderly()
    data["stakeholders"][1]["organization"] = f"x{name}x"
    told = readiness_text(judged(data))
    assert f"x{unicodedata.normalize('NFC', name)}x" in told.replace("\n    ", " ")


def test_where_nothing_is_open_and_nothing_is_planned_no_step_is_told() -> None:
    data = orderly()
    for item in (data["process"][3], data["implementation"][3]):
        item["planned"] = "2027-06-01"
    data["process"][3]["reached"] = "2027-06-01"
    data["training"][0]["trained"] = 20
    told = readiness_text(judged(data))
    assert "What to do next" not in told
    assert "PROCESS AND IMPLEMENTATION ARE IN BALANCE" in told

"""Findings are values: they sort, print and serialise the same way every time."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.findings import Citation, Confidence, Finding, Findings, Severity, Where

wheres = st.builds(
    Where,
    st.sampled_from(["", "a.yaml", "b.yaml"]),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(["", "term", "funding[0].amount"]),
)
findings = st.builds(
    Finding,
    st.sampled_from(["A010", "B010", "C020"]),
    st.sampled_from(Severity),
    st.text(max_size=20),
    wheres,
    st.text(max_size=20),
)


@given(st.lists(findings, max_size=8), st.randoms())
def test_findings_come_out_in_one_order_whatever_order_they_came_in(items: list[Finding], random: object) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = Findings(tuple(items)), Findings(tuple(shuffled))
    assert [item.key for item in one] == [item.key for item in other]
    ranks = [item.severity.rank for item in one]
    assert ranks == sorted(ranks)


@given(st.lists(findings, max_size=8))
def test_findings_become_json_and_count_what_stands(items: list[Finding]) -> None:
    found = Findings(tuple(items), dt.date(2027, 1, 1), "0.1.0")
    read = json.loads(json.dumps(found.to_dict()))
    assert read["as_of"] == "2027-01-01"
    assert sum(read["counts"].values()) == len(items) == len(read["findings"])
    assert found.exit_code == (1 if any(item.severity is not Severity.INFO for item in items) else 0)
    assert len(found.errors) == read["counts"]["error"]


def test_the_gravest_comes_first() -> None:
    assert sorted(Severity, key=lambda item: item.rank) == [
        Severity.ERROR,
        Severity.WARNING,
        Severity.CONFIRM,
        Severity.INFO,
    ]


def test_a_finding_prints_place_code_message_remedy_and_source() -> None:
    finding = Finding(
        "PAY010",
        Severity.ERROR,
        "Paid in 60 days.",
        Where("spec.yaml", 12, 3, "payment.pay_days"),
        "Pay within 30 days.",
        Citation("2 CFR 200.305(b)(3)", Confidence.VERIFIED),
    )
    assert str(finding) == (
        "spec.yaml:12:3: payment.pay_days: error PAY010: Paid in 60 days. Pay within 30 days. (2 CFR 200.305(b)(3) [V])"
    )
    assert str(finding.overridden("Ines Carrow")).endswith("[overridden by Ines Carrow]")
    assert str(Finding("A010", Severity.INFO, "Good to know.")) == "info A010: Good to know."


@pytest.mark.parametrize(
    ("where", "printed"),
    [
        (Where(), ""),
        (Where("a.yaml"), "a.yaml"),
        (Where("a.yaml", 3), "a.yaml:3"),
        (Where("a.yaml", 3, 4), "a.yaml:3:4"),
        (Where(field="term"), "term"),
        (Where("a.yaml", 3, 4, "term"), "a.yaml:3:4: term"),
    ],
)
def test_a_place_prints_what_is_known_of_it(where: Where, printed: str) -> None:
    assert str(where) == printed


def test_an_overridden_finding_no_longer_stands_but_stays() -> None:
    error = Finding("A010", Severity.ERROR, "Wrong.")
    found = Findings((error.overridden("Ines Carrow"),))
    assert len(found) == 1
    assert found.standing == found.errors == ()
    assert found.clean
    assert found.to_dict()["counts"]["error"] == 0
    assert found.to_dict()["findings"][0]["overridden_by"] == "Ines Carrow"


def test_a_finding_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Finding("A010", Severity.ERROR, "Wrong.").message = "Right."  # type: ignore[misc]


def test_marks_say_what_counsel_must_confirm() -> None:
    assert {mark.value for mark in Confidence if mark.needs_counsel} == {"M", "I", "U"}

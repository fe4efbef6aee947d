"""A difference as Markdown: what goes into a council memo."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.compare.contract_pairs import change, difference, words

from fe_contracts.compare.burden_counts import BurdenChange
from fe_contracts.compare.contract_changes import (
    Kind,
    Level,
    Renumbered,
    SegmentKind,
    Weight,
)
from fe_contracts.exchange.difference_markdown import difference_markdown
from fe_contracts.findings import Finding, Severity
from fe_contracts.model.burden import Burden

SAME, GONE, COME = SegmentKind.SAME, SegmentKind.REMOVED, SegmentKind.ADDED


def test_the_facts_of_both_contracts_stand_in_a_table_at_the_top() -> None:
    lines = difference_markdown(difference(change()), title="Renewal").splitlines()
    assert lines[0] == "# Renewal"
    assert "| Maximum amount | $100.00 | $120.00 |" in lines
    assert "- One thing changes." in lines


def test_values_stand_in_a_table_and_words_in_a_list() -> None:
    segments = words((SAME, "The Agency "), (GONE, "may "), (COME, "must "), (SAME, "call."))
    text = difference_markdown(
        difference(change(stands=("3.3",)), change(Level.WORDING, what="A word changes", segments=segments))
    )
    row = "| 3.3 | Length of a Session: 60 → 45 minutes | 60 | 45 | obligation; the agency and clients |"
    assert row in text
    assert "- Section 3.3. **A word changes** (obligation; the agency and clients)" in text
    assert "  - The Agency ~~may~~ **must** call." in text


def test_what_the_agency_reports_is_counted_before_and_after() -> None:
    old, new = (Burden(4, count, 13, 7, 3, 2, 1, 1) for count in (5, 9))
    text = difference_markdown(difference(change(), burden=BurdenChange(old, new, "More.")))
    assert "| reports in the whole term | 5 | 9 |" in text


def test_the_end_tells_what_is_renumbered_noted_and_left_out() -> None:
    found = difference(
        change(Level.CLAUSE, Kind.ADDED),
        renumbered=(Renumbered("FE-05", "4.2", "4.3"),),
        notes=(Finding("DIFF020", Severity.WARNING, "Somebody edited it.", remedy="Ask."),),
    )
    text = difference_markdown(found.only(["wording"]))
    for told in ("4.2 is now 4.3", "- Somebody edited it. Ask.", "*1 more change is not shown"):
        assert told in text


@pytest.mark.parametrize("hostile", ["a | b", "# head", "*bold*", "<script>", "[x](y)", "`code`", "line\nline", "1. x"])
def test_no_value_can_break_the_table_or_format_the_text(hostile: str) -> None:
    text = difference_markdown(difference(change(old=hostile, what=hostile)))
    row = next(line for line in text.splitlines() if line.startswith("| 3.3"))
    assert row.replace("\\|", "").count("|") == 6
    for sign in ("*bold*", "<script>", "[x]", "`code`", "| # "):
        assert sign not in row


@given(st.text(max_size=40))
def test_a_row_stays_one_row_whatever_a_value_holds(value: str) -> None:
    text = difference_markdown(difference(change(old=value, new=value, what=value)))
    rows = [line for line in text.split("\n") if line.startswith("| 3.3")]
    assert len(rows) == 1
    assert rows[0].replace("\\\\", "").replace("\\|", "").count("|") == 6


def test_why_a_clause_changed_is_said_once_and_one_change_left_out_is_one() -> None:
    why: dict[str, Any] = {"reason": "A new rule."}
    told = difference(change(Level.VERSION, **why), change(Level.WORDING, **why), change(weights=(Weight.EDITORIAL,)))
    text = difference_markdown(told.only(material=True))
    assert text.count("Why: A new rule.") == 1
    assert "*1 more change is not shown, because only some were asked for.*" in text

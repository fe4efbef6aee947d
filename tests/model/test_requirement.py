"""Dated values of a requirement: one stands on every day from the first, and a history with a hole is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.compliance.test_engine import YAML

from fe_contracts.exceptions import CatalogError, NotYetInForceError
from fe_contracts.model.requirement import DatedParameter, Requirement
from fe_contracts.sources import checked, parse_yaml


def _history(days: list[dt.date], *, ends: bool) -> list[dict[str, object]]:
    """Return a history with an entry from each of the days, and the last day of each stated where wanted."""
    entries: list[dict[str, object]] = [
        {"from": day.isoformat(), "value": place, "cite": "1 CFR 1.1", "confidence": "V"}
        for place, day in enumerate(days)
    ]
    if ends:
        for entry, following in zip(entries, days[1:], strict=False):
            entry["until"] = (following - dt.timedelta(days=1)).isoformat()
    return entries


def _parameter(values: list[dict[str, object]]) -> DatedParameter:
    return DatedParameter.model_validate(
        {"help": "H", "unit": "days", "trigger": "award_date", "values": values}, strict=False
    )


days = st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)), min_size=1, max_size=6, unique=True).map(sorted)


@given(history=days, ends=st.booleans(), day=st.dates(dt.date(1980, 1, 1), dt.date(2070, 12, 31)))
def test_the_value_on_any_day_is_that_of_the_last_entry_begun(
    *, history: list[dt.date], ends: bool, day: dt.date
) -> None:
    dated = _parameter(_history(history, ends=ends)).dated
    begun = [place for place, start in enumerate(history) if start <= day]
    if begun:
        assert dated.on(day) == begun[-1]
    else:
        with pytest.raises(NotYetInForceError):
            dated.on(day)


@given(days.filter(lambda found: len(found) > 1), st.data())
def test_a_history_with_a_gap_an_overlap_or_a_wrong_order_is_refused(
    history: list[dt.date], data: st.DataObject
) -> None:
    entries = _history(history, ends=True)
    place = data.draw(st.integers(0, len(history) - 2))
    match data.draw(st.sampled_from(["end", "order", "open"])):
        case "end":
            moved = data.draw(st.integers(-400, 400).filter(bool))
            until = history[place + 1] - dt.timedelta(days=1) + dt.timedelta(days=moved)
            entries[place]["until"] = until.isoformat()
        case "order":
            entries[place], entries[place + 1] = entries[place + 1], entries[place]
            for entry in entries:
                entry.pop("until", None)
        case "open":
            entries[-1]["until"] = (history[-1] + dt.timedelta(days=30)).isoformat()
    with pytest.raises(ValidationError):
        _parameter(entries)


def test_a_gap_in_a_requirement_is_named_with_file_and_line() -> None:
    text = YAML.format(code="TEST010", reads="spec", severity="error", confidence="V", when="always")
    text = text.replace("from: 2020-01-01,", "from: 2020-01-01, until: 2025-05-31,")
    with pytest.raises(CatalogError) as caught:
        checked(parse_yaml(text, "TEST010.yaml"), Requirement, error=CatalogError)
    (problem,) = caught.value.problems
    assert (problem.where.file, problem.where.field) == ("TEST010.yaml", "parameters.cap")
    assert problem.where.line == text[: text.index("\n  cap:")].count("\n") + 2
    assert "between 2025-05-31 and 2025-07-01" in problem.message

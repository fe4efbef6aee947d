"""The data of a difference: what it counts as material, what it leaves out, what it says as plain data."""

from __future__ import annotations

import json

import pytest
from tests.compare.contract_pairs import change, difference, words

from fe_contracts.compare.burden_counts import BurdenChange
from fe_contracts.compare.contract_changes import Kind, Level, Renumbered, SegmentKind, Weight
from fe_contracts.model.burden import Burden


def test_a_change_is_material_unless_it_is_only_editorial() -> None:
    assert change().material
    assert change(weights=(Weight.EDITORIAL, Weight.MONEY)).material
    assert not change(weights=(Weight.EDITORIAL,)).material


def test_the_number_is_the_new_one_and_where_it_is_gone_the_old_one() -> None:
    assert change().number == "3.3"
    assert change(new_number="").number == "3.2"


def test_all_five_levels_are_there_even_where_one_has_no_change() -> None:
    levels = difference(change(Level.WORDING), change(Level.CLAUSE, Kind.ADDED)).by_level()
    assert list(levels) == ["clause", "version", "parameter", "obligation", "wording"]
    assert [len(found) for found in levels.values()] == [1, 0, 0, 0, 1]


def test_what_is_left_out_on_purpose_is_counted_and_never_called_the_same() -> None:
    whole = difference(change(), change(Level.WORDING, weights=(Weight.EDITORIAL,)))
    shown = whole.only(["version"])
    assert (shown.changes, shown.left_out, shown.same) == ((), 2, False)
    assert whole.only(["wording"], material=True).left_out == 2
    assert whole.only(material=True).changes == whole.changes[:1]
    assert whole.only() == whole
    assert difference().same


def test_a_difference_as_plain_data_can_be_written_as_json() -> None:
    segments = words((SegmentKind.SAME, "A "), (SegmentKind.ADDED, "word"))
    burden = Burden(4, 5, 13, 7, 3, 2, 1, 1, {"Report": 5})
    found = difference(
        change(segments=segments, reason="Why not."),
        burden=BurdenChange(burden, burden, "It stays."),
        renumbered=(Renumbered("FE-05", "3.3", "3.4", "Credit"),),
    )
    data = json.loads(json.dumps(found.to_dict()))
    assert data["changes"][0]["segments"][1] == {"kind": "added", "text": "word"}
    assert data["changes"][0]["reason"] == "Why not."
    assert data["counts"] == {"clause": 0, "version": 0, "parameter": 1, "obligation": 0, "wording": 0}
    assert data["burden"]["new"]["per_report"] == {"Report": 5}
    assert data["renumbered"] == [{"instance": "FE-05", "old_number": "3.3", "new_number": "3.4", "title": "Credit"}]
    assert found.burden is not None
    assert ("reports in the whole term", 5, 5) in found.burden.rows


def test_a_change_cannot_be_altered() -> None:
    with pytest.raises(AttributeError):
        change().what = "x"  # type: ignore[misc]

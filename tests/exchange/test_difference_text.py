"""A difference as plain text: what a contract manager reads in a terminal."""

from __future__ import annotations

from typing import Any

from tests.compare.contract_pairs import change, difference, words

from fe_contracts.compare.contract_changes import Affected, Kind, Level, Renumbered, SegmentKind, Weight
from fe_contracts.exchange.difference_text import Look, affected_in_words, difference_lines, difference_text

SAME, GONE, COME = SegmentKind.SAME, SegmentKind.REMOVED, SegmentKind.ADDED


def test_each_level_that_changed_has_a_heading_with_its_count_and_no_other_has() -> None:
    text = difference_text(difference(change(), change(), change(Level.CLAUSE, Kind.ADDED)))
    assert "\nValues (2)\n" in text
    assert "\nClauses (1)\n" in text
    assert "Wording" not in text


def test_a_change_says_where_what_why_and_whom_it_affects() -> None:
    text = difference_text(difference(change(stands=("1.4", "3.3"), reason="A new rule.", notes=("Edited.",))))
    assert "  1.4, 3.3  Length of a Session: 60 → 45 minutes\n" in text
    assert "      obligation; affects the agency and clients\n" in text
    assert "      Why: A new rule.\n      Edited.\n" in text


def test_words_that_went_and_came_are_marked_without_colours() -> None:
    segments = words((SAME, "The Agency "), (GONE, "may"), (COME, "must"), (SAME, " call."))
    text = difference_text(difference(change(Level.WORDING, segments=segments)))
    assert "The Agency [-may-]{+must+} call." in text


def test_a_long_stretch_that_stayed_is_cut_where_nothing_changed() -> None:
    long = "word " * 100
    text = difference_text(
        difference(change(Level.WORDING, segments=words((SAME, long), (COME, "new "), (SAME, long))))
    )
    line = next(line for line in text.splitlines() if "{+new +}" in line)
    assert line.strip().startswith("… ")
    assert line.rstrip().endswith("…")
    assert len(line) < 200


def test_what_is_only_renumbered_stands_apart_and_what_is_left_out_is_counted() -> None:
    found = difference(change(weights=(Weight.EDITORIAL,)), renumbered=(Renumbered("FE-05", "4.2", "4.3"),))
    text = difference_text(found.only(material=True))
    assert "Only renumbered\n  4.2 is now 4.3" in text
    assert "1 more change is not shown" in text


def test_lines_say_how_they_look_so_that_a_terminal_can_colour_them() -> None:
    lines = list(difference_lines(difference(change(), change(weights=(Weight.EDITORIAL,)))))
    looks = [line.look for line in lines if "Length" in line.text]
    assert looks == [Look.MATERIAL, Look.EDITORIAL]


def test_whom_a_change_affects_reads_as_a_list() -> None:
    assert affected_in_words(change(affected=(Affected.BOTH, Affected.CLIENTS))) == "the agency, the city and clients"
    assert affected_in_words(change(affected=(Affected.CITY,))) == "the city"


def test_why_a_clause_changed_is_said_once_however_many_of_its_words_did() -> None:
    why: dict[str, Any] = {"reason": "A new rule."}
    text = difference_text(
        difference(
            change(Level.VERSION, **why), change(Level.WORDING, **why), change(Level.WORDING, instance="FE-05", **why)
        )
    )
    assert text.count("Why: A new rule.") == 2  # of two clauses

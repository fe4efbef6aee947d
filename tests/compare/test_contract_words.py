"""Words of a paragraph: cut at words, the same on the way back, weighed with caution."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.compare.contract_changes import Affected, SegmentKind, Weight
from fe_contracts.compare.contract_views import Passage, Piece
from fe_contracts.compare.passages import differing_passages
from fe_contracts.compare.tokens import Cutter
from fe_contracts.compare.weighing import affected_by_words, in_order, weights_of_words
from fe_contracts.compare.wordcuts import changed_words, cut_difference, steps_between
from fe_contracts.compare.words import Language

CUTTER = Cutter.knowing(["Front-Line Staff", "Contract Manager"])
LANGUAGE = Language(frozenset({"receive", "report"}), frozenset({"report"}))
texts = st.lists(
    st.sampled_from(["The", "Agency", "must", "pay", "$1,000.00", "30", "days", "Contract Manager", "in", "or"]),
    max_size=12,
).map(" ".join)


def cut(old: str, new: str) -> list[tuple[str, str]]:
    found = cut_difference((Piece(old),), (Piece(new),), CUTTER)
    return [(segment.kind.value, segment.text) for segment in found]


@given(texts, texts)
def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new(old: str, new: str) -> None:
    found = cut(old, new)
    assert "".join(text for kind, text in found if kind != "added") == old
    assert "".join(text for kind, text in found if kind != "removed") == new


@given(texts, texts)
def test_the_way_back_is_the_way_there_turned_round(old: str, new: str) -> None:
    swapped = {"same": "same", "added": "removed", "removed": "added"}
    assert sorted(cut(new, old)) == sorted((swapped[kind], text) for kind, text in cut(old, new))


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_steps_are_the_same_in_both_directions(old: list[int], new: list[int]) -> None:
    assert [(same, k, m, i, j) for same, i, j, k, m in steps_between(old, new)] == steps_between(new, old)


def test_numbers_amounts_dates_and_defined_terms_are_never_cut() -> None:
    found = cut(
        "Pay $1,250.00 by January 1, 2027 to the Contract Manager.", "Pay $1,350.00 by June 1, 2027 to the City."
    )
    gone = [text for kind, text in found if kind == "removed"]
    assert any("$1,250.00" in text for text in gone)
    assert any("January 1, 2027" in text for text in gone)
    assert any("Contract Manager" in text for text in gone)


def test_a_reference_that_only_has_another_number_stays_and_shows_the_new_number() -> None:
    old = (Piece("See Section "), Piece("4.2", target="FE-04"), Piece(" first."))
    new = (Piece("See Section "), Piece("4.3", target="FE-04"), Piece(" first."))
    found = cut_difference(old, new, CUTTER)
    assert [(segment.kind, segment.text) for segment in found] == [(SegmentKind.SAME, "See Section 4.3 first.")]
    elsewhere = (Piece("See Section "), Piece("4.2", target="FE-05"), Piece(" first."))
    assert changed_words(cut_difference(old, elsewhere, CUTTER))


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        ("It receives $500.", "It receives $600.", Weight.MONEY),
        ("Answer within 5 days.", "Answer within 9 days.", Weight.DEADLINE),
        ("The Agency may refuse.", "The Agency cannot refuse.", Weight.RIGHT),
        ("The Agency must call.", "The Agency must not call.", Weight.OBLIGATION),
        ("The City asks.", "The City may terminate and withhold.", Weight.REMEDY),
        ("Keep the list.", "Keep the list and all client data.", Weight.DATA),
    ],
)
def test_a_change_of_words_is_weighed_by_the_words_that_changed(old: str, new: str, weight: Weight) -> None:
    segments = cut_difference((Piece(old),), (Piece(new),), CUTTER)
    assert weight in weights_of_words(old, new, LANGUAGE, changed_words(segments))


@pytest.mark.parametrize(("old", "new"), [("Send the report.", "Send  the report;"), ("recieve it", "receive it")])
def test_only_what_the_rule_of_words_finds_harmless_is_editorial(old: str, new: str) -> None:
    assert weights_of_words(old, new, LANGUAGE) == (Weight.EDITORIAL,)


def test_words_that_show_no_sign_are_counted_as_a_duty() -> None:
    assert weights_of_words("Be kind.", "Be friendly.", LANGUAGE) == (Weight.OBLIGATION,)


def test_weights_come_once_and_gravest_first() -> None:
    assert in_order([Weight.DATA, Weight.MONEY, Weight.EDITORIAL, Weight.MONEY]) == (Weight.MONEY, Weight.DATA)
    assert in_order([]) == (Weight.EDITORIAL,)


def test_who_is_named_is_affected_and_both_parties_where_nobody_is() -> None:
    assert affected_by_words("The Agency must ask the Client’s consent.") == (Affected.AGENCY, Affected.CLIENTS)
    assert affected_by_words("The City pays the Agency.") == (Affected.BOTH,)
    assert affected_by_words("The Contract Manager answers.") == (Affected.CITY,)
    assert affected_by_words("Time counts.") == (Affected.BOTH,)


def passage(text: str, value: str = "", role: str = "item 0") -> Passage:
    return Passage((Piece(text), Piece("7", value=value)) if value else (Piece(text),), role, "(a)")


def kinds(old: list[Passage], new: list[Passage], changed: set[str] | None = None) -> list[tuple[str, str, bool]]:
    found = differing_passages(old, new, changed or set())
    return [(item.old.text if item.old else "", item.new.text if item.new else "", item.moved) for item in found]


def test_paragraphs_are_matched_by_their_words_then_by_likeness() -> None:
    a, b, c = passage("The Agency answers a call at once."), passage("It keeps notes of it."), passage("Nothing else.")
    b2 = passage("It keeps dated notes of it.")
    assert kinds([a, b, c], [a, b2, c]) == [(b.text, b2.text, False)]
    assert kinds([a, c], [a, b, c]) == [("", b.text, False)]
    assert kinds([a, b, c], [a, c]) == [(b.text, "", False)]
    assert kinds([a, b, c], [b, c, a]) == [(a.text, a.text, True)]


def test_a_paragraph_that_became_something_else_is_a_change_though_it_says_the_same() -> None:
    assert kinds([passage("The same.")], [passage("The same.", role="body")]) == [("The same.", "The same.", False)]


def test_a_value_alone_changes_no_words_and_a_longer_list_no_wording() -> None:
    old = [passage("Bank: ", "banks")]
    new = [passage("Bank: ", "banks"), passage("Bank: ", "banks")]
    assert kinds(old, new, {"banks"}) == []
    assert kinds(old, new) == [("", "Bank: 7", False)]

"""Words are judged cautiously: only typography and plain misspellings change no meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.compare.changes import Bump
from fe_contracts.compare.words import Language, binding_word, judge_text, words_of

KNOWN = Language(words_of("The Agency receives a written report of each separate meeting.")).extended(
    terms=["Action Plan", "Counselor"]
)

HARMLESS = {
    "The Agency keeps records.": [
        "The Agency keeps  records.",
        "The Agency keeps records",
        "the Agency keeps records.",
        "The Agency keeps “records.”",
    ],
    "A one-on-one meeting.": ["A one on one meeting.", "A one–on–one meeting."],
    "A data base is kept.": ["A database is kept."],
    "The recieves and the seperate.": ["The receives and the separate."],
}

GRAVE = {
    "The Agency must keep records.": [
        "The Agency may keep records.",
        "The Agency keep records.",
        "The Agency must not keep records.",
        "The Agency must keep records only.",
        "The Agency must keep records unless asked.",
        "The City must keep records.",
        "The agency must keep records.",
        "The Agency must promptly keep records.",
        "The Agency must keep papers.",
    ],
    "Within 30 days it pays $1,000.": [
        "Within 45 days it pays $1,000.",
        "Within 30 days it pays $10,00.",
        "Within 30 months it pays $1,000.",
        "Within thirty days it pays $1,000.",
        "Before 30 days it pays $1,000.",
    ],
    "On March 3 the Counselor writes an Action Plan.": [
        "On May 3 the Counselor writes an Action Plan.",
        "On March 3 the counselor writes an Action Plan.",
        "On March 3 the Counselor writes a Plan.",
    ],
    "See [[FE-04]] and {{ days | words }}.": [
        "See [[FE-05]] and {{ days | words }}.",
        "See [[FE-04]] and {{ days | count('day') }}.",
        "See [[FE-04]].",
    ],
    "Under 24 CFR 578.53(d)(1)(i), the employer": [
        "Under 24 CFR 578.53(e)(1)(i), the employer",
        "Under 24 CFR 578.53(d)(1)(I), the employer",
        "Under 24 CFR 578.53(d)(1)(i), the employee",
        "Under 24 CFR 578.53(d)(1)(i), the employers",
    ],
    "It must prescribe the contract.": ["It must proscribe the contract.", "It must prescribe the contact."],
    "A ratio of ≥ 5 and € 7.": ["A ratio of ≤ 5 and € 7.", "A ratio of 5 and € 7.", "A ratio of ≥ 5 and £ 7."],
    "Given to US persons.": ["Given to us persons."],
}


@pytest.mark.parametrize(("old", "new"), [(old, new) for old, found in HARMLESS.items() for new in found])
def test_typography_and_spelling_change_no_meaning(old: str, new: str) -> None:
    assert judge_text(old, new, KNOWN).bump is Bump.PATCH


@pytest.mark.parametrize(("old", "new"), [(old, new) for old, found in GRAVE.items() for new in found])
def test_whatever_may_mean_something_else_is_major(old: str, new: str) -> None:
    judged = judge_text(old, new, KNOWN)
    assert judged.bump is Bump.MAJOR
    assert judged.reason
    assert judge_text(new, old, KNOWN).bump is Bump.MAJOR


def test_a_misspelling_is_told_only_by_a_word_that_the_library_knows() -> None:
    assert judge_text("A seperate note.", "A separate note.", Language()).bump is Bump.MAJOR
    assert judge_text("A separate note.", "A seperate note.", KNOWN).bump is Bump.MAJOR


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("It is due in 30 days.", "It is due in 45 days.", "a number changes: 30 becomes 45"),
        ("It is due.", "It is due, see [[FE-04]].", "a reference is added: [[FE-04]]"),
        ("It is not due.", "It is due.", "“not” changes: a duty or right hangs on it"),
        ("It is due soon.", "It is due.", "“soon” is taken out: other words may mean something else"),
    ],
)
def test_the_reason_says_what_made_the_difference(old: str, new: str, reason: str) -> None:
    assert judge_text(old, new, KNOWN).reason == reason


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Agency must go.", "must"),
        ("In 30 days it must go.", "must"),
        ("It ends in 30 days.", "30"),
        ("It ends {{ day }}.", "{{ day }}"),
        ("It ends in June.", "June"),
        ("The Agency returns what is left.", "Agency"),
        ("Nothing here limits what is owed.", "Nothing"),
        ("This part explains the purpose to a client.", ""),
    ],
)
def test_a_binding_word_is_a_duty_a_number_or_a_value(text: str, word: str) -> None:
    assert binding_word(text) == word


words = st.sampled_from(
    [
        "the",
        "agency",
        "City",
        "keeps",
        "must",
        "not",
        "a",
        "record",
        "30",
        "days",
        "{{ n }}",
        "[[FE-04]]",
        ",",
        "(",
        "May",
    ]
)
texts = st.lists(words, max_size=12).map(" ".join)


@given(texts)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert judge_text(text, text, KNOWN).bump is Bump.NONE


@given(texts, texts)
def test_the_gravity_of_a_change_does_not_depend_on_its_direction(old: str, new: str) -> None:
    assert judge_text(old, new, KNOWN).bump is judge_text(new, old, KNOWN).bump


@given(texts, texts, st.sampled_from(["must", "not", "31", "City", "[[FE-09]]", "{{ other }}"]))
def test_a_duty_number_party_or_reference_that_is_added_is_never_less_than_major(
    before: str, after: str, added: str
) -> None:
    assert judge_text(f"{before} {after}", f"{before} {added} {after}", KNOWN).bump is Bump.MAJOR

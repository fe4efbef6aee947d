"""What points to a person is found however it is written, and what does not is left alone."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.performance.forms.personal import Personal, looks_like_a_name, masked, personal_in

FOUND = [
    ("her SSN is 123-45-6789.", Personal.SOCIAL),
    ("123.45.6789", Personal.SOCIAL),
    ("123 45 6789", Personal.SOCIAL),
    ("123 - 45 - 6789", Personal.SOCIAL),
    ("123\u201345\u20136789", Personal.SOCIAL),
    ("123\u00ad-45-6789", Personal.SOCIAL),
    ("１２３-４５-６７８９", Personal.SOCIAL),
    ("1\u200b23-45-6789", Personal.SOCIAL),
    ("social security no. 123456789", Personal.SOCIAL),
    ("123456789 (SSN)", Personal.SOCIAL),
    ("Maria,123-45-6789,yes", Personal.SOCIAL),
    ("SSN123-45-6789, then", Personal.SOCIAL),
    ("x.4111111111111111.", Personal.CARD),
    ("ITIN 912-70-1234", Personal.SOCIAL),
    ("123456789", Personal.NINE_DIGITS),
    ("4111 1111 1111 1111", Personal.CARD),
    ("5500-0055-5555-5559", Personal.CARD),
    ("378282246310005", Personal.CARD),
    ("account number 12345678", Personal.ACCOUNT),
    ("Acct #0012-3456", Personal.ACCOUNT),
    ("routing: 021000021", Personal.ACCOUNT),
    ("case no. 2027014", Personal.ACCOUNT),
    ("born on 03/04/1980", Personal.BIRTH),
    ("DOB: 1980-01-02", Personal.BIRTH),
    ("date of birth was March 4, 1980", Personal.BIRTH),
    ("write to a.b+c@example.org", Personal.MAIL),
    ("(512) 555-0188", Personal.PHONE),
    ("+1 512-555-0188", Personal.PHONE),
    ("Client Maria Lopez told us", Personal.NAME),
    ("phone:512-555-0188, or", Personal.PHONE),
    ("a participant named Jos\u00e9 Ruiz", Personal.NAME),
    ("as Ms. Lopez said", Personal.NAME),
    ("123-45 6789", Personal.SOCIAL),
    ("123_45_6789", Personal.SOCIAL),
    ("123  45  6789", Personal.SOCIAL),
    ("123-45-\n6789", Personal.SOCIAL),
    ("4111  1111 1111 1111", Personal.CARD),
    ("D.O.B.: 04051980", Personal.BIRTH),
    ("her savings account 445566778899", Personal.ACCOUNT),
    ("checking 4455667788", Personal.ACCOUNT),
    ("R\u00e9n\u00e9 Garc\u00eda-Lopez was evicted from there", Personal.NAME),
    ("John Smith lost the apartment", Personal.NAME),
    ("We helped John Smith and Aisha Mohammed", Personal.NAME),
]
CLEAN = [
    "We served 1,234,567 people from 2027-01-01 to 2027-03-31.",
    "Costs came to $123,456.78, of $123456789 in all the county.",
    "EIN 12-3456789",
    "See FE-2027-014, R1, section 5.4.",
    "The Client Action Plan was adopted; Client Services moved.",
    "A loan of 150000 dollars; a card of 100000.00",
    "Clients. Maria Center opened.",
    "000-12-3456 and 666-12-3456 and 123-00-4567 were never given out",
    "4111 1111 1111 1112",
    "0000 0000 0000 0000",
    "Rate rose 35 points; 30 of 60 by 06/30/2027.",
    "Harbor House opened in May; Exampleton Community Bank was slow.",
    "We met with Housing Authority staff, and referred Warm Referrals to Legal Aid.",
    "The City Council has approved it. Front-Line Staff were trained. Financial Counselors met with Case Managers.",
    "Born of need, the program opened on 06/30/2027 in March.",
    "",
]


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_it_is_found_and_shown_masked(text: str, kind: Personal) -> None:
    traces = list(personal_in(f"We note: {text}"))
    assert kind in {trace.kind for trace in traces}
    digits = "".join(re.findall(r"\d", text))
    for trace in traces:
        assert len(re.findall(r"\d", trace.shown)) <= 2
        assert not digits or digits not in trace.shown


@pytest.mark.parametrize("text", CLEAN)
def test_what_points_to_nobody_is_left_alone(text: str) -> None:
    assert [trace.kind for trace in personal_in(text)] == []


@given(st.integers(1, 899), st.integers(1, 99), st.integers(1, 9999), st.sampled_from("-. "), st.text(max_size=40))
def test_a_social_security_number_is_found_among_other_words(
    area: int, group: int, serial: int, gap: str, words: str
) -> None:
    number = f"{area:03}{gap}{group:02}{gap}{serial:04}"
    found = {trace.kind for trace in personal_in(f"{words} ; {number} ;")}
    assert (Personal.SOCIAL in found) or area == 666


@given(st.text(max_size=200))
def test_no_more_than_two_digits_of_anything_are_shown(text: str) -> None:
    for trace in personal_in(text):
        assert sum(mark.isdigit() for mark in trace.shown) <= 2


def test_each_kind_is_told_once() -> None:
    kinds = [trace.kind for trace in personal_in("123-45-6789 and 123-45-6780 and a@b.org and c@d.org")]
    assert kinds == [Personal.SOCIAL, Personal.MAIL]


@pytest.mark.parametrize("text", ["1" * 40_000, "1 " * 20_000, "Client " * 6_000, "born " * 8_000, "a@" * 20_000])
def test_a_long_text_is_read_in_a_moment(text: str) -> None:
    begun = time.perf_counter()
    list(personal_in(text))
    assert time.perf_counter() - begun < 2


def test_numbers_and_addresses_are_hidden_in_what_is_shown() -> None:
    assert masked("Sheet!T3") == "Sheet!T3"
    assert masked("123-45-6789!A1") == "***-**-**89!A1"
    assert masked("jane@example.org!A1") == "***@***!A1"


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("Maria Lopez", True),
        ("Lopez, Maria", True),
        ("Ann B. Lee", True),
        ("12", False),
        ("none yet", False),
        ("N/A", False),
    ],
)
def test_a_name_where_a_count_belongs_is_seen(text: str, is_name: bool) -> None:  # noqa: FBT001 - what is expected
    assert looks_like_a_name(text) is is_name

"""Names that stay: of a process, of a contract, of anything with a text of its own."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assembly.specs import make_spec
from tests.strategies import amounts

from fe_contracts.exchange.ocds_identity import PREFIX, end_of, local_name, money, number, ocid_of, start_of


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_name_is_plain_and_no_two_texts_share_one(one: str, other: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._-]+", local_name(one))
    if one != other:
        assert local_name(one) != local_name(other)


@pytest.mark.parametrize("text", ["FE-2027-031", "a.b_c-1"])
def test_a_plain_text_is_its_own_name(text: str) -> None:
    assert local_name(text) == text


@given(amounts)
def test_a_number_in_json_is_the_amount_to_the_cent(amount: Decimal) -> None:
    assert Decimal(json.dumps(number(amount))) == amount


def test_an_ocid_without_a_prefix_can_be_taken_for_no_registered_one() -> None:
    made = ocid_of(make_spec(), "", "")
    assert made.startswith("unregistered-city-of-smallton-")
    assert not PREFIX.match(made)
    assert ocid_of(make_spec(), "ocds-abc123", "") == "ocds-abc123-SM-2027-001"
    assert ocid_of(make_spec(), "ocds-abc123", "P 7").startswith("ocds-abc123-P-7-")


def test_two_cities_without_a_prefix_do_not_share_an_ocid() -> None:
    other = make_spec({"city.name": "City of Otherton"})
    assert ocid_of(other, "", "") != ocid_of(make_spec(), "", "")


def test_days_begin_and_end_and_money_is_read_by_people() -> None:
    assert start_of(dt.date(2028, 2, 29)) == "2028-02-29T00:00:00Z"
    assert end_of(dt.date(2028, 2, 29)) == "2028-02-29T23:59:59Z"
    assert money(Decimal("1234567.5")) == "1,234,567.50 USD"

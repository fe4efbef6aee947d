from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts import contract_file_name


@pytest.mark.parametrize(
    ("contract_id", "name"),
    [
        ("FE-2027-014", "FE-2027-014"),
        ("FE 2027 / 014", "FE-2027-014"),
        ("  No. 7 (b)  ", "No.-7-b"),
        ("Société 3", "Societe-3"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_contract_number_becomes_a_plain_file_name(contract_id: str, name: str) -> None:
    assert contract_file_name(contract_id) == name


def test_names_that_windows_keeps_for_itself_are_avoided() -> None:
    assert contract_file_name("CON").startswith("contract-CON-")
    assert contract_file_name("nul.7").startswith("contract-nul.7-")


def test_what_cannot_be_written_plainly_is_told_apart_by_a_digest() -> None:
    assert contract_file_name("契約一") != contract_file_name("契約二")
    assert contract_file_name("A" * 100) != contract_file_name("A" * 101)


@given(st.text(min_size=1, max_size=200))
def test_any_number_makes_a_safe_name(contract_id: str) -> None:
    name = contract_file_name(contract_id)
    assert name.isascii()
    assert 0 < len(name) <= 80
    assert not set(name) & set(' /\\:*?"<>|')
    assert not name.startswith((".", "-"))
    assert not name.endswith(".")

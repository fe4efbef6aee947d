"""Aurora is what its page says: two whole specs, clean, marked value by value, and an amendment between them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.model.test_examples import basis_of, leaves, library

from fe_contracts import amend, load_spec, validate, validate_change
from fe_contracts.model.vocabulary import EvidenceBasis
from fe_contracts.sources import read_data

if TYPE_CHECKING:
    from fe_contracts.model.spec import Spec

AURORA = Path(__file__).resolve().parents[2] / "examples" / "aurora"
NAMES = ("base", "amended")


@cache
def spec(name: str) -> Spec:
    return load_spec(AURORA / f"{name}.yaml")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_clean_under_the_example_citys_catalog(name: str) -> None:
    assert validate(spec(name), library("examples/exampleton")).clean


def test_the_change_is_clean_too() -> None:
    assert validate_change(spec("base"), spec("amended"), library("examples/exampleton")).clean


@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_marked_on_record_or_assumed(name: str) -> None:
    data = dict(read_data(AURORA / f"{name}.yaml").data)
    del data["evidence"]
    marks = {leaf: basis_of(leaf, spec(name)) for leaf in leaves(data)}
    assert [leaf for leaf, mark in marks.items() if mark is None] == []
    recorded = {leaf for leaf, mark in marks.items() if mark is EvidenceBasis.ON_RECORD}
    own = {"budget[6].description", "budget[7].description"} if name == "amended" else set()
    assert recorded == {"city.name", "city.state", "total_amount", *own}


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_marks_something(name: str) -> None:
    data = dict(read_data(AURORA / f"{name}.yaml").data)
    del data["evidence"]
    for path in [path for item in spec(name).evidence for path in item.fields]:
        assert any(leaf == path or leaf.startswith((f"{path}.", f"{path}[")) for leaf in leaves(data)), path


def test_the_figures_are_those_of_the_record() -> None:
    before, after = spec("base"), spec("amended")
    assert (before.total_amount, after.total_amount) == (Decimal(239454), Decimal(301454))
    assert sum(line.amount for line in after.budget[6:]) == 62000
    assert (after.services.counselors or 0) - (before.services.counselors or 0) == 1
    for item in (before, after):
        assert sum(line.amount for line in item.budget) == item.total_amount == item.funding[0].amount


def test_what_the_amendment_does_not_speak_of_stays_line_by_line() -> None:
    before = (AURORA / "base.yaml").read_text(encoding="utf-8").split("\n", 6)[6].splitlines()
    after = (AURORA / "amended.yaml").read_text(encoding="utf-8").splitlines()
    missing = [line for line in before if line not in after]
    assert len(missing) == 5  # two amounts, the counselors, two lines of targets


def test_the_amendment_is_made_of_the_record() -> None:
    made = amend(spec("base"), spec("amended"), library("examples/exampleton"))
    assert made.number == 1
    assert made.contract.drafts == ()
    assert made.contract.confirmations == ()
    text = " ".join(made.sentences())
    assert "from $239,454.00 to $301,454.00" in text
    assert "up to $62,000 for that counselor's salary, benefits, and technology" in text


def test_its_page_names_both_files_and_the_command() -> None:
    page = (AURORA / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}.yaml`" in page for name in NAMES)
    assert "fe-contracts amend base.yaml amended.yaml" in page

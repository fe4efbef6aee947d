"""A table's row laid over a base: each heading fills one field, and the base is never touched."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.exceptions import SourceError
from fe_contracts.findings import Where
from fe_contracts.sources import field_name, parse_yaml
from fe_contracts.sources.overlays import field_path, overlaid, overlay
from fe_contracts.sources.tables import TableRow

BASE: dict[str, Any] = {
    "contract": {"id": "X-1", "signed": False},
    "agency": {"legal_name": "Base", "phone": None},
    "funding": [{"id": "a", "amount": Decimal("1.00")}, {"id": "b", "amount": Decimal("2.00")}],
    "days": 5,
}


@pytest.mark.parametrize(
    ("heading", "cell", "value"),
    [
        ("agency.legal_name", "Émile & Co", "Émile & Co"),
        ("agency.legal_name", "1200", "1200"),  # text stood there, so text it stays
        ("contract.id", "true", "true"),
        ("contract.signed", "true", True),
        ("days", "7", 7),
        ("days", "'7", "7"),
        ("funding[1].amount", "150000.10", Decimal("150000.10")),
        ("funding[2].id", "c", "c"),
        ("agency.phone", "'5550100", "5550100"),
        ("term.start_date", "2027-01-01", "2027-01-01"),
        ("clauses.parameters.FE-04.session_minutes", "60", 60),
        ("clauses.parameters.FE-04.modes[0]", "video", "video"),
    ],
)
def test_a_cell_fills_the_field_that_its_heading_names(heading: str, cell: str, value: object) -> None:
    data: Any = overlay(BASE, {heading: cell})
    path = field_path(heading)
    assert path is not None
    for step in path:
        data = data[step]
    assert data == value
    assert type(data) is type(value)


def test_the_base_is_never_touched_and_the_rest_stays() -> None:
    before = deepcopy(BASE)
    data = overlay(BASE, {"funding[0].amount": "9", "agency.legal_name": "Other", "new.field": "x"})
    assert before == BASE
    assert data["funding"][1] == BASE["funding"][1]
    data["funding"][1]["id"] = "changed"
    assert before == BASE


def test_an_empty_cell_keeps_the_base() -> None:
    assert overlay(BASE, {"agency.legal_name": "", "days": "", "funding[0].amount": ""}) == BASE


def test_entries_can_be_added_in_order() -> None:
    data = overlay(BASE, {"funding[2].id": "c", "funding[2].amount": "3.50", "sites[0]": "x", "sites[1]": "y"})
    assert data["funding"][2] == {"id": "c", "amount": Decimal("3.50")}
    assert data["sites"] == ["x", "y"]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Agency name", "is not the name of a field"),
        ("agency..name", "is not the name of a field"),
        ("funding[x].id", "is not the name of a field"),
        ("funding[-1].id", "is not the name of a field"),
        ("funding[3].id", "funding[3] lies beyond the end: funding has 2 entries"),
        ("funding[99999].id", "is not the name of a field"),
        ("funding.id", "funding is a list"),
        ("funding", "funding is a list, and a cell holds one value"),
        ("agency", "agency is a group of fields"),
        ("agency[0]", "agency is no list"),
        ("days.count", "days holds one value and no fields"),
        ("agency.legal_name.first", "agency.legal_name holds one value"),
    ],
)
def test_a_heading_that_names_no_place_is_a_problem(heading: str, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        overlay(BASE, {heading: "x", "days": "1"})
    (problem,) = caught.value.problems
    assert problem.code == "SOURCE070"
    assert said in problem.message
    assert problem.remedy


def test_all_headings_are_judged_at_once_even_over_empty_cells() -> None:
    with pytest.raises(SourceError) as caught:
        overlay(BASE, {"no name": "", "funding[9].id": "x"})
    assert len(caught.value.problems) == 2


def test_problems_of_an_overlaid_value_name_the_table_and_its_cell() -> None:
    base = parse_yaml("agency:\n  legal_name: Base\nfunding:\n  - amount: 1.00\n", "base.yaml")
    row = TableRow("table.csv", 7, {"funding[0].amount": "oops", "agency.legal_name": ""}, {"funding[0].amount": 3})
    both = overlaid(base, row)
    assert both.where(("funding", 0, "amount")) == Where("table.csv", 7, 3, "funding[0].amount")
    assert both.where(("agency", "legal_name")) == Where("base.yaml", 2, 3, "agency.legal_name")
    assert both.data["funding"][0]["amount"] == "oops"
    assert base.data["funding"][0]["amount"] == Decimal("1.00")
    wrong = TableRow("table.csv", 8, {"no name": "x"}, {"no name": 4})
    with pytest.raises(SourceError) as caught:
        overlaid(base, wrong)
    assert caught.value.problems[0].where == Where("table.csv", 8, 4, "no name")


names = st.text(st.sampled_from("abcXYZ09_-"), min_size=1, max_size=6)
paths = st.tuples(names).flatmap(
    lambda head: st.lists(names | st.integers(0, 9999), max_size=5).map(lambda rest: (*head, *rest))
)


@given(paths)
def test_a_path_is_read_as_it_is_written(path: tuple[str | int, ...]) -> None:
    assert field_path(field_name(path)) == path

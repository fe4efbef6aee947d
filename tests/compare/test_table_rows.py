from __future__ import annotations

from fe_contracts.compare.table_rows import named_rows, partners_of, row_label, split_rows

OLD = [
    {"report": "Quarterly", "period": "January to March 2027", "due": "April 30, 2027"},
    {"report": "Quarterly", "period": "April to June 2027", "due": "July 30, 2027"},
    {"report": "Final", "period": "2027", "due": "February 14, 2028"},
]


def later(row: dict[str, str]) -> dict[str, str]:
    return {name: value.replace("2028", "2029").replace("2027", "2028") for name, value in row.items()}


def test_a_calendar_that_moved_by_a_year_has_the_same_rows() -> None:
    old, new = named_rows(OLD), named_rows([later(row) for row in OLD])
    assert [(old[before]["due"], new[after]["due"]) for after, before in partners_of(old, new).items()] == [
        ("April 30, 2027", "April 30, 2028"),
        ("July 30, 2027", "July 30, 2028"),
        ("February 14, 2028", "February 14, 2029"),
    ]


def test_one_report_more_of_a_kind_is_no_row_that_moved() -> None:
    old, new = named_rows(OLD[:2]), named_rows([later(row) for row in [*OLD, OLD[0] | {"period": "July 2027"}]])
    assert partners_of(old, new) == {}


def test_a_list_of_single_values_has_rows_that_come_and_go() -> None:
    old, new = named_rows([{"site": "North"}]), named_rows([{"site": "South"}])
    assert partners_of(old, new) == {}


def test_a_row_keeps_its_name() -> None:
    old, new = named_rows(OLD), named_rows([*OLD[:2], OLD[2] | {"due": "March 1, 2028"}])
    assert partners_of(old, new) == {name: name for name in old}


def test_rows_are_named_by_their_place_where_no_cells_tell_them_apart() -> None:
    same = [{"what": "Visit", "when": "monthly"}] * 2
    assert list(named_rows(same)) == ["row 1", "row 2"]
    assert list(named_rows([{"what": "Visit", "when": "May"}, {"what": "Visit", "when": "June"}])) == [
        "Visit; May",
        "Visit; June",
    ]


def test_columns_have_their_names_only_where_the_headings_fit() -> None:
    assert split_rows("A\t1", ("What", "Count"), ()) == {"A": {"What": "A", "Count": "1"}}
    assert split_rows("A\t1", ("What",), ()) == {"A": {"column 1": "A", "column 2": "1"}}


def test_a_row_that_a_short_id_names_is_called_by_its_title_too() -> None:
    assert row_label("M1", {"id": "M1", "title": "Start-up complete"}) == "M1 Start-up complete"
    assert row_label("M1", {"id": "M1", "amount": "$5"}) == "M1"
    assert row_label("Quarterly", {"what": "Quarterly", "when": "each quarter"}) == "Quarterly"

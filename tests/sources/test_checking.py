"""Every mistake in a file is one finding: its place, what stands there, what belongs there, what to do."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from fe_contracts.exceptions import CatalogError, SourceError, SpecError
from fe_contracts.findings import Finding, Severity
from fe_contracts.sources import Loaded, checked, parse_json, parse_yaml, problems_of, try_checked
from fe_contracts.sources.overlays import overlaid
from fe_contracts.sources.tables import TableRow


class Source(StrEnum):
    LOCAL = "LOCAL"
    FOUNDATION = "FOUNDATION"


class _Base(BaseModel):
    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True
    )


class Fund(_Base):
    id: Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]$"), Field(examples=["A1"])]
    """A short name."""
    source: Source
    """What kind of money it is."""
    amount: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
    """US dollars."""


class Contract(_Base):
    title: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    """What it is called."""
    start: dt.date
    """The first day."""
    end: dt.date
    """The last day."""
    renewals: Annotated[int, Field(le=4)] = 0
    """How often it is renewed."""
    signed: bool = False
    """Whether it is signed."""
    funds: tuple[Fund, ...] = Field(min_length=1, max_length=3)
    """The money."""
    days: int | Annotated[str, StringConstraints(pattern="^[a-z]+$")] | None = None
    """Days, or the name of a parameter that holds them."""
    pins: dict[Annotated[str, StringConstraints(pattern="^[A-Z]+-[0-9]+$"), Field(examples=["FE-04"])], str] = {}
    """Versions by clause."""
    values: dict[str, Any] = {}
    """Anything."""

    @model_validator(mode="after")
    def _forward(self) -> Contract:
        if self.end < self.start:
            raise ValueError("end lies before start")
        return self


GOOD = """\
title: Pilot
start: 2027-01-01
end: 2027-12-31
funds:
  - id: A1
    source: LOCAL
    amount: 150000.10
"""


def problems(text: str) -> tuple[Finding, ...]:
    return problems_of(parse_yaml(text, "spec.yaml"), Contract)


def the_problem(text: str) -> Finding:
    (problem,) = problems(text)
    assert problem.severity is Severity.ERROR
    for jargon in ("Input", "valid string", "dictionary", "Extra inputs", "type="):
        assert jargon not in problem.message
    return problem


def test_good_data_becomes_the_model_with_exact_money_and_real_dates() -> None:
    contract = checked(parse_yaml(GOOD, "spec.yaml"), Contract, error=SpecError)
    assert str(contract.funds[0].amount) == "150000.10"
    assert contract.start == dt.date(2027, 1, 1)
    assert contract.funds[0].source is Source.LOCAL


def test_json_gives_the_same_model_as_yaml() -> None:
    text = (
        '{"title": "Pilot", "start": "2027-01-01", "end": "2027-12-31", '
        '"funds": [{"id": "A1", "source": "LOCAL", "amount": 150000.10}]}'
    )
    one = checked(parse_json(text, "spec.json"), Contract, error=SpecError)
    assert one == checked(parse_yaml(GOOD, "spec.yaml"), Contract, error=SpecError)


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "field", "said", "remedy"),
    [
        ("title: Pilot", "titel: Pilot", "FIELD010", 1, "titel", "'titel' is not a field", "Did you mean 'title'?"),
        ("    amount:", "    amout:", "FIELD010", 7, "funds[0].amout", "of funds[0]", "Did you mean 'amount'?"),
        ("title: Pilot", "title: Pilot\nxyz: 1", "FIELD010", 2, "xyz", "this file", "Delete it."),
        ("title: Pilot\n", "", "FIELD020", 1, "title", "'title' is missing.", "Add it: What it is called."),
        ("    amount: 150000.10\n", "", "FIELD020", 5, "funds[0].amount", "'amount' is missing.", "US dollars"),
        ("title: Pilot", "title: 46601", "FIELD030", 1, "title", "not the number 46601", 'quotation marks: "46601"'),
        ("title: Pilot", "title: 12.50", "FIELD030", 1, "title", "not the number 12.50", 'marks: "12.50"'),
        ("title: Pilot", "title: true", "FIELD030", 1, "title", "not true", 'marks: "true"'),
        ("title: Pilot", "title:", "FIELD030", 1, "title", "'title' has no value", "Give it one: What it is"),
        ("title: Pilot", "title: [a]", "FIELD030", 1, "title", "Text is expected here, not a list", "one text"),
        ("title: Pilot", "title: {a: 1}", "FIELD030", 1, "title", "not a group of fields", "quotation marks"),
        ("title: Pilot", "title: ''", "FIELD060", 1, "title", "The text is empty.", "What it is called."),
        ("title: Pilot", f"title: {'x' * 41}", "FIELD060", 1, "title", "41 characters; at most 40", "Shorten"),
        ("2027-12-31", "31.12.2027", "FIELD030", 3, "end", "A date is expected here, not '31.12.2027'", "2027-01-31"),
        ("2027-12-31", "2027-02-30", "FIELD030", 3, "end", "not '2027-02-30'", "existing day"),
        ("2027-12-31", "2027-12-31 10:00", "FIELD030", 3, "end", "A date is expected", "year-month-day"),
        ("2027-12-31", "2027", "FIELD030", 3, "end", "A date is expected here, not the number 2027", "existing"),
        ("2027-12-31", "2026-12-31", "FIELD070", 1, "", "end lies before start.", "agree"),
        ("source: LOCAL", "source: LOCL", "FIELD040", 6, "funds[0].source", "Did you mean 'LOCAL'?", "FOUNDATION"),
        ("source: LOCAL", "source: local", "FIELD040", 6, "funds[0].source", "Did you mean 'LOCAL'?", "one of"),
        ("source: LOCAL", "source: 7", "FIELD040", 6, "funds[0].source", "the number 7 is not", "LOCAL, FOUND"),
        ("150000.10", "-5", "FIELD050", 7, "funds[0].amount", "-5 is out of bounds: it must be at least 0", "US"),
        ("150000.10", "1.005", "FIELD050", 7, "funds[0].amount", "too many digits after the point", ""),
        ("150000.10", "1" * 16, "FIELD050", 7, "funds[0].amount", "too many digits", "Check"),
        ("150000.10", "150,000", "FIELD030", 7, "funds[0].amount", "not '150,000'", "without commas"),
        ("150000.10", "$5", "FIELD030", 7, "funds[0].amount", "A number is expected", "digits"),
        ("150000.10", ".nan", "FIELD030", 7, "funds[0].amount", "not '.nan'", "digits"),
        ("150000.10", "NaN", "FIELD050", 7, "funds[0].amount", "'NaN' is not an amount", "digits"),
        ("150000.10", "-.inf", "FIELD030", 7, "funds[0].amount", "not '-.inf'", "digits"),
        ("150000.10", "Infinity", "FIELD050", 7, "funds[0].amount", "'Infinity' is not an amount", "digits"),
        ("150000.10", "true", "FIELD030", 7, "funds[0].amount", "A number is expected here, not true", ""),
        ("id: A1", "id: a1", "FIELD060", 5, "funds[0].id", "'a1' does not have the form", "Write it like 'A1'."),
        ("title: Pilot", "title: P\nrenewals: 5", "FIELD050", 2, "renewals", "must be at most 4", "How often"),
        ("title: Pilot", "title: P\nrenewals: two", "FIELD030", 2, "renewals", "A whole number", "digits alone"),
        ("title: Pilot", "title: P\nrenewals: 1.5", "FIELD030", 2, "renewals", "not the number 1.5", ""),
        ("title: Pilot", "title: P\nrenewals:", "FIELD030", 2, "renewals", "no value", "or delete the line"),
        ("title: Pilot", "title: P\nsigned: yes", "FIELD030", 2, "signed", "true or false is expected", "true or"),
        ("title: Pilot", "title: P\ndays: A B", "FIELD030", 2, "days", "'A B' cannot stand here", "Days, or the"),
        ("title: Pilot", "title: P\npins: {fe4: x}", "FIELD060", 2, "pins.fe4", "form of a name", "'FE-04'"),
        ("title: Pilot", "title: P\npins: [x]", "FIELD030", 2, "pins", "A group of fields is expected", "indented"),
    ],
)  # fmt: skip
def test_each_mistake_is_said_in_plain_words_at_its_place(
    old: str, new: str, code: str, line: int, field: str, said: str, remedy: str
) -> None:
    assert GOOD.count(old) == 1
    problem = the_problem(GOOD.replace(old, new))
    assert (problem.code, problem.where.line, problem.where.field) == (code, line, field)
    assert said in problem.message
    assert remedy in problem.remedy
    assert problem.remedy or code == "FIELD050", "every problem says what to do"


def test_lists_are_checked_as_lists() -> None:
    fund = "{id: A1, source: LOCAL, amount: 1}"
    start = GOOD.split("funds:", maxsplit=1)[0]
    assert "needs at least 1" in the_problem(f"{start}funds: []\n").message
    assert "at most 3 are allowed" in the_problem(f"{start}funds: [{', '.join([fund] * 4)}]\n").message
    assert the_problem(f"{start}funds: {fund}\n").message == "A list is expected here, not a group of fields."
    assert the_problem(f"{start}funds: [A1]\n").message == "A group of fields is expected here, not 'A1'."


def test_a_list_whose_entries_are_wrong_is_not_called_too_short_as_well() -> None:
    text = GOOD.replace("LOCAL", "LOCL").replace("150000.10", "-1")
    assert [problem.code for problem in problems(text)] == ["FIELD040", "FIELD050"]


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        GOOD.replace("Pilot", "5").replace("2027-12-31", "soon").replace("A1", "a1").replace("    amount", "    amot")
    )
    with pytest.raises(SpecError) as caught:
        checked(parse_yaml(text, "spec.yaml"), Contract, error=SpecError)
    assert [problem.where.line for problem in caught.value.problems] == [1, 3, 5, 7]
    assert str(caught.value).startswith("4 problems in spec.yaml:\n  spec.yaml:1:1: title: error FIELD030: ")


def test_money_written_as_text_is_money() -> None:
    contract = checked(parse_yaml(GOOD.replace("150000.10", '"150000.10"'), "s"), Contract, error=SpecError)
    assert contract.funds[0].amount == Decimal("150000.10")


@pytest.mark.parametrize("error", [SourceError, SpecError, CatalogError])
def test_the_caller_chooses_the_error(error: type[SourceError | SpecError | CatalogError]) -> None:
    with pytest.raises(error) as caught:
        checked(parse_yaml("title: x", "spec.yaml"), Contract, error=error)
    assert type(caught.value) is error


def test_problems_can_be_collected_without_an_error() -> None:
    made, found = try_checked(parse_yaml(GOOD, "spec.yaml"), Contract)
    assert made is not None
    assert found == ()
    made, found = try_checked(parse_yaml("title: x", "spec.yaml"), Contract)
    assert made is None
    assert {problem.where.field for problem in found} == {"start", "end", "funds"}


def test_a_part_of_a_file_is_checked_with_the_places_of_the_whole() -> None:
    text = "outer:\n  - " + GOOD.replace("\n", "\n    ").replace("LOCAL", "LOCL")
    (problem,) = problems_of(parse_yaml(text, "spec.yaml"), Contract, at=("outer", 0))
    assert problem.where.line == 7
    assert problem.where.field == "outer[0].funds[0].source"


@pytest.mark.parametrize("data", [None, [], "text", 5, Decimal("1.5"), True])
def test_a_file_that_is_no_group_of_fields_is_one_problem(data: object) -> None:
    (problem,) = problems_of(Loaded("spec.yaml", data, {(): (1, 1)}, "sha256:0"), Contract)
    assert problem.where.line == 1
    assert problem.code == "FIELD030"


def test_long_values_are_shortened_in_messages() -> None:
    problem = the_problem(GOOD.replace("LOCAL", "x" * 5_000))
    assert len(problem.message) < 150


def test_decimals_in_open_values_keep_their_digits() -> None:
    contract = checked(parse_yaml(GOOD + "values: {a: 1.10}\n", "s"), Contract, error=SpecError)
    assert str(contract.values["a"]) == "1.10"


def test_a_script_may_give_dates_decimals_enumerations_and_tuples() -> None:
    fund = {"id": "A1", "source": Source.LOCAL, "amount": Decimal("1.10")}
    data = {"title": "P", "start": dt.date(2027, 1, 1), "end": dt.date(2027, 12, 31), "funds": (fund,)}
    contract = checked(Loaded("script", data, {}, ""), Contract, error=SpecError)
    assert contract.funds[0].amount == Decimal("1.10")
    bad = {**data, "funds": ({**fund, "amount": Decimal(-1)},)}
    (problem,) = problems_of(Loaded("script", bad, {}, ""), Contract)
    assert (problem.code, str(problem.where)) == ("FIELD050", "script: funds[0].amount")
    nan = {**data, "funds": ({**fund, "amount": float("nan")},)}
    assert problems_of(Loaded("script", nan, {}, ""), Contract)[0].code == "FIELD050"


def test_what_a_table_gave_is_made_text_by_an_apostrophe() -> None:
    row = TableRow("table.csv", 3, {"pins.FE-04": "1.5"}, {"pins.FE-04": 2})
    (problem,) = problems_of(overlaid(parse_yaml(GOOD, "base.yaml"), row), Contract)
    assert str(problem.where) == "table.csv:3:2: pins.FE-04"
    assert problem.remedy == "In a table, begin the cell with an apostrophe to make it text."

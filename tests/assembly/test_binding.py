"""Every parameter takes one value from one place, in its type and within its bounds, or the reason is told."""

from __future__ import annotations

import contextlib
import datetime as dt
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assembly.specs import HOST, award, make_spec
from tests.assembly.trees import contract_of, words_of
from tests.catalog.libraries import small_catalog, version
from tests.strategies import amounts, days

from fe_contracts.assembly import assemble
from fe_contracts.assembly.binding import as_fact
from fe_contracts.assembly.computed import COMPUTED, COMPUTED_OF_FUND
from fe_contracts.assembly.parameters import ValueProblemError, typed
from fe_contracts.findings import Severity
from fe_contracts.model.clause import ParameterDefinition
from fe_contracts.schedule import report_calendar

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.catalog import Catalog
    from fe_contracts.findings import Finding

FE05 = "clauses/FE/FE-05/1.0.0.md"


def definition(kind: str, **more: Any) -> ParameterDefinition:
    return ParameterDefinition.model_validate({"type": kind, "help": "A value.", **more}, strict=False)


def one(folder: Path, wording: str, parameter: dict[str, Any]) -> Catalog:
    """Return the small library with FE-05 worded anew, over one parameter `x`."""
    text = version(wording, title="Payment", parameters={"x": {"help": "The value.", **parameter}})
    return small_catalog(folder, {FE05: text})


def said(catalog: Catalog, changes: dict[str, Any] | None = None) -> str:
    """Return what FE-05 says in the contract."""
    return "\n".join(words_of(contract_of(make_spec(changes), catalog), "FE-05"))


def errors(catalog: Catalog, changes: dict[str, Any] | None = None) -> list[Finding]:
    assembly = assemble(make_spec(changes), catalog)
    found = [finding for finding in assembly.findings if finding.severity is Severity.ERROR]
    assert (assembly.contract is None) is bool(found)
    return found


def given_x(value: Any) -> dict[str, Any]:
    return {"clauses.parameters.FE-05": {"x": value}}


class TestPrecedence:
    def test_the_default_stands_where_nobody_gives_a_value(self, tmp_path: Path) -> None:
        catalog = one(tmp_path, "Say {{ x }}.", {"type": "int", "default": 7})
        assert said(catalog) == "Say 7."
        assert said(catalog, given_x(8)) == "Say 8."

    def test_a_field_gives_its_value_and_the_spec_may_repeat_it(self, tmp_path: Path) -> None:
        catalog = one(tmp_path, "Say {{ x }}.", {"type": "money", "from": "total_amount"})
        assert said(catalog) == said(catalog, given_x("60000.00")) == said(catalog, given_x(60000)) == "Say $60,000.00."

    def test_a_field_and_the_spec_may_not_differ(self, tmp_path: Path) -> None:
        catalog = one(tmp_path, "Say {{ x }}.", {"type": "money", "from": "total_amount"})
        (finding,) = errors(catalog, given_x("60000.01"))
        assert (finding.code, finding.where.field) == ("PARAM030", "clauses.parameters.FE-05.x")
        assert "takes its value from total_amount" in finding.message

    def test_where_the_field_is_empty_the_spec_may_give_the_value(self, tmp_path: Path) -> None:
        catalog = one(tmp_path, "Say {{ x }}.", {"type": "str", "from": "city.form_approval"})
        (finding,) = errors(catalog)
        assert (finding.code, finding.where.field) == ("PARAM010", "city.form_approval")
        assert said(catalog, given_x("City Attorney")) == "Say City Attorney."
        assert said(catalog, {"city.form_approval": "Counsel"}) == "Say Counsel."

    def test_a_value_that_nobody_gives_is_an_error_with_its_help(self, tmp_path: Path) -> None:
        catalog = one(tmp_path, "Say {{ x }}.", {"type": "str"})
        (finding,) = errors(catalog)
        assert (finding.code, finding.where.field) == ("PARAM010", "clauses.parameters.FE-05.x")
        assert "The value." in finding.message

    def test_an_empty_entry_is_no_value(self, tmp_path: Path) -> None:
        catalog = one(tmp_path, "Say {{ x }}.", {"type": "str", "default": "words"})
        for nothing in (None, "", "  "):
            (finding,) = errors(catalog, given_x(nothing))
            assert finding.code == "PARAM020"

    def test_an_optional_value_may_stay_empty_where_the_wording_asks_first(self, tmp_path: Path) -> None:
        wording = "Always.\n\n::: when {parameter.x: {given: true}}\nSay {{ x }}.\n::: otherwise\nNothing.\n::: end"
        catalog = one(tmp_path, wording, {"type": "str", "optional": True})
        assert said(catalog) == "Always.\nNothing."
        assert said(catalog, given_x("words")) == "Always.\nSay words."

    def test_an_optional_value_that_is_printed_unasked_is_an_error_and_no_blank(self, tmp_path: Path) -> None:
        catalog = one(tmp_path, "Say {{ x }}.", {"type": "str", "optional": True})
        (finding,) = errors(catalog)
        assert finding.code == "PARAM010"
        assert finding.where.line > 1

    def test_a_name_the_version_does_not_have_is_an_error_with_the_nearest(self, tmp_path: Path) -> None:
        catalog = one(tmp_path, "Say {{ x }}.", {"type": "int", "default": 1})
        (finding,) = errors(catalog, {"clauses.parameters.FE-01": {"minuets": 50}})
        assert (finding.code, finding.where.field) == ("PARAM080", "clauses.parameters.FE-01.minuets")
        assert "Did you mean 'minutes'?" in finding.message

    def test_a_locked_value_stays_as_it_is(self, tmp_path: Path) -> None:
        locked = {"type": "int", "default": 3, "locked": True, "bound_by": "24 CFR 578.87(d)"}
        catalog = one(tmp_path, "Say {{ x }}.", locked)
        assert said(catalog, given_x(3)) == "Say 3."
        (finding,) = errors(catalog, given_x(4))
        assert (finding.code, "24 CFR 578.87(d)" in finding.message) == ("PARAM060", True)

    def test_a_field_that_does_not_exist_is_an_error(self, tmp_path: Path) -> None:
        for path in ("city.mayor", "computed.budgets", "framework.creed.text"):
            catalog = one(tmp_path / path, "Say {{ x }}.", {"type": "str", "from": path})
            assert "PARAM090" in {finding.code for finding in errors(catalog)}, path


class TestFramework:
    def test_the_librarys_own_text_is_set_with_typographic_marks(self, tmp_path: Path) -> None:
        catalog = one(tmp_path, "{{ x }}", {"type": "text", "from": "framework.vision.text"})
        assert said(catalog) == "A city where “enough” is enough."

    def test_a_persons_text_is_printed_as_it_was_written(self, tmp_path: Path) -> None:
        catalog = one(tmp_path, "{{ x }}", {"type": "str"})
        assert said(catalog, given_x('He said "it\'s" -- so')) == 'He said "it\'s" -- so'

    def test_version_and_entries_can_be_read(self, tmp_path: Path) -> None:
        assert said(one(tmp_path / "a", "{{ x }}", {"type": "str", "from": "framework.values.version"})) == "1.0.0"
        columns = [{"name": name, "title": name, "help": "A."} for name in ("title", "text")]
        table = {"type": "table", "from": "framework.values.entries", "columns": columns}
        assert said(one(tmp_path / "b", "::: table x", table)) == (
            "title | text\nDignity | Every person is met with respect.\nChoice | The person decides."
        )

    def test_a_version_can_be_pinned_and_an_unknown_one_is_an_error(self, catalog: Catalog) -> None:
        assert errors(catalog, {"clauses.framework.values": "1.0.0"}) == []
        (finding,) = errors(catalog, {"clauses.framework.values": "3.0.0"})
        assert (finding.code, finding.where.field) == ("PARAM090", "clauses.framework.values")
        (finding,) = errors(catalog, {"clauses.framework.creed": "1.0.0"})
        assert "no part 'creed'" in finding.message


class TestTypes:
    @pytest.mark.parametrize(
        ("parameter", "value", "shown"),
        [
            ({"type": "str"}, 'R&D <x> "q" 🏠 שלום', 'R&D <x> "q" 🏠 שלום'),
            ({"type": "text"}, "one\ntwo", "one two"),
            ({"type": "text"}, "one\n\ntwo\n \nthree\r\n\r\nfour", "one\ntwo\nthree\nfour"),
            ({"type": "int"}, 12500, "12,500"),
            ({"type": "int"}, "12500", "12,500"),
            ({"type": "days"}, 30, "30"),
            ({"type": "pct"}, "2.5", "2.5%"),
            ({"type": "pct"}, "33.3333", "33.3333%"),
            ({"type": "pct"}, 10, "10%"),
            ({"type": "money"}, "1250.5", "$1,250.50"),
            ({"type": "money"}, 0, "$0.00"),
            ({"type": "date"}, "2027-01-31", "January 31, 2027"),
            ({"type": "enum", "choices": {"a": "the City's form"}}, "a", "the City’s form"),
            ({"type": "list", "items": "str"}, ["a"], "a"),
            ({"type": "list", "items": "str"}, ["a", "b"], "a and b"),
            ({"type": "list", "items": "str"}, ["a", "b", "c"], "a, b, and c"),
            ({"type": "list", "items": "money"}, [1, 2], "$1.00 and $2.00"),
            ({"type": "ref"}, "FE-01", "Section 2.1"),
            ({"type": "ref"}, "exhibit:scope", "Exhibit A"),
            ({"type": "ref"}, "article:money", "Article 3"),
            ({"type": "list", "items": "ref"}, ["FE-01", "exhibit:scope"], "Section 2.1 and Exhibit A"),
        ],
    )
    def test_a_value_is_printed_in_the_usual_form_of_its_type(
        self, tmp_path: Path, parameter: dict[str, Any], value: Any, shown: str
    ) -> None:
        assert said(one(tmp_path, "{{ x }}", parameter), given_x(value)) == shown

    @pytest.mark.parametrize(
        ("filter_", "parameter", "value", "shown"),
        [
            ("money_words", {"type": "money"}, "100.50", "one hundred dollars and fifty cents ($100.50)"),
            ("words", {"type": "int"}, 30, "thirty (30)"),
            ("count('calendar day')", {"type": "days"}, 1, "1 calendar day"),
            ("count('calendar day')", {"type": "days"}, 30, "30 calendar days"),
            ("count('person', 'people')", {"type": "int"}, 2, "2 people"),
            ("words | count('time')", {"type": "int"}, 1, "one (1) time"),
            ("ordinal", {"type": "int"}, 15, "15th"),
            ("any", {"type": "list", "items": "str"}, ["a", "b"], "a or b"),
            ("any", {"type": "list", "items": "str"}, ["a", "b", "c"], "a, b, or c"),
            ("any", {"type": "list", "items": "ref"}, ["FE-01", "FE-02"], "Section 2.1 or Section 2.2"),
            ("lower", {"type": "enum", "choices": {"a": "By Video"}}, "a", "by Video"),
            ("lower", {"type": "enum", "choices": {"a": "HUD form"}}, "a", "HUD form"),
        ],
    )
    def test_a_filter_gives_the_form_it_names(
        self, tmp_path: Path, filter_: str, parameter: dict[str, Any], value: Any, shown: str
    ) -> None:
        assert said(one(tmp_path, f"{{{{ x | {filter_} }}}}", parameter), given_x(value)) == shown

    @pytest.mark.parametrize(
        ("parameter", "value", "code", "wanted"),
        [
            ({"type": "str"}, 5, "PARAM020", "text on one line"),
            ({"type": "str"}, "a\nb", "PARAM020", "text on one line"),
            ({"type": "str"}, "a\x07b", "PARAM020", "U+0007"),
            ({"type": "str", "pattern": "[A-Z]+"}, "abc", "PARAM070", "the form that is wanted"),
            ({"type": "text"}, ["a"], "PARAM020", "text"),
            ({"type": "int"}, "2.5", "PARAM020", "a whole number"),
            ({"type": "int"}, True, "PARAM020", "a whole number"),
            ({"type": "int"}, -1, "PARAM020", "zero or more"),
            ({"type": "int"}, "1e5", "PARAM020", "a whole number"),
            ({"type": "int"}, "1_000", "PARAM020", "a whole number"),
            ({"type": "int"}, 10**12, "PARAM020", "less than a trillion"),
            ({"type": "days"}, "soon", "PARAM020", "a whole number"),
            ({"type": "pct"}, "-2", "PARAM020", "per cent"),
            ({"type": "pct"}, "2.00001", "PARAM020", "four decimals"),
            ({"type": "money"}, "NaN", "PARAM020", "an amount in dollars"),
            ({"type": "money"}, "Infinity", "PARAM020", "an amount in dollars"),
            ({"type": "money"}, "-5", "PARAM020", "zero or more"),
            ({"type": "money"}, "1.005", "PARAM020", "whole cents"),
            ({"type": "money"}, "$5", "PARAM020", "an amount in dollars"),
            ({"type": "date"}, "2027-02-30", "PARAM020", "a date such as 2027-01-31"),
            ({"type": "date"}, "20270131", "PARAM020", "a date such as 2027-01-31"),
            ({"type": "date"}, "2027-W05-1", "PARAM020", "a date such as 2027-01-31"),
            ({"type": "date"}, 2027, "PARAM020", "a date such as 2027-01-31"),
            ({"type": "enum", "choices": {"soft": "Soft", "hard": "Hard"}}, "sotf", "PARAM050", "Did you mean soft?"),
            ({"type": "list", "items": "str"}, "a", "PARAM020", "a list"),
            ({"type": "list", "items": "str", "minimum": 1}, [], "PARAM040", "at least 1"),
            ({"type": "list", "items": "str", "maximum": 1}, ["a", "b"], "PARAM040", "at most 1"),
            ({"type": "list", "items": "int"}, [1, "b"], "PARAM020", "'b' is not a whole number"),
            ({"type": "ref"}, "the other clause", "PARAM020", "a clause or exhibit"),
            ({"type": "int", "minimum": 15, "bound_by": "2 CFR 200.1"}, 14, "PARAM040", "at least 15 (2 CFR 200.1)"),
            ({"type": "money", "maximum": "500000"}, "500000.01", "PARAM040", "at most 500,000"),
            ({"type": "pct", "maximum": "0.5"}, "0.51", "PARAM040", "at most 0.5"),
        ],
    )
    def test_a_value_that_does_not_fit_is_told_with_what_is_wanted(
        self, tmp_path: Path, parameter: dict[str, Any], value: Any, code: str, wanted: str
    ) -> None:
        (finding,) = errors(one(tmp_path, "{{ x }}", parameter), given_x(value))
        assert finding.code == code
        assert finding.where.field.startswith("clauses.parameters.FE-05.x")
        assert wanted in finding.message

    @pytest.mark.parametrize(("edge", "beyond"), [(15, 14), (120, 121)])
    def test_a_bound_itself_is_within(self, catalog: Catalog, edge: int, beyond: int) -> None:
        assert errors(catalog, {"clauses.parameters.FE-01": {"minutes": edge}}) == []
        (finding,) = errors(catalog, {"clauses.parameters.FE-01": {"minutes": beyond}})
        assert "(2 CFR 200.1)" in finding.message

    def test_a_yes_or_no_value_decides_a_block(self, tmp_path: Path) -> None:
        wording = "::: when {parameter.x: true}\nYes.\n::: otherwise\nNo.\n::: end"
        catalog = one(tmp_path, wording, {"type": "bool", "default": True})
        assert (said(catalog), said(catalog, given_x(value=False))) == ("Yes.", "No.")
        (finding,) = errors(catalog, given_x("yes"))
        assert "true or false" in finding.message

    @given(amounts)
    def test_an_amount_is_kept_to_the_cent(self, amount: Decimal) -> None:
        for form in (amount, str(amount)):
            assert typed(definition("money"), form, given=True) == amount

    @given(days)
    def test_a_day_is_kept(self, day: dt.date) -> None:
        assert (
            typed(definition("date"), day.isoformat(), given=True) == day == typed(definition("date"), day, given=True)
        )

    @given(st.text(max_size=40))
    def test_a_text_is_taken_whole_or_refused(self, text: str) -> None:
        try:
            found = typed(definition("text"), text, given=True)
        except ValueProblemError:
            assert not text.strip() or {unicodedata.category(character) for character in text} & {"Cc", "Cn", "Cs"}
        else:
            assert found == unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()

    @given(st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.lists(st.integers(), max_size=2))
    def test_nothing_but_a_problem_comes_of_a_value_that_does_not_fit(self, value: Any) -> None:
        for kind in ("str", "int", "pct", "money", "date", "days", "bool", "ref"):
            with contextlib.suppress(ValueProblemError):
                assert typed(definition(kind), value, given=True) is not None


COLUMNS = [
    {"name": "what", "title": "What", "help": "What."},
    {"name": "amount", "title": "How much", "type": "money", "help": "Dollars."},
    {"name": "note", "title": "Note", "help": "A note.", "optional": True},
    {"name": "kind", "title": "Kind", "type": "enum", "help": "Kind.", "choices": {"a": "Apples"}, "optional": True},
    {"name": "done", "title": "Done", "type": "bool", "help": "Done.", "optional": True},
    {"name": "secret", "title": "Secret", "help": "Data only.", "optional": True, "hidden": True},
]
TABLE = {"type": "table", "columns": COLUMNS, "total": ["amount"]}


class TestTables:
    def test_a_table_shows_its_columns_its_rows_and_its_totals(self, tmp_path: Path) -> None:
        rows = [
            {"what": "One", "amount": "10.50", "secret": "x"},
            {"what": "Two", "amount": 5, "note": "n", "kind": "a", "done": True},
        ]
        assert said(one(tmp_path, "::: table x", TABLE), given_x(rows)).splitlines() == [
            "What | How much | Note | Kind | Done",
            "One | $10.50 | – | – | –",
            "Two | $5.00 | n | Apples | Yes",
            "Total | $15.50 |  |  | ",
        ]

    def test_an_optional_column_that_no_row_fills_is_left_out_and_one_row_needs_no_total(self, tmp_path: Path) -> None:
        assert said(one(tmp_path, "::: table x", TABLE), given_x([{"what": "One", "amount": 1}])).splitlines() == [
            "What | How much",
            "One | $1.00",
        ]

    @pytest.mark.parametrize(
        ("rows", "code", "field", "words"),
        [
            ([{"what": "One"}], "PARAM010", "x[0].amount", "'amount' has no value"),
            ([{"what": "One", "amount": 1}, {"what": "T", "amount": "b"}], "PARAM020", "x[1].amount", "an amount"),
            ([{"what": "One", "amuont": 1}], "PARAM080", "x[0]", "Did you mean 'amount'?"),
            (["One"], "PARAM020", "x[0]", "a row of named columns"),
            ({"what": "One"}, "PARAM020", "x", "a list of rows"),
            ([], "PARAM015", "", "has no rows"),
        ],
    )
    def test_a_row_that_does_not_fit_is_told_with_its_place(
        self, tmp_path: Path, rows: Any, code: str, field: str, words: str
    ) -> None:
        (finding,) = errors(one(tmp_path, "::: table x", TABLE), given_x(rows))
        assert finding.code == code
        assert finding.where.field.endswith(field)
        assert words in finding.message

    def test_a_repetition_prints_columns_and_an_empty_one_is_an_error(self, tmp_path: Path) -> None:
        wording = "::: each row in x\n- {{ row.what }} for {{ row.amount | money_words }}\n::: end"
        catalog = one(tmp_path / "a", wording, TABLE)
        rows = [{"what": "One", "amount": 1}, {"what": "Two", "amount": 2}]
        assert said(catalog, given_x(rows)) == "One for one dollar ($1.00)\nTwo for two dollars ($2.00)"
        catalog = one(tmp_path / "b", "::: each row in x\n- {{ row.note }}\n::: end", TABLE)
        assert [finding.code for finding in errors(catalog, given_x(rows))] == ["PARAM010"]


class TestReferencesAsValues:
    def test_the_librarys_own_list_leaves_out_what_this_contract_does_not_have(self, tmp_path: Path) -> None:
        refs = {"type": "list", "items": "ref", "default": ["FE-01", "FE-03", "FE-02"]}
        assert said(one(tmp_path, "See {{ x }}.", refs)) == "See Section 2.1 and Section 2.2."

    def test_a_list_of_which_nothing_is_left_is_an_error_and_no_list_of_ids(self, tmp_path: Path) -> None:
        refs = {"type": "list", "items": "ref", "default": ["FE-03"]}
        (finding,) = errors(one(tmp_path, "See {{ x }}.", refs))
        assert finding.code == "PARAM010"

    def test_a_persons_list_must_be_whole(self, tmp_path: Path) -> None:
        refs = {"type": "list", "items": "ref"}
        (finding,) = errors(one(tmp_path, "See {{ x }}.", refs), given_x(["FE-01", "FE-03"]))
        assert (finding.code, "[[FE-03]]" in finding.message) == ("REF010", True)

    def test_a_repetition_over_references_prints_references(self, tmp_path: Path) -> None:
        refs = {"type": "list", "items": "ref", "default": ["FE-01", "FE-03", "exhibit:scope"]}
        assert said(one(tmp_path, "::: each y in x\n- {{ y }}\n::: end", refs)) == "Section 2.1\nExhibit A"


COMPUTED_COLUMNS = {
    "funding": "id name source funder amount start_date end_date assistance_listing",
    "budget": "id description fund activity amount",
    "budget_by_fund": "fund amount",
    "deliverables": "id title unit q1 annual unit_cost track funds",
    "outcomes": "id title population baseline_rule threshold target_percent follow_up_days evidence exclusions",
    "milestones": "id title track due_date evidence status",
    "rates": "id description unit amount quantity maximum evidence",
    "reports": "id title kind frequency due_days contents recipient",
    "report_calendar": "report period due_date recipient",
    "signers": "party name title authority",
    "notices": "party name title address email phone",
    "determination_reasons": "factor answer note",
    "host_sections": "section title effect",
    "match": "fund source kind value cost mou_date",
    "specific_conditions": "id nature reason action time reconsideration notified_on",
}
COMPUTED_OF_FUND_COLUMNS = {
    "award_unavailable": "element best_information expected_by",
    "fund_budget": "description activity amount",
    "award_terms": "title attachment court_order reviewed_by reviewed_on",
}
CONDITION = {
    "id": "SC1", "nature": "N", "reason": "R", "action": "A", "time": "T", "reconsideration": "W",
    "notified_on": "2026-12-01",
}  # fmt: skip


SPEC = make_spec(
    {
        "contract.type": "fe_rider",
        "host_contract": HOST,
        "funding": [award("coc-1", "COC", "2026-01-01"), {"id": "f", "source": "FOUNDATION", "name": "F", "amount": 1}],
        "budget[0].fund": "coc-1",
        "budget[1]": {"id": "B2", "description": "X", "fund": "coc-1", "activity": "A", "amount": "0.01"},
        "payment": {
            "model": "UNIT",
            "rates": [{"id": "R", "description": "D", "amount": "10", "quantity": 3, "evidence": "E"}],
        },
        "milestones": [{"id": "M1", "title": "M", "track": "process", "due_date": "2027-05-01", "evidence": "E"}],
        "relationship.reasons": [{"factor": "F", "answer": True, "note": "N"}],
        "funding[0].match": [{"id": "m", "source": "S", "kind": "cash", "value": "1.00", "cost": "C"}],
        "funding[0].federal_award.unavailable": [
            {"element": "x", "best_information": "It is being written", "expected_by": "2027-02-01"}
        ],
        "monitoring.specific_conditions": [CONDITION, {**CONDITION, "id": "SC2", "removal_date": "2027-03-01"}],
        "federal_terms": {
            "appendix_ii": ["D"],
            "award_terms": [
                {"fund": "coc-1", "title": "T", "attachment": "a.pdf", "reviewed_by": "C", "reviewed_on": "2026-11-01"},
                {"fund": "other", "title": "T", "attachment": "b.pdf", "reviewed_by": "C", "reviewed_on": "2026-11-01"},
            ],
        },
    }
)


class TestComputed:
    @pytest.mark.parametrize(("name", "columns"), COMPUTED_COLUMNS.items())
    def test_every_computed_table_has_the_columns_of_the_reference(self, name: str, columns: str) -> None:
        rows = COMPUTED[name](SPEC)
        assert rows
        assert all(set(columns.split()) <= set(row) for row in rows)

    def test_every_computed_value_is_looked_at_here(self) -> None:
        assert set(COMPUTED) == {*COMPUTED_COLUMNS, "services", "appendix_ii"}
        assert set(COMPUTED_OF_FUND) == set(COMPUTED_OF_FUND_COLUMNS)

    @pytest.mark.parametrize(("name", "columns"), COMPUTED_OF_FUND_COLUMNS.items())
    def test_what_is_worked_out_of_one_fund_holds_nothing_of_another(self, name: str, columns: str) -> None:
        coc, foundation = SPEC.funding
        (row, *more) = COMPUTED_OF_FUND[name](SPEC, coc)
        assert set(columns.split()) <= set(row)
        assert len(more) == (1 if name == "fund_budget" else 0)
        assert COMPUTED_OF_FUND[name](SPEC, foundation) == []

    def test_a_condition_that_was_removed_is_not_in_force(self) -> None:
        assert [row["id"] for row in COMPUTED["specific_conditions"](SPEC)] == ["SC1"]

    def test_a_provision_added_by_hand_reads_in_words(self) -> None:
        assert COMPUTED["appendix_ii"](SPEC) == ["(D) wages in construction (Davis-Bacon Act)"]

    def test_funds_take_their_dates_from_the_term_and_their_funder_from_the_city(self) -> None:
        first = COMPUTED["funding"](SPEC)[0]
        assert (first["funder"], first["start_date"], first["end_date"], first["assistance_listing"]) == (
            "City of Smallton",
            dt.date(2027, 1, 1),
            dt.date(2027, 12, 31),
            "14.267",
        )

    def test_the_budget_by_fund_adds_up_the_lines(self) -> None:
        assert COMPUTED["budget_by_fund"](SPEC) == [
            {"fund": "Fund coc-1", "amount": Decimal("60000.01")},
            {"fund": "F", "amount": 0},
        ]

    def test_a_rate_shows_the_most_it_can_pay(self) -> None:
        assert COMPUTED["rates"](SPEC)[0]["maximum"] == 30

    def test_the_calendar_of_the_contract_is_the_calendar_of_the_schedule(self) -> None:
        rows = COMPUTED["report_calendar"](SPEC)
        assert [row["due_date"] for row in rows] == [due.due for due in report_calendar(SPEC)]
        assert rows[0]["period"] == "January 1, 2027 to March 31, 2027"


@pytest.mark.parametrize(
    ("value", "fact"),
    [
        (None, None),
        ((), None),
        (("a", "b"), frozenset({"a", "b"})),
        (({"a": 1},), frozenset({"rows"})),
        (5, 5),
        (Decimal("2.5"), Decimal("2.5")),
        (dt.date(2027, 1, 1), dt.date(2027, 1, 1)),
        (False, False),
    ],
)
def test_a_value_is_read_by_conditions_as_a_fact(value: Any, fact: Any) -> None:
    assert as_fact(value) == fact

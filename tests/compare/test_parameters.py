"""Values that clauses take: what specs give and libraries set, and what two documents print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.compare.laid_out import body, laid_out, section
from tests.compare.versions import made

from fe_contracts.compare.contract_changes import Affected, Kind, Level, Weight
from fe_contracts.compare.parameters import joined, printed_changes, value_changes
from fe_contracts.compare.pending import without_notes
from fe_contracts.compare.words import Language

if TYPE_CHECKING:
    from fe_contracts.compare.contract_changes import ContractChange

_PARAMETERS: dict[str, Any] = {
    "days": {"type": "days", "help": "How long; the shorter the better.", "default": 5, "unit": "calendar days"},
    "how": {"type": "enum", "help": "How.", "default": "phone", "choices": {"phone": "by phone", "video": "by video"}},
    "rules": {"type": "str", "help": 'The rules, so that it reads after "follow".', "optional": True},
    "places": {"type": "list", "items": "str", "help": "Where.", "optional": True},
    "share": {"type": "list", "items": "pct", "help": "Shares.", "optional": True},
    "limits": {
        "type": "table",
        "help": "Limits.",
        "optional": True,
        "columns": [
            {"name": "kind", "title": "Insurance", "help": "Kind."},
            {"name": "amount", "title": "Each event", "type": "money", "help": "Amount.", "optional": True},
            {"name": "note", "title": "Note", "help": "Note.", "optional": True},
            {"name": "share", "title": "Target share", "type": "pct", "help": "Share.", "optional": True},
            {"name": "paid", "title": "Paid for", "help": "What for.", "optional": True},
        ],
    },
}
_WORDING = """
#. {#plan} Within {{ days | count('day') }}, {{ how }}, by {{ rules }}.
#. Tables:

{{ limits }}
"""
VERSION = made(_WORDING.replace("{{ limits }}", ""), parameters=_PARAMETERS)
SHOWN = body("Within ", ("days", "5 calendar days"), ", ", ("how", "by phone"), " and ", ("places", "x"))
LIMITS = [
    {"kind": "General liability", "amount": 1000000, "note": "Each year"},
    {"kind": "Cyber", "amount": 2000000, "note": None},
]


def by_spec(old: dict[str, Any], new: dict[str, Any], **more: Any) -> list[ContractChange]:
    """Return what is told of values that two specs give."""
    views = [laid_out(section("1.0.0", SHOWN), versions=(VERSION,), values={"FE-04": side}) for side in (old, new)]
    return list(value_changes((section(), section()), (views[0], views[1]), Language(), **more))


def by_print(old: dict[str, str], new: dict[str, str], *, known: bool = True, **more: Any) -> list[ContractChange]:
    """Return what is told of values that two documents print."""
    views = []
    for side in (old, new):
        printed = {f"FE-04/{name}": text for name, text in side.items()}
        versions = (VERSION,) if known else ()
        views.append(without_notes(laid_out(section("1.0.0", SHOWN), versions=versions, printed=printed, **more)))
    return list(printed_changes((section(), section()), (views[0], views[1]), Language()))


def test_a_time_is_told_by_what_it_is_with_its_unit_and_without_the_advice_behind_it() -> None:
    (found,) = by_spec({"days": 5}, {"days": 3})
    assert found.what == "Counseling: How long: 5 → 3 calendar days"
    assert (found.level, found.weights) == (Level.OBLIGATION, (Weight.DEADLINE,))
    assert (found.place, found.stands) == ("parameters.days", ("3.2",))
    assert found.affected == (Affected.AGENCY, Affected.CLIENTS)


def test_a_choice_is_told_in_the_words_of_the_contract() -> None:
    (found,) = by_spec({"how": "phone"}, {"how": "video"})
    assert (found.old, found.new) == ("by phone", "by video")
    assert found.level is Level.PARAMETER


def test_how_a_value_is_to_be_written_is_not_told() -> None:
    (found,) = by_spec({"rules": None}, {"rules": "the code"})
    assert found.what == "Counseling: The rules: none → the code"
    assert found.kind is Kind.ADDED


def test_a_list_says_what_came_and_went_and_an_empty_one_is_none() -> None:
    (found,) = by_spec({"places": ("North", "Canal, East")}, {"places": ("North", "South")})
    assert found.what == "Counseling: Where: added: South, removed: Canal, East"
    assert (found.old, found.new) == ("North; Canal, East", "North, South")
    (found,) = by_spec({"places": ()}, {"places": ("North",)})
    assert (found.kind, found.what) == (Kind.ADDED, "Counseling: Where: added: North")
    (found,) = by_spec({"places": ("A", "B")}, {"places": ("B", "A")})
    assert found.what == "Counseling: Where: A, B → B, A"


def test_an_entry_is_written_by_its_kind() -> None:
    (found,) = by_spec({"share": (10,)}, {"share": (10, 25)})
    assert found.new == "10, 25"


def test_a_cell_is_an_amount_or_words_by_its_column() -> None:
    rows = [{**LIMITS[0], "amount": 1500000}, {**LIMITS[1], "note": "Each event; must be renewed"}]
    amount, note = by_spec({"limits": tuple(LIMITS)}, {"limits": tuple(rows)})
    assert amount.what == "Counseling: General liability: Each event: 1,000,000 → 1,500,000"
    assert (amount.weights, amount.level) == ((Weight.MONEY,), Level.OBLIGATION)
    assert amount.place == "parameters.limits.General liability.amount"
    assert note.what == "Counseling: Cyber: Note: none → Each event; must be renewed"
    assert (note.weights, note.level, note.kind) == ((Weight.OBLIGATION,), Level.PARAMETER, Kind.ADDED)


@pytest.mark.parametrize(
    ("cells", "weights"),
    [
        ({"share": (30, 35)}, (Weight.OBLIGATION,)),  # a share of people is no price
        ({"paid": ("40 Clients", "60 Clients")}, (Weight.MONEY,)),
        ({"amount": (1, 2), "note": ("Each event", "Each event; not less")}, (Weight.MONEY, Weight.OBLIGATION)),
    ],
)
def test_each_cell_that_changed_is_weighed_by_its_column(
    cells: dict[str, tuple[Any, Any]], weights: tuple[Weight, ...]
) -> None:
    rows = [{"kind": "General liability"} | {name: pair[side] for name, pair in cells.items()} for side in (0, 1)]
    (found,) = by_spec({"limits": (rows[0],)}, {"limits": (rows[1],)})
    assert found.weights == weights


def test_several_cells_of_a_row_are_one_change_that_names_each() -> None:
    rows = [{**LIMITS[0], "amount": 1500000, "note": "Each event"}, LIMITS[1]]
    (found,) = by_spec({"limits": tuple(LIMITS)}, {"limits": tuple(rows)})
    assert found.what == (
        "Counseling: General liability (Each event: 1,000,000 → 1,500,000; Note: Each year → Each event)"
    )
    assert found.old == "Each event 1,000,000; Note Each year"
    assert found.weights[0] is Weight.MONEY
    assert found.place == "parameters.limits.General liability"


def test_rows_come_go_and_change_places() -> None:
    (gone,) = by_spec({"limits": tuple(LIMITS)}, {"limits": (LIMITS[0],)})
    assert (gone.kind, gone.what) == (Kind.REMOVED, "Counseling: removed: Cyber; 2,000,000")
    (order,) = by_spec({"limits": tuple(LIMITS)}, {"limits": tuple(reversed(LIMITS))})
    assert order.what == "Counseling: Limits: the order of the rows changes"
    (whole,) = by_spec({"limits": ()}, {"limits": tuple(LIMITS)})
    assert (whole.kind, whole.new) == (Kind.ADDED, "General liability\t1,000,000\tEach year\nCyber\t2,000,000")


@pytest.mark.parametrize(
    ("old", "new", "says", "material"),
    [
        ("5 calendar days", "[CONFIRM: 5 calendar days]", "How long: 5 calendar days (still to be confirmed)", False),
        ("[CONFIRM: 5 calendar days]", "5 calendar days", "How long: 5 calendar days (confirmed)", False),
        ("5 calendar days", "[CONFIRM: 3 calendar days]", "How long: 5 calendar days → 3 calendar days", True),
    ],
)
def test_that_a_value_must_be_confirmed_is_no_wording_of_the_contract(
    old: str, new: str, says: str, *, material: bool
) -> None:
    (found,) = by_print({"days": old}, {"days": new})
    assert found.what == f"Counseling: {says}"
    assert found.material is material
    assert ("CONFIRM" in found.new) is (not material and "CONFIRM" in new)
    assert bool(found.notes) is (material and "CONFIRM" in new)


def test_a_value_that_is_open_on_both_sides_and_stays_is_no_news() -> None:
    assert by_print({"days": "[CONFIRM: 5]"}, {"days": "[CONFIRM: 5]"}) == []


def test_a_printed_list_says_what_came_and_went() -> None:
    (found,) = by_print({"places": "North / East"}, {"places": "North / South"})
    assert found.what == "Counseling: Where: added: South, removed: East"
    assert (found.old, found.new) == ("North; East", "North; South")


def test_a_printed_list_in_one_sentence_is_told_with_both_sentences() -> None:
    (found,) = by_print({"places": "North and East"}, {"places": "North, East, and South"})
    assert found.what == "Counseling: Where: North and East → North, East, and South"


def test_a_printed_table_is_compared_row_by_row_by_its_headings() -> None:
    headings = {"FE-04/limits": ("Insurance", "Each event", "Note")}
    old = {"limits": "General liability\t$1,000,000\tEach year\nCyber\t$2,000,000\tNone"}
    (found,) = by_print(old, {"limits": old["limits"].replace("$2", "$3")}, headings=headings)
    assert found.what == "Counseling: Cyber: Each event: $2,000,000 → $3,000,000"
    assert found.weights == (Weight.MONEY,)


def test_without_a_library_values_have_plain_names_and_are_weighed_by_their_words() -> None:
    (found,) = by_print({"note_days": "5 days"}, {"note_days": "3 days"}, known=False)
    assert found.what == "Counseling: note days: 5 days → 3 days"
    assert (found.level, found.weights) == (Level.PARAMETER, (Weight.DEADLINE,))
    rows = by_print({"dues": "First\t$5\nSecond\t$6"}, {"dues": "First\t$5\nSecond\t$7"}, known=False)
    assert [(item.what, item.weights) for item in rows] == [("Counseling: Second: column 2: $6 → $7", (Weight.MONEY,))]
    (row,) = by_print({"dues": "First\t$5\nSecond\t$6"}, {"dues": "First\t$5"}, known=False)
    assert (row.what, row.weights) == ("Counseling: removed: Second; $6", (Weight.MONEY,))


def test_rows_that_moved_with_the_term_are_told_by_their_kind_once() -> None:
    rows = "Quarterly report\tJanuary to March {0}\tApril 30, {0}\nQuarterly report\tApril to June {0}\tJuly 30, {0}"
    found = by_print({"dues": rows.format(2027)}, {"dues": rows.format(2028)}, known=False)
    assert len(found) == 2
    assert found[0].what == (
        "Counseling: Quarterly report (column 2: January to March 2027 → January to March 2028; "
        "column 3: April 30, 2027 → April 30, 2028)"
    )
    assert {item.kind for item in found} == {Kind.CHANGED}


def test_a_value_that_several_clauses_print_is_one_change_with_all_its_places() -> None:
    (one,) = by_spec({"days": 5}, {"days": 3})
    (other,) = by_spec({"how": "phone"}, {"how": "video"})
    found = joined([one, other, one], {0: "term.days", 2: "term.days"})
    assert [(item.place, item.stands) for item in found] == [
        ("parameters.days", ("3.2",)),
        ("parameters.how", ("3.2",)),
    ]

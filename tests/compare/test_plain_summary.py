"""What the agency should know, in a few sentences: the gravest first, each thing once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.compare.contract_pairs import change, side
from tests.compare.laid_out import laid_out

from fe_contracts.compare.contract_changes import Affected, Kind, Level, Weight
from fe_contracts.compare.contract_views import COVER_PAGE
from fe_contracts.compare.plain_summary import plain_summary

if TYPE_CHECKING:
    from fe_contracts.compare.contract_changes import ContractChange

OLD = laid_out()
LATER = replace(side("b.docx"), term="January 1, 2028 to December 31, 2028")
NEW = replace(OLD, side=LATER)


def owed(what: str, *weights: Weight, **more: Any) -> ContractChange:
    return change(Level.OBLIGATION, what=what, weights=weights, **more)


def said(*changes: ContractChange) -> list[str]:
    return list(plain_summary(OLD, NEW, changes, None))


def test_money_and_duties_come_before_deadlines_and_rights_and_all_before_the_cut() -> None:
    changes = [
        owed("right", Weight.RIGHT),
        owed("data", Weight.DATA),
        *(owed(f"deadline {number}", Weight.DEADLINE) for number in range(6)),
        owed("remedy", Weight.REMEDY),
        owed("duty", Weight.OBLIGATION),
        owed("money", Weight.MONEY, Weight.DEADLINE),
    ]
    (sentence,) = [item for item in said(*changes) if item.startswith("Owed")]
    assert sentence == ("Owed otherwise than before: money; duty; deadline 0; right; remedy; data; and 5 more.")


def test_what_only_moves_with_the_term_is_counted_and_not_listed() -> None:
    dates = [
        owed(f"due {day}", Weight.DEADLINE, old=f"March {day}, 2027", new=f"March {day}, 2028") for day in (1, 2, 3)
    ]
    apart = owed("starts", Weight.DEADLINE, old="February 1, 2027", new="January 1, 2028")
    found = said(*dates, apart)
    assert "Owed otherwise than before: starts." in found
    assert "3 other dates or periods move 12 months later, as the term does; the list below has each." in found
    assert "One more date moves 12 months later, as the term does: due 1." in said(dates[0], apart)


def test_what_the_sentence_on_the_term_tells_is_not_told_again() -> None:
    day: dict[str, Any] = {"old": "January 1, 2027", "new": "January 1, 2028"}
    told = [
        owed("first day", Weight.DEADLINE, place="term.start_date", **day),
        owed("printed first day", Weight.DEADLINE, place="parameters.term_start", **day),
        change(place=COVER_PAGE, what="cover", weights=(Weight.DEADLINE,), **day),
    ]
    found = said(*told)
    assert "The term: January 1, 2028 to December 31, 2028 (before: January 1, 2027 to December 31, 2027)." in found
    assert not [sentence for sentence in found if "first day" in sentence or "move" in sentence]
    amount: dict[str, Any] = {"old": "one hundred dollars ($100.00)", "new": "one hundred dollars and more ($100.00)"}
    assert not [
        item for item in said(owed("total", Weight.MONEY, place="parameters.total", **amount)) if "total" in item
    ]
    row = owed("row", Weight.DEADLINE, place="parameters.milestones.M1.due", **day)
    assert [sentence for sentence in said(row) if "row" in sentence]


def test_duties_come_before_what_is_owed_otherwise() -> None:
    duty = owed("New duty (Agency to city): Tell.", Weight.OBLIGATION, place="obligations.tell")
    found = said(owed("more money", Weight.MONEY), duty)
    assert found.index("Duties by the clauses: New duty (Agency to city): Tell.") < found.index(
        "Owed otherwise than before: more money."
    )


@pytest.mark.parametrize(
    ("weights", "says", "end"),
    [
        ([Weight.MONEY], "1 change, and it matters: about money.", "1 change that matters affects the Agency."),
        ([Weight.MONEY] * 2, "2 changes, and all of them matter: about money.",
         "2 changes that matter affect the Agency."),
        ([Weight.DATA, Weight.EDITORIAL], "2 changes, of which 1 matters: about data.",
         "1 change that matters affects the Agency."),
        ([Weight.EDITORIAL], "1 change, which does not matter: no amount, duty, date or right changes.",
         "No changes that matter affect the Agency."),
    ],
)  # fmt: skip
def test_numbers_and_verbs_agree(weights: list[Weight], says: str, end: str) -> None:
    found = said(*(change(weights=(weight,)) for weight in weights))
    assert (found[0], found[-1]) == (says, end)


def test_what_the_city_alone_owes_is_not_the_agencys() -> None:
    found = said(owed("answers", Weight.OBLIGATION, affected=(Affected.CITY,)))
    assert not [sentence for sentence in found if "answers" in sentence]


def test_values_that_are_still_open_are_counted() -> None:
    found = plain_summary(OLD, replace(NEW, pending=frozenset({"FE-05/points"})), [change()], None)
    assert found[-1] == "1 value in brackets must still be confirmed before anyone signs."


def test_clauses_that_come_go_and_have_another_version_are_named_once() -> None:
    come = change(Level.CLAUSE, Kind.ADDED, title="Savings")
    found = said(come, come, change(Level.VERSION, title="Benefits"))
    assert "New in the contract: Savings (section 3.3)." in found
    assert "In a new version: Benefits (section 3.3)." in found

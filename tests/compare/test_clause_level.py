"""What becomes of whole clauses: added, removed, moved, in another version, with other duties."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.compare.laid_out import body, laid_out, section
from tests.compare.versions import DUTY, made

from fe_contracts.compare.clause_level import come_or_gone, duty_changes, moved_section, version_change
from fe_contracts.compare.contract_changes import Affected, Kind, Level, Weight

FIRST = made()
SECOND = made(number="1.1.0", reason="The plan comes sooner.", summary="A plan, sooner.")
WORDS = body("The Agency must write a plan.")


def test_a_clause_that_came_is_told_with_its_number_its_words_and_its_plain_summary() -> None:
    found = come_or_gone(section("1.0.0", WORDS), laid_out(versions=(FIRST,)), Kind.ADDED)
    assert (found.kind, found.old_number, found.new_number) == (Kind.ADDED, "", "3.2")
    assert found.what == "Counseling is added as section 3.2"
    assert (found.old, found.new) == ("", "Counseling\nThe Agency must write a plan.")
    assert found.affected == (Affected.AGENCY, Affected.CLIENTS)
    assert found.notes == ("In plain words: What it means.",)


def test_what_went_from_an_exhibit_names_the_exhibit_and_says_whom_its_words_name() -> None:
    part = section("", body("The City pays."), number="B.2", exhibit="budget")
    found = come_or_gone(part, laid_out(), Kind.REMOVED)
    assert found.what == "Counseling is removed; it was section B.2 in exhibit B"
    assert (found.place, found.old_number, found.new_number) == ("part of an exhibit", "B.2", "")
    assert found.affected == (Affected.CITY,)
    assert found.notes == ()
    assert Weight.MONEY in found.weights


@pytest.mark.parametrize(
    ("home", "says"),
    [
        ("services", "Counseling stands at another place among the sections: section 3.2 → 3.5"),
        ("money", "Counseling stands in another article: section 3.2 → 3.5"),
    ],
)
def test_a_clause_that_stands_elsewhere_is_no_change_of_weight(home: str, says: str) -> None:
    found = moved_section(section("1.0.0", WORDS), section("1.0.0", WORDS, number="3.5", home=home))
    assert (found.kind, found.what, found.material) == (Kind.MOVED, says, False)


def test_the_same_version_of_the_same_library_is_no_change() -> None:
    view = laid_out(versions=(FIRST,))
    assert version_change((section(), section()), (view, view)) is None


def test_the_same_number_with_other_words_is_another_libraries_version() -> None:
    other = replace(made(summary="Other words."), digest="sha256:" + "1" * 64)
    found = version_change((section(), section()), (laid_out(versions=(FIRST,)), laid_out(versions=(other,))))
    assert found is not None
    assert found.what == "Counseling: version 1.0.0 of another library, with other words"
    assert found.reason == "A reason."


def test_every_version_that_is_passed_gives_its_reason() -> None:
    third = made(number="2.0.0", reason="Another duty.")
    view = laid_out(versions=(FIRST, SECOND, third))
    found = version_change((section(), section("2.0.0")), (view, view))
    assert found is not None
    assert found.reason == "1.1.0: The plan comes sooner. 2.0.0: Another duty."


def test_the_way_back_to_an_earlier_version_says_what_the_later_one_was_for() -> None:
    view = laid_out(versions=(FIRST, SECOND))
    found = version_change((section("1.1.0"), section()), (view, view))
    assert found is not None
    assert found.reason == "An earlier version is used; version 1.1.0 said: The plan comes sooner."


def test_versions_that_no_library_at_hand_holds_are_counted_as_a_duty() -> None:
    found = version_change((section("1.0.0", WORDS), section("1.1.0", WORDS)), (laid_out(), laid_out()))
    assert found is not None
    assert (found.level, found.weights, found.reason, found.notes) == (Level.VERSION, (Weight.OBLIGATION,), "", ())
    assert found.affected == (Affected.AGENCY,)


def test_a_version_that_only_explains_itself_better_is_editorial() -> None:
    view = laid_out(versions=(FIRST, SECOND))
    found = version_change((section(), section("1.1.0")), (view, view))
    assert found is not None
    assert not found.material
    assert found.notes == ("In plain words: A plan, sooner.",)


def test_what_the_library_computes_is_told_by_its_part_and_cut_with_a_count() -> None:
    duties = [{**DUTY, "id": f"plan{number}"} for number in range(8)]
    later = made(number="2.0.0", obligations=[{**DUTY, "due": {"of": "event", "days": 3}}, *duties])
    view = laid_out(versions=(FIRST, later))
    found = version_change((section(), section("2.0.0")), (view, view))
    assert found is not None
    assert "major, obligation plan0: a duty is added" in found.notes
    assert not any(re.search(r"\bline \d", note) for note in found.notes)
    assert found.notes[-1].endswith("more: fe-contracts catalog diff shows them all")
    assert len(found.notes) == 8
    assert Weight.DEADLINE in found.weights


def duties(*new: dict[str, object], old: tuple[dict[str, object], ...] = (DUTY,)) -> list[tuple[str, str, str]]:
    """Return what is told of duties that follow others."""
    one, other = made(obligations=list(old)), made(number="1.1.0", obligations=list(new))
    found = duty_changes((section(), laid_out(versions=(one,))), (section("1.1.0"), laid_out(versions=(other,))))
    return [(item.kind, item.place, item.what) for item in found]


def test_duties_that_come_and_end_say_who_owes_them_to_whom() -> None:
    tell = {**DUTY, "id": "tell", "who": "city", "to": "agency", "what": "An answer."}
    assert duties(tell) == [
        (Kind.REMOVED, "obligations.plan", "Duty ends (Agency to client): A written plan."),
        (Kind.ADDED, "obligations.tell", "New duty (City to agency): An answer."),
    ]


@pytest.mark.parametrize(
    ("field", "value", "says", "weight"),
    [
        ("due", {"of": "event", "days": 3}, "A written plan: due: ", Weight.DEADLINE),
        ("when", "Within three days.", "A written plan: when: Within the agreed days. → Within three days.",
         Weight.DEADLINE),
        ("who", "both", "A written plan: who owes it: agency → both", Weight.OBLIGATION),
        ("what", "A written plan and a budget.", "A written plan and a budget: what is owed: A written plan. → ",
         Weight.MONEY),
        ("evidence", "The  dated plan.", "A written plan: evidence: ", Weight.EDITORIAL),
    ],
)  # fmt: skip
def test_a_duty_that_changes_says_in_what(field: str, value: object, says: str, weight: Weight) -> None:
    one, other = made(), made(number="1.1.0", obligations=[{**DUTY, field: value}])
    sides = (section(), laid_out(versions=(one,))), (section("1.1.0"), laid_out(versions=(other,)))
    (found,) = duty_changes(*sides)
    assert found.what.startswith(says)
    assert found.weights[0] is weight
    assert found.place == f"obligations.plan.{field}"


def test_a_duty_that_the_facts_do_not_call_for_is_none() -> None:
    only = {**DUTY, "if": {"svc": {"contains": "CREDIT"}}}
    version = made(obligations=[only])
    sides = [
        (section(), laid_out(versions=(version,), facts={"FE-04": {"svc": frozenset(services)}}))
        for services in ({"COUNSEL"}, {"COUNSEL", "CREDIT"})
    ]
    assert [item.kind for item in duty_changes(sides[0], sides[1])] == [Kind.ADDED]
    assert [item.kind for item in duty_changes(sides[1], sides[1])] == []


def test_where_no_section_stands_on_either_side_there_is_no_duty() -> None:
    assert list(duty_changes((None, laid_out()), (None, laid_out()))) == []

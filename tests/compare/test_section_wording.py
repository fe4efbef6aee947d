"""The words of one section in both contracts: headings, paragraphs that change, move, come and go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.compare.laid_out import body, laid_out, section
from tests.compare.versions import made

from fe_contracts.compare.contract_changes import Kind, Level, Weight
from fe_contracts.compare.section_wording import SectionWording
from fe_contracts.compare.tokens import Cutter
from fe_contracts.compare.words import Language

if TYPE_CHECKING:
    from fe_contracts.compare.contract_changes import ContractChange
    from fe_contracts.compare.contract_views import Section

FIRST = body("The Agency must answer every call within one day.", role="item 0", label="(a)")
SECOND = body("The Client decides what is written into the plan.", role="item 0", label="(b)")


def told(old: Section, new: Section, **more: Any) -> list[ContractChange]:
    """Return what is told of the words of two sections."""
    views = laid_out(old), laid_out(new, **more)
    return list(SectionWording(views, {}, Language(), Cutter.knowing(())).changes((old, new)))


def test_another_heading_is_a_change_of_words() -> None:
    (found,) = told(section("1.0.0", FIRST), section("1.0.0", FIRST, title="Counseling and plans"))
    assert (found.level, found.place) == (Level.WORDING, "heading")
    assert found.what == "Heading: Counseling → Counseling and plans"
    assert [segment.text for segment in found.segments] == ["Counseling", "Counseling and plans"]


def test_words_that_change_are_cut_and_weighed() -> None:
    later = replace(FIRST, pieces=body("The Agency must answer every call within two days.").pieces)
    (found,) = told(section("1.0.0", FIRST, SECOND), section("1.0.0", later, SECOND))
    assert (found.kind, found.place, found.what) == (Kind.CHANGED, "(a)", "Counseling, (a): the words change")
    assert Weight.DEADLINE in found.weights
    assert [segment.text for segment in found.segments if segment.kind != "same"] == ["one day", "two days"]


def test_a_point_that_moves_among_points_is_a_matter_of_form_and_below_another_it_is_not() -> None:
    third = body("Notes are kept in the file of the Client.", role="item 0", label="(c)")
    (found,) = told(section("1.0.0", FIRST, SECOND, third), section("1.0.0", SECOND, third, FIRST))
    assert (found.kind, found.material) == (Kind.MOVED, False)
    deep = [replace(item, role="item 1") for item in (FIRST, SECOND, third)]
    (found,) = told(section("1.0.0", *deep), section("1.0.0", deep[1], deep[2], deep[0]))
    assert (found.kind, found.weights) == (Kind.MOVED, (Weight.OBLIGATION,))
    assert found.what.endswith("the paragraph stands elsewhere in the section")


def test_a_paragraph_that_becomes_a_point_may_mean_something_else() -> None:
    (found,) = told(section("1.0.0", FIRST), section("1.0.0", replace(FIRST, role="body")))
    assert found.what == "Counseling, (a): item 0 becomes body"
    assert found.weights == (Weight.OBLIGATION,)


def test_a_paragraph_that_goes_in_the_same_version_goes_by_what_the_spec_says() -> None:
    (found,) = told(section("1.0.0", FIRST, SECOND), section("1.0.0", FIRST))
    assert (found.kind, found.what) == (Kind.REMOVED, "Counseling, (b): a paragraph is removed")
    assert "The clause version is the same" in found.notes[0]


def test_what_was_changed_by_hand_says_so() -> None:
    (found,) = told(section("1.0.0", FIRST, SECOND), section("1.0.0", FIRST, drift=True))
    assert found.drift
    assert found.notes == ("Somebody changed these words by hand after the contract was assembled.",)


def test_words_of_another_version_have_its_reason() -> None:
    later = made(number="1.1.0", reason="Clients asked for it.")
    (found,) = told(section("1.0.0", FIRST), section("1.1.0", FIRST, SECOND), versions=(later,))
    assert (found.kind, found.reason, found.notes) == (Kind.ADDED, "Clients asked for it.", ())


def test_a_list_of_values_that_is_another_one_is_no_change_of_words() -> None:
    """The value's own change tells it; so that a site that is added is not told as a paragraph, too."""
    lists = [
        [body(("sites", site), role="bullet 0", label="") for site in sites]
        for sites in (("North", "South"), ("North", "East", "West"))
    ]
    assert told(section("1.0.0", FIRST, *lists[0]), section("1.0.0", FIRST, *lists[1])) == []

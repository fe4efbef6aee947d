"""What is still to be confirmed: the note around a value is no wording of the contract."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.compare.laid_out import body, laid_out, section

from fe_contracts.compare.contracts import compare_views
from fe_contracts.compare.pending import bracketed, without_notes

VALUES = st.text(st.sampled_from("ab 5%$.[]"), min_size=1, max_size=12).filter(
    lambda text: text.count("[") == text.count("]") <= 1 and text.find("[") <= text.find("]")
)


@given(VALUES)
def test_a_value_comes_out_of_its_brackets_as_it_was(value: str) -> None:
    view = laid_out(
        section("1.0.0", body("A rise of ", ("points", bracketed(value)), " counts.")),
        printed={"FE-04/points": bracketed(value), "FE-04/days": "5"},
    )
    found = without_notes(view)
    assert found.sections[0].text == f"A rise of {value} counts."
    assert found.printed == {"FE-04/points": value, "FE-04/days": "5"}
    assert found.pending == {"FE-04/points"}


def test_several_in_one_text_come_out_one_by_one() -> None:
    view = laid_out(printed={"FE-04/points": f"{bracketed('one')} / {bracketed('two')}"})
    assert without_notes(view).printed == {"FE-04/points": "one / two"}


def test_a_contract_in_which_nothing_is_open_stays_as_it_is() -> None:
    view = laid_out(section(), printed={"FE-04/points": "35"})
    assert without_notes(view) is view


def test_a_paragraph_whose_words_change_shows_the_value_bare() -> None:
    views = [
        laid_out(
            section("1.0.0", body("A rise of ", ("points", shown), f" {verb} as a result of the counseling.")),
            printed={"FE-04/points": shown},
        )
        for verb, shown in (("counts", "35 points"), ("may count", bracketed("35 points")))
    ]
    words = next(change for change in compare_views(views[0], views[1]).changes if change.segments)
    assert "CONFIRM" not in "".join(segment.text for segment in words.segments)
    assert [segment.text.strip() for segment in words.segments if segment.kind != "same"] == ["counts", "may count"]

"""The library's wording of amendments: found, locked, a city's own on top, and each sentence under its subject."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from fe_contracts import amend, load_catalog, publish
from fe_contracts.document.tree import plain_text
from fe_contracts.exceptions import CatalogError
from fe_contracts.model.amendment import SentenceForm as F
from fe_contracts.renewal.amendment_document import topic_of
from fe_contracts.renewal.amendment_instructions import Instruction
from fe_contracts.renewal.amendment_wording import Wording, place_name

ROOT = Path(__file__).resolve().parents[2]
AURORA = ROOT / "examples" / "aurora"


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording(load_catalog().instruments["amendment"].in_force_on(dt.date(2027, 1, 1)))


def test_the_bundled_wording_is_published_and_named_in_the_lock() -> None:
    catalog = load_catalog()
    assert catalog.layer.gives("instrument/amendment/1.0.0")
    assert "instrument/amendment/1.0.0" in catalog.layer.published


def test_published_wording_that_was_edited_refuses_the_library(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "clause_library", tmp_path / "library")
    file = folder / "instruments" / "amendment" / "1.0.0.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Closing terms", "Last terms"), encoding="utf-8")
    with pytest.raises(CatalogError, match="changed after it was published"):
        load_catalog(folder)


def test_a_city_gives_its_own_wording_on_top_of_the_bundled_one(tmp_path: Path) -> None:
    overlay = shutil.copytree(ROOT / "examples" / "exampleton", tmp_path / "city")
    source = (ROOT / "clause_library" / "instruments" / "amendment" / "1.0.0.yaml").read_text(encoding="utf-8")
    own = overlay / "instruments" / "amendment" / "1.1.0.yaml"
    own.parent.mkdir(parents=True)
    text = source.replace("effective: 2026-01-01", "effective: 2026-12-01")
    text = text.replace("reason: First version.", "reason: The city's counsel asked for another heading.")
    own.write_text(text.replace("Closing terms", "Last terms"), encoding="utf-8")
    draft = amend(AURORA / "base.yaml", AURORA / "amended.yaml", load_catalog(overlay))
    assert plain_text(draft.contract.articles[2].title) == "Closing terms"
    publish(overlay, as_of=dt.date(2026, 11, 22))
    made = amend(AURORA / "base.yaml", AURORA / "amended.yaml", load_catalog(overlay))
    assert plain_text(made.contract.articles[2].title) == "Last terms"
    earlier = amend(
        AURORA / "base.yaml", AURORA / "amended.yaml", load_catalog(overlay), effective=dt.date(2026, 11, 1)
    )
    assert plain_text(earlier.contract.articles[2].title) == "Closing terms"


@pytest.mark.parametrize(
    ("instruction", "subject"),
    [
        (Instruction(F.AMOUNT, "1.1(g)", instance="FORM-01"), "money"),
        (Instruction(F.WORDS, "6.2(b)", instance="FIN-02"), "money"),
        (Instruction(F.DATE, "1.4(a)", instance="FORM-04"), "term"),
        (Instruction(F.COVER_REPLACED, "Term"), "term"),
        (Instruction(F.TABLE_REPLACED, "A.5", instance="PERF-03", exhibit="scope"), "services"),
        (Instruction(F.TABLE_REPLACED, "C.2", instance="PERF-04", exhibit="reporting"), "reports"),
        (Instruction(F.WORDS, "9.1", instance="FED-01:coc"), "awards"),
        (Instruction(F.SECTION_REPLACED, "2.2", instance="FE-02", reason="New."), "replaced"),
        (Instruction(F.SECTION_REPLACED, "2.2", instance="FE-02"), "services"),
        (Instruction(F.SECTION_REMOVED, "2.2", instance="FE-02"), "removed"),
        (Instruction(F.WORDS, "9.1(a)", instance="GEN-01"), "other"),
        (Instruction(F.SIGNERS_REPLACED, ""), "further"),
    ],
)
def test_each_sentence_stands_under_its_subject(wording: Wording, instruction: Instruction, subject: str) -> None:
    assert topic_of(instruction, wording.forms.topics).id == subject


def test_one_of_several_tables_is_named_by_its_place(wording: Wording) -> None:
    instruction = Instruction(F.TABLE_REPLACED, "B.2", "Budget", table=2, tables=3)
    said = plain_text(wording.sentence(instruction))
    assert said == "Section B.2 (Budget): the second table is deleted and replaced by this table:"


def test_words_are_quoted_and_amounts_are_not(wording: Wording) -> None:
    words = Instruction(F.WORDS, "3.1(a)", "Screening", old="two", new="three")
    assert plain_text(wording.sentence(words)) == "Section 3.1(a) (Screening): the words “two” are replaced by “three”."
    amount = replace(words, form=F.AMOUNT, old="$1.00", new="$2.00")
    assert "the amount $1.00 is replaced by $2.00." in plain_text(wording.sentence(amount))


def test_a_reason_stands_in_front_of_the_section_it_is_for(wording: Wording) -> None:
    said = plain_text(
        wording.sentence(Instruction(F.SECTION_REPLACED, "2.2", "Committee", reason="It met too rarely."))
    )
    assert said.startswith(
        "This section has a new version, for this reason: It met too rarely. Section 2.2 (Committee)"
    )


def test_a_new_exhibit_is_named_with_its_letter_and_title(wording: Wording) -> None:
    from tests.renewal.test_amendment_differences import contract, found

    made = [item for item in found(contract("pilot"), contract("san-antonio")) if item.form is F.DIVISION_ADDED_AFTER]
    assert made
    assert all(item.new in plain_text(wording.sentence(item)) for item in made)
    assert any("Exhibit E, " in plain_text(wording.sentence(item)) for item in made)


@pytest.mark.parametrize(
    ("place", "name"),
    [("6.1(a)", "Section 6.1(a)"), ("B.2", "Section B.2"), ("Article 3", "Article 3"), ("Exhibit B", "Exhibit B")],
)
def test_a_place_is_named_as_the_contract_names_it(place: str, name: str) -> None:
    assert place_name(place) == name


def test_wording_with_a_reference_is_refused_with_its_file(wording: Wording) -> None:
    with pytest.raises(CatalogError, match=r"1\.0\.0\.yaml"):
        wording.filled("As [[FE-01]] says.", {})

"""What an amendment says is complete: applied to the old contract, its instructions give the new one, word for word."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.assembly.trees import contract_of, lines_of
from tests.renewal.amended import read_lines
from tests.word.trees import contracts

from fe_contracts.catalog import Catalog, load_catalog
from fe_contracts.document.tree import Clause, Contract, Origin, OriginKind, Paragraph, Reference, Role, Text, Value
from fe_contracts.model.amendment import SentenceForm as F
from fe_contracts.pipeline import load_spec
from fe_contracts.renewal.amendment_applying import apply
from fe_contracts.renewal.amendment_differences import Inexpressible, instructions_between
from fe_contracts.renewal.amendment_instructions import Instruction
from fe_contracts.renewal.amendment_layout import layout_of

ROOT = Path(__file__).resolve().parents[2]
ORIGIN = Origin(OriginKind.WORDING, "FE-01@1.0.0")
NAMES = ("pilot", "san-antonio", "coc-rapid-rehousing", "esg-prevention", "south-bend", "aurora/base", "aurora/amended")


def why(clause_id: str, old: str, new: str) -> str:
    return f"{clause_id} went from {old} to {new}."


@cache
def library(overlay: bool) -> Catalog:  # noqa: FBT001 - the one thing that tells them apart
    return load_catalog(ROOT / "examples" / "exampleton" if overlay else None)


@cache
def contract(name: str, *, overlay: bool = True) -> Contract:
    return contract_of(load_spec(ROOT / "examples" / f"{name}.yaml"), library(overlay))


def plain(lines: list[str]) -> str:
    """Return the lines as one text, without the brackets around what is to be confirmed.

    How cells are set apart does not matter, and cells may hold line breaks.
    """
    return re.sub(r"[\s|]+", " ", re.sub(r"\[CONFIRM: ([^\]]*)\]", r"\1", "\n".join(lines)))


def found(old: Contract, new: Contract) -> tuple[Instruction, ...]:
    """Return the instructions between two contracts, seen to give the new one as it prints."""
    instructions = instructions_between(old, new, why)
    made = apply(layout_of(old), instructions, signers=layout_of(new).signers)
    assert plain(read_lines(made, new)) == plain(lines_of(new))
    assert (made.title, made.cover) == (new.title, new.cover)
    return instructions


@pytest.mark.parametrize("new", NAMES)
@pytest.mark.parametrize("old", NAMES)
def test_any_contract_can_be_made_of_any_other_of_its_kind(old: str, new: str) -> None:
    instructions = found(contract(old), contract(new))
    assert bool(instructions) == (old != new)


def test_another_library_under_the_same_spec_is_an_amendment_of_new_versions() -> None:
    instructions = found(contract("pilot", overlay=False), contract("pilot"))
    replaced = [item for item in instructions if item.form is F.SECTION_REPLACED]
    assert {(item.clause_id, item.reason) for item in replaced} == {("FE-02", "FE-02 went from 1.0.0 to 2.0.0.")}
    (added,) = [item for item in instructions if item.form is F.SECTION_ADDED_AFTER]
    assert [owner.instance for owner in added.sections] == ["FE-14"]
    back = found(contract("pilot"), contract("pilot", overlay=False))
    assert F.SECTION_REMOVED in {item.form for item in back}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(contracts(), contracts())
def test_any_tree_can_be_made_of_any_other(old: Contract, new: Contract) -> None:
    found(old, new)


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph((Text(text, ORIGIN),), Role.ITEM, 0) for text in texts)


def with_section(base: Contract, blocks: tuple[Paragraph, ...]) -> Contract:
    """Return the contract with these numbered paragraphs in its first section."""
    article = base.articles[0]
    clause = article.clauses[0]
    marks = [f"({letter})" for letter in string.ascii_lowercase]
    own = (
        replace(item, number=mark, full_number=clause.number + mark) for item, mark in zip(blocks, marks, strict=False)
    )
    made = replace(clause, blocks=tuple(own))
    return replace(base, articles=(replace(article, clauses=(made, *article.clauses[1:])), *base.articles[1:]))


LONG = [f"Paragraph {name} says what the Agency must do about {name} in every quarter." for name in "abcdef"]
_TEXTS = st.lists(st.sampled_from([*LONG, *(text.replace("must", "may") for text in LONG)]), max_size=7, unique=True)


@settings(max_examples=60, deadline=None)
@given(_TEXTS, _TEXTS)
def test_paragraphs_added_deleted_and_changed_are_all_said(old: list[str], new: list[str]) -> None:
    base = contract("pilot")
    found(with_section(base, paragraphs(*old)), with_section(base, paragraphs(*new)))


def only(old: list[str], new: list[str]) -> Instruction:
    base = contract("pilot")
    (instruction,) = found(with_section(base, paragraphs(*old)), with_section(base, paragraphs(*new)))
    return instruction


def test_one_paragraph_more_is_added_behind_the_one_before_it() -> None:
    instruction = only(LONG[:3], [*LONG[:2], "Something else entirely is agreed here now.", LONG[2]])
    assert (instruction.form, instruction.place) == (F.PARAGRAPH_ADDED_AFTER, "1.1(b)")
    assert len(instruction.blocks) == 1


def test_a_paragraph_before_the_first_is_added_in_front_of_it() -> None:
    instruction = only(LONG[:2], ["Something else entirely is agreed here now.", *LONG[:2]])
    assert (instruction.form, instruction.place) == (F.PARAGRAPH_ADDED_BEFORE, "1.1(a)")


def test_a_paragraph_less_is_deleted_by_its_old_number() -> None:
    instruction = only(LONG[:4], [LONG[0], *LONG[2:4]])
    assert (instruction.form, instruction.place) == (F.PARAGRAPH_REMOVED, "1.1(b)")


def test_one_word_is_replaced_where_it_stands_once() -> None:
    instruction = only(LONG[:2], [LONG[0], LONG[1].replace("must", "may")])
    assert (instruction.form, instruction.place) == (F.WORDS, "1.1(b)")
    assert (instruction.old, instruction.new) == ("must", "may")


def test_a_word_that_stands_twice_is_named_with_its_neighbours() -> None:
    old = "The City must pay what it must pay and nothing more than that in this quarter of the year."
    instruction = only([old, LONG[1]], [old.replace("it must pay", "it may pay"), LONG[1]])
    assert old.count(instruction.old) == 1
    assert "must" in instruction.old
    assert old.replace(instruction.old, instruction.new) == old.replace("it must", "it may")


def test_a_paragraph_that_reads_otherwise_throughout_is_restated() -> None:
    text = "The Agency keeps the papers of each Client for five years and then destroys them under lock."
    other = "The Agency keeps some papers of every person for six months and shreds those with great care."
    instruction = only([text, *LONG], [other, *LONG])
    assert (instruction.form, instruction.place) in {(F.PARAGRAPH_REPLACED, "1.1(a)"), (F.SECTION_REPLACED, "1.1")}


def test_a_section_that_only_has_another_number_is_not_an_instruction() -> None:
    base = contract("pilot")
    first = base.articles[0]
    gone = replace(base, articles=(replace(first, clauses=first.clauses[1:]), *base.articles[1:]))
    renumbered = _renumbered(gone)
    instructions = instructions_between(base, renumbered, why)
    assert [(item.form, item.place) for item in instructions] == [(F.SECTION_REMOVED, "1.1")]


def _renumbered(tree: Contract) -> Contract:
    """Return the contract with the sections of its first article counted anew, and references along with them."""
    article = tree.articles[0]
    numbers: dict[str, str] = {}
    clauses: list[Clause] = []
    for place, clause in enumerate(article.clauses, start=1):
        number = f"{article.number}.{place}"
        numbers[clause.anchor] = number
        blocks = []
        for block in clause.blocks:
            if isinstance(block, Paragraph) and block.full_number:
                block = replace(block, full_number=number + block.full_number.removeprefix(clause.number))  # noqa: PLW2901
                numbers[block.anchor] = block.full_number
            blocks.append(block)
        clauses.append(replace(clause, number=number, blocks=tuple(blocks)))
    del numbers[""]
    articles = (replace(article, clauses=tuple(clauses)), *tree.articles[1:])
    return replace(
        tree, articles=tuple(replace(a, clauses=tuple(_with(c, numbers) for c in a.clauses)) for a in articles)
    )


def _with(clause: Clause, numbers: dict[str, str]) -> Clause:
    blocks = tuple(
        replace(
            block,
            inlines=tuple(
                replace(item, number=numbers.get(item.target, item.number)) if isinstance(item, Reference) else item
                for item in block.inlines
            ),
        )
        if isinstance(block, Paragraph)
        else block
        for block in clause.blocks
    )
    return replace(clause, blocks=blocks)


def test_amounts_and_dates_are_named_as_such_and_never_cut() -> None:
    instructions = found(contract("aurora/base"), contract("aurora/amended"))
    amounts = [item for item in instructions if item.form is F.AMOUNT]
    assert all(item.old.endswith("dollars ($239,454.00)") for item in amounts)
    assert all(item.new.endswith("dollars ($301,454.00)") for item in amounts)
    assert {item.place for item in amounts} == {"1.1(g)", "6.1(a)"}
    assert all(isinstance(item.inlines[0], Value) for item in amounts)


def test_an_instruction_says_as_data_what_it_does() -> None:
    told = only(LONG[:4], [LONG[0], *LONG[2:4]]).to_dict()
    assert (told["form"], told["place"], told["restated"]) == ("paragraph_removed", "1.1(b)", None)


def test_instructions_for_places_that_are_not_there_are_refused() -> None:
    layout = layout_of(contract("pilot"))
    for place in ("99.1", "1.1(zz)", "Article 99"):
        with pytest.raises(LookupError):
            apply(layout, [Instruction(F.PARAGRAPH_REMOVED, place)], signers=())


def test_words_that_stand_nowhere_or_twice_are_not_replaced() -> None:
    layout = layout_of(contract("pilot"))
    for words in ("no such words anywhere", "the"):
        with pytest.raises(ValueError, match=r"times at 1\.1"):
            apply(layout, [Instruction(F.WORDS, "1.1", old=words, new="x")], signers=())


def test_what_the_sentences_cannot_say_is_refused_and_never_left_out() -> None:
    old = contract("pilot")
    with pytest.raises(Inexpressible, match="order"):
        instructions_between(old, replace(old, cover=old.cover[::-1]), why)
    turned = replace(old, articles=(old.articles[1], old.articles[0], *old.articles[2:]))
    with pytest.raises(Inexpressible, match="differs in"):
        instructions_between(old, turned, why)

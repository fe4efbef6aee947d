"""Which paragraphs and tables belong together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.compare.test_streams import DOCUMENT, line

from fe_contracts.compare.alignment import align
from fe_contracts.compare.blocks import Block, BlockKind, Step, StepKind

LONG = "The Agency must give each Client a private room and a written plan within ten days."
OTHER = "Payments follow invoices that the City has found correct, thirty days after they came."


def block(text: str, place: str = "", kind: BlockKind = BlockKind.PARAGRAPH, box: object = None) -> Block[str]:
    return Block(kind, (kind, text), text, line, place, box)


def steps(old: list[Block[str]], new: list[Block[str]], *, closed: bool = True) -> list[tuple[str, int, int]]:
    return [
        (step.kind.name, step.old_end - step.old, step.new_end - step.new) for step in align(old, new, closed=closed)
    ]


@given(DOCUMENT, DOCUMENT, st.booleans())
def test_every_block_is_spoken_of_once_and_in_order(old: list[str], new: list[str], closed: bool) -> None:  # noqa: FBT001
    found = align([block(text) for text in old], [block(text) for text in new], closed=closed)
    assert [n for step in found for n in range(step.old, step.old_end)] == list(range(len(old)))
    assert [n for step in found for n in range(step.new, step.new_end)] == list(range(len(new)))
    for step in found:
        check(step, old, new)
    if closed:
        assert found[-1].kind in {StepKind.SAME, StepKind.STREAM}


def check(step: Step, old: list[str], new: list[str]) -> None:
    match step.kind:
        case StepKind.SAME:
            assert old[step.old : step.old_end] == new[step.new : step.new_end]
        case StepKind.STREAM:
            assert step.old_end > step.old
            assert step.new_end > step.new
        case StepKind.GONE:
            assert step.new == step.new_end
        case StepKind.FRESH:
            assert step.old == step.old_end


@given(DOCUMENT)
def test_a_document_is_the_same_as_itself(text: list[str]) -> None:
    blocks = [block(item) for item in text]
    assert {step.kind for step in align(blocks, blocks)} == {StepKind.SAME}


def test_a_paragraph_between_two_others_is_fresh() -> None:
    new = [block(LONG), block("Something else that is quite new here."), block(OTHER)]
    assert steps([block(LONG), block(OTHER)], new) == [("SAME", 1, 1), ("FRESH", 0, 1), ("SAME", 1, 1)]


def test_a_split_and_a_merge_are_one_step() -> None:
    whole, parts = [block(f"{LONG} {OTHER}")], [block(LONG), block(OTHER)]
    assert steps(whole, parts) == [("STREAM", 1, 2)]
    assert steps(parts, whole) == [("STREAM", 2, 1)]


def test_a_rewritten_paragraph_is_another_one() -> None:
    assert steps([block(LONG), block("end")], [block(OTHER), block("end")]) == [
        ("GONE", 1, 0),
        ("FRESH", 0, 1),
        ("SAME", 1, 1),
    ]


def test_a_heading_in_the_place_of_a_heading_is_rewritten() -> None:
    assert steps([block(LONG), block("Term"), block(OTHER)], [block(LONG), block("Duration"), block(OTHER)]) == [
        ("SAME", 1, 1),
        ("STREAM", 1, 1),
        ("SAME", 1, 1),
    ]


def test_clauses_are_told_apart_by_where_they_come_from() -> None:
    old = [block(LONG, "FE-01"), block(OTHER, "FE-02"), block("end", "X")]
    new = [block(OTHER, "FE-02"), block(f"{LONG} And so on.", "FE-03"), block("end", "X")]
    kinds = steps(old, new)
    assert ("GONE", 1, 0) in kinds
    assert ("FRESH", 0, 1) in kinds
    assert not any(kind == "STREAM" for kind, _, _ in kinds)


def test_a_table_is_no_paragraph() -> None:
    old, new = [block(LONG), block("end")], [block(LONG, kind=BlockKind.TABLE), block("end")]
    assert steps(old, new) == [("GONE", 1, 0), ("FRESH", 0, 1), ("SAME", 1, 1)]


def test_a_changed_table_is_one_table() -> None:
    old = [block(LONG, kind=BlockKind.TABLE), block("end")]
    new = [block(f"{LONG} More.", kind=BlockKind.TABLE), block("end")]
    assert steps(old, new) == [("TABLES", 1, 1), ("SAME", 1, 1)]


def test_the_last_paragraphs_are_one_even_behind_a_new_table() -> None:
    old = [block(LONG)]
    new = [block(LONG), block("a b c d e f", kind=BlockKind.TABLE), block("")]
    assert steps(old, new)[-1] == ("STREAM", 1, 1)
    assert steps(old, new, closed=False)[0] == ("SAME", 1, 1)


def test_text_is_not_joined_over_the_edge_of_a_box() -> None:
    box = object()
    whole = [block(f"{LONG} {OTHER}"), block("end")]
    parts = [block(LONG, box=box), block(OTHER), block("end")]
    assert ("STREAM", 1, 2) not in steps(whole, parts)


def test_empty_lines_are_no_anchors() -> None:
    old = [block(""), block(LONG), block(""), block(OTHER)]
    new = [block(""), block(f"{LONG} x"), block(""), block(f"{OTHER} y")]
    assert steps(old, new) == [("SAME", 1, 1), ("STREAM", 1, 1), ("SAME", 1, 1), ("STREAM", 1, 1)]

"""Paragraphs as streams: what is kept, deleted, inserted, and what becomes of the marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.compare.streams import Line, Op, OpKind, script
from fe_contracts.compare.tokens import Cutter

CUTTER = Cutter.knowing()
WORDS = st.sampled_from(["pay", "the", "of", "Agency", "$5", "30", "days", ",", ".", "report", "each"])
PARAGRAPH = st.lists(WORDS, max_size=14).map(" ".join)
DOCUMENT = st.lists(PARAGRAPH, min_size=1, max_size=5)


def line(text: str, mark: str = "", bonds: tuple[tuple[int, int], ...] = ()) -> Line:
    return Line(CUTTER.cut(text), mark, bonds)


def drawn(old: list[str], new: list[str], *, tidy: bool = True) -> str:
    """A script as text: [-gone-] [+fresh+], ¶ a mark."""
    one, two = [line(text) for text in old], [line(text) for text in new]
    return "".join(shown(op, one, two) for op in script(one, two, tidy=tidy))


def shown(op: Op, old: list[Line], new: list[Line]) -> str:
    gone = "".join(map(str, old[op.old_line].keys[op.old_start : op.old_end])) if op.old_line >= 0 else ""
    fresh = "".join(map(str, new[op.new_line].keys[op.new_start : op.new_end])) if op.new_line >= 0 else ""
    return {
        OpKind.KEEP: fresh,
        OpKind.DELETE: f"[-{gone}-]",
        OpKind.INSERT: f"[+{fresh}+]",
        OpKind.KEEP_MARK: "¶",
        OpKind.DELETE_MARK: "[-¶-]",
        OpKind.INSERT_MARK: "[+¶+]",
    }[op.kind]


def sides(ops: list[Op], old: list[Line], new: list[Line]) -> tuple[str, str]:
    """What rejecting gives, and what accepting gives."""
    rejected = accepted = ""
    for op in ops:
        gone = "".join(map(str, old[op.old_line].keys[op.old_start : op.old_end])) if op.old_line >= 0 else ""
        fresh = "".join(map(str, new[op.new_line].keys[op.new_start : op.new_end])) if op.new_line >= 0 else ""
        match op.kind:
            case OpKind.KEEP:
                assert gone == fresh
                rejected, accepted = rejected + gone, accepted + fresh
            case OpKind.DELETE:
                rejected += gone
            case OpKind.INSERT:
                accepted += fresh
            case OpKind.KEEP_MARK:
                rejected, accepted = rejected + "¶", accepted + "¶"
            case OpKind.DELETE_MARK:
                rejected += "¶"
            case OpKind.INSERT_MARK:
                accepted += "¶"
    return rejected, accepted


@given(DOCUMENT, DOCUMENT, st.booleans())
def test_reject_gives_the_old_and_accept_the_new(old: list[str], new: list[str], tidy: bool) -> None:  # noqa: FBT001
    one, two = [line(text) for text in old], [line(text) for text in new]
    ops = script(one, two, tidy=tidy)
    assert sides(ops, one, two) == ("".join(f"{text}¶" for text in old), "".join(f"{text}¶" for text in new))
    assert ops[-1].kind is OpKind.KEEP_MARK


@given(DOCUMENT)
def test_nothing_changes_nothing(text: list[str]) -> None:
    lines = [line(item) for item in text]
    assert {op.kind for op in script(lines, lines)} <= {OpKind.KEEP, OpKind.KEEP_MARK}


def test_only_the_number_is_marked() -> None:
    assert drawn(["due within 30 days."], ["due within 15 days."]) == "due within [-30-][+15+] days.¶"


def test_a_date_is_marked_whole() -> None:
    assert drawn(["by June 30, 2027."], ["by June 30, 2028."]) == "by [-June 30, 2027-][+June 30, 2028+].¶"


def test_a_split_marks_no_words() -> None:
    assert drawn(["One thing. Another."], ["One thing.", "Another."]) == "One thing.[- -][+¶+]Another.¶"


def test_a_merge_marks_no_words() -> None:
    assert drawn(["One thing.", "Another."], ["One thing. Another."]) == "One thing.[-¶-][+ +]Another.¶"


def test_a_paragraph_behind_the_last_is_inserted_before_the_last_mark() -> None:
    assert drawn(["One."], ["One.", "Two more."]) == "One.[+¶+][+Two more.+]¶"


def test_an_added_sentence_begins_where_sentences_begin() -> None:
    old = ["The Agency must report. The Agency must pay."]
    new = ["The Agency must report. The Agency must train. The Agency must pay."]
    assert drawn(old, new) == "The Agency must report. [+The Agency must train. +]The Agency must pay.¶"


def test_a_point_does_not_part_a_deletion() -> None:
    assert drawn(["is signed (Mass. Gen. Laws)."], ["is signed."]) == "is signed[- (Mass. Gen. Laws)-].¶"


def test_a_small_word_between_two_rewritten_passages_is_no_match() -> None:
    old = ["It owes eleven monthly payments toward principal of whatever balance remains outstanding hereunder."]
    new = ["It gives twelve quarterly accounts about progress of each counselor working inside shelters."]
    assert " of " not in drawn(old, new).replace("-]", "[-").replace("+]", "[+").split("[-")[0]
    assert drawn(old, new).count("[-") == 1
    assert drawn(old, new, tidy=False).count("[-") > 1


def test_marks_that_end_sections_are_kept_only_for_one_another() -> None:
    old, new = [line("one", "section"), line("two")], [line("one"), line("two")]
    assert [op.kind for op in script(old, new) if "MARK" in op.kind.name] == [
        OpKind.DELETE_MARK,
        OpKind.INSERT_MARK,
        OpKind.KEEP_MARK,
    ]


def test_what_is_bound_stands_or_falls_together() -> None:
    old = [Line(["{A", "4.2", "}"], "", [(0, 2)])]
    new = [Line(["{B", "4.2", "}"], "", [(0, 2)])]
    assert [op.kind for op in script(old, new)] == [OpKind.DELETE, OpKind.INSERT, OpKind.KEEP_MARK]
    assert [op.kind for op in script(old, old)] == [OpKind.KEEP, OpKind.KEEP_MARK]

"""The law of the redline on generated pairs; a thousand of them from `python -m tests.redline pairs --count 1000`."""

from __future__ import annotations

from random import Random

import pytest
from tests.redline.corpus import Case
from tests.redline.judging import LAW, judge
from tests.redline.opening import MARKUP, Opened, W
from tests.redline.reading import read
from tests.redline.rich_making import Maker
from tests.redline.rich_pairs import edits_of, rich_pair
from tests.redline.rich_writing import Hand, write
from tests.redline.running import engine, run, validated
from tests.redline.second_reader import second_readings
from tests.tools import require_tool

from fe_contracts.word.revisions import accept_changes, reject_changes

OURS = engine()


def _cases(seeds: range) -> list[Case]:
    return [Case("generated", f"pair {seed}", *rich_pair(seed)) for seed in seeds]


@pytest.mark.parametrize("first", range(0, 60, 10))
def test_rejecting_gives_the_old_and_accepting_the_new(first: int) -> None:
    results = list(run(_cases(range(first, first + 10)), OURS))
    assert [f"{one.name}: {one.error or one.verdict.broken}" for one in results if not one.holds] == []


def test_little_more_is_marked_than_a_minimal_edit_script_does() -> None:
    results = list(run(_cases(range(60)), OURS))
    assert [one.error for one in results if one.error] == []
    assert sum(one.marked for one in results) <= 1.15 * sum(one.minimum for one in results)


@pytest.mark.parametrize("seed", range(0, 60, 12))
def test_the_way_back_holds_too(seed: int) -> None:
    old, new = rich_pair(seed)
    assert judge(new, old, OURS(new, old)).broken == [], edits_of(seed)


@pytest.mark.parametrize("seed", range(0, 60, 12))
def test_a_file_against_itself_holds_no_change(seed: int) -> None:
    for side in rich_pair(seed):
        opened = Opened(OURS(side, side))
        left = [item.tag for part in opened.stories for item in opened.tree(part).iter(*MARKUP)]
        assert left == []


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_other_ids_and_other_runs_are_no_change(seed: int) -> None:
    document = Maker(Random(seed)).document()  # noqa: S311
    one, other = write(document, Hand()), write(document, Hand(shift=40, cuts=Random(seed)))  # noqa: S311
    assert all(read(one).at(depth) == read(other).at(depth) for depth in LAW)
    opened = Opened(OURS(one, other))
    left = [item for part in opened.stories for item in opened.tree(part).iter(*MARKUP)]
    assert ["".join(map(str, item.itertext())) for item in left] == []


@pytest.mark.parametrize("seed", range(0, 60, 6))
def test_a_redline_has_no_error_that_its_inputs_do_not_have(seed: int) -> None:
    validator = require_tool("ooxml-validator")
    case = _cases(range(seed, seed + 1))[0]
    assert validated(case, OURS(case.old, case.new), validator) == [], edits_of(seed)


@pytest.mark.parametrize("seed", range(3, 60, 10))
def test_what_is_accepted_or_rejected_has_no_error_that_the_inputs_do_not_have(seed: int) -> None:
    validator = require_tool("ooxml-validator")
    case = _cases(range(seed, seed + 1))[0]
    redline = OURS(case.old, case.new)
    for resolve in (accept_changes, reject_changes):
        assert validated(case, resolve(redline).to_bytes(), validator) == [], edits_of(seed)


SURELY_READ = frozenset(
    (
        "replace_words",
        "insert_words",
        "delete_words",
        "change_figure",
        "add_sentence",
        "drop_sentence",
        "add_paragraphs",
    )
)
"""Edits that LibreOffice resolves: what it makes of cells, controls and sections is its own (second_reader.py)."""


ITS_OWN = {187: "endnote ids that do not begin at 1 are read with a mark too many, in the new file itself as well"}
"""Pairs that LibreOffice 7.4 reads otherwise, and why that is its own doing."""


def _marks_a_drawing(redline: bytes) -> bool:
    """Whether a picture or box is inserted or deleted: rejecting that, LibreOffice 7.4 joins or doubles text near."""
    opened = Opened(redline)
    marks = opened.tree(opened.main).iter(f"{W}ins", f"{W}del")
    return any(next(mark.iter(f"{W}drawing", f"{W}pict"), None) is not None for mark in marks)


def test_a_second_program_reads_the_same_old_and_new() -> None:
    soffice = require_tool("libreoffice")
    seeds = [seed for seed in range(400) if set(edits_of(seed)) <= SURELY_READ and seed not in ITS_OWN]
    triples = [(*rich_pair(seed), OURS(*rich_pair(seed))) for seed in seeds]
    asked = [(seed, triple) for seed, triple in zip(seeds, triples, strict=True) if not _marks_a_drawing(triple[2])]
    opinions = second_readings([triple for _, triple in asked], soffice)
    assert len(asked) > 15
    assert [(seed, one.faults) for (seed, _), one in zip(asked, opinions, strict=True) if one.faults] == []

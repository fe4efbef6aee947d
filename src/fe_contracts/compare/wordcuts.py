"""Cut the difference between two paragraphs at words, so that a reader sees what went and what came."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

from fe_contracts.compare.contract_changes import Segment, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from fe_contracts.compare.contract_views import Piece
    from fe_contracts.compare.tokens import Cutter

__all__ = ["changed_words", "cut_difference", "steps_between"]

_SHORT = 3
"""What stays between two changes is shown as changed, too, if it has fewer words: else a reader sees scraps."""

_COUNTED = 2
_Token = tuple[str, str]
"""What is shown, and what it is known by."""


def steps_between(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[bool, int, int, int, int]]:
    """Return the steps from one sequence to the other, and the very same ones, turned round, for the way back.

    Each step says whether it stayed, and from where to where on both sides. `difflib` alone prefers one side in a tie.
    """
    turned = list(old) > list(new)
    sides = (new, old) if turned else (old, new)
    codes = SequenceMatcher(None, *sides, autojunk=False).get_opcodes()
    return [(code == "equal", k, m, i, j) if turned else (code == "equal", i, j, k, m) for code, i, j, k, m in codes]


def _tokens(pieces: Sequence[Piece], cutter: Cutter) -> list[_Token]:
    """Return the tokens of a passage; a reference is one, known by what it points at."""
    found: list[_Token] = []
    for is_reference, group in groupby(pieces, key=lambda piece: bool(piece.target)):
        if is_reference:
            found += ((piece.text, piece.handle) for piece in group)
        else:
            text = "".join(piece.text for piece in group)
            found += ((token, token) for token in cutter.cut(text))
    return found


def cut_difference(old: Sequence[Piece], new: Sequence[Piece], cutter: Cutter) -> tuple[Segment, ...]:
    """Return what stayed, went and came; a reference that only has another number stayed, and shows the new one."""
    before, after = _tokens(old, cutter), _tokens(new, cutter)
    found = steps_between([key for _, key in before], [key for _, key in after])
    steps = [(same, before[i:j], after[k:m]) for same, i, j, k, m in found]
    return tuple(_segments(_joined(steps)))


_Step = tuple[bool, list[_Token], list[_Token]]


def _joined(steps: list[_Step]) -> list[_Step]:
    """Return the steps with scraps between two changes taken into them."""
    found: list[_Step] = []
    for place, (same, old, new) in enumerate(steps):
        inside = 0 < place < len(steps) - 1
        words = sum(any(letter.isalnum() for letter in shown) for shown, _ in new)
        stays = same and not (inside and words < _SHORT)
        if found and not stays and not found[-1][0]:
            found[-1] = (False, found[-1][1] + old, found[-1][2] + new)
        else:
            found.append((stays, list(old), list(new)))
    return found


def _segments(steps: list[_Step]) -> Iterator[Segment]:
    for same, old, new in steps:
        gone, come = ("".join(shown for shown, _ in side) for side in (old, new))
        if same:
            yield Segment(SegmentKind.SAME, come)
            continue
        if gone:
            yield Segment(SegmentKind.REMOVED, gone)
        if come:
            yield Segment(SegmentKind.ADDED, come)


def changed_words(segments: Sequence[Segment]) -> str:
    """Return the words that went and came; behind a number also the two that follow, which say what it counts."""
    told = []
    for place, segment in enumerate(segments):
        if segment.kind is SegmentKind.SAME:
            before = "".join(item.text for item in segments[max(0, place - 2) : place] if item.kind is not segment.kind)
            if any(letter.isdigit() for letter in before):
                told.append(" ".join(segment.text.split()[:_COUNTED]))
        else:
            told.append(segment.text)
    return " ".join(told)

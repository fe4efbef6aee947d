"""Find the few words that differ between two paragraphs, so that a sentence can name them: this for that.

A value is one piece: no amount or date is ever cut. Where a paragraph differs in much, or in what it refers to, the
answer is that it must be restated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from fe_contracts.document.tree import Origin, Reference, Text, Value
from fe_contracts.renewal.amendment_layout import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fe_contracts.document.tree import Inline, Paragraph

__all__ = ["Phrase", "phrases"]

_PIECE = re.compile(r"\s+|\S+")
_NEAR = 4
"""Two changes with no more pieces between them (words and the spaces around them) are one."""
_MOST = 3
"""So many changes in one paragraph can be named; with more, it is restated."""
_LARGEST_SHARE = 0.5
_SHORT = 120
"""In a paragraph of at most so many characters, one change may take a larger share of it."""
_WIDEST = 16


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, a space, a value or a reference."""

    key: str
    inline: Inline
    kind: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that take the place of others."""

    old: str
    new: str
    inlines: tuple[Inline, ...]
    """The new words, with their origin."""
    value: bool
    """Whether it is one value in the place of one value."""


@dataclass(slots=True)
class _Region:
    """A stretch of both paragraphs that differs: half-open ranges of pieces."""

    a: int
    b: int
    c: int
    d: int


def phrases(old: Paragraph, new: Paragraph, stands_once: Callable[[str], bool]) -> tuple[Phrase, ...] | None:
    """Return what must be said to make the old paragraph the new one; None if it must be restated.

    `stands_once` says whether words can be found without doubt where the sentence will say that they stand.
    """
    before, after = list(_pieces(old.inlines)), list(_pieces(new.inlines))
    regions = _regions([piece.key for piece in before], [piece.key for piece in after])
    if not regions or len(regions) > _MOST:
        return None
    found = []
    end = -1
    for region in regions:
        if not _named(region, before, after, stands_once) or region.a < end:
            return None
        end = region.b
        found.append(_phrase(region, before, after))
    length = len(said(old.inlines))
    changed = sum(len(item.old) for item in found)
    if (length > _SHORT or len(found) > 1) and changed > _LARGEST_SHARE * length:
        return None
    return tuple(found)


def _pieces(inlines: Sequence[Inline]) -> Iterator[_Piece]:
    for inline in inlines:
        match inline:
            case Text():
                yield from (
                    _Piece(
                        word,
                        Text(word, inline.origin, inline.bold, inline.italic),
                        "space" if word.isspace() else "word",
                    )
                    for word in _PIECE.findall(inline.text)
                )
            case Value():
                yield _Piece(said((inline,)), inline, "value")
            case Reference():
                yield _Piece(said((inline,)), inline, "reference")


def _regions(old: list[str], new: list[str]) -> list[_Region]:
    """Return the stretches that differ, near ones joined."""
    found: list[_Region] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and a - found[-1].b <= _NEAR:
            found[-1].b, found[-1].d = b, d
        else:
            found.append(_Region(a, b, c, d))
    return found


def _named(region: _Region, before: list[_Piece], after: list[_Piece], stands_once: Callable[[str], bool]) -> bool:
    """Widen a stretch until its old words stand only once; return whether that could be done."""
    _trim(region, before, after)
    turn = 0
    while not _settled(region, before, after, stands_once):
        moved = _widen(region, before, after, left=turn % 2 == 0) or _widen(region, before, after, left=turn % 2 == 1)
        turn += 1
        if not moved or turn > _WIDEST:
            return False
    return not any(piece.kind == "reference" for piece in (*before[region.a : region.b], *after[region.c : region.d]))


def _trim(region: _Region, before: list[_Piece], after: list[_Piece]) -> None:
    """Leave out spaces at both ends of a stretch where both sides have them."""
    while region.b > region.a and region.d > region.c and before[region.b - 1].key == after[region.d - 1].key:
        region.b, region.d = region.b - 1, region.d - 1
    while region.b > region.a and region.d > region.c and before[region.a].key == after[region.c].key:
        region.a, region.c = region.a + 1, region.c + 1


def _settled(region: _Region, before: list[_Piece], after: list[_Piece], stands_once: Callable[[str], bool]) -> bool:
    old, new = before[region.a : region.b], after[region.c : region.d]
    ends = [side[place] for side in (old, new) if side for place in (0, -1)]
    whole = bool(old and new) and not any(piece.kind == "space" for piece in ends)
    return whole and stands_once("".join(piece.key for piece in old))


def _widen(region: _Region, before: list[_Piece], after: list[_Piece], *, left: bool) -> bool:
    """Take in one more piece on one side, if both paragraphs have the same one there and it is no reference."""
    if left:
        one, other = region.a - 1, region.c - 1
        fits = one >= 0 and other >= 0
    else:
        one, other = region.b, region.d
        fits = one < len(before) and other < len(after)
    if not fits or before[one].key != after[other].key or before[one].kind == "reference":
        return False
    if left:
        region.a, region.c = one, other
    else:
        region.b, region.d = one + 1, other + 1
    return True


def _phrase(region: _Region, before: list[_Piece], after: list[_Piece]) -> Phrase:
    old, new = before[region.a : region.b], after[region.c : region.d]
    single = len(old) == len(new) == 1 and old[0].kind == new[0].kind == "value"
    return Phrase("".join(piece.key for piece in old), "".join(piece.key for piece in new), _joined(new), value=single)


def _joined(pieces: list[_Piece]) -> tuple[Inline, ...]:
    """Return the pieces with neighbouring words of one origin and look in one run."""
    found: list[Inline] = []
    for piece in pieces:
        last, here = (found[-1] if found else None), piece.inline
        same = isinstance(last, Text) and isinstance(here, Text)
        if same and isinstance(last, Text) and isinstance(here, Text) and _look(last) == _look(here):
            found[-1] = Text(last.text + here.text, last.origin, last.bold, last.italic)
        else:
            found.append(here)
    return tuple(found)


def _look(text: Text) -> tuple[Origin, bool, bool]:
    return text.origin, text.bold, text.italic

"""Compare paragraphs as one stream: tokens, and at the end of each paragraph its mark.

Seen so, a paragraph that is split gains a mark, and two that are merged lose one: no words are marked for it.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from fe_contracts.compare.sequences import common, ends
from fe_contracts.compare.tidying import tidied

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from fe_contracts.compare.sequences import Stretch

__all__ = ["Line", "Op", "OpKind", "is_word", "script", "text_of"]

_ROOM: Final = 40
"""How many tokens a change may be moved along equal text."""


class OpKind(Enum):
    """One step of a script."""

    KEEP = "keep"
    DELETE = "delete"
    INSERT = "insert"
    KEEP_MARK = "keep the mark"
    DELETE_MARK = "delete the mark"
    INSERT_MARK = "insert the mark"


class Op(NamedTuple):
    """A stretch of tokens, or a paragraph mark, and what becomes of it; lines are counted from 0 on each side."""

    kind: OpKind
    old_line: int = -1
    old_start: int = 0
    old_end: int = 0
    new_line: int = -1
    new_start: int = 0
    new_end: int = 0


class Line:
    """One paragraph as tokens; which of them are words is told when it is asked for."""

    __slots__ = ("_words", "bonds", "keys", "mark")

    def __init__(self, keys: Sequence[Hashable], mark: str = "", bonds: Sequence[tuple[int, int]] = ()) -> None:
        """Take the tokens of a paragraph.

        `keys` are equal for the same text in the same link or field, or the same picture. `mark` is what the mark ends
        besides the paragraph; only like marks are kept for one another. `bonds` are tokens that stand or fall together,
        such as the beginning and the end of a field.
        """
        self.keys = keys
        self.mark = mark
        self.bonds = bonds
        self._words: list[bool] | None = None

    def solid(self, start: int, end: int) -> list[int]:
        """Return the places in a range of the tokens that are not white space."""
        part = self.keys[start:end]
        try:
            return [place for place, key in enumerate(part, start) if not key.isspace()]  # type: ignore[attr-defined]
        except AttributeError:  # not all of it is plain text
            return [place for place, key in enumerate(part, start) if not text_of(key).isspace()]

    @property
    def words(self) -> list[bool]:
        """Return which tokens are words or numbers, and not punctuation."""
        if self._words is None:
            self._words = [
                key[0].isalnum() or key[-1].isalnum() if key.__class__ is str and key else is_word(key)
                for key in self.keys
            ]  # by far the most are plain text
        return self._words


def text_of(key: Hashable) -> str:
    """Return the text of a token."""
    text = key[0] if isinstance(key, tuple) else key
    return text if isinstance(text, str) else ""


def is_word(key: Hashable) -> bool:
    """Return whether a token is a word or a number."""
    text = text_of(key)
    return bool(text) and (text[0].isalnum() or text[-1].isalnum())


class _Names(dict["Hashable", int]):
    """Gives each token a number, the same for equal ones."""

    def __missing__(self, key: Hashable) -> int:
        self[key] = number = len(self)
        return number


class _Side:
    """One side's lines as one sequence of solid tokens; of a single line, a part."""

    __slots__ = ("end", "ids", "lines", "places", "start")

    def __init__(self, lines: Sequence[Line], name: Callable[[Hashable], int], start: int = 0, tail: int = 0) -> None:
        self.lines = lines
        self.start = (0, start)
        self.end = (len(lines) - 1, len(lines[-1].keys) - tail)
        self.ids: list[int] = []
        self.places: list[tuple[int, int]] = []
        for number, line in enumerate(lines):
            keys, solid = line.keys, line.solid(start, len(line.keys) - tail)
            self.ids += [name(keys[place]) for place in solid]
            self.places += [(number, place) for place in solid]

    def key(self, place: int) -> Hashable:
        """Return a token, by its place among the solid ones."""
        line, token = self.places[place]
        return self.lines[line].keys[token]

    def line(self, place: int) -> int:
        """Return the line that a token stands in."""
        return self.places[place][0]


def script(old: Sequence[Line], new: Sequence[Line], *, tidy: bool = True) -> list[Op]:
    """Return what makes the new lines of the old ones; the last mark of both is one mark, if it ends the same.

    `tidy` gives up short accidental matches between changes, and moves changes to where sentences begin.
    """
    name = _Names().__getitem__
    head, tail = _ends(old[0].keys, new[0].keys) if _plain(old) and _plain(new) else (0, 0)
    before, after = _Side(old, name, head, tail), _Side(new, name, head, tail)
    stretches = common(before.ids, after.ids)
    if tidy:
        stretches = tidied(stretches, before, after)
    if any(line.bonds for line in old) or any(line.bonds for line in new):
        stretches = _bound(before, after, stretches)
    return _merged(_ops(before, after, stretches))


def _plain(lines: Sequence[Line]) -> bool:
    return len(lines) == 1 and not lines[0].bonds


def _ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """Return how many tokens two lines share at their beginnings and ends, less what tidying may want to move into."""
    head, tail = ends(old, new)
    return max(0, head - _ROOM), max(0, tail - _ROOM)


def _bound(old: _Side, new: _Side, stretches: Sequence[Stretch]) -> list[Stretch]:
    """Give up every match inside a field of which not both ends are kept."""
    pairs = {start + step: other + step for start, other, length in stretches for step in range(length)}
    bonds, others = _bonds(old), _bonds(new)
    again = True
    while again:
        back = {other: start for start, other in pairs.items()}
        ends = dict(others)
        loose = [
            start
            for one, two in bonds
            for start in range(one, two + 1)
            if start in pairs and not (one in pairs and two in pairs and ends.get(pairs[one]) == pairs[two])
        ]
        ends = dict(bonds)
        loose += [
            back[other]
            for one, two in others
            for other in range(one, two + 1)
            if other in back and not (one in back and two in back and ends.get(back[one]) == back[two])
        ]
        for start in loose:
            pairs.pop(start, None)
        again = bool(loose)
    return [(start, other, 1) for start, other in sorted(pairs.items())]


def _bonds(side: _Side) -> list[tuple[int, int]]:
    places = {place: number for number, place in enumerate(side.places)}
    return [
        (places[number, one], places[number, two]) for number, line in enumerate(side.lines) for one, two in line.bonds
    ]


def _ops(old: _Side, new: _Side, stretches: Sequence[Stretch]) -> Iterator[Op]:
    """Yield what is kept and, between, what changes; a stretch with like white space inside is one step."""
    here, there = old.start, new.start
    kept: tuple[int, int, int, int] | None = (0, 0, 0, 0) if old.start[1] else None
    for start, other, length in stretches:
        for one, two in zip(old.places[start : start + length], new.places[other : other + length], strict=True):
            if kept is None or not _goes_on(old.lines, new.lines, here, one, there, two):
                if kept is not None:
                    yield Op(OpKind.KEEP, kept[0], kept[1], here[1], kept[2], kept[3], there[1])
                yield from _gap(old.lines, new.lines, here, one, there, two)
                kept = (*one, *two)
            here, there = (one[0], one[1] + 1), (two[0], two[1] + 1)
    if kept is not None:
        yield Op(OpKind.KEEP, kept[0], kept[1], here[1], kept[2], kept[3], there[1])
    yield from _gap(old.lines, new.lines, here, old.end, there, new.end)
    (line, end), (other, last) = old.end, new.end
    if end < len(old.lines[line].keys):
        yield Op(OpKind.KEEP, line, end, len(old.lines[line].keys), other, last, len(new.lines[other].keys))
    if old.lines[line].mark == new.lines[other].mark:
        yield Op(OpKind.KEEP_MARK, old_line=line, new_line=other)
        return
    yield Op(OpKind.DELETE_MARK, old_line=line)
    yield Op(OpKind.INSERT_MARK, new_line=other)


def _goes_on(
    old: Sequence[Line],
    new: Sequence[Line],
    here: tuple[int, int],
    one: tuple[int, int],
    there: tuple[int, int],
    two: tuple[int, int],
) -> bool:
    """Say whether only like white space lies between one kept token and the next."""
    if here[0] != one[0] or there[0] != two[0] or one[1] - here[1] != two[1] - there[1]:
        return False
    return here[1] == one[1] or old[one[0]].keys[here[1] : one[1]] == new[two[0]].keys[there[1] : two[1]]


def _pieces(lines: Sequence[Line], start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int, int]]:
    """Return the tokens between two places, a piece for each line; between two pieces lies a mark."""
    if start[0] == end[0]:
        return [(start[0], start[1], end[1])]
    middle = [(number, 0, len(lines[number].keys)) for number in range(start[0] + 1, end[0])]
    return [(start[0], start[1], len(lines[start[0]].keys)), *middle, (end[0], 0, end[1])]


def _gap(
    old: Sequence[Line],
    new: Sequence[Line],
    here: tuple[int, int],
    one: tuple[int, int],
    there: tuple[int, int],
    two: tuple[int, int],
) -> Iterator[Op]:
    """Yield what becomes of all that lies between two kept tokens: marks are paired from the end."""
    gone, fresh = _pieces(old, here, one), _pieces(new, there, two)
    pairs = 0
    while pairs < min(len(gone), len(fresh)) - 1 and old[gone[-2 - pairs][0]].mark == new[fresh[-2 - pairs][0]].mark:
        pairs += 1
    first_gone, first_fresh = len(gone) - pairs, len(fresh) - pairs
    yield from _change(old, new, gone[:first_gone], fresh[:first_fresh])
    for step in range(pairs):
        left, right = gone[first_gone + step], fresh[first_fresh + step]
        yield Op(OpKind.KEEP_MARK, old_line=left[0] - 1, new_line=right[0] - 1)
        yield from _change(old, new, [left], [right])


def _change(
    old: Sequence[Line],
    new: Sequence[Line],
    gone: Sequence[tuple[int, int, int]],
    fresh: Sequence[tuple[int, int, int]],
) -> Iterator[Op]:
    """Yield the deletion, then the insertion; equal white space at the edges stays."""
    gone, fresh = list(gone), list(fresh)
    (line, start, end), (other, first, last) = gone[0], fresh[0]
    length = _alike(old[line], new[other], range(start, end), range(first, last))
    head = Op(OpKind.KEEP, line, start, start + length, other, first, first + length)
    gone[0], fresh[0] = (line, start + length, end), (other, first + length, last)
    (line, start, end), (other, first, last) = gone[-1], fresh[-1]
    rest = _alike(old[line], new[other], range(end - 1, start - 1, -1), range(last - 1, first - 1, -1))
    tail = Op(OpKind.KEEP, line, end - rest, end, other, last - rest, last)
    gone[-1], fresh[-1] = (line, start, end - rest), (other, first, last - rest)
    if length:
        yield head
    for place, (line, start, end) in enumerate(gone):
        if place:
            yield Op(OpKind.DELETE_MARK, old_line=line - 1)
        if start < end:
            yield Op(OpKind.DELETE, line, start, end)
    for place, (line, start, end) in enumerate(fresh):
        if place:
            yield Op(OpKind.INSERT_MARK, new_line=line - 1)
        if start < end:
            yield Op(OpKind.INSERT, new_line=line, new_start=start, new_end=end)
    if rest:
        yield tail


def _alike(old: Line, new: Line, here: range, there: range) -> int:
    """Return how many tokens of white space are the same, from where both ranges begin."""
    length = 0
    for one, two in zip(here, there, strict=False):
        if old.keys[one] != new.keys[two] or not text_of(old.keys[one]).isspace():
            break
        length += 1
    return length


def _merged(ops: Iterator[Op]) -> list[Op]:
    """Return the ops with neighbours of one kind in one line made one."""
    found: list[Op] = []
    for op in ops:
        last = found[-1] if found else None
        if (
            last
            and last.kind is op.kind
            and op.kind in {OpKind.KEEP, OpKind.DELETE, OpKind.INSERT}
            and last.old_line == op.old_line
            and last.new_line == op.new_line
            and last.old_end == op.old_start
            and last.new_end == op.new_start
        ):
            found[-1] = last._replace(old_end=op.old_end, new_end=op.new_end)
        else:
            found.append(op)
    return found

"""Judge a redline: rejecting everything gives the old file, accepting everything the new one, at every depth.

Three judges, none of which draws redlines: the program's own accept and reject, read by the reader of this folder; a
second resolver for the text alone (independent.py); and, where it is asked for, LibreOffice (second_reader.py).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.redline.independent import resolved_text
from tests.redline.reading import Reading, StillMarkedError, read

from fe_contracts.word.revisions.resolving import accept_changes, reject_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["BESIDE", "LAW", "WAYS", "Verdict", "difference", "judge", "judge_readings"]

WAYS: Final = ("reject", "accept")
LAW: Final = ("text", "runs", "properties")
"""The depths at which the law must hold. `independent` is the text by the second resolver and counts as text does."""
BESIDE: Final = ("raw", "whole")
"""What is told beside the law: properties with the bare list numbers; controls, bookmarks and comments."""
_RESOLVE: Final[dict[str, Callable[[bytes], bytes]]] = {
    "reject": lambda data: reject_changes(data).to_bytes(),
    "accept": lambda data: accept_changes(data).to_bytes(),
}


@dataclass(slots=True)
class Verdict:
    """What the judges say of one redline: for each way and depth, the first difference or nothing."""

    said: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def get(self, way: str, depth: str) -> str | None:
        """Return the first difference of `reject` or `accept` at a depth."""
        return self.said[way, depth]

    def faults(self, depth: str) -> list[str]:
        """Return the differences at one depth, each with its way."""
        both = ((way, self.said.get((way, depth))) for way in WAYS)
        return [f"{way}, {depth}: {said}" for way, said in both if said]

    def holds_at(self, depth: str) -> bool:
        """Whether both ways give the right file at this depth; for text, by both resolvers."""
        return not (self.faults(depth) or (depth == "text" and self.faults("independent")))

    @property
    def holds(self) -> bool:
        """Whether the law holds."""
        return not self.broken

    @property
    def broken(self) -> list[str]:
        """The ways in which the law is broken, in words."""
        return [fault for depth in ("text", "independent", "runs", "properties") for fault in self.faults(depth)]


def judge(old: bytes, new: bytes, redline: bytes) -> Verdict:
    """Return what the judges say of a redline between two files that hold no tracked changes themselves."""
    return judge_readings(read(old), read(new), redline)


def judge_readings(old: Reading, new: Reading, redline: bytes) -> Verdict:
    """Return the same for two files that have been read already."""
    verdict = Verdict()
    for way, wanted in zip(WAYS, (old, new), strict=True):
        try:
            got = read(_RESOLVE[way](redline))
        except StillMarkedError as error:
            verdict.said |= dict.fromkeys(((way, depth) for depth in (*LAW, *BESIDE)), str(error))
        else:
            for depth in (*LAW, *BESIDE):
                verdict.said[way, depth] = difference(wanted.at(depth), got.at(depth))
        second = resolved_text(redline, accept=way == "accept")
        verdict.said[way, "independent"] = difference(_shown(wanted.at("text")), _shown(second))
    return verdict


def _shown(stories: Mapping[str, Sequence[object]]) -> dict[str, Sequence[object]]:
    """Return the stories without headers and footers of one empty line: text alone cannot tell whether they show."""
    return {name: lines for name, lines in stories.items() if list(lines) != [""] or "section" not in name}


def difference(wanted: Mapping[str, Sequence[object]], got: Mapping[str, Sequence[object]]) -> str | None:
    """Return the first difference between two sets of stories, in words; nothing where they are the same."""
    for name in [*wanted, *(item for item in got if item not in wanted)]:
        if name not in got:
            return f"{name}: is not there any more; it should read {_cut(wanted[name])}"
        if name not in wanted:
            return f"{name}: should not be there; it reads {_cut(got[name])}"
        for number, (right, is_) in enumerate(itertools.zip_longest(wanted[name], got[name]), 1):
            if right != is_:
                return f"{name}, {number} of {len(wanted[name])}: {_apart(right, is_)}"
    return None


def _apart(wanted: object, got: object) -> str:
    """Return two things that differ, from a little before the place where they do."""
    if wanted is None or got is None:
        more, thing = ("is missing", wanted) if got is None else ("is too much", got)
        return f"{_cut(thing)} {more}"
    if isinstance(wanted, str) and isinstance(got, str):
        same = next((at for at, (a, b) in enumerate(zip(wanted, got, strict=False)) if a != b), None)
        start = max(0, (min(len(wanted), len(got)) if same is None else same) - 30)
        return f"should be {_cut(wanted[start:])}, is {_cut(got[start:])}"
    if isinstance(wanted, tuple) and isinstance(got, tuple):
        pairs = enumerate(itertools.zip_longest(wanted, got), 1)
        number, (right, is_) = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
        return f"run {number} should be {_cut(right)}, is {_cut(is_)}"
    return f"should be {_cut(wanted)}, is {_cut(got)}"


def _cut(thing: object) -> str:
    said = repr(thing)
    return said if len(said) <= 160 else f"{said[:157]}..."

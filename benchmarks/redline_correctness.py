"""Count on how many pairs an engine keeps the law of a redline, and how many words it marks.

The law: rejecting every change gives the old document, accepting every change the new one. The judge is the one of the
tests, `tests/redline`: a reader of its own that shares nothing with any engine, ours included.

`python -m benchmarks.redline_right ENGINE...` counts on more pairs than the benchmark does, and names what is wrong.
"""

from __future__ import annotations

import subprocess
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree
from tests.redline.judging import LAW, judge_readings
from tests.redline.minimal import marked, minimal_words_of
from tests.redline.reading import StillMarkedError, read

from benchmarks.measuring import Comparison, Table
from benchmarks.redline_pairs import Pair
from fe_contracts.exceptions import FEContractsError
from fe_contracts.word.revisions.resolving import accept_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.redline.reading import Reading

    Command = tuple[str, ...]

__all__ = ["CORPUS", "Case", "Tally", "against", "against_fewest", "corpus", "generated", "table", "tally"]

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
"""Word files that are no part of this project; where they are absent, that table is left out."""

_UNREADABLE = (FEContractsError, etree.LxmlError, zipfile.BadZipFile, LookupError, ValueError)
"""What reading a broken file raises."""
_LONGEST = 120
"""Seconds after which an engine counts as having failed."""


@dataclass(frozen=True, slots=True)
class Case:
    """A pair as the judge reads it, and the fewest words that an edit from the one to the other touches."""

    name: str
    pair: Pair
    old: Reading
    new: Reading
    minimum: int

    @classmethod
    def of(cls, name: str, old: bytes, new: bytes) -> Case:
        """Return the case of these two files; what they hold of tracked changes is accepted first, for every engine."""
        pair = Pair(_settled(old), _settled(new))
        before, after = read(pair.old), read(pair.new)
        return cls(name, pair, before, after, minimal_words_of(before, after))


def _settled(docx: bytes) -> bytes:
    """Return the file, its tracked changes accepted if it holds any."""
    try:
        read(docx)
    except StillMarkedError:
        return accept_changes(docx).to_bytes()
    return docx


@dataclass(slots=True)
class Tally:
    """What one engine did on many pairs."""

    cases: int = 0
    failed: list[str] = field(default_factory=list)
    """The pairs of which it made no file."""
    kept: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LAW, 0))
    """On how many pairs the law holds, at each depth; a depth includes those before it."""
    faults: dict[str, str] = field(default_factory=dict)
    """Where the law breaks, and how first, by pair."""
    marked: dict[str, int] = field(default_factory=dict)
    """The words it marked, by pair."""
    minimum: int = 0
    """The fewest words on the pairs of which it made a file."""
    seconds: float = 0.0

    @property
    def over(self) -> float:
        """Return how many times the fewest words it marked."""
        return sum(self.marked.values()) / max(self.minimum, 1)


def corpus(*, most: int | None = None) -> list[Case]:
    """Return the pairs and versions of the corpus, each in both directions."""
    folders = [folder for kind in ("pairs", "versions") for folder in sorted((CORPUS / kind).glob("*"))][:most]
    cases = []
    for folder in folders:
        before, after = ((folder / f"{name}.docx").read_bytes() for name in ("before", "after"))
        cases += [Case.of(folder.name, before, after), Case.of(f"{folder.name}, back", after, before)]
    return cases


def generated(count: int) -> Iterator[Case]:
    """Return the first so many generated pairs."""
    from tests.redline.rich_pairs import rich_pair

    return (Case.of(f"pair {seed}", *rich_pair(seed)) for seed in range(count))


def tally(command: Sequence[str], env: Mapping[str, str], cases: Sequence[Case], folder: Path) -> Tally:
    """Return what the engine that this command starts does on the cases; the three files are added to the command."""
    old, new, out = (folder / f"{name}.docx" for name in ("old", "new", "out"))
    found = Tally()
    for case in cases:
        old.write_bytes(case.pair.old)
        new.write_bytes(case.pair.new)
        out.unlink(missing_ok=True)
        start = time.perf_counter()
        try:
            subprocess.run([*command, old, new, out], env=env, check=True, capture_output=True, timeout=_LONGEST)
        except subprocess.SubprocessError:
            made = None
        else:
            made = out.read_bytes() if out.is_file() else None
        found.seconds += time.perf_counter() - start
        _count(found, case, made)
    return found


def _count(found: Tally, case: Case, made: bytes | None) -> None:
    """Add one pair to the tally."""
    found.cases += 1
    if made is None:
        found.failed.append(case.name)
        return
    try:
        verdict, words = judge_readings(case.old, case.new, made), marked(made)
    except _UNREADABLE as error:
        found.failed.append(case.name)
        found.faults[case.name] = f"its file cannot be read: {error}"
        return
    for depth in LAW:
        if not verdict.holds_at(depth):
            found.faults[case.name] = verdict.broken[0]
            break
        found.kept[depth] += 1
    found.marked[case.name] = words
    found.minimum += case.minimum


def table(title: str, tallies: Mapping[str, Tally], names: Mapping[str, str]) -> Table:
    """Return the tallies as a table, an engine a row."""
    headings = ("engine", "text right", "and runs", "and properties", "no file", "words marked / fewest", "seconds")
    rows = []
    for name, found in tallies.items():
        kept = (f"{found.kept[depth]} of {found.cases}" for depth in LAW)
        over = f"{found.over:.2f} ×"
        rows.append((names.get(name, "ours"), *kept, str(len(found.failed)), over, f"{found.seconds:.0f}"))
    return Table(title, headings, tuple(rows))


def against_fewest(title: str, ours: Tally, *, target: float | None = None) -> Comparison:
    """Return the words we mark against the fewest that any edit from the old text to the new one touches."""
    words = sum(ours.marked.values())
    return Comparison(f"words marked, {title}", "the fewest", words, ours.minimum, ours.over, "words", target=target)


def against(title: str, ours: Tally, theirs: Tally, name: str, *, target: float | None = None) -> Comparison:
    """Return the words we mark against those that another engine marks, on the pairs of which both made a file."""
    both = ours.marked.keys() & theirs.marked.keys()
    here, there = (sum(side.marked[pair] for pair in both) for side in (ours, theirs))
    return Comparison(f"words marked, {title}", name, here, there, here / max(there, 1), "words", target=target)

"""Redline pairs of Word files, against the engines that a user could pick instead: time, memory, size, correctness."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.measuring import Comparison, Outcome, exponent, interleaved, process, timed
from benchmarks.redline_memory import peak
from benchmarks.redline_pairs import Pair, contract_pair, pilot_pair, prose_pair
from benchmarks.redline_peers import ENGINES, SCRIPT, Resident, Unavailable, found, own_command
from benchmarks.settings import command, compiled, workplace
from fe_contracts import redline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.measuring import Options, Table
    from benchmarks.redline_peers import Engines

__all__ = ["measure"]

_SIZES = (5_000, 10_000, 20_000, 40_000, 80_000)
_NAMES = {engine.name: engine.title for engine in ENGINES}
_GENERATED = 200
"""On how many generated pairs every engine is judged; `python -m tests.redline pairs` judges ours on more."""
_TEN, _EIGHT, _THREE = 0.1, 0.125, 0.333
"""Ten, eight and three times faster, as a share of the other's time."""


class _Place:
    """Pairs on disk, and the programs that redline them."""

    def __init__(self, folder: Path, engines: Engines | None) -> None:
        self.folder, self.engines = folder, engines
        self.env = compiled(folder)
        self.out = folder / "out.docx"

    def put(self, name: str, pair: Pair) -> tuple[Path, Path]:
        """Write the pair; return its paths."""
        paths = self.folder / f"{name}-old.docx", self.folder / f"{name}-new.docx"
        for path, content in zip(paths, pair, strict=True):
            path.write_bytes(content)
        return paths

    def commands(self, files: tuple[Path, Path]) -> dict[str, tuple[str, ...]]:
        """Return how each engine is started on these files."""
        program = [str(command())]
        program = program if program[0].endswith(".exe") else [sys.executable, *program]
        every = [*map(str, files)]
        found = {
            "ours": (sys.executable, "-c", SCRIPT, *every, str(self.out)),
            "ours, command": (*program, "redline", *every, "-o", str(self.out)),
        }
        if self.engines:
            found |= {name: self.engines.command(name, *files, self.out) for name in _NAMES}
        return found

    def env_of(self, name: str) -> dict[str, str]:
        """Return the surroundings of an engine."""
        return self.engines.env(self.env) if self.engines and name in _NAMES else self.env

    def whole(self, files: tuple[Path, Path]) -> dict[str, Callable[[], float]]:
        """Return each engine's whole process as a side; what it wrote the last time is gone before it starts."""
        return {name: self._side(name, words) for name, words in self.commands(files).items()}

    def _side(self, name: str, words: tuple[str, ...]) -> Callable[[], float]:
        run = process(*words, env=self.env_of(name), fine=(0, 1) if name == "ours, command" else (0,))  # 1: they differ

        def side() -> float:
            self.out.unlink(missing_ok=True)
            seconds = run()
            if not self.out.is_file():
                message = f"{name} made no file."
                raise RuntimeError(message)
            return seconds

        return side


def measure(options: Options) -> Outcome:
    """Return how fast, how small and how right our redlines are, and those of the others."""
    quick = options.quick
    remarks = ["0.1 × is ten times faster, 0.125 × eight times; every process is whole, from start to exit."]
    with workplace() as folder:
        try:
            engines = found()
        except Unavailable as error:
            engines = None
            remarks.append(f"The other engines were left out: {error}.")
        place = _Place(folder, engines)
        lines = _floor(place, quick=quick)
        pairs = _pairs(folder, quick=quick)
        for what, (pair, target) in pairs.items():
            lines += _processes(place, what, pair, target, quick=quick)
            lines += _warm(place, what, pair, quick=quick)
            lines += _memory(place, what, pair, quick=quick)
            remarks.append(f"{what}: {pair.words:,} words, of which an edit must touch {pair.changed:,} at least.")
        growth, told = _growth(quick=quick)
        tables, smaller, more = _correctness(place, quick=quick)
    if engines:
        told_versions = ", ".join(f"{name} {number}" for name, number in engines.versions().items())
        remarks.append(f"The engines: {told_versions}.")
    return Outcome("redline", (*lines, *growth, *smaller), (*remarks, told, *more), tables)


def _pairs(folder: Path, *, quick: bool) -> dict[str, tuple[Pair, float]]:
    """Return the pairs, and what share of Docxodus's time ours may take."""
    if quick:
        return {"a pair of 1,500 words": (pilot_pair(folder, words=1_500, edits=10), _TEN)}
    return {
        "20 pages": (pilot_pair(folder), _TEN),
        "40,000 words, contract": (contract_pair(), _EIGHT),
        "40,000 words, prose": (prose_pair(40_000), _EIGHT),
    }


def _floor(place: _Place, *, quick: bool) -> list[Comparison]:
    """Return what starting costs before anything is redlined: our script's imports, against those of its libraries."""
    sides = {
        "ours": process(sys.executable, "-c", "from fe_contracts import redline", env=place.env),
        "libraries": process(sys.executable, "-c", "import lxml.etree, rapidfuzz, zipfile", env=place.env),
    }
    times = interleaved(sides, rounds=1 if quick else 21, warmup=2)
    against = "python -c 'import lxml.etree, rapidfuzz, zipfile'"
    return [Comparison.of("python -c 'from fe_contracts import redline'", against, times["ours"], times["libraries"])]


def _processes(place: _Place, what: str, pair: Pair, target: float, *, quick: bool) -> list[Comparison]:
    """Return our whole process against each engine's whole process."""
    sides = place.whole(place.put("whole", pair))
    times = interleaved(sides, rounds=1 if quick else 11, warmup=1 if quick else 2)
    lines = []
    for name, title in _NAMES.items():
        if name not in times:
            continue
        reach = {"docxodus": target, "trackdiff": 1.2}[name]
        for ours, told in (("ours", "python -c"), ("ours, command", "fe-contracts redline")):
            lines.append(
                Comparison.of(f"{what}, {told}", f"{title}, whole process", times[ours], times[name], target=reach)
            )
    return lines


def _warm(place: _Place, what: str, pair: Pair, *, quick: bool) -> list[Comparison]:
    """Return our warm engine, from bytes to bytes, against a Docxodus that stays resident."""
    if not place.engines:
        return []
    files = place.put("warm", pair)
    with ExitStack() as stack:
        commands = {
            "ours": (own_command(*files, place.out), place.env),
            "resident": (place.engines.command("resident", *files, place.out), place.engines.env(place.env)),
        }
        sides = {name: stack.enter_context(Resident(*given)).render for name, given in commands.items()}
        times = interleaved(sides, rounds=1 if quick else 15, warmup=1 if quick else 5)
    against = "docx-scalpel, a resident Docxodus"
    return [Comparison.of(f"{what}, warm", against, times["ours"], times["resident"], target=_THREE)]


def _memory(place: _Place, what: str, pair: Pair, *, quick: bool) -> list[Comparison]:
    """Return the peak memory of our process against that of Docxodus's."""
    if not place.engines:
        return []
    commands = place.commands(place.put("memory", pair))
    held: dict[str, list[float]] = {"ours": [], "docxodus": []}
    for _ in range(1 if quick else 3):
        for name, figures in held.items():
            place.out.unlink(missing_ok=True)
            figure = peak(commands[name], place.env_of(name))
            if figure is None:
                return []
            figures.append(figure)
    ours, theirs = median(held["ours"]), median(held["docxodus"])
    return [Comparison(f"{what}, peak memory", _NAMES["docxodus"], ours, theirs, ours / theirs, "MB", target=1.0)]


def _once(pair: Pair) -> Callable[[], bytes]:
    return lambda: redline(*pair).to_bytes()


def _growth(*, quick: bool) -> tuple[list[Comparison], str]:
    """Return how the time per word grows, in one warm process."""
    sizes = (400, 800) if quick else _SIZES
    pairs = {size: prose_pair(size) for size in sizes}
    sides = {str(size): timed(_once(pair)) for size, pair in pairs.items()}
    times = interleaved(sides, rounds=2 if quick else 7, warmup=1)
    per_word = {size: [seconds * 1_000 / size for seconds in times[str(size)]] for size in sizes}
    first, last = sizes[0], sizes[-1]
    line = Comparison.of(
        f"prose of {last:,} words, per 1,000 words", f"of {first:,} words", per_word[last], per_word[first], target=1.3
    )
    power = exponent(sizes, [median(times[str(size)]) for size in sizes])
    told = ", ".join(f"{size:,} words {median(times[str(size)]) * 1e3:,.0f} ms" for size in sizes)
    return [line], f"Growth, warm: {told}: the power {power:.2f} of the size (1 is linear)."


def _correctness(place: _Place, *, quick: bool) -> tuple[tuple[Table, ...], list[Comparison], list[str]]:
    """Return on how many pairs each engine is right, and how many words it marks."""
    from benchmarks import redline_correctness as work

    engines: dict[str, tuple[str, ...]] = {"ours": (sys.executable, "-c", SCRIPT)}
    if place.engines:
        engines |= {name: place.engines.command(name) for name in _NAMES}
    made = 3 if quick else _GENERATED
    sets = {
        "corpus, both directions": work.corpus(most=2 if quick else None),
        f"{made} generated pairs": [*work.generated(made)],
    }
    tables, lines, remarks = [], [], []
    for title, cases in sets.items():
        if not cases:
            remarks.append(f"Left out, as its files are not there: {title}.")
            continue
        tallies = {name: work.tally(words, place.env_of(name), cases, place.folder) for name, words in engines.items()}
        tables.append(work.table(f"Right and small: {title}", tallies, _NAMES))
        real = title.startswith("corpus")
        lines.append(work.against_fewest(title, tallies["ours"], target=1.15 if real else None))
        if "docxodus" in tallies:
            ours, theirs = tallies["ours"], tallies["docxodus"]
            lines.append(work.against(title, ours, theirs, _NAMES["docxodus"], target=None if real else 1.0))
    return tuple(tables), lines, remarks

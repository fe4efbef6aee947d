"""Make the redlines of many cases, judge them, and say how it went, a line a case."""

from __future__ import annotations

import json
import shlex
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.redline.corpus import EXCEPTIONS, Case
from tests.redline.judging import BESIDE, LAW, WAYS, Verdict, judge_readings
from tests.redline.minimal import marked, minimal_words_of
from tests.redline.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Engine = Callable[[bytes, bytes], bytes]

__all__ = ["Result", "engine", "header", "run", "summary", "validated"]

_DEPTHS: Final = (*LAW, *BESIDE)


@dataclass(slots=True)
class Result:
    """How one case went."""

    group: str
    name: str
    verdict: Verdict = field(default_factory=Verdict)
    marked: int = 0
    minimum: int = 0
    seconds: float = 0.0
    error: str = ""
    redline: bytes = b""

    @property
    def depths_broken(self) -> list[str]:
        """The depths at which the law is broken, and no exception is named."""
        if self.error:
            return list(LAW)
        return [depth for depth in LAW if not self.verdict.holds_at(depth) and (self.name, depth) not in EXCEPTIONS]

    @property
    def holds(self) -> bool:
        """Whether the law holds, but for the exceptions that are named."""
        return not self.depths_broken

    @property
    def line(self) -> str:
        """The case as one line of the table."""
        if self.error:
            return f"{self.name[:64]:64}  {self.error}"
        signs = "   ".join(f"{self._sign(way, depth)}" for depth in _DEPTHS for way in WAYS)
        return f"{self.name[:64]:64}  {signs}  {self.marked:7} {self.minimum:7} {self.seconds:8.3f}"

    def _sign(self, way: str, depth: str) -> str:
        right = not self.verdict.said.get((way, depth))
        if depth == "text":
            right = right and not self.verdict.said.get((way, "independent"))
        return "." if right else ("e" if (self.name, depth) in EXCEPTIONS else "X")

    def as_json(self) -> dict[str, object]:
        """Return the case for a program."""
        broken = {depth: self.verdict.faults(depth) for depth in ("text", "independent", *_DEPTHS[1:])}
        return {
            "group": self.group,
            "name": self.name,
            "holds": {depth: not self.error and self.verdict.holds_at(depth) for depth in _DEPTHS},
            "faults": {depth: faults for depth, faults in broken.items() if faults},
            "marked": self.marked,
            "minimum": self.minimum,
            "seconds": round(self.seconds, 4),
            "error": self.error,
        }


def header() -> str:
    """Return the head of the table: each depth twice, rejected and accepted."""
    return f"{'':64}  {'text':8}{'runs':8}{'propert.':8}{'raw':8}{'whole':7}{'marked':>7} {'minimum':>7} {'seconds':>8}"


def engine(command: str = "") -> Engine:
    """Return what makes redlines: this project, or a program that is called with old, new and out."""
    return _ours if not command else _Program(command)


def _ours(old: bytes, new: bytes) -> bytes:
    from fe_contracts.word.revisions import redline

    return redline(old, new).to_bytes()


@dataclass(frozen=True, slots=True)
class _Program:
    command: str

    def __call__(self, old: bytes, new: bytes) -> bytes:
        with tempfile.TemporaryDirectory() as made:
            paths = [Path(made) / f"{name}.docx" for name in ("old", "new", "out")]
            paths[0].write_bytes(old)
            paths[1].write_bytes(new)
            ran = subprocess.run(
                [*shlex.split(self.command), *map(str, paths)], capture_output=True, check=False, timeout=300
            )
            if not paths[2].is_file():
                raise OSError(f"no redline: {ran.stderr.decode(errors='replace')[-200:]}")
            return paths[2].read_bytes()


def run(found: Iterable[Case], make: Engine) -> Iterator[Result]:
    """Yield how each case went; a case that fails is told, and stops nothing."""
    for case in found:
        result = Result(case.group, case.name)
        try:
            _judged(case, make, result)
        except Exception as error:  # noqa: BLE001  whatever an engine does, the other cases are judged
            result.error = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        yield result


def _judged(case: Case, make: Engine, result: Result) -> None:
    began = time.perf_counter()
    result.redline = case.redline if case.redline is not None else make(case.old, case.new)
    result.seconds = time.perf_counter() - began
    old, new = read(case.old), read(case.new)
    result.marked, result.minimum = marked(result.redline), minimal_words_of(old, new)
    result.verdict = judge_readings(old, new, result.redline)


def summary(results: Sequence[Result]) -> str:
    """Return the totals: by group, how many hold at each depth, and words marked over the minimum."""
    lines = [
        f"{'':18}{'cases':>6}{'text':>7}{'runs':>7}{'propert.':>9}{'raw':>7}{'whole':>7}{'marked':>9}{'minimum':>9}{'ratio':>7}{'seconds':>9}"
    ]
    groups = list(dict.fromkeys(result.group for result in results))
    for name in [*groups, "all"] if len(groups) > 1 else groups:
        chosen = [result for result in results if name in {"all", result.group}]
        said = [str(sum(not one.error and one.verdict.holds_at(depth) for one in chosen)) for depth in _DEPTHS]
        words, least = sum(one.marked for one in chosen), sum(one.minimum for one in chosen)
        ratio = f"{words / least:.3f}" if least else "-"
        lines.append(
            f"{name:18}{len(chosen):6}{said[0]:>7}{said[1]:>7}{said[2]:>9}{said[3]:>7}{said[4]:>7}{words:9}{least:9}{ratio:>7}"
            f"{sum(one.seconds for one in chosen):9.2f}"
        )
    return "\n".join(lines)


def validated(case: Case, redline: bytes, validator: str) -> list[str]:
    """Return what the Open XML SDK finds in a redline that it does not find in the files it was made of."""
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "file.docx"
        found = []
        for data in (case.old, case.new, redline):
            path.write_bytes(data)
            ran = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False, timeout=120)
            found.append({str(error.get("description")) for error in json.loads(ran.stdout)["errors"]})
    return sorted(found[2] - found[0] - found[1])

"""Compare documents with spoiled ones, in both orders: a redline that is right, or a refusal that has a name."""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from tests.redline.corpus import CORPUS
from tests.redline.judging import WAYS, difference
from tests.redline.mutations import spoil
from tests.redline.reading import read
from tests.redline.rich_pairs import rich_pair
from tests.redline.settling import compared, text_of

from fe_contracts.exceptions import FEContractsError
from fe_contracts.word.revisions import accept_changes, redline, reject_changes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

__all__ = ["Outcome", "fuzz", "mutant_of", "originals", "tried"]

SECONDS: Final = 60
_LARGEST: Final = 60_000
_GENERATED: Final = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the redline of one pair went."""

    seed: int
    order: str
    kind: str
    """`held`, `refused`, `named` (the redline says what it cannot track), `unread` (the judge cannot read the spoiled
    file), `broken` or `crash`."""
    said: str = ""

    @property
    def bad(self) -> bool:
        """Whether it must be mended."""
        return self.kind in {"broken", "crash"}


@lru_cache(maxsize=1)
def originals() -> tuple[bytes, ...]:
    """Return what is spoiled: generated files, and the small ones of the corpus where it is at hand."""
    made = [data for seed in range(_GENERATED // 2) for data in rich_pair(seed + 50_000)]
    paths = sorted(CORPUS.glob("*/**/*.docx")) if CORPUS.is_dir() else []
    for path in paths:
        data = path.read_bytes()
        if len(data) <= _LARGEST:
            try:
                made.append(accept_changes(data).to_bytes())
                read(made[-1])
            except Exception:  # noqa: BLE001, S112  odd files have tests of their own
                continue
    return tuple(made)


def mutant_of(seed: int) -> tuple[bytes, bytes, tuple[str, ...]]:
    """Return a document, the same spoiled, and what was done to it."""
    chance = Random(seed)  # noqa: S311  reproducible, not secret
    pool = originals()
    original, donor = (chance.choice(pool[:_GENERATED] if chance.random() < 0.6 else pool) for _ in range(2))
    return original, *spoil(original, donor, chance)


def tried(seed: int) -> Iterator[Outcome]:
    """Yield how the redline of the document and the spoiled one went, and of the spoiled one and the document."""
    original, mutant, _ = mutant_of(seed)
    for order, (old, new) in (("om", (original, mutant)), ("mo", (mutant, original))):
        yield _outcome(seed, order, old, new)


def _outcome(seed: int, order: str, old: bytes, new: bytes) -> Outcome:
    try:
        with _limit(SECONDS):
            result = redline(old, new, existing="accept")
            made = result.to_bytes()
            one, two = accept_changes(old).to_bytes(), accept_changes(new).to_bytes()
    except FEContractsError as error:
        return Outcome(seed, order, "refused", str(error))
    except Exception as error:  # noqa: BLE001  that is what is looked for
        frames = traceback.extract_tb(error.__traceback__)
        where = " < ".join(f"{Path(item.filename).name}:{item.lineno}" for item in reversed(frames[-3:]))
        return Outcome(seed, order, "crash", f"{type(error).__name__}: {str(error)[:120]} at {where}")
    try:
        wanted = [text_of(data) for data in (one, two)]
    except Exception as error:  # noqa: BLE001  only that nothing crashed can be said
        return Outcome(seed, order, "unread", f"{type(error).__name__}: {error}"[:200])
    named = {note.code for note in result.notes}
    headers = "REDLINE030" in named
    try:
        got = [text_of(resolve(made).to_bytes()) for resolve in (reject_changes, accept_changes)]
    except Exception as error:  # noqa: BLE001  the redline is worse than both files
        return Outcome(seed, order, "broken", f"the judge: {type(error).__name__}: {error}"[:200])
    faults = [
        f"{way}: {said}"
        for way, right, is_ in zip(WAYS, wanted, got, strict=True)
        if (said := difference(compared(right, headers=headers), compared(is_, headers=headers)))
    ]
    kind = "held" if not faults else "named" if "REDLINE033" in named else "broken"
    return Outcome(seed, order, kind, "; ".join(faults)[:400])


@contextmanager
def _limit(seconds: int) -> Iterator[None]:
    """Raise an error in whatever takes longer."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def fuzz(seed: int, count: int) -> tuple[Counter[str], list[Outcome]]:
    """Return how many of the pairs from a seed on went how, and those that must be mended; they are told at once."""
    counts: Counter[str] = Counter()
    bad = []
    for number in range(seed, seed + (count + 1) // 2):
        for outcome in tried(number):
            counts[outcome.kind] += 1
            if outcome.bad:
                bad.append(outcome)
                print(f"{outcome.seed} {outcome.order} {outcome.kind}: {outcome.said}", flush=True)  # noqa: T201
    return counts, bad


def main(arguments: list[str] | None = None) -> int:
    """Fuzz as the command line asks, and return 1 if anything must be mended."""
    parser = argparse.ArgumentParser(prog="python -m tests.redline fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="the first spoiled document")
    parser.add_argument("--count", type=int, default=500, help="how many pairs; each document gives two")
    parser.add_argument("--keep", type=Path, help="only the document of --seed: keep it and the spoiled one here")
    asked = parser.parse_args(arguments)
    if asked.keep:
        original, mutant, done = mutant_of(asked.seed)
        asked.keep.mkdir(parents=True, exist_ok=True)
        (asked.keep / "original.docx").write_bytes(original)
        (asked.keep / "mutant.docx").write_bytes(mutant)
        print(", ".join(done))  # noqa: T201
        return 0
    began = time.perf_counter()
    counts, bad = fuzz(asked.seed, asked.count)
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items()))
    print(f"{counts.total():,} pairs from seed {asked.seed} in {time.perf_counter() - began:.0f} s: {told}")  # noqa: T201
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())

"""Judge redline engines on many pairs: `python -m benchmarks.redline_right [--count N] [--corpus] [ENGINE ...]`.

The same tables as the benchmark's, without its timing; each pair on which the law breaks is named with the first fault.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.measuring import Outcome
from benchmarks.redline_correctness import against, against_fewest, corpus, generated, table, tally
from benchmarks.redline_peers import ENGINES, SCRIPT, found
from benchmarks.reporting import as_text
from benchmarks.settings import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_NAMES = {engine.name: engine.title for engine in ENGINES}


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.redline_right", description=__doc__)
    names = ["ours", *_NAMES]
    parser.add_argument("engines", nargs="*", metavar="ENGINE", help=f"some of {', '.join(names)} (default: all)")
    parser.add_argument("--count", type=int, default=0, metavar="N", help="so many generated pairs")
    parser.add_argument("--corpus", action="store_true", help="the pairs of the corpus, in both directions")
    chosen = parser.parse_args(arguments)
    chosen.engines = chosen.engines or names
    if unknown := set(chosen.engines) - set(names):
        parser.error(f"there is no engine {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    if not (chosen.corpus or chosen.count):
        parser.error("nothing to judge: give --corpus, or --count with a number of generated pairs")
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables and what is wrong; return 1 if the law breaks on any of our redlines, else 0."""
    chosen = _arguments(arguments)
    peers = found() if set(chosen.engines) & set(_NAMES) else None
    sets = [("corpus, both directions", corpus())] if chosen.corpus else []
    if chosen.count:
        sets.append((f"{chosen.count:,} generated pairs", [*generated(chosen.count)]))
    lines, tables, faults = [], [], []
    with TemporaryDirectory() as name:
        folder = Path(name)
        env = compiled(folder)
        for title, cases in sets:
            tallies = {}
            for engine in chosen.engines:
                command: tuple[str, ...] = (sys.executable, "-c", SCRIPT)
                if engine in _NAMES and peers:
                    command = peers.command(engine)
                tallies[engine] = tally(command, peers.env(env) if engine in _NAMES and peers else env, cases, folder)
                faults += [(engine, pair, told) for pair, told in tallies[engine].faults.items()]
                faults += [(engine, pair, "no file") for pair in tallies[engine].failed]
            tables.append(table(title, tallies, _NAMES))
            lines += [against_fewest(f"{title}, {engine}", done) for engine, done in tallies.items()]
            if {"ours", "docxodus"} <= tallies.keys():
                lines.append(against(title, tallies["ours"], tallies["docxodus"], _NAMES["docxodus"], target=1.0))
    print(as_text(Outcome("right and small", tuple(lines), (), tuple(tables))))
    for engine, pair, told in faults:
        print(f"{engine}: {pair}: {told}")
    return 1 if any(engine == "ours" for engine, _, _ in faults) else 0


if __name__ == "__main__":
    sys.exit(main())

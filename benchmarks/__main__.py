"""Run the measurements: `python -m benchmarks [NAME ...]`."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import reporting
from benchmarks.measuring import Options, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NAMES", "main", "run"]

NAMES = ("assembly", "startup", "batch", "catalog", "rules", "schedule", "rollup", "redline")
"""The measurements, in the order in which they run; each is a module of that name with a function `measure`."""


def run(name: str, options: Options) -> Outcome:
    """Return what one measurement found."""
    outcome = importlib.import_module(f"benchmarks.{name}").measure(options)
    assert isinstance(outcome, Outcome)  # noqa: S101 - tells the type checker what every module promises
    return outcome


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure fe-contracts against its targets and its peers, both sides in one run.",
        epilog="Close other programs first: the ratios are robust, the times are not.",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(NAMES)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that it runs; figures mean nothing")
    parser.add_argument("--catalog", type=Path, metavar="FOLDER", help="another clause library than the bundled one")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file, too")
    parser.add_argument("--update-docs", action="store_true", help=f"put the tables into {reporting.PAGE.name}")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.names if name not in NAMES]
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(NAMES)}")
    if chosen.update_docs and chosen.quick:
        parser.error("--update-docs needs figures that mean something: leave out --quick")
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write what was asked for; return 1 if a target is missed, else 0."""
    chosen = _arguments(arguments)
    options = Options(quick=chosen.quick, catalog=chosen.catalog)
    outcomes = []
    print(f"{reporting.machine()}\n", flush=True)
    for name in chosen.names or NAMES:
        outcomes.append(run(name, options))
        print(reporting.as_text(outcomes[-1]), flush=True)
    if chosen.json:
        reporting.write_json(chosen.json, outcomes)
    if chosen.update_docs:
        text = reporting.PAGE.read_text(encoding="utf-8")
        reporting.PAGE.write_text(reporting.into_page(text, outcomes), encoding="utf-8")
    missed = any(line.met is False for outcome in outcomes for line in outcome.lines)
    return 1 if missed and not chosen.quick else 0


if __name__ == "__main__":
    sys.exit(main())

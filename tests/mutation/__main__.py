"""Change the rules, one small thing at a time, and see that the tests notice: `python -m tests.mutation`.

    python -m tests.mutation                 everything; some minutes
    python -m tests.mutation data            dates and numbers of the requirements, against the cases of their rules
    python -m tests.mutation rules           the rules' own code, against the cases
    python -m tests.mutation frame           the engine, the packs and values by date, against their tests
    python -m tests.mutation rules coc       only what has these letters in its name

Exit code 0: every change is noticed, or listed with its reason in accepted.py. 1: some are not. 2: the cases of some
rule do not agree with the program as it is, so that they cannot judge.

Why the changes are made by a small module of ours (operators.py): mutmut 3.8 leaves functions with a decorator alone,
and every rule has one; cosmic-ray 8.7 edits the files in place and starts a process for each of some thousands of
mutants, an hour where the cases, run in this process, take a minute or two.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

from tests.compliance import casebook
from tests.mutation import demands, frame, program
from tests.mutation.accepted import ACCEPTED
from tests.mutation.operators import mutants

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> int:
    """Run the parts that are asked for, and say what lives."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description="See that tests notice mutants.")
    parser.add_argument("part", nargs="?", choices=PARTS, help="only this part")
    parser.add_argument("only", nargs="?", default="", help="only codes or modules with these letters in their name")
    asked = parser.parse_args()
    living: list[str] = []
    made = 0
    for part in [asked.part] if asked.part else PARTS:
        began = time.perf_counter()
        for name, count, lives in PARTS[part](asked.only):
            made += count
            living += lives
            unlisted = [item for item in lives if item not in ACCEPTED]
            say(f"{name}: {count} changes, {len(unlisted)} unnoticed", *(f"    {item}" for item in unlisted))
        say(f"-- {part}: {time.perf_counter() - began:.0f} seconds")
    unlisted = [item for item in living if item not in ACCEPTED]
    idle = sorted(ACCEPTED.keys() - set(living)) if not asked.part else []
    mute = _mute(asked.part, asked.only)
    say(*(f"noticed after all, take it out of accepted.py: {item}" for item in idle))
    say(*(f"what judges {item} does not agree with the program as it is" for item in mute))
    say(f"{made} changes, {len(unlisted)} unnoticed, {len(living) - len(unlisted)} accepted")
    return 2 if mute else int(bool(unlisted or idle))


def say(*lines: str) -> None:
    """Print the lines at once, so that a long run can be watched."""
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def _mute(part: str | None, only: str) -> list[str]:
    """Return the codes, and the modules of the frame, whose cases or tests fail as things are."""
    codes = {**casebook.requirements(), **casebook.SENSE} if part != "frame" else {}
    modules = frame.MODULES if part in {None, "frame"} else ()
    judged = [code for code in codes if only.lower() in code.lower() or part == "rules"]
    return [code for code in judged if not program.sound(code)] + [
        name for name in modules if only.lower() in name and not frame.sound(name)
    ]


def _data(only: str) -> Iterator[tuple[str, int, list[str]]]:
    for code, placed in casebook.requirements().items():
        if placed.requirement.parameters and only.lower() in code.lower() and program.sound(code):
            yield code, len([*demands.mutants(placed.requirement)]), demands.survivors(code)


def _rules(only: str) -> Iterator[tuple[str, int, list[str]]]:
    for name, module in program.modules().items():
        if only.lower() in name.lower():
            short = name.removeprefix("fe_contracts.compliance.")
            made = [*mutants(module.source)]
            yield short, len(made), [f"{short}: {item.name}" for item in made if not program.noticed(name, item)]


def _frame(only: str) -> Iterator[tuple[str, int, list[str]]]:
    for name in frame.MODULES:
        if only.lower() in name:
            made = [*mutants(frame.source_of(name))]
            yield name, len(made), [f"{name}: {item.name}" for item in frame.survivors(name, made)]


PARTS = {"data": _data, "rules": _rules, "frame": _frame}


if __name__ == "__main__":
    sys.exit(main())

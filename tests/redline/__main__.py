"""Judge redlines from the command line: `python -m tests.redline`.

    python -m tests.redline corpus                     every real file of ../shared/corpus
    python -m tests.redline pairs --count 1000         generated pairs, from --seed on
    python -m tests.redline one --seed 17 --into DIR   one generated pair, what was done, every fault; kept
    python -m tests.redline one OLD.docx NEW.docx      the same for two files
    python -m tests.redline fuzz --count 10000         spoiled documents, from --seed on (see fuzzing.py)

    --engine "python script.py"   another engine, called with OLD NEW OUT; ours without it
    --only TEXT                   only cases with this in their name
    --validate PROGRAM            also ask the Open XML SDK's validator for errors that the inputs do not have
    --libreoffice PROGRAM         also ask LibreOffice for text and plain looks; for information
    --json FILE                   the results for a program
    --quiet                       only the cases in which the law is broken

A line a case: `.` the law holds, `X` it does not, `e` an exception named in corpus.py; for each depth the two ways,
rejected and accepted; then the words marked, the words of a minimal edit script, and seconds. Exit code 1 when the law
is broken anywhere.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.redline.corpus import Case, cases
from tests.redline.rich_pairs import edits_of, rich_pair
from tests.redline.running import engine, header, run, summary, validated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.redline.running import Result


def main() -> int:
    """Judge what is asked for, and return 1 if the law is broken."""
    if sys.argv[1:2] == ["fuzz"]:
        from tests.redline.fuzzing import main as fuzz

        return fuzz(sys.argv[2:])
    asked = _arguments()
    found: list[Case] = []
    results: list[Result] = []
    odd = 0
    _say(header())
    for result in run(_kept(_cases(asked), asked.only, found), engine(asked.engine)):
        results.append(result)
        faults = [] if result.error else result.verdict.broken
        check = asked.validate and result.redline
        invalid = validated(found[-1], result.redline, asked.validate) if check else []
        odd += bool(invalid)
        faults += [f"not valid: {item}" for item in invalid]
        if invalid or not result.holds or not asked.quiet:
            _say(result.line)
            told = faults if asked.what == "one" else [fault[:300] for fault in faults[:2]]
            _say(*(f"    {fault}" for fault in told))
        if asked.into:
            _keep(asked.into, found[-1], result)
        if asked.what == "pairs" and not asked.libreoffice:
            found.clear()
    if asked.libreoffice:
        _second_reader(asked.libreoffice, found, results)
    _say("", summary(results))
    if asked.json:
        asked.json.write_text(json.dumps([result.as_json() for result in results], indent=1), encoding="utf-8")
    broken = sum(not result.holds for result in results)
    _say(f"{len(results)} cases, the law is broken in {broken}" + (f", {odd} not valid" if asked.validate else ""))
    return int(bool(broken or odd))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.redline", description="Judge redlines.")
    parser.add_argument("what", choices=("corpus", "pairs", "one"))
    parser.add_argument("files", nargs="*", type=Path, help="for one: the old and the new file")
    parser.add_argument("--seed", type=int, default=0, help="the first generated pair")
    parser.add_argument("--count", type=int, default=100, help="how many generated pairs")
    parser.add_argument("--engine", default="", help="a program to call with OLD NEW OUT")
    parser.add_argument("--only", default="", help="only cases with this in their name")
    parser.add_argument("--validate", default="", help="the Open XML SDK's validator")
    parser.add_argument("--libreoffice", default="", help="the soffice to ask")
    parser.add_argument("--json", type=Path, help="where to write the results")
    parser.add_argument("--into", type=Path, help="where to keep old, new and redline")
    parser.add_argument("--quiet", action="store_true", help="only what is wrong")
    return parser.parse_args()


def _cases(asked: argparse.Namespace) -> Iterator[Case]:
    if asked.what == "corpus":
        yield from cases()
    elif asked.files:
        old, new = (path.read_bytes() for path in asked.files)
        yield Case("one", f"{asked.files[0].name} {asked.files[1].name}", old, new)
    else:
        for seed in range(asked.seed, asked.seed + (1 if asked.what == "one" else asked.count)):
            if asked.what == "one":
                _say(f"edits of {seed}: {', '.join(edits_of(seed))}")
            yield Case("generated", f"pair {seed}", *rich_pair(seed))


def _kept(found: Iterator[Case], only: str, into: list[Case]) -> Iterator[Case]:
    for case in found:
        if only in case.name:
            into.append(case)
            yield case


def _keep(folder: Path, case: Case, result: Result) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = case.name.replace(" ", "-")
    for what, data in (("old", case.old), ("new", case.new), ("redline", result.redline)):
        (folder / f"{name}-{what}.docx").write_bytes(data)


def _second_reader(soffice: str, found: list[Case], results: list[Result]) -> None:
    from tests.redline.second_reader import second_readings

    asked = [(case, result) for case, result in zip(found, results, strict=False) if result.redline]
    opinions = second_readings([(case.old, case.new, result.redline) for case, result in asked], soffice)
    for (case, _), opinion in zip(asked, opinions, strict=True):
        if opinion.faults:
            _say(case.name, *(f"    {fault[:300]}" for fault in opinion.faults))
    _say(f"LibreOffice agrees on {sum(not opinion.faults for opinion in opinions)} of {len(opinions)}")


def _say(*lines: str) -> None:
    """Print the lines at once, so that a long run can be watched."""
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())

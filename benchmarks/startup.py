"""Start the program from nothing, as a person at a terminal does."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks.measuring import Comparison, Outcome, interleaved, process
from benchmarks.settings import PILOT, command, compiled, workplace

if TYPE_CHECKING:
    from benchmarks.measuring import Options

__all__ = ["measure"]

_BARE = '''\
"""A click program with one command, and nothing else."""
import click


@click.command()
@click.argument("name")
def hello(name):
    """Say hello."""
    click.echo(f"Hello, {name}.")


if __name__ == "__main__":
    hello()
'''


def measure(options: Options) -> Outcome:
    """Return what `--help` and one whole `assemble` take."""
    rounds, slow_rounds = (1, 1) if options.quick else (31, 15)
    with workplace() as folder:
        bare = folder / "bare.py"
        bare.write_text(_BARE, encoding="utf-8")
        python, ours = sys.executable, str(command())
        script = [ours] if ours.endswith(".exe") else [python, ours]
        other = ["--catalog", str(options.catalog)] if options.catalog else []
        assemble = [*script, "assemble", str(PILOT), "-o", str(folder / "out.docx"), "--force", *other]
        env = compiled(folder)
        off = {**env, "FE_CONTRACTS_CACHE": "off"}
        help_ = interleaved(
            {
                "ours": process(*script, "--help", env=env),
                "bare": process(python, str(bare), "--help", env=env),
            },
            rounds=rounds,
            warmup=2,
        )
        whole = interleaved(
            {
                "cached": process(*assemble, env=env),
                "imports": process(python, "-c", "import docx, docxtpl, pydantic", env=env),
                "off": process(*assemble, env=off),
            },
            rounds=slow_rounds,
            warmup=2,
        )
    remark = (
        "Whole processes, from start to exit, their modules compiled beforehand as pip does; the assembling one makes "
        "the pilot contract in the plain house style."
    )
    imports = "python -c 'import docx, docxtpl, pydantic'"
    return Outcome(
        "startup",
        (
            Comparison.of(
                "fe-contracts --help",
                "a bare click program with one command, --help",
                help_["ours"],
                help_["bare"],
                target=1.5,
            ),
            Comparison.of("fe-contracts assemble, whole", imports, whole["cached"], whole["imports"], target=3.0),
            Comparison.of("the same, catalog cache off", imports, whole["off"], whole["imports"]),
        ),
        (remark,),
    )

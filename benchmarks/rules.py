"""Ask the rules: all that read a spec, against loading that spec, and over many specs in a row."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from benchmarks.measuring import Comparison, Outcome, exponent, interleaved, timed
from benchmarks.settings import PILOT, workplace
from fe_contracts import load_catalog, load_spec
from fe_contracts.compliance import check_spec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.measuring import Options
    from fe_contracts import Catalog, Spec

__all__ = ["measure"]

_SPECS = (PILOT, PILOT.with_name("coc-rapid-rehousing.yaml"), PILOT.with_name("esg-prevention.yaml"))
_SIZES = (2500, 5000, 10_000)
_QUICK = (5, 10)


def _asked(specs: Sequence[Spec], catalog: Catalog) -> int:
    """Ask every rule that reads a spec about each of the specs, and return how many findings there were."""
    return sum(1 for spec in specs for _ in check_spec(spec, catalog.requirements))


def _many(specs: Sequence[Spec], size: int) -> list[Spec]:
    """Return so many specs, each with a number and a title of its own."""
    made = []
    for number in range(size):
        spec = specs[number % len(specs)]
        identity = spec.contract.model_copy(update={"id": f"FE-{number:05}", "title": f"Contract {number}"})
        made.append(spec.model_copy(update={"contract": identity}))
    return made


def measure(options: Options) -> Outcome:
    """Return what the rules take of the time in which a spec is loaded, and how that grows with the specs."""
    sizes = _QUICK if options.quick else _SIZES
    rounds, many = (1, 1) if options.quick else (41, 5)
    with workplace():
        catalog = load_catalog(options.catalog)
        specs = [load_spec(path) for path in _SPECS]
        lines = []
        for path, spec in zip(_SPECS, specs, strict=True):
            seconds = interleaved(
                {
                    "rules": timed(lambda spec=spec: _asked([spec], catalog)),  # type: ignore[misc]
                    "load": timed(lambda path=path: load_spec(path)),  # type: ignore[misc]
                },
                rounds=rounds,
            )
            what = f"all rules that read a spec, on {path.name}"
            lines.append(
                Comparison.of(what, "loading it: YAML and model", seconds["rules"], seconds["load"], target=1.0)
            )
        rows = {size: _many(specs, size) for size in sizes}
        grown = interleaved(
            {str(size): timed(lambda row=row: _asked(row, catalog)) for size, row in rows.items()},  # type: ignore[misc]
            rounds=many,
        )
    least, most = min(sizes), max(sizes)
    here, there = (statistics.median(grown[str(size)]) / size * 1e3 for size in (most, least))
    lines.append(
        Comparison(f"rules, per spec of {most:,}", f"per spec of {least:,}", here, there, here / there, target=1.25)
    )
    power = exponent(list(sizes), [min(grown[str(size)]) for size in sizes])
    held = (
        f"The library holds {len(catalog.requirements):,} requirements; those that read a finished contract or a change"
        " are not asked here."
    )
    growth = f"Time grows with the power {power:.2f} of the number of specs (1 is linear, {least:,} to {most:,} specs)."
    return Outcome("rules", tuple(lines), (held, growth))

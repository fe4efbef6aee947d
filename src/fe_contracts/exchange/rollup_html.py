"""Show a roll-up as one page that needs nothing else: no network, no script, a table behind each chart."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from fe_contracts.exchange.pages import content_policy, page_environment, page_part
from fe_contracts.exchange.rollup_charts import WIDE, Scale, clause_charts, punctuality, scale_for

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from jinja2 import Template

    from fe_contracts.findings import Finding
    from fe_contracts.performance.rollup.rollup import (
        Count,
        DeliverableGroup,
        DeliverableLine,
        DueReport,
        OutcomeLine,
        RolledContract,
        RollUp,
    )

__all__ = ["rollup_html"]

_SHOWN = 300
"""The most findings and files that the page lists; the workbook has all."""
_SIGNS = {
    "in time": "●",
    "late": "◐",
    "missing": "✕",
    "came, day not known": "○",
    "not due yet": "·",
}


def rollup_html(found: RollUp) -> str:
    """Return one self-contained, accessible page of a roll-up, in the view that it has."""
    css = page_part("rollup.css")
    from markupsafe import Markup

    internal = found.view.value == "internal"
    findings = [item for contract in found.contracts for item in contract.findings]
    return _template().render(
        title=f"Reports of {', '.join(found.cities) or 'no contract'}, {_day(found.as_of)}",
        policy=content_policy(css),
        css=Markup(css),  # noqa: S704 - a file of this package
        found=found,
        internal=internal,
        wide=WIDE,
        tiles=_tiles(found),
        matrix=_matrix(found),
        groups=[_group(item) for item in found.deliverables],
        outcomes=_outcomes(found.outcomes),
        periods=punctuality(found.reports),
        punctual=_punctual(found.reports),
        signs=_SIGNS,
        charts=clause_charts(found.adoption, found.adoption_days, len(found.contracts)),
        burden=_burden(found.contracts),
        drifting=_by_agency(found),
        weighed=_weighed(found.contracts),
        findings=[*found.findings, *_grave(findings)][:_SHOWN],
        files=[item for item in found.history if item.version != 1 or item.replaced_by][:_SHOWN],
        shown=_SHOWN,
    )


@cache
def _template() -> Template:
    environment = page_environment()
    environment.filters |= {"day": _day, "count": _count, "plain": _plain, "percent": _percent, "key": _key}
    return environment.from_string(page_part("rollup.html"))


def _day(day: dt.date | None) -> str:
    """Return a day as people in the United States write it: May 15, 2027."""
    return f"{day:%B} {day.day}, {day.year}" if day else ""


def _plain(value: Any) -> str:
    """Return a number with its thousands; a dash for none."""
    return "–" if value is None else f"{value:,}"


def _count(count: Count) -> Any:
    """Return a count for a cell; a star where it is left out, which a screen reader hears in words."""
    from markupsafe import Markup

    if count.hidden:
        return Markup('<span aria-hidden="true">*</span><span class="unseen">left out</span>')
    return _plain(count.value)


def _percent(share: Decimal | None) -> str:
    return "–" if share is None else f"{share}%"


def _key(text: str) -> str:
    """Return what an anchor can be called."""
    return "".join(mark if mark.isalnum() else "-" for mark in text)


def _tiles(found: RollUp) -> list[tuple[str, str, str]]:
    """Return the figures at the top: a number, what it counts, and what it is part of."""
    due = [item for item in found.reports if item.state.value != "not due yet"]
    states = [item.state.value for item in due]
    lines = [line for group in found.deliverables for line in group.lines if line.share is not None]
    return [
        (str(len(found.agencies)), "agencies", f"{len(found.contracts)} contracts"),
        (str(states.count("in time")), "reports in time", f"of {len(due)} that were due"),
        (str(states.count("late")), "late", "by the day the first version came"),
        (str(states.count("missing")), "missing", f"on {_day(found.as_of)}"),
        (
            str(sum(line.below for line in lines)),
            "deliverables below",
            f"what the contract tolerates, of {len(lines)} told",
        ),
    ]


def _matrix(found: RollUp) -> list[tuple[RolledContract, list[DeliverableLine | None]]]:
    """Return each contract with its line in each group of deliverables."""
    rows = []
    for contract in found.contracts:
        lines = [[line for line in group.lines if line.contract == contract.key] for group in found.deliverables]
        rows.append((contract, [own[0] if own else None for own in lines]))
    return rows


def _group(group: DeliverableGroup) -> dict[str, Any]:
    """Return one deliverable's chart: its scale, and what stands in it."""
    scale = scale_for([group.share, *(line.share for line in group.lines)])
    tolerances = {line.tolerance for line in group.lines if line.tolerance is not None}
    return {
        "group": group,
        "scale": scale,
        "target": scale.at(100),
        "tolerance": scale.at(next(iter(tolerances))) if len(tolerances) == 1 else None,
        "tolerated": next(iter(tolerances)) if len(tolerances) == 1 else None,
        "labels": [item.period for item in group.periods],
        "rows": [(line, {item.period: item for item in line.periods}) for line in group.lines],
    }


def _outcomes(lines: Sequence[OutcomeLine]) -> list[dict[str, Any]]:
    groups: dict[str, list[OutcomeLine]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line)
    made = []
    for held in groups.values():
        scale = scale_for([*(line.target for line in held), *(line.result for line in held)], whole=60)
        made.append({"title": held[0].title, "lines": held, "scale": scale})
    return made


def _punctual(reports: Iterable[DueReport]) -> dict[str, Any]:
    """Return the reports of each agency, under the names that all of them share."""
    names: dict[tuple[str, str], dt.date] = {}
    rows: dict[tuple[str, str], dict[tuple[str, str], DueReport]] = {}
    for item in reports:
        key = item.requirement, item.period
        names[key] = min(item.end, names.get(key, item.end))
        rows.setdefault((item.agency, item.contract), {})[key] = item
    return {"names": sorted(names, key=lambda key: (names[key], key)), "rows": rows}


def _burden(contracts: Sequence[RolledContract]) -> dict[str, Any]:
    held = [(item, item.burden) for item in contracts if item.burden is not None]
    most = max((burden.hours_per_year for _, burden in held), default=None)
    scale = Scale(-(-most // 20) * 20) if most else None
    return {"rows": held, "scale": scale, "effort": held[0][1].effort if held else None}


def _by_agency(found: RollUp) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = {}
    for item in found.drifting:
        rows.setdefault(item.agency, []).append(item)
    return rows


def _weighed(contracts: Sequence[RolledContract]) -> list[tuple[RolledContract, Mapping[str, int]]]:
    """Return each contract with how many findings of each weight its reports have."""
    kinds = ("error", "warning", "confirm", "info")
    return [
        (item, {kind: sum(one.severity.value == kind for one in item.findings) for kind in kinds}) for item in contracts
    ]


def _grave(findings: Iterable[Finding]) -> list[Finding]:
    return sorted((item for item in findings if item.severity.value in {"error", "warning"}), key=lambda item: item.key)

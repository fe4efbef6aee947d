"""Show an initiative's readiness as one page that needs nothing else: no network, no script, fit to be printed."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from fe_contracts.exchange.pages import content_policy, page_environment, page_part
from fe_contracts.exchange.readiness_timeline import timeline_of

if TYPE_CHECKING:
    from jinja2 import Template

    from fe_contracts.findings import Finding
    from fe_contracts.governance.readiness import Readiness
    from fe_contracts.governance.readiness.measure import TrackShare

__all__ = ["readiness_html"]

_BAR = 400
_ISO = re.compile(r"(?<![\w-])[12]\d{3}-\d\d-\d\d(?![\w-])")
_SAID = {"error": "Cannot be judged", "warning": "To mend", "confirm": "To confirm", "info": "To know"}
_GROUPS = (
    ("Balance", ("READY00", "READY01")),
    ("Contracts and groundwork", ("READY02", "READY04")),
    ("Training", ("READY03",)),
    ("Dates and files", ("READY05", "READY06")),
)
_VOICES = {"READY012", "READY013", "READY014", "READY015"}


def readiness_html(found: Readiness) -> str:
    """Return one self-contained, accessible page: the verdict, what to do next, the timeline, and all behind it."""
    css = page_part("readiness.css")
    from markupsafe import Markup

    return _template().render(
        title=f"{found.initiative.name}: {found.headline}",
        policy=content_policy(css),
        css=Markup(css),  # noqa: S704 - a file of this package
        found=found,
        mood=found.verdict.value.replace(" ", "-"),
        sides=[_side("Process", found.measure.process), _side("Implementation", found.measure.implementation)],
        line=timeline_of(found),
        groups=_groups(found),
        training=[item for item in found.agencies if item.contracts or item.to_come or item.trained],
        versions=found.adoption,
        summary=_described(found),
        count=_count(len(found.findings)),
    )


@cache
def _template() -> Template:
    environment = page_environment()
    environment.filters |= {
        "dated": _dated,
        "day": _day,
        "number": lambda value: f"{value.normalize():f}",
        "words": _words,
    }
    return environment.from_string(page_part("readiness.html"))


def _day(day: dt.date | None) -> str:
    """Return a day as people in the United States write it: May 15, 2027."""
    return f"{day:%B} {day.day}, {day.year}" if day else ""


def _dated(text: str) -> str:
    """Return a sentence with its days as people write them."""
    return _ISO.sub(lambda found: _long(found[0]), text)


def _long(text: str) -> str:
    try:
        return _day(dt.date.fromisoformat(text))
    except ValueError:  # it only looks like a day
        return text


def _words(value: Any) -> str:
    """Return an enumeration's value in words."""
    return str(value.value).replace("_", " ")


def _side(name: str, side: TrackShare) -> dict[str, Any]:
    """Return one side's bar: how long it is, and where its plan is."""
    return {
        "name": name,
        "side": side,
        "percent": round(side.reached_share * 100),
        "plan": round(side.planned_share * 100),
        "long": round(float(side.reached_share) * _BAR, 1),
        "mark": round(float(side.planned_share) * _BAR, 1),
        "whole": _BAR,
    }


def _groups(found: Readiness) -> list[tuple[str, list[tuple[str, Finding]]]]:
    """Return the findings under the headings that people look for, leaving out headings without any."""
    said = [(_SAID[item.severity.value], item) for item in found.findings]
    voices = [pair for pair in said if pair[1].code in _VOICES]
    groups = [("Who has not been heard", voices)]
    taken = {id(item) for _, item in voices}
    for name, codes in _GROUPS:
        groups.append((name, [pair for pair in said if pair[1].code.startswith(codes) and id(pair[1]) not in taken]))
        taken |= {id(item) for _, item in groups[-1][1]}
    groups.append(("Other", [pair for pair in said if id(pair[1]) not in taken]))
    first = groups.pop(0)
    groups.insert(1, first)
    return [(name, items) for name, items in groups if items]


def _count(number: int) -> str:
    return "" if not number else f"{number} finding{'' if number == 1 else 's'}"


def _described(found: Readiness) -> str:
    """Return the picture in words, for those who do not see it."""
    process, implementation = found.measure.process, found.measure.implementation
    overdue = sum(step.state.value == "overdue" for step in found.steps)
    return (
        f"By {_day(found.as_of)}, {process.reached} of {process.total} milestones of the process and "
        f"{implementation.reached} of {implementation.total} of the implementation are reached; {overdue} "
        f"{'is' if overdue == 1 else 'are'} overdue. The table below gives every milestone with its days."
    )

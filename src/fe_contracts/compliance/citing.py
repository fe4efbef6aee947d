"""Look through everything a spec says in words for law that does not stand on the contract's dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from fe_contracts.effective import Trigger
from fe_contracts.findings import Where
from fe_contracts.model.facts import trigger_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from fe_contracts.catalog.stale import Mention
    from fe_contracts.findings import Finding
    from fe_contracts.model.authority import Authorities
    from fe_contracts.model.money import Funding
    from fe_contracts.model.spec import Spec

__all__ = ["check_citations", "texts_of"]

_RECORDS = frozenset({"overrides", "evidence", "confirmations"})
"""What is said about the spec, and not in the contract: a decision may well name the order that was revoked."""
_GAP = "\n\n"
_LAW = ("CFR", "C.F.R", "U.S.C", "USC", "Fed.", "E.O.", "Executive Order", "Public Law", "Pub. L")
"""One of these is in every text that looks like a citation."""
_FUND = re.compile(r"funding\[(\d+)\]")


def check_citations(spec: Spec, authorities: Authorities | None) -> Iterator[Finding]:
    """Yield CITE010 for each citation, in any text of a spec, that does not stand on the date that decides on it.

    The date that decides is the contract's or, for what goes by the award, each federal award's own; a text that
    belongs to one fund is judged by that fund's award alone. Words that look like a citation and cannot be read as
    one are CITE040.
    """
    if authorities is None:
        return
    from fe_contracts.catalog.stale import find_mentions, stale_finding, stands

    fields, starts, joined = _joined(spec)
    found, problems = find_mentions(joined, authorities)
    yield from problems
    for mention in found:
        field = fields[bisect_right(starts, mention.start) - 1]
        for day, what_day in _days(spec, mention, field):
            if not stands(mention.entry, day):
                yield stale_finding("CITE010", mention, day, what_day, Where(field=field))
    if any(word in joined for word in _LAW):
        from fe_contracts.catalog.citations import unreadable_citations, unreadable_finding  # most specs cite no law

        for words, start in unreadable_citations(joined):
            yield unreadable_finding(words, Where(field=fields[bisect_right(starts, start) - 1]))


def _joined(spec: Spec) -> tuple[list[str], list[int], str]:
    """Return the fields that hold text, where each begins in the whole, and the whole."""
    fields, starts, parts, at = [], [], [], 0
    for field, text in texts_of(spec):
        fields.append(field)
        starts.append(at)
        parts.append(text)
        at += len(text) + len(_GAP)
    return fields, starts, _GAP.join(parts)


def texts_of(spec: Spec) -> Iterator[tuple[str, str]]:
    """Yield field and text of everything that a spec says in words, the values of clause parameters included."""
    for name, value in spec:
        if name not in _RECORDS:
            yield from _texts(value, name)


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if not isinstance(value, Enum):
            yield path, value
    elif isinstance(value, BaseModel):
        for name, inner in value:
            yield from _texts(inner, f"{path}.{name}")
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, f"{path}.{name}")
    elif isinstance(value, tuple | list):
        for place, inner in enumerate(value):
            yield from _texts(inner, f"{path}[{place}]")


def _days(spec: Spec, mention: Mention, field: str) -> list[tuple[dt.date, str]]:
    """Return the days on which a citation must stand, each with where it came from in words."""
    trigger = mention.entry.trigger
    if trigger is not Trigger.AWARD_DATE:
        day, source = trigger_day(spec, trigger)
        return [(day, f"the {source}")]
    own = _FUND.match(field)
    funds = (spec.funding[int(own[1])],) if own else spec.federal_funds
    dated = [fund for fund in funds if fund.source.is_federal]
    if not dated:
        day, source = trigger_day(spec, trigger)
        return [(day, f"the {source}")]
    return [_award_day(spec, fund) for fund in dated]


def _award_day(spec: Spec, fund: Funding) -> tuple[dt.date, str]:
    day, source = trigger_day(spec, Trigger.AWARD_DATE, fund)
    return day, f"the {source} of {fund.id}"

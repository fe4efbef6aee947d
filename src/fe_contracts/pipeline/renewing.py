"""Renew a contract: the spec of its next term, written into a copy of its own file."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fe_contracts import assembly, compliance
from fe_contracts.exceptions import ClauseNotInForceError, UnknownVersionError
from fe_contracts.findings import Finding, Findings, Severity, Where
from fe_contracts.pipeline.checking import validate
from fe_contracts.pipeline.specs import located, spec_of
from fe_contracts.renewal.planning import Plan
from fe_contracts.renewal.result import Notice, Renewal
from fe_contracts.renewal.splicing import SpecText
from fe_contracts.renewal.stale import lines_set_aside, stale_remarks
from fe_contracts.renewal.terms import NextTerm, next_term
from fe_contracts.renewal.wishes import Wishes, wishes_of_data
from fe_contracts.sources import read_bytes, read_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.catalog import Catalog
    from fe_contracts.model.spec import Spec

__all__ = ["load_wishes", "renew"]

_LIMIT = 5_000_000
_NOTICE = "renewal_notice"
"""The obligation of a clause by which the city says whether it offers a renewal."""


def load_wishes(path: Path | str) -> Wishes:
    """Return the targets and amounts that a YAML or JSON file gives for a new term.

    Raises:
        SourceError: if the file cannot be read, or holds anything else.
    """
    return wishes_of_data(read_data(path))


def renew(  # noqa: PLR0913 - what a renewal may be asked for
    spec_path: Path | str,
    catalog: Catalog,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    number: str | None = None,
    wishes: Wishes | None = None,
    keep_pins: bool = False,
    name: str = "",
    as_of: dt.date | None = None,
) -> Renewal:
    """Return the next term of the contract that a spec describes; the spec's own file is not touched.

    The new spec is the old file with the changed values changed and everything else as it was. `name` is what findings
    call it; `as_of` is the day on which it is asked whether a notice is late, and may be left out.

    Raises:
        SourceError: if the file cannot be read.
        SpecError: if it, or what would come of it, is no spec.
        RefusedError: if no renewal option is left, the term asked for lies outside them, a target or an amount names
            nothing, or a value cannot be changed without changing another.
    """
    path = Path(spec_path)
    loaded = read_data(path)
    old = spec_of(loaded)
    term = next_term(old, start=start, end=end)
    plan = Plan(old, SpecText(str(path), read_bytes(path, limit=_LIMIT).decode(), loaded), term)
    plan.carry_out(wishes or Wishes(), number=number, keep_pins=keep_pins)
    text, read_again = plan.file.finished(name or f"{path.stem}-renewed{path.suffix}")
    new = spec_of(read_again)
    notices = tuple(_notices(old, catalog, term))
    own = [*plan.findings, *_late(old, notices, as_of), *compliance.check_remnants(old, new)]
    if not plan.file.json:  # it has no comments
        aside = lines_set_aside(text)
        own = [_at_the_comment(item, read_again.name, aside) for item in own]
        own += stale_remarks(text, read_again.name, plan.changes, term)
    checked = validate(new, catalog)
    return Renewal(
        old=old,
        new=new,
        term=term,
        text=text,
        changes=tuple(plan.changes),
        kept=tuple(plan.kept),
        undecided=tuple(plan.undecided),
        notices=notices,
        findings=Findings((*located(new, own), *checked), new.contract.effective_date, catalog.name),
        source=path,
        lines=frozenset(plan.file.lines),
    )


def _at_the_comment(finding: Finding, file: str, lines: Mapping[str, int]) -> Finding:
    """Return a finding on a field that became a comment with the place of the comment."""
    line = lines.get(finding.where.field.rpartition(".")[2])
    if line is None or finding.code not in {"RENEW022", "RENEW027"}:
        return finding
    return replace(finding, where=Where(file, line, 1, finding.where.field))


def _notices(old: Spec, catalog: Catalog, term: NextTerm) -> Iterator[Notice]:
    """Yield the days by which the city says whether it offers this renewal, and the next one."""
    for clause_id, days in _notice_days(old, catalog):
        by = old.term.end_date - dt.timedelta(days=days)
        yield Notice(f"the City says in writing whether it offers the renewal from {term.start}", by, clause_id)
        if term.left:
            by = term.end - dt.timedelta(days=days)
            yield Notice("the City says in writing whether it offers the renewal after that", by, clause_id)


def _notice_days(spec: Spec, catalog: Catalog) -> Iterator[tuple[str, int]]:
    """Yield each clause of the contract in force that asks for such a notice, with its number of days."""
    included: tuple[assembly.Decision, ...] = ()
    with suppress(ClauseNotInForceError, UnknownVersionError):  # `validate` says so
        included = assembly.select(spec, catalog).included
    for decision in included:
        front = decision.version.front if decision.version else None
        for duty in front.obligations if front else ():
            name = duty.due.days if duty.id == _NOTICE else None
            if front is None or not isinstance(name, str):
                continue
            days = spec.clauses.parameters.get(decision.clause_id, {}).get(name, front.parameters[name].default)
            if isinstance(days, int):
                yield decision.clause_id, days


def _late(old: Spec, notices: tuple[Notice, ...], as_of: dt.date | None) -> Iterator[Finding]:
    """Yield a warning where the day of the notice on this renewal has passed."""
    for notice in notices:
        if as_of is not None and notice.by < as_of <= old.term.end_date:
            said = f"By {notice.by}, {notice.what} ({notice.clause}). That day has passed."
            remedy = "See that the notice was given, and what the contract says if it was not."
            yield Finding("RENEW030", Severity.WARNING, said, Where(field="term.end_date"), remedy)

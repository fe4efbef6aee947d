"""Both sides of every day on which something in the bundled library begins or ends."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.library.test_library import bundled

from fe_contracts.exceptions import ClauseNotInForceError

if TYPE_CHECKING:
    from fe_contracts.catalog import Clause, ClauseVersion, Edition, Series

DAY = dt.timedelta(days=1)
CLAUSES = [(clause, version) for clause in bundled() for version in clause.published]
SERIES = [
    (series, edition)
    for group in (bundled().contract_types, bundled().framework)
    for series in group.values()
    for edition in series.editions
]


def chosen(clause: Clause, day: dt.date) -> ClauseVersion | None:
    try:
        return clause.in_force_on(day)
    except ClauseNotInForceError:
        return None


def test_everything_in_the_library_is_published() -> None:
    drafts = [version.key for clause in bundled() for version in clause.versions if not version.published]
    assert drafts == []
    assert [edition.name for _, edition in SERIES if not edition.published] == []


@pytest.mark.parametrize(("clause", "version"), CLAUSES, ids=[version.key for _, version in CLAUSES])
def test_a_version_begins_on_its_day_and_ends_before_the_next(clause: Clause, version: ClauseVersion) -> None:
    place = clause.published.index(version)
    before = clause.published[place - 1] if place else None
    if before is not None and (before.retires or (before.expires and before.expires < version.effective - DAY)):
        before = None
    assert chosen(clause, version.effective - DAY) is before
    assert chosen(clause, version.effective) is (None if version.retires else version)
    _, last = clause.period(version)
    if last is None:
        assert chosen(clause, dt.date(2100, 1, 1)) is (None if version.retires else version)
    else:
        assert chosen(clause, last) is (None if version.retires else version)
        assert chosen(clause, last + DAY) is not version


@pytest.mark.parametrize(
    ("series", "edition"), SERIES, ids=[f"{edition.name} {edition.number}" for _, edition in SERIES]
)
def test_an_edition_begins_on_its_day(series: Series[object], edition: Edition[object]) -> None:
    assert series.in_force_on(edition.effective) is edition
    place = series.editions.index(edition)
    if place:
        assert series.in_force_on(edition.effective - DAY) is series.editions[place - 1]
    else:
        with pytest.raises(ClauseNotInForceError):
            series.in_force_on(edition.effective - DAY)


@pytest.mark.parametrize("clause", [*bundled()], ids=[clause.id for clause in bundled()])
def test_versions_have_reasons_and_grow_with_their_days(clause: Clause) -> None:
    numbers = [tuple(int(part) for part in version.number.split(".")) for version in clause.versions]
    assert numbers == sorted(numbers)
    reasons = [version.front.reason for version in clause.versions]
    assert len(set(reasons)) == len(reasons)

"""Which version is in force is computed from the days alone: both sides of every day, and never a draft."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.catalog.libraries import small_catalog, version
from tests.strategies import days

from fe_contracts.catalog import Clause, ClauseVersion, Edition, Series
from fe_contracts.catalog.clause import version_key
from fe_contracts.exceptions import ClauseNotInForceError, UnknownClauseError, UnknownVersionError
from fe_contracts.model.clause import ClauseIdentity, VersionFrontMatter

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.catalog.wording import Wording

DAY = dt.timedelta(days=1)
IDENTITY = ClauseIdentity.model_validate(
    {"id": "FE-01", "family": "FE", "scope": "contract", "trigger": "subaward_date", "protection": "free"},
    strict=False,
)


def entry(
    number: str,
    effective: dt.date,
    *,
    published: bool = True,
    retires: bool = False,
    expires: dt.date | None = None,
) -> ClauseVersion:
    """Return a version of FE-01 without wording."""

    def front() -> VersionFrontMatter:
        data = {"title": "A", "effective": effective.isoformat(), "summary": "S.", "policy_basis": "P."}
        more = {"reason": "The law was repealed.", "applies": {"level": "mandatory"}}
        return VersionFrontMatter.model_validate({**data, **more}, strict=False)

    def wording() -> Wording:
        raise NotImplementedError

    return ClauseVersion(
        "FE-01", number, effective, expires, retires, (), "sha256:0", published, "f.md", front, wording
    )


def clause(*versions: ClauseVersion) -> Clause:
    return Clause(IDENTITY, tuple(sorted(versions, key=lambda item: item.effective)), "clause.yaml")


def chosen(of: Clause, day: dt.date) -> str | None:
    """Return the number in force on a day, or `None`."""
    try:
        return of.in_force_on(day).number
    except ClauseNotInForceError:
        return None


ONE, TWO = dt.date(2026, 1, 1), dt.date(2028, 1, 1)


class TestInForce:
    def test_a_version_stands_from_its_day_until_the_day_before_the_next(self) -> None:
        of = clause(entry("1.0.0", ONE), entry("2.0.0", TWO))
        assert [chosen(of, day) for day in (ONE - DAY, ONE, TWO - DAY, TWO, TWO + DAY)] == [
            None,
            "1.0.0",
            "1.0.0",
            "2.0.0",
            "2.0.0",
        ]
        assert of.period(of.versions[0]) == (ONE, TWO - DAY)
        assert of.period(of.versions[1]) == (TWO, None)

    def test_before_the_first_version_the_error_names_its_day(self) -> None:
        with pytest.raises(ClauseNotInForceError, match=r"its first version, 1\.0\.0, takes effect 2026-01-01"):
            clause(entry("1.0.0", ONE)).in_force_on(ONE - DAY)

    def test_a_version_expires_after_its_last_day(self) -> None:
        last = dt.date(2026, 12, 31)
        of = clause(entry("1.0.0", ONE, expires=last))
        assert chosen(of, last) == "1.0.0"
        with pytest.raises(ClauseNotInForceError, match=r"version 1\.0\.0 expired 2026-12-31"):
            of.in_force_on(last + DAY)
        assert of.period(of.versions[0]) == (ONE, last)

    def test_an_expired_version_may_be_followed_after_a_gap(self) -> None:
        last = dt.date(2026, 12, 31)
        of = clause(entry("1.0.0", ONE, expires=last), entry("2.0.0", TWO))
        assert [chosen(of, day) for day in (last, last + DAY, TWO - DAY, TWO)] == ["1.0.0", None, None, "2.0.0"]
        assert of.period(of.versions[0]) == (ONE, last)

    def test_a_later_version_ends_one_that_would_expire_after_it(self) -> None:
        of = clause(entry("1.0.0", ONE, expires=dt.date(2030, 1, 1)), entry("2.0.0", TWO))
        assert of.period(of.versions[0]) == (ONE, TWO - DAY)

    def test_a_retired_clause_is_out_from_that_day_on_and_the_error_gives_the_reason(self) -> None:
        of = clause(entry("1.0.0", ONE), entry("2.0.0", TWO, retires=True))
        assert chosen(of, TWO - DAY) == "1.0.0"
        with pytest.raises(ClauseNotInForceError, match="it was retired from 2028-01-01 on: The law was repealed"):
            of.in_force_on(TWO)

    def test_a_retired_clause_may_come_back(self) -> None:
        back = dt.date(2029, 1, 1)
        of = clause(entry("1.0.0", ONE), entry("2.0.0", TWO, retires=True), entry("3.0.0", back))
        assert [chosen(of, day) for day in (TWO, back - DAY, back)] == [None, None, "3.0.0"]

    def test_a_draft_is_never_chosen_and_ends_nothing(self) -> None:
        of = clause(entry("1.0.0", ONE), entry("2.0.0", TWO, published=False))
        assert chosen(of, TWO) == "1.0.0"
        assert of.period(of.versions[0]) == (ONE, None)
        assert of.version("2.0.0").published is False

    def test_a_clause_of_drafts_alone_is_not_in_force_and_says_so(self) -> None:
        of = clause(entry("0.1.0", ONE, published=False), entry("1.0.0", TWO, published=False))
        with pytest.raises(ClauseNotInForceError, match=r"only drafts \(0.1.0, 1.0.0\)"):
            of.in_force_on(TWO)

    def test_the_nearest_version_is_the_one_begun_then_the_first_then_the_last_draft(self) -> None:
        draft = entry("3.0.0", dt.date(2030, 1, 1), published=False)
        of = clause(entry("1.0.0", ONE), entry("2.0.0", TWO, retires=True), draft)
        assert [of.nearest(day).number for day in (ONE - DAY, ONE, TWO, dt.date(2031, 1, 1))] == [
            "1.0.0",
            "1.0.0",
            "2.0.0",
            "2.0.0",
        ]
        assert clause(draft).nearest(ONE) is draft


histories = st.lists(days, min_size=1, max_size=8, unique=True).map(sorted)


@given(histories, days)
def test_exactly_the_last_version_begun_is_in_force(starts: list[dt.date], day: dt.date) -> None:
    of = clause(*(entry(f"{place}.0.0", start) for place, start in enumerate(starts, start=1)))
    begun = [f"{place}.0.0" for place, start in enumerate(starts, start=1) if start <= day]
    assert chosen(of, day) == (begun[-1] if begun else None)


@given(histories, st.dates(dt.date(2100, 1, 1), dt.date(2120, 1, 1)), days)
def test_a_later_version_never_changes_what_was_in_force_before_it(
    starts: list[dt.date], added: dt.date, day: dt.date
) -> None:
    versions = [entry(f"{place}.0.0", start) for place, start in enumerate(starts, start=1)]
    for last in (entry("99.0.0", added), entry("99.0.0", added, retires=True)):
        assert chosen(clause(*versions, last), day) == chosen(clause(*versions), day)


@given(histories)
def test_the_periods_of_all_versions_follow_each_other_without_gap_or_overlap(starts: list[dt.date]) -> None:
    of = clause(*(entry(f"{place}.0.0", start) for place, start in enumerate(starts, start=1)))
    periods = [of.period(item) for item in of.versions]
    assert [start for start, _ in periods] == starts
    assert [end and end + DAY for _, end in periods] == [*starts[1:], None]


class TestSeries:
    def series(self) -> Series[str]:
        return Series.of(
            "glossary",
            [
                Edition("glossary", number, number, day, "sha256:0", published, "f.yaml")
                for number, day, published in (("2.0.0", TWO, True), ("1.0.0", ONE, True), ("3.0.0", TWO + DAY, False))
            ],
        )

    def test_the_last_published_edition_begun_is_in_force(self) -> None:
        series = self.series()
        assert [series.in_force_on(day).number for day in (ONE, TWO - DAY, TWO, TWO + DAY)] == [
            "1.0.0",
            "1.0.0",
            "2.0.0",
            "2.0.0",
        ]

    def test_before_the_first_there_is_none(self) -> None:
        with pytest.raises(ClauseNotInForceError, match="no published version has taken effect"):
            self.series().in_force_on(ONE - DAY)

    def test_a_draft_can_be_named_and_an_unknown_number_names_the_known(self) -> None:
        assert self.series().version("3.0.0").content == "3.0.0"
        with pytest.raises(UnknownVersionError, match=r"has no version '9.0.0'; it has 1.0.0, 2.0.0, 3.0.0"):
            self.series().version("9.0.0")


def test_versions_sort_as_numbers_and_not_as_text() -> None:
    assert sorted(["1.10.0", "1.9.0", "1.2.10"], key=version_key) == ["1.2.10", "1.9.0", "1.10.0"]


def test_a_catalog_names_the_nearest_clause_and_the_known_versions(tmp_path: Path) -> None:
    catalog = small_catalog(tmp_path, {"clauses/FE/FE-01/3.0.0.md": None})
    with pytest.raises(UnknownClauseError, match=r"Did you mean FE-0\d or FE-0\d"):
        catalog["FE-10"]
    with pytest.raises(UnknownVersionError, match=r"Clause FE-01 has no version '3.0.0'; it has 1.0.0, 2.0.0"):
        catalog["FE-01"].version("3.0.0")
    assert repr(catalog).startswith("<Catalog Small Library 0.1.0: 8 clauses, 10 versions, sha256:")
    assert "FE-01" in catalog
    assert "FE-10" not in catalog


def test_adding_a_version_to_a_library_leaves_every_earlier_day_as_it_was(tmp_path: Path) -> None:
    before = small_catalog(tmp_path)
    after = small_catalog(tmp_path, {"clauses/FE/FE-01/3.0.0.md": version("New.", effective="2030-06-01")})
    day = dt.date(2026, 1, 1)
    while day < dt.date(2030, 6, 1):
        assert after["FE-01"].in_force_on(day).digest == before["FE-01"].in_force_on(day).digest
        day += dt.timedelta(days=31)
    assert after["FE-01"].in_force_on(dt.date(2030, 6, 1)).number == "3.0.0"

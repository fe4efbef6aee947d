"""Releases in one package: linked where one amends the other, refused where they cannot be published."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.assembly.specs import make_spec
from tests.exchange.releases import codes, release
from tests.exchange.test_ocds import AMENDMENTS

from fe_contracts.exceptions import RefusedError
from fe_contracts.exchange.ocds_known import Known
from fe_contracts.exchange.ocds_package import package_of
from fe_contracts.exchange.ocds_results import PaymentMade, Results

if TYPE_CHECKING:
    from fe_contracts.exchange.ocds import Release

KNOWN = Known("ocds-abc123")
URI = "https://data.example.gov/fe.json"
DAY = dt.date(2027, 7, 1)


def package(*releases: Release, uri: str = URI) -> dict[str, object]:
    return package_of(releases, uri=uri, publisher="City of Smallton", published_on=DAY)


def test_a_package_says_who_published_what_where_and_when() -> None:
    made = package(release(make_spec(), KNOWN))
    assert {name: value for name, value in made.items() if name != "releases"} == {
        "uri": URI,
        "version": "1.1",
        "publishedDate": "2027-07-01T00:00:00Z",
        "publisher": {"name": "City of Smallton"},
    }


def test_an_amendment_names_the_release_before_it_only_where_that_is_in_the_package() -> None:
    first = release(make_spec(), KNOWN)
    second = release(make_spec({"contract.amendments": AMENDMENTS[:1]}), KNOWN)
    third = release(make_spec({"contract.amendments": AMENDMENTS}), KNOWN)
    paid = Results((), (PaymentMade("1", dt.date(2027, 4, 1), make_spec().total_amount),))
    progress = release(make_spec({"contract.amendments": AMENDMENTS[:1]}), KNOWN, paid)

    def links(*releases: Release) -> list[object]:
        made = package(*releases)["releases"]
        assert isinstance(made, list)
        return [item["contracts"][0].get("amendments", [{}])[-1].get("amendsReleaseID") for item in made]

    assert links(first, third, progress, second)[:2] == [None, second.data["id"]]
    assert links(first, second) == [None, first.data["id"]]
    assert links(first, third) == [None, None]
    assert "amendsReleaseID" not in str(third.data)


@pytest.mark.parametrize("uri", ["", "fe.json", "ftp://data.example.gov/x", "https://", "https://data.example.gov/a b"])
def test_a_package_without_an_address_is_refused(uri: str) -> None:
    with pytest.raises(RefusedError) as refused:
        package(release(make_spec(), KNOWN), uri=uri)
    assert [item.code for item in refused.value.problems] == ["OCDS041"]


def test_a_package_without_a_registered_prefix_is_refused() -> None:
    made = release(make_spec())
    assert "OCDS001" in codes(made)
    with pytest.raises(RefusedError) as refused:
        package(made)
    assert [item.code for item in refused.value.problems] == ["OCDS042"]


def test_two_releases_of_one_name_are_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        package(release(make_spec(), KNOWN), release(make_spec({"total_amount": "1.00"}), KNOWN))
    assert [item.code for item in refused.value.problems] == ["OCDS043"]

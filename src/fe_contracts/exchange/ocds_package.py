"""Put releases into one package, as a publisher's files are made."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fe_contracts.exceptions import RefusedError
from fe_contracts.exchange.ocds_identity import UNREGISTERED, start_of
from fe_contracts.findings import Finding, Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from fe_contracts.exchange.ocds import Release

__all__ = ["package_of"]

VERSION = "1.1"


def package_of(releases: Sequence[Release], *, uri: str, publisher: str, published_on: dt.date) -> dict[str, Any]:
    """Return a release package; an amendment's release names the one before it, where that is in the package too.

    Raises:
        RefusedError: if the address is none, a release has no registered ocid, or two have one name.
    """
    problems = [*_bad_address(uri), *_unregistered(releases), *_doubles(releases)]
    if problems:
        raise RefusedError("the package", problems)
    return {
        "uri": uri,
        "version": VERSION,
        "publishedDate": start_of(published_on),
        "publisher": {"name": publisher},
        "releases": [_linked(release, releases) for release in releases],
    }


def _linked(release: Release, releases: Sequence[Release]) -> dict[str, Any]:
    """Return a release whose last amendment names the release before it, if the package holds that."""
    if not release.amendment:
        return release.data
    before = [
        other
        for other in releases
        if (other.data["ocid"], other.contract) == (release.data["ocid"], release.contract)
        and not other.is_progress
        and other.amendment < release.amendment
    ]
    contract = release.data["contracts"][0]
    last = contract["amendments"][-1]
    numbers = [int(item["id"]) for item in contract["amendments"][:-1]]
    wanted = numbers[-1] if numbers else 0
    named = next((other.data["id"] for other in before if other.amendment == wanted), None)
    if named is None:
        return release.data
    amendments = [*contract["amendments"][:-1], {**last, "amendsReleaseID": named}]
    return {**release.data, "contracts": [{**contract, "amendments": amendments}]}


def _bad_address(uri: str) -> list[Finding]:
    parts = urlsplit(uri)
    if parts.scheme in {"http", "https"} and parts.netloc and not set(uri) & set(' \t\r\n<>"{}|\\^`'):
        return []
    said = (
        f"{uri!r} is no web address at which the package will stand." if uri else "The package needs its web address."
    )
    return [Finding("OCDS041", Severity.ERROR, said, remedy="Give --uri, such as https://data.example.gov/fe.json.")]


def _unregistered(releases: Sequence[Release]) -> list[Finding]:
    if not any(release.data["ocid"].startswith(f"{UNREGISTERED}-") for release in releases):
        return []
    said = "A package is made to be published, and that needs a registered prefix."
    remedy = "Register one with the Open Contracting Partnership, and give it as --ocid-prefix."
    return [Finding("OCDS042", Severity.ERROR, said, remedy=remedy)]


def _doubles(releases: Sequence[Release]) -> list[Finding]:
    names = Counter((release.data["ocid"], release.data["id"]) for release in releases)
    return [
        Finding(
            "OCDS043",
            Severity.ERROR,
            f"Two releases of {ocid} have the name {name}.",
            remedy="Leave one out, or give each contract a number of its own.",
        )
        for (ocid, name), count in names.items()
        if count > 1
    ]

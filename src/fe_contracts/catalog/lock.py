"""Hold `catalog.lock`: the digests of what is published, so that nothing published changes unseen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fe_contracts.catalog.digests import digest_of_text
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.library import Lock
from fe_contracts.sources import parse_json, try_checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.model.requirement import Requirement

_OF_A_VALUE = 3
"""How many slashes the name of a dated value has: `requirements/UG350/single_audit_threshold/2024-10-01`."""

_GONE = "Restore the file: contracts rest on it. To end a clause, publish a version that retires it."
_GONE_REQUIREMENT = "Restore the file: contracts rest on it. To end a demand, give its value an entry of null."

__all__ = ["LOCK_NAME", "compare_with_lock", "history_of", "lock_text", "parse_lock"]

LOCK_NAME = "catalog.lock"
"""The lock's file name in the library's folder."""


def lock_text(published: Mapping[str, str]) -> str:
    """Return the text of a lock that holds these digests, one a line, in the order of their names."""
    return json.dumps({"lock_version": 1, "published": dict(sorted(published.items()))}, indent=1) + "\n"


def parse_lock(text: str, name: str) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Return the digests by name, and every problem of the file."""
    lock, problems = try_checked(parse_json(text, name), Lock)
    return ({} if lock is None else dict(lock.published)), problems


def compare_with_lock(
    published: Mapping[str, str], present: Mapping[str, tuple[str, str]], lock_file: str
) -> tuple[Finding, ...]:
    """Return a problem for each published thing that changed or is gone.

    `present` holds, by the lock's names, the digest as the file stands now and the file's name.
    """
    problems = []
    for name, digest in published.items():
        here = present.get(name)
        if name.count("/") == _OF_A_VALUE and name.startswith("requirements/"):
            whole_is_gone = name.rsplit("/", 2)[0] in published  # told once, not for each value
            if not whole_is_gone and (here is None or here[0] != digest):
                problems.append(_changed_value(name, here[1] if here else lock_file))
        elif here is None:
            problems.append(
                Finding(
                    "LOCK020",
                    Severity.ERROR,
                    f"{name} is published and its file is gone.",
                    Where(lock_file, field=name),
                    _GONE_REQUIREMENT if name.startswith("requirements/") else _GONE,
                )
            )
        elif here[0] != digest:
            problems.append(
                Finding(
                    "LOCK010",
                    Severity.ERROR,
                    f"{name} was changed after it was published.",
                    Where(here[1]),
                    "Restore it as it was, and publish the change as a new version in a file of its own.",
                )
            )
    return tuple(problems)


def history_of(requirement: Requirement) -> Iterator[tuple[str, str]]:
    """Yield the lock's name and the digest of each dated value: contracts of earlier days rest on them."""
    for name, parameter in requirement.parameters.items():
        for entry in parameter.values:
            digest = digest_of_text(f"{entry.value} until {entry.until}".encode())
            yield f"requirements/{requirement.code}/{name}/{entry.from_}", digest


def _changed_value(name: str, file: str) -> Finding:
    _, code, parameter, day = name.split("/")
    return Finding(
        "LOCK030",
        Severity.ERROR,
        f"The value of {parameter} from {day} was changed or taken out of {code} after it was published.",
        Where(file, field=f"parameters.{parameter}"),
        f"Restore it, and add an entry for the new day. To correct a mistake: catalog publish --correct {code}.",
    )

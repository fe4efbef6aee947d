"""Hold the versions that were signed off against those that the contracts embed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.findings import Finding, Severity
from fe_contracts.governance.readiness.norms import GROUNDWORK
from fe_contracts.governance.readiness.words import listed
from fe_contracts.model.initiative import SignedPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.governance.readiness.case import Case
    from fe_contracts.governance.readiness.contracts import AdoptedContract
    from fe_contracts.model.initiative import SignOff

__all__ = ["check_sign_offs"]

_TOGETHER = {SignedPart.VISION, SignedPart.VALUES, SignedPart.ASSUMPTIONS}
_PARTS = (SignedPart.VISION, SignedPart.VALUES, SignedPart.ASSUMPTIONS, SignedPart.GLOSSARY)


def check_sign_offs(case: Case) -> Iterator[Finding]:
    """Yield where contracts embed a version that nobody signed off, or a newer one than was signed off."""
    groups: dict[tuple[str, str], tuple[list[SignedPart], SignOff | None, list[AdoptedContract]]] = {}
    for part in _PARTS:
        embedding = [one for one in case.contracts if part.value in one.framework]
        if not embedding:
            continue
        newest = max((one.framework[part.value] for one in embedding), key=_order)
        signed = _latest(case, part)
        using = [one for one in embedding if one.framework[part.value] == newest]
        key = newest, signed.version if signed else ""
        groups.setdefault(key, ([], signed, using))[0].append(part)
    for (newest, version), (parts, signed, using) in groups.items():
        yield from _signed(case, (newest, version), parts, signed, using)


def _signed(
    case: Case,
    versions: tuple[str, str],
    parts: list[SignedPart],
    signed: SignOff | None,
    using: list[AdoptedContract],
) -> Iterator[Finding]:
    newest, version = versions
    name = listed(part.value for part in parts)
    contracts = f"{listed(one.id for one in using)} {'embeds' if len(using) == 1 else 'embed'}"
    if signed is None:
        yield Finding(
            "READY022",
            Severity.WARNING,
            f"{contracts} version {newest} of the {name}, and nobody signed that off.",
            case.where("sign_offs"),
            "Have the steering committee decide on it, and record the sign-off with its version.",
            GROUNDWORK,
        )
        return
    by = next(one.organization for one in case.initiative.stakeholders if one.id == signed.by)
    where = case.where("sign_offs", case.initiative.sign_offs.index(signed), "version")
    if _order(version) < _order(newest):
        yield Finding(
            "READY021",
            Severity.WARNING,
            f"{contracts} version {newest} of the {name}; the last one signed off is {version}, by {by} on "
            f"{signed.on}.",
            where,
            f"Show the committee what changed and have it decide on {newest}, or amend the contracts.",
            GROUNDWORK,
        )
    elif _order(version) > _order(newest):
        yield Finding(
            "READY023",
            Severity.INFO,
            f"{by} signed off version {version} of the {name} on {signed.on}; the contracts have {newest} at most.",
            where,
            "Take the new version into the contracts when they are renewed.",
            GROUNDWORK,
        )


def _latest(case: Case, part: SignedPart) -> SignOff | None:
    """Return the sign-off of the newest version that covers a part."""
    covers = {part} | ({SignedPart.FRAMEWORK} if part in _TOGETHER else set())
    found = [one for one in case.initiative.sign_offs if one.what in covers and one.on <= case.as_of]
    return max(found, key=lambda one: (_order(one.version), one.on), default=None)


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))

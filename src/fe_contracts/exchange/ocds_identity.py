"""Name things as the Open Contracting Data Standard does: the process, its contracts and releases, days and money.

A name is made of what the contract itself is called, never of a place in a list: a spec whose lists are in another
order gives the same names. The standard was read in its release schema 1.1.5 and its guidance on identifiers.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from fe_contracts.model.spec import Spec

__all__ = [
    "PREFIX",
    "UNREGISTERED",
    "contract_name",
    "end_of",
    "first_number",
    "local_name",
    "money",
    "number",
    "ocid_of",
    "start_of",
    "value_of",
]

PREFIX = re.compile(r"ocds-[0-9a-z]{6}")
"""What the Open Contracting Partnership gives a publisher: its own name and six small letters and digits."""

UNREGISTERED = "unregistered"
"""What an ocid begins with where no prefix was given: nobody can take it for a registered one."""

CURRENCY = "USD"
_PLAIN = re.compile(r"[A-Za-z0-9._-]+")
_OTHER = re.compile(r"[^A-Za-z0-9._-]+")


def local_name(text: str) -> str:
    """Return a name of letters, digits, dots and hyphens: the text itself, or a form that no other shares."""
    if _PLAIN.fullmatch(text):
        return text
    plain = _OTHER.sub("-", text).strip("-")[:60]
    return "-".join(filter(None, (plain, hashlib.sha256(text.encode()).hexdigest()[:8])))


def first_number(spec: Spec) -> tuple[str, bool]:
    """Return the number of the contract that the process began with, and whether the spec is sure of it.

    A spec names the contract that it renews, and not the ones before that: from the second renewal on, the first
    number is known only if it was kept all the time.
    """
    renewed = spec.contract.renews
    if renewed is None:
        return spec.contract.id, True
    return renewed.id, renewed.renewal == 1


def ocid_of(spec: Spec, prefix: str, process: str) -> str:
    """Return the name of the contracting process, the same in every amendment and every renewal of the contract.

    A renewal here uses an option of the contract that was first made, without another choice of a supplier: the
    standard counts it to the same process.
    """
    name = local_name(process or first_number(spec)[0])
    return f"{prefix}-{name}" if prefix else f"{UNREGISTERED}-{local_name(spec.city.name.lower())}-{name}"


def contract_name(spec: Spec) -> str:
    """Return the name of one term's contract within its process.

    A renewal that keeps the contract's number has a name of its own: its money and its deliverables come on top of
    those of the term before, and readers that put releases together would take them for a correction.
    """
    contract = spec.contract
    renewed = contract.renews
    if renewed is not None and renewed.id == contract.id:
        return f"{local_name(contract.id)}-renewal-{renewed.renewal}"
    return local_name(contract.id)


def start_of(day: dt.date) -> str:
    """Return the beginning of a day as the standard writes it; the zone is a convention, as contracts name no hour."""
    return f"{day.isoformat()}T00:00:00Z"


def end_of(day: dt.date) -> str:
    """Return the end of a day as the standard writes it."""
    return f"{day.isoformat()}T23:59:59Z"


def number(value: Decimal | int) -> int | float:
    """Return a number as JSON has it; at most fourteen digits, so that nothing is lost."""
    return int(value) if value == int(value) else float(value)


def value_of(amount: Decimal) -> dict[str, Any]:
    """Return an amount of US dollars."""
    return {"amount": number(amount), "currency": CURRENCY}


def money(amount: Decimal) -> str:
    """Return an amount in words that people read: `151,363.00 USD`."""
    return f"{amount:,.2f} {CURRENCY}"

"""Make file names of contract numbers: short, without spaces, the same on every system."""

from __future__ import annotations

import hashlib
import re
import unicodedata

__all__ = ["contract_file_name"]

_LONGEST = 60
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}


def contract_file_name(contract_id: str) -> str:
    """Return the name, without an ending, of the file that holds the contract of this number.

    Accents are dropped and whatever is no letter, digit, dot, hyphen or underscore becomes a hyphen. A name that
    lost letters or length ends in a short digest, so that two numbers never share one.
    """
    plain = unicodedata.normalize("NFKD", contract_id.strip())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    dashed = re.sub(r"[^A-Za-z0-9._-]+", "-", plain)
    name = re.sub(r"-{2,}", "-", dashed).strip("-.")[:_LONGEST].strip("-.")
    lost = sum(letter.isalnum() and not letter.isascii() for letter in plain) or len(dashed) > _LONGEST
    if not name or name.partition(".")[0].lower() in _RESERVED:
        name, lost = f"contract-{name}".rstrip("-"), True
    if lost:
        name += f"-{hashlib.sha256(contract_id.encode()).hexdigest()[:8]}"
    return name

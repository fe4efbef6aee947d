"""Take digests of content as a reader sees it: line endings and Unicode form do not count."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from fe_contracts.sources import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fe_contracts.model.base import Model
    from fe_contracts.model.clause import ClauseIdentity

__all__ = ["digest_of_identity", "digest_of_many", "digest_of_model", "digest_of_text"]

_FIXED = ("id", "family", "scope", "trigger", "protection", "omission")


def _sha256(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def digest_of_text(content: bytes) -> str:
    """Return the digest of a file's text, the same on every system that checks it out."""
    if content.isascii() and b"\r" not in content:
        return _sha256(content)  # what digest_of gives for it too, in a tenth of the time
    return digest_of(content.decode("utf-8", errors="surrogateescape"))


def digest_of_identity(identity: ClauseIdentity) -> str:
    """Return the digest of what may not change in an identity once a version is published.

    Confidence marks and notes are left out: they may change without a new version.
    """
    fixed = identity.model_dump(mode="json", include=set(_FIXED))
    return _sha256(json.dumps(fixed, sort_keys=True).encode())


def digest_of_model(entry: Model) -> str:
    """Return the digest of one entry of a file, whatever stands around it: what it says, not how it is written."""
    said = entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return _sha256(json.dumps(said, sort_keys=True).encode())


def digest_of_many(parts: Iterable[tuple[str, str]]) -> str:
    """Return one digest over named digests, in the order of their names."""
    joined = "\n".join(f"{name} {digest}" for name, digest in sorted(parts))
    return _sha256(joined.encode())

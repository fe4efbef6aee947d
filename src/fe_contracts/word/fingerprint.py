"""Recognise a clause by its text: the third leg of provenance, which no program that saves the file can lose."""

from __future__ import annotations

import hashlib
import unicodedata

__all__ = ["fingerprint", "normalised"]


def normalised(text: str) -> str:
    """Return the text in Unicode form C with every run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fingerprint(text: str) -> str:
    """Return the digest of a clause's text as a reader sees it, native numbers left out."""
    return hashlib.sha256(normalised(text).encode("utf-8", "surrogatepass")).hexdigest()

"""Guard the law's own words: what a clause quotes must be, word for word, what the library says that it may quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fe_contracts.sources import digest_of

if TYPE_CHECKING:
    from fe_contracts.model.authority import Authorities

__all__ = ["digest_of_words", "known_quotations", "plain_words"]

_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "\u00a0": " ", "\u202f": " "})
"""Typesetting is no part of the words: the grammar makes quotation marks curly, and the text of the law is not sure."""


def plain_words(text: str) -> str:
    """Return the words with plain quotation marks, hyphens and single spaces, so that only words are compared."""
    return " ".join(text.translate(_PLAIN).split())


def digest_of_words(text: str) -> str:
    """Return the digest of the words, white space and typesetting made plain."""
    return digest_of(plain_words(text))


def known_quotations(authorities: Authorities | None) -> frozenset[str]:
    """Return the digests of all words that clauses may quote, each worked out from the words themselves."""
    return frozenset(digest_of_words(quotation.text) for quotation in (authorities.quotations if authorities else ()))

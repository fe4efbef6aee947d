"""Judge a change of words: typography and spelling change no meaning; whatever is in doubt does.

The rule is cautious on purpose. No list of harmless synonyms exists: "promptly" for "at once" is a new duty. What
passes as harmless is named here, and everything else is major.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import category

from fe_contracts.compare.changes import Bump

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["DUTIES", "Judgement", "Language", "binding_word", "judge_text", "tokens", "words_of"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


DUTIES = _set("must shall will may might can cannot not no nor never none neither only unless except")
"""Words that make, take or limit a duty or a right."""

_BINDING = DUTIES | _set(
    "agrees agree required requires require prohibited prohibits forbidden entitled liable owes owe waives waive "
    "releases release indemnify indemnifies warrants warrant obligated duty right nothing responsible subject "
    "liability applies apply governs govern prevails prevail waived released excluded included deemed"
)
"""What else in a new paragraph says that somebody owes or gains something."""

_DELICATE = DUTIES | _set(
    "should would and or if when where until before after within each every any all both either at least most more "
    "less fewer than first last once twice half daily weekly biweekly monthly quarterly semiannual semiannually annual "
    "annually yearly day days week weeks month months quarter quarters year years hour hours minute minutes dollar "
    "dollars cent cents percent business calendar"
)
"""Words that are never mistaken for a spelling of another."""

_NUMBERS = _set(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million second third "
    "fourth fifth january february march april june july august september october november december"
)
"""Numbers and months in words; May is a duty word already."""

_PARTIES = frozenset(
    {"city", "agency", "client", "clients", "funder", "party", "parties", "contractor", "subrecipient"}
)

_TOKEN = re.compile(
    r"(?P<value>\{\{.*?\}\})|(?P<reference>\[\[.*?\]\])"
    r"|(?P<number>[$§]?\d[\d.,/:-]*\d%?|[$§]?\d%?|[$§%])|(?P<word>[^\W\d_]+(?:[’'][^\W\d_]+)*)|(?P<mark>[^\s\w]|_)"
)
_SIGNS = frozenset({"Sm", "Sc"})
"""The Unicode categories of mathematical signs and of currencies."""
_LONG = 6
_VERY_LONG = 9


@dataclass(frozen=True, slots=True)
class Language:
    """What the rest of the library knows: its words, and the terms it defines."""

    words: frozenset[str] = frozenset()
    """Words, in small letters, that stand in other clauses."""
    terms: frozenset[str] = frozenset()
    """Words, in small letters, of which defined terms are made."""

    def extended(self, *, words: Iterable[str] = (), terms: Iterable[str] = ()) -> Language:
        """Return the language with more words and terms."""
        parts = (part for term in terms for part in words_of(term))
        return Language(self.words.union(words), self.terms.union(parts))


@dataclass(frozen=True, slots=True)
class Judgement:
    """How much a change of words weighs, and why."""

    bump: Bump
    reason: str


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[_Token, ...]:
    """Return words, numbers, values, references and marks, without white space."""
    return tuple(_Token(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(text))


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, in small letters."""
    return frozenset(token.text.casefold() for token in tokens(text) if token.kind == "word")


def binding_word(text: str) -> str:
    """Return the first word, number or value that may bind somebody; empty if a new paragraph of it adds no duty.

    A party that is named may be bound without any such word: “The Agency returns the money.”
    """
    found = tokens(text)
    for token in found:
        if token.kind == "word" and token.text.casefold() in _BINDING:
            return token.text
    for token in found:
        if token.kind in {"number", "value"} or token.text.casefold() in _NUMBERS:
            return token.text
    return next((token.text for token in found if token.text[0].isupper() and token.text.casefold() in _PARTIES), "")


def judge_text(old: str, new: str, language: Language) -> Judgement:
    """Return how much the step from one text to the other weighs; nothing where they are the same."""
    if old == new:
        return Judgement(Bump.NONE, "")
    worst = Judgement(Bump.PATCH, "only white space or punctuation changes")
    for before, after in _replaced(_said(old), _said(new)):
        found = _judge_span(before, after, language)
        if found.bump is Bump.MAJOR:
            return found
        worst = found
    return worst


def _said(text: str) -> tuple[_Token, ...]:
    """Return all of a text but its marks; a sign of a sum, such as ≥ or €, is no mark: an amount hangs on it."""
    return tuple(token for token in tokens(text) if token.kind != "mark" or category(token.text) in _SIGNS)


def _replaced(
    old: tuple[_Token, ...], new: tuple[_Token, ...]
) -> Iterator[tuple[tuple[_Token, ...], tuple[_Token, ...]]]:
    """Yield what is replaced by what, in order; one side is empty where something is added or taken out."""
    for operation, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation != "equal":
            yield old[i:j], new[k:m]


def _judge_span(before: tuple[_Token, ...], after: tuple[_Token, ...], language: Language) -> Judgement:
    for kind, name in (
        ("number", "a number"),
        ("value", "a value"),
        ("reference", "a reference"),
        ("mark", "a sign"),
    ):
        told = _told(_of(kind, before), _of(kind, after), name)
        if told:
            return Judgement(Bump.MAJOR, told)
    return _judge_words([token.text for token in before], [token.text for token in after], language)


def _of(kind: str, found: tuple[_Token, ...]) -> list[str]:
    return [token.text for token in found if token.kind == kind]


def _told(old: list[str], new: list[str], name: str) -> str:
    """Return what became of the numbers, values or references, in words; nothing if they are the same."""
    if old == new:
        return ""
    if old and new:
        return f"{name} changes: {', '.join(old)} becomes {', '.join(new)}"
    return f"{name} is added: {', '.join(new)}" if new else f"{name} is taken out: {', '.join(old)}"


def _quoted(found: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in found)


def _judge_words(old: list[str], new: list[str], language: Language) -> Judgement:
    plain = [[word.casefold() for word in side] for side in (old, new)]
    recased = plain[0] == plain[1]
    changed = [word for word in dict.fromkeys([*old, *new]) if not recased and word.casefold() in DUTIES]
    if changed:
        return Judgement(Bump.MAJOR, f"{_quoted(changed)} changes: a duty or right hangs on it")
    changed = [word for word in dict.fromkeys([*old, *new]) if _is_named(word, language)]
    if changed:
        return Judgement(Bump.MAJOR, f"{_quoted(changed)} changes: a party, term or number is meant")
    if recased:
        if any(map(_is_sign, old + new)):
            return Judgement(Bump.MAJOR, f"{_quoted([*old, *new])}: capital letters may say what is meant")
        return Judgement(Bump.PATCH, "only capital letters change")
    if _DELICATE.isdisjoint(plain[0] + plain[1]):
        if "".join(plain[0]) == "".join(plain[1]):
            return Judgement(Bump.PATCH, "words are only joined or parted")
        pairs = list(zip(*plain, strict=True)) if len(old) == len(new) else []
        if pairs and all(one == other or _is_spelling(one, other, language) for one, other in pairs):
            return Judgement(Bump.PATCH, "only spelling changes")
    shown = f"{_quoted([' '.join(old)])} becomes {_quoted([' '.join(new)])}" if old and new else ""
    shown = shown or (f"{_quoted([' '.join(new)])} is added" if new else f"{_quoted([' '.join(old)])} is taken out")
    return Judgement(Bump.MAJOR, f"{shown}: other words may mean something else")


def _is_named(word: str, language: Language) -> bool:
    """Return whether a word is a number or month, or written with a capital because a party or term is meant."""
    plain = word.casefold()
    return plain in _NUMBERS or (word[0].isupper() and (plain in _PARTIES or plain in language.terms))


def _is_sign(word: str) -> bool:
    """Return whether capitals say what a word is: a paragraph's letter, an abbreviation."""
    return len(word) == 1 or word.isupper()


def _is_spelling(old: str, new: str, language: Language) -> bool:
    """Return whether a misspelt word was put right: one that stands nowhere else by one that does.

    Both begin and end alike, so that employer and employee, or a plural, never pass.
    """
    shorter = min(len(old), len(new))
    if shorter < _LONG or old[0] != new[0] or old[-2:] != new[-2:]:
        return False
    if old in language.words or new not in language.words:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(old, new) <= (2 if shorter >= _VERY_LONG else 1)

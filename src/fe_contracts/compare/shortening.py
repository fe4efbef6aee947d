"""Shorten long values so that a reader still sees what differs: around the first difference, not from the beginning."""

from __future__ import annotations

from itertools import takewhile

__all__ = ["shortened", "shortened_pair"]

_BEFORE = 24
"""How many letters of what both have in common stand before the difference, so that its place can be told."""


def shortened(text: str, longest: int) -> str:
    """Return text on one line, cut at a word if it is longer than that many letters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"{flat[: longest - 1].rsplit(' ', 1)[0]}…"


def shortened_pair(old: str, new: str, longest: int) -> tuple[str, str]:
    """Return both on one line each, no longer than that, with the place where they begin to differ in sight."""
    one, other = (" ".join(text.split()) for text in (old, new))
    if max(len(one), len(other)) <= longest:
        return one, other
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    start = _word_start(one, same - _BEFORE) if same + _BEFORE > longest else 0
    return _from(one, start, longest), _from(other, start, longest)


def _word_start(text: str, place: int) -> int:
    """Return where the first word begins that begins at or before the place."""
    return text.rfind(" ", 0, max(place, 0) + 1) + 1


def _from(text: str, start: int, longest: int) -> str:
    if not start:
        return shortened(text, longest)
    return f"…{shortened(text[start:], longest - 1)}"

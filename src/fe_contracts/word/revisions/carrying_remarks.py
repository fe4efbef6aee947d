"""Gather what could not be carried from the old document into the redline, and say it once per kind.

A redline may touch a thousand paragraphs of one style: what its reader needs is one line with the style's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from fe_contracts.word.revisions.noting import note

if TYPE_CHECKING:
    from fe_contracts.findings import Finding
    from fe_contracts.word.revisions.noting import Weight

__all__ = ["Remarks"]

_NAMED_AT_MOST: Final = 12


class _Kind(NamedTuple):
    weight: Weight
    message: str
    """With `{names}` and `{count}`."""
    remedy: str


_KINDS: Final = {
    "REDLINE020": _Kind(
        "warning",
        "The old document points at what it does not hold ({names}); the redline leaves that out.",
        "Look at these places in the old document: pictures or links are missing there too.",
    ),
    "REDLINE021": _Kind(
        "warning",
        "The documents define the same styles differently ({names}); both readings of the redline show the new look.",
        "If the old look matters, show the old document beside the redline.",
    ),
    "REDLINE022": _Kind(
        "info",
        "The documents differ in what holds where no style says otherwise ({names}); the redline has the new.",
        "If the old look matters, show the old document beside the redline.",
    ),
    "REDLINE023": _Kind(
        "warning",
        "List definitions differ ({names}); deleted paragraphs of these lists show the new numbering.",
        "Compare the numbers of these lists with the old document.",
    ),
    "REDLINE024": _Kind(
        "info",
        "The old document's comments on deleted text are not shown in the redline: {count}.",
        "Read them in the old document.",
    ),
    "REDLINE025": _Kind(
        "info",
        "The documents differ in {names}; both readings of the redline show the new.",
        "If the old fonts or colours matter, show the old document beside the redline.",
    ),
    "REDLINE026": _Kind(
        "info",
        "Bookmarks that only the old document has are not carried ({names}), though its fields or links use them.",
        "Do not update the fields of a document in which the changes were rejected, or set these bookmarks again.",
    ),
    "REDLINE027": _Kind(
        "info",
        "Styles of the old document go by another name in the redline, as the new one uses theirs: {names}.",
        "Nothing; they look as they did.",
    ),
    "REDLINE028": _Kind(
        "info",
        "Deleted content controls no longer take their text from data in the file: {count}.",
        "Nothing, unless the old document is brought back by rejecting: its data stays in the old file.",
    ),
}


class Remarks:
    """What was noticed, by code; the same thing twice counts once."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, None]] = {}

    def add(self, code: str, name: str) -> None:
        """Note that `name` (a style, a list, a place) is a case of `code`."""
        self._seen.setdefault(code, {})[name] = None

    def names(self, code: str) -> list[str]:
        """Return the cases of a code that were noted."""
        return list(self._seen.get(code, ()))

    def findings(self, file: str) -> list[Finding]:
        """Return one finding for each code, in the order of the codes."""
        return [self._finding(code, list(self._seen[code]), file) for code in sorted(self._seen)]

    @staticmethod
    def _finding(code: str, names: list[str], file: str) -> Finding:
        kind = _KINDS[code]
        more = len(names) - _NAMED_AT_MOST
        shown = ", ".join(names[:_NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
        message = kind.message.format(names=shown, count=len(names))
        return note(code, kind.weight, message, kind.remedy, file=file)

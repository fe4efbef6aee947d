"""Count the comments of two documents that only one of them has: no mark tells that a comment came or went."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fe_contracts.word.revisions.noting import note
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml import etree

    from fe_contracts.findings import Finding
    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["comments_apart"]

_COMMENT, _REFERENCE, _ID, _T, _P = (w(name) for name in ("comment", "commentReference", "id", "t", "p"))
_INSERTED = w("ins"), w("moveTo")
_Said = tuple[str, str]


def comments_apart(old: EditablePackage, new: EditablePackage, told: Collection[str]) -> list[Finding]:
    """Return a note that counts the comments on words that stay which came or went; nothing if there are none.

    The new document is drawn already: a comment on inserted words goes with them, and needs no note. `told` are the
    ids of the old document's comments that are noted with the text that is deleted.
    """
    if old.comments() is None and new.comments() is None:
        return []
    before, after = _comments(old), _comments(new)
    common = Counter(before.values()) & Counter(after.values())
    noted = Counter(said for number, said in before.items() if number in told)
    gone = (Counter(before.values()) - common - noted).total()
    come = (Counter(after.values()) - common).total()
    if not gone and not come:
        return []
    return [
        note(
            "REDLINE037",
            "info",
            "Comments on words that stay differ, and that cannot be tracked: both readings of the redline have the "
            f"new document's. Only the old one has {gone}, only the new one {come}.",
            "Read the comments of the old document there.",
            file=new.name,
            part=new.comments() or "",
        )
    ]


def _comments(package: EditablePackage) -> dict[str, _Said]:
    """Return who says what in each comment on text that is not tracked as inserted, by its id."""
    part = package.comments()
    if part is None:
        return {}
    shown = {
        item.get(_ID, "")
        for story in package.stories()
        for item in package.tree(story).iter(_REFERENCE)
        if next(item.iterancestors(*_INSERTED), None) is None
    }
    return {
        comment.get(_ID, ""): (comment.get(w("author"), ""), _text(comment))
        for comment in package.tree(part).iterchildren(_COMMENT)
        if comment.get(_ID, "") in shown
    }


def _text(comment: etree._Element) -> str:
    return "\n".join("".join(item.text or "" for item in paragraph.iter(_T)) for paragraph in comment.iter(_P))

"""Read what is anchored in the body beside the text: controls, bookmarks, comments, and the second face of text boxes.

The law of the redline does not name them (a reader does not see them), so they are told beside it: a redline in the new
file's package should keep all of the new file's, and give the old file's back as far as the format allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.redline.opening import MC, W

if TYPE_CHECKING:
    from lxml import etree
    from tests.redline.opening import Opened

__all__ = ["anchored"]

_TEXT = frozenset((W + "t", W + "tab", W + "br", W + "cr", W + "noBreakHyphen"))


def anchored(opened: Opened) -> list[str]:
    """Return each control, bookmark and comment of the body with the words it stands around, in order of its end."""
    part = opened.related(opened.main, "comments")
    comments = {item.get(W + "id"): _said(item) for item in opened.tree(part)} if part else {}
    walk = _Walk(comments)
    walk.through(opened.tree(opened.main))
    return walk.found


def _said(element: etree._Element) -> str:
    return "".join(item.text or "" for item in element.iter(W + "t"))


class _Walk:
    def __init__(self, comments: dict[str | None, str]) -> None:
        self.found: list[str] = []
        self._comments = comments
        self._text: list[str] = []
        self._open: dict[tuple[str, str | None], tuple[str, int]] = {}

    def through(self, element: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag == MC + "AlternateContent":
                self._alternate(child)
            elif tag == W + "sdt":
                start = len(self._text)
                self.through(child)
                self.found.append(f"control {_name(child)} around {self._since(start)}")
            elif tag in {W + "bookmarkStart", W + "commentRangeStart"}:
                self._begin(child)
            elif tag in {W + "bookmarkEnd", W + "commentRangeEnd"}:
                self._end(child)
            elif tag in _TEXT:
                self._text.append(child.text or " ")
            else:
                self.through(child)

    def _alternate(self, element: etree._Element) -> None:
        choice, fallback = element.find(f"{MC}Choice"), element.find(f"{MC}Fallback")
        if choice is None:
            return
        self.through(choice)
        boxes = fallback.iter(f"{W}txbxContent") if fallback is not None else ()
        other = "".join(_said(box) for box in boxes)
        if other and other != "".join(_said(box) for box in choice.iter(f"{W}txbxContent")):
            self.found.append(f"a text box that older programs show with other words: {other}")

    def _begin(self, mark: etree._Element) -> None:
        kind = str(mark.tag).removeprefix(W)
        name = mark.get(W + "name", "") if kind == "bookmarkStart" else self._comments.get(mark.get(W + "id"), "?")
        self._open[kind, mark.get(W + "id")] = (name, len(self._text))

    def _end(self, mark: etree._Element) -> None:
        kind = str(mark.tag).removeprefix(W).replace("End", "Start")
        begun = self._open.pop((kind, mark.get(W + "id")), None)
        if begun is None:
            self.found.append(f"an end without a beginning: {kind}")
        elif begun[0] != "_GoBack":
            what = "bookmark" if kind.startswith("book") else "comment"
            self.found.append(f"{what} {begun[0]} around {self._since(begun[1])}")

    def _since(self, start: int) -> str:
        said = "".join(self._text[start:])
        return said if len(said) < 90 else f"{said[:60]}... and {len(said) - 60} letters more"


def _name(control: etree._Element) -> str:
    held = control.find(f"{W}sdtPr")
    tags = (held.find(W + name) for name in ("tag", "alias")) if held is not None else ()
    return next((item.get(W + "val", "") for item in tags if item is not None), "without a name")

"""Read one paragraph: its text as it is shown, its runs with their formatting, the text boxes it holds."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tests.redline.canonical import canonical, properties
from tests.redline.opening import MC, RELATION, TRANSPARENT, M, W, chosen

if TYPE_CHECKING:
    from lxml import etree
    from tests.redline.opening import Opened

__all__ = ["Inline", "Line", "Read", "Run"]

Run: TypeAlias = tuple[str, str, str]  # text, formatting, where its link leads
Line: TypeAlias = tuple[Run, ...]

_BOX = W + "txbxContent"
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "‑",
    W + "softHyphen": "­",
    W + "pgNum": "\ue00a",
    W + "footnoteRef": "\ue00b",
    W + "endnoteRef": "\ue00c",
    W + "separator": "\ue00d",
    W + "continuationSeparator": "\ue00e",
}
_BREAKS = {"page": "\f", "column": "\v"}
_NOTES = {W + "footnoteReference": ("footnote", "\ue001"), W + "endnoteReference": ("endnote", "\ue002")}
_PICTURES = frozenset((W + "drawing", W + "pict", W + "object"))
_ACTIONS = {
    W + "t": "_words",
    W + "br": "_break",
    W + "sym": "_symbol",
    W + "fldChar": "_field",
    W + "instrText": "_instruction",
    MC + "AlternateContent": "_alternate",
    W + "ruby": "_ruby",
    **dict.fromkeys(_NOTES, "_note"),
    **dict.fromkeys(_PICTURES, "_picture"),
}
_HOLDERS = frozenset((W + "sdt", W + "sdtContent", MC + "AlternateContent", W + "ruby", W + "rt", W + "rubyBase"))
_IDS = frozenset(("id", "anchorId", "editId", "paraId", "textId", "spid", "gfxdata", "name", "ShapeID", "ObjectID"))
_UNSEEN = frozenset(
    W + name
    for name in (
        "bookmarkStart",
        "bookmarkEnd",
        "proofErr",
        "commentRangeStart",
        "commentRangeEnd",
        "lang",
        "permStart",
        "permEnd",
    )
)
_SPACES = re.compile(r"\s+")


class Read(NamedTuple):
    """What one paragraph holds."""

    text: str
    runs: Line
    boxes: list[etree._Element]


class Inline:
    """Reads the paragraphs of one story in order: fields may go on from one to the next."""

    def __init__(self, opened: Opened, part: str, notes: dict[str, dict[str, None]]) -> None:
        self.opened, self.part, self.notes = opened, part, notes
        self._fields: list[list[str] | None] = []  # the code of each open field, None once its result has begun
        self._text: list[str] = []
        self._runs: list[Run] = []
        self._boxes: list[etree._Element] = []

    def line(self, paragraph: etree._Element) -> Read:
        """Return a paragraph as it is read."""
        self._text, self._runs, self._boxes = [], [], []
        self._walk(paragraph, "")
        return Read("".join(self._text), tuple(_merged(self._runs)), self._boxes)

    def _walk(self, holder: etree._Element, link: str) -> None:
        for child in holder:
            tag = child.tag
            if tag == W + "r":
                self._run(child, link)
            elif tag == W + "hyperlink":
                self._walk(child, self._link(child))
            elif tag == W + "fldSimple":
                self._code(child.get(W + "instr", ""), link)
                self._walk(child, link)
                self._say("", "\ue011", "", link)
            elif tag in {W + "dir", W + "bdo"}:
                self._walk(child, f"{link} {tag.rsplit('}', 1)[-1]}={child.get(W + 'val', '')}")
            elif tag in {M + "oMath", M + "oMathPara"}:
                said = "".join(item.text or "" for item in child.iter(M + "t", W + "t"))
                self._say(said, said, f"formula {_digest(child)}", link)
            elif tag == MC + "AlternateContent":
                branch = chosen(child)
                if branch is not None:
                    self._walk(branch, link)
            elif tag in TRANSPARENT or tag in _HOLDERS:
                self._walk(child, link)

    def _link(self, element: etree._Element) -> str:
        relation = element.get(RELATION + "id")
        target = self.opened.digest(self.part, relation) if relation else ""
        return f"{target}#{element.get(W + 'anchor', '')}"

    # ------------------------------------------------------------ runs

    def _run(self, run: etree._Element, link: str) -> None:
        look = properties(run.find(W + "rPr"))
        for child in run:
            self._item(child, look, link)

    def _item(self, item: etree._Element, look: str, link: str) -> None:
        tag = item.tag
        if tag in _ACTIONS:
            getattr(self, _ACTIONS[tag])(item, look, link)
        elif tag in _SIGNS:
            self._say(_SIGNS[tag], _SIGNS[tag], look, link)

    def _words(self, item: etree._Element, look: str, link: str) -> None:
        self._say(_shown(item), _shown(item), look, link)

    def _break(self, item: etree._Element, look: str, link: str) -> None:
        sign = _BREAKS.get(item.get(W + "type", ""), "\n")
        self._say(sign, sign, look, link)

    def _symbol(self, item: etree._Element, look: str, link: str) -> None:
        sign = f"\ue003{item.get(W + 'char', '')}\ue004"
        self._say(sign, f"{sign}{item.get(W + 'font', '')}", look, link)

    def _note(self, item: etree._Element, look: str, link: str) -> None:
        if self._shown:
            kind, sign = _NOTES[item.tag]
            self.notes[kind].setdefault(item.get(W + "id", ""))
            self._say(sign, sign + item.get(W + "customMarkFollows", ""), look, link)

    def _alternate(self, item: etree._Element, look: str, link: str) -> None:
        branch = chosen(item)
        for inner in branch if branch is not None else ():
            self._item(inner, look, link)

    def _ruby(self, item: etree._Element, _: str, link: str) -> None:
        self._walk(item, link)

    def _picture(self, item: etree._Element, look: str, link: str) -> None:
        if not self._shown:
            return
        own = [node for node in item.iter("*") if not _inside_box(node, item)]
        shows = sorted(
            self.opened.digest(self.part, str(value))
            for node in own
            for key, value in node.attrib.items()
            if str(key).startswith(RELATION)
        )
        boxes = [node for node in own if node.tag == _BOX]
        sign = f"\ue003{'box' if boxes else 'picture'} {' '.join(shows)}\ue004"
        self._say(sign, f"{sign}{_digest(item)}", look, link)
        self._boxes += boxes

    # ------------------------------------------------------------ fields

    @property
    def _shown(self) -> bool:
        """Whether what comes now is shown: it is in no field's code."""
        return all(code is None for code in self._fields)

    def _instruction(self, item: etree._Element, _look: str, _link: str) -> None:
        if self._fields and self._fields[-1] is not None:
            self._fields[-1].append(item.text or "")

    def _field(self, item: etree._Element, _: str, link: str) -> None:
        kind = item.get(W + "fldCharType")
        if kind == "begin":
            form = item.find(W + "ffData")
            self._fields.append([canonical(form)] if form is not None else [])
        elif self._fields and kind in {"separate", "end"}:
            code = self._fields[-1]
            self._fields[-1] = None
            if code is not None:
                self._code("".join(code), link)
            if kind == "end":
                self._fields.pop()
                self._say("", "\ue011", "", link)

    def _code(self, code: str, link: str) -> None:
        self._say("", f"\ue010{_SPACES.sub(' ', code).strip()}\ue012", "", link)

    def _say(self, text: str, run: str, look: str, link: str) -> None:
        if self._shown:
            self._text.append(text)
            if run:
                self._runs.append((run, look, link))


def _shown(item: etree._Element) -> str:
    """Return the text of a `w:t` as it is shown: outer blanks count only where the file says so."""
    text = item.text or ""
    return text if item.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" else text.strip(" \t\r\n")


def _merged(runs: list[Run]) -> list[Run]:
    merged: list[Run] = []
    for text, look, link in runs:
        if merged and merged[-1][1:] == (look, link):
            merged[-1] = (merged[-1][0] + text, look, link)
        else:
            merged.append((text, look, link))
    return merged


def _inside_box(node: etree._Element, top: etree._Element) -> bool:
    parent = node.getparent()
    while parent is not None and node is not top:
        if parent.tag == _BOX:
            return True
        if parent is top:
            return False
        parent = parent.getparent()
    return False


def _digest(element: etree._Element) -> str:
    """Return a digest of a drawing or formula without what only tells it from others: ids, names; without boxes."""
    lines: list[str] = []
    _outline(element, lines)
    return sha256("\n".join(lines).encode()).hexdigest()[:12]


def _outline(element: etree._Element, lines: list[str]) -> None:
    if element.tag in _UNSEEN or element.tag in {_BOX, MC + "Fallback"}:
        return
    said = {str(key): str(value) for key, value in element.attrib.items()}
    kept = sorted(
        f"{key}={value}"
        for key, value in said.items()
        if not key.startswith(RELATION) and key.rsplit("}", 1)[-1] not in _IDS
    )
    lines.append(f"{element.tag} {' '.join(kept)} {(element.text or '').strip()}")
    for child in element.iterchildren("*"):
        _outline(child, lines)
    lines.append("/")

"""Resolve tracked changes a second time, for the text alone, straight from the rules of the standard.

It shares no code with the program, and none with the reader of resolved files but the opening of the package: an error
in the program's own accept and reject, and the same error in what it drew, cannot cancel each other out here.

A paragraph mark is the last character of its paragraph. One that is taken away lets its paragraph run together with the
next; where none follows in the same place (a table does, or nothing), a paragraph with content stays, one without goes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.redline.opening import MC, RELATION, M, Opened, W, chosen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

__all__ = ["resolved_text"]

_BOX = W + "txbxContent"
_INSERTED = (W + "ins", W + "moveTo")
_DELETED = (W + "del", W + "moveFrom")
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "cr": "\n",
    "noBreakHyphen": "‑",
    "softHyphen": "­",
    "pgNum": "\ue00a",
    "footnoteRef": "\ue00b",
    "endnoteRef": "\ue00c",
    "separator": "\ue00d",
    "continuationSeparator": "\ue00e",
}


def resolved_text(data: bytes, *, accept: bool) -> dict[str, list[str]]:
    """Return the paragraphs of every story as they are once all changes are accepted, or rejected."""
    return _Resolver(Opened(data), accept=accept).stories()


@dataclass(slots=True)
class _Paragraph:
    text: str
    boxes: list[list[str]]
    runs_on: bool
    section: etree._Element | None


@dataclass(slots=True)
class _Table:
    lines: list[str]


@dataclass(slots=True)
class _Place:
    """Where in the file we are: the part, and for each open field whether we are still in its code."""

    part: str
    fields: list[bool] = field(default_factory=list)


class _Resolver:
    def __init__(self, opened: Opened, *, accept: bool) -> None:
        self.opened, self.accept = opened, accept
        self.gone = _DELETED if accept else _INSERTED
        self.sections: list[etree._Element] = []
        self.notes: dict[str, list[str]] = {"footnote": [], "endnote": []}

    def stories(self) -> dict[str, list[str]]:
        main = self.opened.main
        body = self.opened.tree(main).find(W + "body")
        found = {"body": self._lines(body, _Place(main)) if body is not None else []}
        found |= self._margins()
        for kind, ids in self.notes.items():
            part = self.opened.related(main, f"{kind}s")
            there = {note.get(W + "id"): note for note in self.opened.tree(part)} if part else {}
            for number, id_ in enumerate(tuple(dict.fromkeys(ids)), 1):
                note = there.get(id_)
                lines = self._lines(note, _Place(part or "")) if note is not None else ["(the note is missing)"]
                found[f"{kind} {number}"] = lines
        return found

    def _margins(self) -> dict[str, list[str]]:
        part = self.opened.related(self.opened.main, "settings")
        even = part is not None and _on(self.opened.tree(part).find(W + "evenAndOddHeaders"))
        inherited: dict[tuple[str, str], str] = {}
        found = {}
        for number, section in enumerate(tuple(self.sections), 1):
            before = section.find(f"{W}sectPrChange/{W}sectPr") if not self.accept else None
            first = _on((before if before is not None else section).find(W + "titlePg"))
            for place in ("header", "footer"):
                for item in section.findall(f"{W}{place}Reference"):
                    inherited[place, item.get(W + "type", "default")] = item.get(RELATION + "id", "")
                for kind, used in (("default", True), ("first", first), ("even", even)):
                    if used and (place, kind) in inherited:
                        target = self.opened.relations(self.opened.main)[inherited[place, kind]].target
                        lines = self._lines(self.opened.tree(target), _Place(target))
                        if lines != [""]:
                            found[f"{kind} {place} of section {number}"] = lines
        return found

    # ------------------------------------------------------------ blocks

    def _lines(self, holder: etree._Element, place: _Place) -> list[str]:
        """Return the lines of a container: what runs on is joined with what follows it."""
        blocks = [block for block in self._blocks(holder, place) if not (isinstance(block, _Table) and not block.lines)]
        lines: list[str] = []
        carried, boxes = "", list[list[str]]()
        for block, after in zip(blocks, [*blocks[1:], None], strict=False):
            if isinstance(block, _Table):
                lines += block.lines
                continue
            carried, boxes = carried + block.text, boxes + block.boxes
            if block.runs_on and (isinstance(after, _Paragraph) or not (carried or boxes)):
                continue
            lines += [carried, *(line for box in boxes for line in box)]
            carried, boxes = "", []
            if block.section is not None:
                self.sections.append(block.section)
        if holder.tag == W + "body" and (last := holder.find(W + "sectPr")) is not None:
            self.sections.append(last)
        return lines or ([""] if blocks and holder.tag != W + "body" else [])

    def _blocks(self, holder: etree._Element, place: _Place) -> Iterator[_Paragraph | _Table]:
        for child in holder:
            if child.tag == W + "p":
                yield self._paragraph(child, place)
            elif child.tag == W + "tbl":
                yield _Table(list(self._rows(child, place)))
            else:
                within = self._within(child)
                if within is not None:
                    yield from self._blocks(within, place)

    def _rows(self, holder: etree._Element, place: _Place) -> Iterator[str]:
        for row in holder:
            if row.tag != W + "tr":
                within = self._within(row)
                if within is not None:
                    yield from self._rows(within, place)
            elif not self._marked(row.find(W + "trPr")):
                yield from self._cells(row, place)

    def _cells(self, holder: etree._Element, place: _Place) -> Iterator[str]:
        for cell in holder:
            if cell.tag != W + "tc":
                within = self._within(cell)
                if within is not None:
                    yield from self._cells(within, place)
                continue
            held = cell.find(W + "tcPr")
            if held is None or held.find(W + ("cellDel" if self.accept else "cellIns")) is None:
                yield from self._lines(cell, place)

    def _within(self, element: etree._Element) -> etree._Element | None:
        """Return what holds the content of a wrapper; nothing for one that is taken away, or holds none."""
        tag = element.tag
        if tag == W + "sdt":
            return element.find(W + "sdtContent")
        if tag == MC + "AlternateContent":
            return chosen(element)
        kept = _INSERTED if self.accept else _DELETED
        wrappers = ("hyperlink", "smartTag", "customXml", "dir", "bdo", "fldSimple", "ruby", "rt", "rubyBase")
        return element if tag in kept or tag in {W + name for name in wrappers} else None

    def _marked(self, held: etree._Element | None) -> bool:
        return held is not None and any(held.find(tag) is not None for tag in self.gone)

    # ------------------------------------------------------------ paragraphs

    def _paragraph(self, element: etree._Element, place: _Place) -> _Paragraph:
        held = element.find(W + "pPr")
        said: list[str] = []
        boxes: list[list[str]] = []
        self._inline(element, place, said, boxes)
        section = held.find(W + "sectPr") if held is not None else None
        mark = held.find(W + "rPr") if held is not None else None
        return _Paragraph("".join(said), boxes, self._marked(mark), section)

    def _inline(self, holder: etree._Element, place: _Place, said: list[str], boxes: list[list[str]]) -> None:
        for child in holder:
            if child.tag == W + "r":
                for item in child:
                    self._item(item, place, said, boxes)
            elif child.tag in {M + "oMath", M + "oMathPara"}:
                if not any(place.fields):
                    self._formula(child, said)
            elif child.tag != W + "pPr":
                within = self._within(child)
                if within is not None:
                    self._inline(within, place, said, boxes)

    def _formula(self, holder: etree._Element, said: list[str]) -> None:
        for child in holder:
            if child.tag in self.gone or (child.tag == M + "r" and self._marked(child.find(W + "rPr"))):
                continue
            if child.tag in {M + "t", W + "t", W + "delText"}:
                said.append(child.text or "")
            else:
                self._formula(child, said)

    def _item(self, item: etree._Element, place: _Place, said: list[str], boxes: list[list[str]]) -> None:
        name = str(item.tag).removeprefix(W)
        if name == "fldChar":
            _step(place.fields, item.get(W + "fldCharType"))
        elif any(place.fields):
            return
        elif name in {"drawing", "pict", "object"}:
            self._picture(item, place, said, boxes)
        elif name == "ruby":
            self._inline(item, place, said, boxes)
        elif item.tag == MC + "AlternateContent":
            branch = chosen(item)
            for inner in branch if branch is not None else ():
                self._item(inner, place, said, boxes)
        else:
            self._sign(item, name, said)

    def _sign(self, item: etree._Element, name: str, said: list[str]) -> None:
        if name in {"t", "delText"}:
            kept = item.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
            said.append((item.text or "") if kept else (item.text or "").strip(" \t\r\n"))
        elif name == "br":
            said.append({"page": "\f", "column": "\v"}.get(item.get(W + "type", ""), "\n"))
        elif name == "sym":
            said.append(f"\ue003{item.get(W + 'char', '')}\ue004")
        elif name in {"footnoteReference", "endnoteReference"}:
            self.notes[name.removesuffix("Reference")].append(item.get(W + "id", ""))
            said.append("\ue001" if name.startswith("foot") else "\ue002")
        else:
            said.append(_CHARACTERS.get(name, ""))

    def _picture(self, item: etree._Element, place: _Place, said: list[str], boxes: list[list[str]]) -> None:
        shows: list[str] = []
        found: list[etree._Element] = []
        waiting = [item]
        while waiting:
            node = waiting.pop()
            for key, value in node.attrib.items():
                if str(key).startswith(RELATION):
                    shows.append(self.opened.digest(place.part, str(value)))
            if node.tag == _BOX:
                found.append(node)
            else:
                waiting += reversed(node)
        said.append(f"\ue003{'box' if found else 'picture'} {' '.join(sorted(shows))}\ue004")
        boxes += [self._lines(box, _Place(place.part)) for box in found]


def _step(fields: list[bool], kind: str | None) -> None:
    """Follow the characters of fields: one opens, its code ends and its result begins, it closes."""
    if kind == "begin":
        fields.append(True)
    elif fields and kind == "separate":
        fields[-1] = False
    elif fields:
        fields.pop()


def _on(found: etree._Element | None) -> bool:
    return found is not None and found.get(W + "val", "true") not in {"0", "false", "off"}

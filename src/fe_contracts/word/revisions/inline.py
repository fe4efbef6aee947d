"""Read a paragraph as text with handles: which run, field, link or control each character stands in."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from lxml import etree

from fe_contracts.compare.streams import Line
from fe_contracts.compare.tokens import OBJECT
from fe_contracts.word.revisions.marking import empty_like, empty_run
from fe_contracts.word.revisions.naming import RANGES, names
from fe_contracts.word.revisions.pieces import Piece, PieceKind, with_fields
from fe_contracts.word.revisions.story import content_of
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.compare.tokens import Cutter
    from fe_contracts.word.revisions.meaning import Meaning

__all__ = ["Flow", "read_flow", "shell_of"]

_P_PR, _R, _R_PR, _TAB, _BR, _CR = (w(name) for name in ("pPr", "r", "rPr", "tab", "br", "cr"))
_FLD_CHAR = w("fldChar")
_HYPERLINK, _SIMPLE, _SDT = w("hyperlink"), w("fldSimple"), w("sdt")
_BOX, _CUSTOM_MARK = w("txbxContent"), w("customMarkFollows")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS: Final = " \t\r\n"
_CONTAINERS: Final = {_HYPERLINK, _SIMPLE, w("smartTag"), w("customXml"), w("dir"), w("bdo"), w("del"), w("moveFrom")}
"""What others have deleted (`--existing keep`) still stands there; what they have inserted has no width yet."""
_NOTES: Final = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_PROPERTIES: Final = {w("smartTagPr"), w("customXmlPr"), w("sdtPr"), w("sdtEndPr"), w("fldData")}
_MARKERS: Final = RANGES | names("ins moveTo")
_TEXTS: Final = names("t delText")
_RUN_MARKERS: Final = {w("lastRenderedPageBreak"), w("commentReference"), w("annotationRef")}


class Flow:
    """A paragraph as text."""

    __slots__ = ("_line", "_spans", "_tokens", "bonds", "cutter", "element", "pieces", "text")

    def __init__(
        self,
        element: etree._Element,
        pieces: list[Piece],
        text: str,
        cutter: Cutter,
        bonds: list[tuple[int, int]],
    ) -> None:
        """Take what was read; `bonds` are where fields begin and end, as places in the text."""
        self.element = element
        self.pieces = pieces
        self.text = text
        self.cutter = cutter
        self.bonds = bonds
        self._spans: list[tuple[int, int]] | None = None
        self._tokens: list[str] = []
        self._line: Line | None = None

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Return where each token begins and ends in the text."""
        if self._spans is None:
            ends = [0, *accumulate(map(len, self._tokens))]
            self._spans = list(pairwise(ends))
        return self._spans

    @property
    def line(self) -> Line:
        """Return the paragraph as tokens."""
        if self._line is None:
            self._line = self._cut()
        return self._line

    def _cut(self) -> Line:
        special = _special(self.pieces)
        edges = {edge for start, end, _ in special for edge in (start, end)}
        self._tokens = tokens = self.cutter.cut(self.text, edges)
        mark = _mark_of(self.element)
        if not special:
            return Line(tokens, mark)
        keys: list[object] = []
        waiting = iter(special)
        begins, ends, key = next(waiting)
        for token, (start, _) in zip(tokens, self.spans, strict=True):
            while start >= ends:
                begins, ends, key = next(waiting, (len(self.text) + 1, len(self.text) + 1, None))
            keys.append(token if start < begins else (token, key))
        starts = {start: place for place, (start, _) in enumerate(self.spans)}
        bonds = [(starts[one], starts[two]) for one, two in self.bonds if one in starts and two in starts]
        return Line(keys, mark, bonds)


def _special(pieces: list[Piece]) -> list[tuple[int, int, object]]:
    """Return the stretches that are more than plain text, each with what tells it apart."""
    found: list[tuple[int, int, object]] = []
    for piece in pieces:
        if not piece.text or not (piece.hard or piece.key):
            continue
        key = (piece.key, piece.hard)
        if found and not piece.key and found[-1][1] == piece.start and found[-1][2] == key:
            found[-1] = (found[-1][0], piece.end, key)
        else:
            found.append((piece.start, piece.end, key))
    return found


def _mark_of(paragraph: etree._Element) -> str:
    properties = paragraph.find(_P_PR)
    return "section" if properties is not None and properties.find(w("sectPr")) is not None else ""


def read_flow(paragraph: etree._Element, meaning: Meaning, cutter: Cutter, notes: Callable[[str, str], str]) -> Flow:
    """Return a paragraph as text with handles; `notes` gives a key that a note shares with its other version."""
    pieces = _Reader(meaning, notes).read(paragraph)
    pieces, bonds = with_fields(pieces)
    place = 0
    for piece in pieces:
        piece.start = place
        place += len(piece.text)
    return Flow(
        paragraph,
        pieces,
        "".join(piece.text for piece in pieces),
        cutter,
        [(pieces[one].start, pieces[two].start) for one, two in bonds],
    )


class _Reader:
    """Walks a paragraph."""

    def __init__(self, meaning: Meaning, notes: Callable[[str, str], str]) -> None:
        self.meaning = meaning
        self.notes = notes
        self.pieces: list[Piece] = []

    def read(self, paragraph: etree._Element) -> list[Piece]:
        self._walk(paragraph, (), "")
        return self.pieces

    def _walk(self, parent: etree._Element, path: tuple[etree._Element, ...], hard: str) -> None:
        for child in parent:
            tag = child.tag
            if tag == _R:
                self._run(child, path, hard)
            elif tag == _P_PR or tag in _PROPERTIES:
                continue
            elif tag == _SDT:
                self._inside(child, content_of(child), path, hard)
            elif tag in _CONTAINERS:
                self._inside(child, child, path, hard + self._hard(child))
            elif tag in _MARKERS or not isinstance(tag, str):
                self.pieces.append(Piece(PieceKind.MARKER, "", ((None, child),), path))
            else:
                self._atom(None, child, path, hard)

    def _inside(
        self, holder: etree._Element, content: etree._Element | None, path: tuple[etree._Element, ...], hard: str
    ) -> None:
        """Read what stands in a link, field or control; one that holds nothing has no width, but a field is there."""
        before = len(self.pieces)
        if content is not None:
            self._walk(content, (*path, holder), hard)
        if len(self.pieces) > before:
            return
        if holder.tag == _SIMPLE:
            run, text = empty_run()
            self.pieces.append(Piece(PieceKind.ATOM, OBJECT, ((run, text),), (*path, holder), hard, "no result"))
        else:
            self.pieces.append(Piece(PieceKind.MARKER, "", ((None, holder),), path))

    def _hard(self, container: etree._Element) -> str:
        """Return what a link or a field cannot be parted from; nothing for a smart tag."""
        if container.tag == _HYPERLINK:
            probe = empty_like(container)
            return "link:" + self.meaning.of(probe).decode("utf-8", "replace")
        if container.tag == _SIMPLE:
            return f"field:{' '.join((container.get(w('instr')) or '').split())}"
        if container.tag in {w("dir"), w("bdo")}:
            return f"{container.tag}:{container.get(w('val'))}"
        return ""

    def _run(self, run: etree._Element, path: tuple[etree._Element, ...], hard: str) -> None:
        for child in run:
            tag = child.tag
            if tag in _TEXTS:
                text = child.text
                if text and (text[0] in _BLANKS or text[-1] in _BLANKS) and child.get(_SPACE) != "preserve":
                    text = text.strip(_BLANKS)  # what Word shows of it
                if text:
                    self.pieces.append(Piece(PieceKind.TEXT, text, ((run, child),), path, hard))
            elif tag == _R_PR:
                continue
            elif tag == _TAB:
                self.pieces.append(Piece(PieceKind.TEXT, "\t", ((run, child),), path, hard))
            elif tag in {_BR, _CR} and not child.attrib:
                self.pieces.append(Piece(PieceKind.TEXT, "\n", ((run, child),), path, hard))
            elif tag in _RUN_MARKERS or not isinstance(tag, str):
                self.pieces.append(Piece(PieceKind.MARKER, "", ((run, child),), path))
            elif tag in _NOTES:
                key = self.notes(_NOTES[tag], child.get(w("id"), ""))
                key = f"note:{key}:{child.get(_CUSTOM_MARK, '')}"
                self.pieces.append(Piece(PieceKind.NOTE, OBJECT, ((run, child),), path, hard, key))
            else:
                self._atom(run, child, path, hard)

    def _atom(
        self, run: etree._Element | None, node: etree._Element, path: tuple[etree._Element, ...], hard: str
    ) -> None:
        boxed = next(node.iter(_BOX), None) is not None
        shown = self.meaning.of(shell_of(node) if boxed else node)
        key = shown.decode("utf-8", "replace")
        if node.tag == _FLD_CHAR:
            key = f"fldChar:{node.get(w('fldCharType'))}:{key}"
        if run is None:
            key = f"bare:{key}"  # what should stand in a run is something else without it
        kind = PieceKind.BOX if boxed else PieceKind.ATOM
        self.pieces.append(Piece(kind, OBJECT, ((run, node),), path, hard, key))


def shell_of(node: etree._Element) -> etree._Element:
    """Return a copy of a drawing without the text inside."""
    copy = etree.fromstring(etree.tostring(node, with_tail=False))
    for box in list(copy.iter(_BOX)):
        for child in list(box):
            box.remove(child)
    return copy

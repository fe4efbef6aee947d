"""Say in bytes what a piece of a document means, so that two pieces can be compared however their programs number them.

What changes from save to save without anybody's doing goes: revision ids, bookmarks' and controls' numbers, spelling
marks. A relationship's id becomes what it points at, a note's number the text of the note.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Meaning"]

_IN_TAG: Final = rb"(?=[^<>]*>)"
"""Text may look like an attribute; only inside a tag does a `>` come before the next `<`."""
_SPACES: Final = re.compile(rb'<[\w.:-]+((?: xmlns(?::[\w.-]+)?="[^"]*")+)')
_LATER_SPACES: Final = re.compile(rb' xmlns(?::[\w.-]+)?="[^"]*"' + _IN_TAG)
_NOISE: Final = (
    (b" w:rsid", rb' w:rsid\w*="[^"]*"' + _IN_TAG),
    (b"w14:paraId", rb' w14:(?:paraId|textId)="[^"]*"' + _IN_TAG),
    (b"wp14:", rb' wp14:(?:anchorId|editId)="[^"]*"' + _IN_TAG),
    (b"<w:proofErr", rb"<w:proofErr [^>]*>"),
    (b"<w:bookmark", rb"<w:bookmark(?:Start|End)(?: [^>]*)?/>"),
    (b"<w:commentRange", rb"<w:commentRange(?:Start|End)(?: [^>]*)?/>"),
    (b"<w:lastRendered", rb"<w:lastRenderedPageBreak/>"),
    (b"<w:perm", rb"<w:perm(?:Start|End)(?: [^>]*)?/>"),
    (b"<w:id ", rb'<w:id w:val="[^"]*"/>'),
    (b"Pr/>", rb"<w:[pr]Pr/>"),
    (b" w:dirty", rb' w:dirty="[^"]*"' + _IN_TAG),
    (b" w:fldLock", rb' w:fldLock="[^"]*"' + _IN_TAG),
)
"""What nobody means, and a text that stands in any document that has it: the others are not searched."""
_THING: Final = re.compile(rb"<(?:wp:docPr|pic:cNvPr|v:\w+|o:OLEObject) [^>]*>")
_THINGS_NAME: Final = re.compile(rb' (?:(?:id|name|o:spid|ShapeID)="[^"]*"|type="#[^"]*")')
"""Programs number and name pictures and shapes anew whenever they save them."""
_LINKS: Final = tuple(b":%s=" % name for name in b"id embed link dm lo qs cs pict href relid".split())
_LINK: Final = re.compile(rb':(id|embed|link|dm|lo|qs|cs|pict|href|relid)="([^"]+)"' + _IN_TAG)
_NOTE: Final = re.compile(rb'<w:(footnote|endnote)Reference((?: [^>]*)?) w:id="([^"]*)"')
_NUMBER: Final = re.compile(rb'<w:numId w:val="(\d+)"/>')


class Meaning:
    """Writes pieces of one part of one document as bytes that tell what they mean."""

    def __init__(
        self,
        links: Mapping[str, str],
        notes: Callable[[str, str], str],
        numbers: Mapping[bytes, bytes],
        source: bytes = b"",
        known: dict[bytes, bytes] | None = None,
    ) -> None:
        """Take what the part refers to, and the part itself as it was read.

        `links`: relationship id -> what it points at; `notes`: kind, id -> key; `numbers`: list ids to write anew.
        `known` is shared by both documents: most of what they hold is the same.
        """
        self._links = {key.encode(): value.encode() for key, value in links.items()}
        self._notes = notes
        self._numbers = numbers
        self._noise = [(sign, re.compile(pattern)) for sign, pattern in _NOISE if not source or sign in source]
        self._spaces = b""
        self._known = known if known is not None else {}

    def of(self, element: etree._Element) -> bytes:
        """Return what an element means; equal bytes: nothing that anybody did differs."""
        raw = etree.tostring(element, with_tail=False)
        if self._links or self._numbers or b"noteReference" in raw:
            return self._said(raw)
        known = self._known.get(raw)
        if known is None:
            known = self._known[raw] = self._said(raw)
        return known

    def _said(self, raw: bytes) -> bytes:
        start = raw.find(b" ")
        if not self._spaces or not raw.startswith(self._spaces, start):
            match = _SPACES.match(raw)
            self._spaces = match[1] if match else b""
        if self._spaces and raw.startswith(self._spaces, start):
            raw = raw[:start] + raw[start + len(self._spaces) :]
        if b" xmlns" in raw:
            raw = _LATER_SPACES.sub(b"", raw)
        for sign, pattern in self._noise:  # one by one: a pattern that begins with fixed text is searched for quickly
            if sign in raw:
                raw = pattern.sub(b"", raw)
        if b"<wp:docPr" in raw or b"<v:" in raw:
            raw = _THING.sub(lambda match: _THINGS_NAME.sub(b"", match[0]), raw)
        if self._links and any(sign in raw for sign in _LINKS):
            raw = _LINK.sub(self._link, raw)
        if b"noteReference" in raw:
            raw = _NOTE.sub(self._note, raw)
        if self._numbers and b"<w:numId" in raw:
            raw = _NUMBER.sub(self._number, raw)
        return raw

    def _link(self, match: re.Match[bytes]) -> bytes:
        target = self._links.get(match[2])
        return match[0] if target is None else b":" + match[1] + b'="' + target + b'"'

    def _note(self, match: re.Match[bytes]) -> bytes:
        key = self._notes(match[1].decode(), match[3].decode("utf-8", "replace"))
        return b"<w:" + match[1] + b"Reference" + match[2] + b' w:id="' + key.encode() + b'"'

    def _number(self, match: re.Match[bytes]) -> bytes:
        return b'<w:numId w:val="' + self._numbers.get(match[1], match[1]) + b'"/>'

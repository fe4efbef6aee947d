"""Spoil Word files, a little or badly, each time in a way that a seed gives again."""

from __future__ import annotations

import copy
import io
import zipfile
from typing import TYPE_CHECKING, Final

from lxml import etree
from tests.redline.opening import MC, Opened, W

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

__all__ = ["MUTATIONS", "Spoiled", "packed", "spoil"]

ODD_TEXTS: Final = (
    "",
    " ",
    "\u00a0",
    "\u200b\u200d",
    "e\u0301\u0301\u0301",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "\u05e9\u05dc\u05d5\u05dd 12 \u0645\u0631\u062d\u0628\u0627",
    "\u202eabc\u202c",
    "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 \u4f60\u597d\u4e16\u754c",
    "a\tb\nc",
    "$1,234.56 1/2/2027 \u00a7 4.2(a)(iii)",
    "<&>\"'",
    "x" * 5000,
    "\ufffd\ue000",
)
ODD_NUMBERS: Final = ("", "0", "-1", "1", "7", "2147483647", "99999999999999999999", "abc", "1.5", " 3 ")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_STORIES: Final = ("document", "header", "footer", "footnotes", "endnotes", "comments")
_REVISION: Final = {W + "author": "Other", W + "date": "2020-01-01T00:00:00Z"}


class Spoiled:
    """The parts of a file while they are spoiled; stories as trees, written back at the end."""

    def __init__(self, data: bytes, donor: bytes, chance: Random) -> None:
        self.chance = chance
        self.opened = Opened(data)
        self.parts = dict(self.opened.parts)
        self.donor = Opened(donor)
        self.trees: dict[str, etree._Element] = {}

    def story(self) -> etree._Element:
        """Return the root of a story, the body most often."""
        names = self.opened.stories
        name = names[0] if self.chance.random() < 0.7 else self.chance.choice(names)
        if name not in self.trees:
            self.trees[name] = copy.deepcopy(self.opened.tree(name))
        return self.trees[name]

    def elements(self, *names: str) -> list[etree._Element]:
        """Return the elements of a story with one of these names, all without; never its root nor the body."""
        kept = {W + "body"}
        root = self.story()
        wanted = [W + name for name in names] or ["*"]
        return [item for item in root.iter(*wanted) if item is not root and item.tag not in kept]

    def one(self, *names: str) -> etree._Element | None:
        """Return one of these elements, if there is any."""
        found = self.elements(*names)
        return self.chance.choice(found) if found else None

    def packed(self) -> bytes:
        """Return the file."""
        for name, tree in self.trees.items():
            if name in self.parts:
                self.parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        return packed(self.parts)


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a zip container of these parts, the same bytes each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def spoil(data: bytes, donor: bytes, chance: Random) -> tuple[bytes, tuple[str, ...]]:
    """Return a file spoiled in one to six ways, and which."""
    spoiled = Spoiled(data, donor, chance)
    done = []
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        mutation = chance.choice(MUTATIONS)
        if mutation(spoiled):
            done.append(mutation.__name__)
    mutant = spoiled.packed()
    if chance.random() < 0.02:
        place = chance.randrange(len(mutant))
        mutant = mutant[:place] + bytes([chance.randrange(256)]) + mutant[place + 1 :]
        done.append("container_byte")
    return mutant, tuple(done)


# ------------------------------------------------------------------ elements


def drop_element(it: Spoiled) -> bool:
    """Take an element out, with what it holds."""
    item = it.one()
    return item is not None and _removed(item)


def drop_some_block(it: Spoiled) -> bool:
    """Take a paragraph, row, cell, table, properties or text out."""
    item = it.one("p", "r", "tr", "tc", "tbl", "pPr", "rPr", "sectPr", "t", "tcPr", "tblPr", "tblGrid", "sdtContent")
    return item is not None and _removed(item)


def unwrap_element(it: Spoiled) -> bool:
    """Take a wrapper away and leave what it holds."""
    item = it.one("hyperlink", "sdt", "sdtContent", "r", "p", "tc", "tr", "tbl", "smartTag", "fldSimple", "ins")
    if item is None:
        return False
    for child in list(item):
        item.addprevious(child)
    return _removed(item)


def duplicate(it: Spoiled) -> bool:
    """Have an element twice, its ids too."""
    item = it.one()
    if item is None:
        return False
    item.addnext(copy.deepcopy(item))
    return True


def duplicate_block(it: Spoiled) -> bool:
    """Have a block twice, somewhere else."""
    item, other = it.one("p", "tbl", "sdt", "tr", "tc", "r"), it.one("p", "tbl", "tr", "tc", "r")
    if item is None or other is None:
        return False
    twin = copy.deepcopy(item)
    twin.tail = None
    if item.tag == other.tag or it.chance.random() < 0.2:
        other.addnext(twin)
    else:
        item.addnext(twin)
    return True


def swap(it: Spoiled) -> bool:
    """Let two elements that stand beside each other change places."""
    item = it.one()
    after = item.getnext() if item is not None else None
    if item is None or after is None:
        return False
    item.addprevious(after)
    return True


def swap_paragraphs(it: Spoiled) -> bool:
    """Move a paragraph, table or row to where another of its kind stands."""
    item = it.one("p", "tbl", "tr")
    if item is None:
        return False
    others = [other for other in it.elements(etree.QName(item).localname) if not _inside(other, item)]
    if not others:
        return False
    it.chance.choice(others).addprevious(item)
    return True


def move_anywhere(it: Spoiled) -> bool:
    """Put an element where it may not stand."""
    item, other = it.one(), it.one()
    if item is None or other is None or _inside(other, item):
        return False
    other.append(item)
    return True


def drop_attribute(it: Spoiled) -> bool:
    """Take an attribute away."""
    item = it.chance.choice([one for one in it.elements() if one.attrib] or [None])
    if item is None:
        return False
    del item.attrib[it.chance.choice(sorted(map(str, item.attrib)))]
    return True


def change_attribute(it: Spoiled) -> bool:
    """Write nonsense into an attribute."""
    item = it.chance.choice([one for one in it.elements() if one.attrib] or [None])
    if item is None:
        return False
    item.set(it.chance.choice(sorted(map(str, item.attrib))), it.chance.choice((*ODD_NUMBERS, *ODD_TEXTS[:9])))
    return True


def change_id(it: Spoiled) -> bool:
    """Give an annotation, note reference, control or relationship another id, or one that is taken."""
    names = ("bookmarkStart", "bookmarkEnd", "footnoteReference", "endnoteReference", "commentReference")
    item = it.one(*names, "commentRangeStart", "hyperlink", "id", "numId", "footnote", "endnote", "ins", "comment")
    if item is None:
        return False
    keys = [key for key in item.attrib if str(key).endswith(("}id", "}val"))]
    if not keys:
        return False
    item.set(keys[0], it.chance.choice(ODD_NUMBERS))
    return True


def change_text(it: Spoiled) -> bool:
    """Put odd characters into a text."""
    item = it.one("t", "instrText")
    if item is None:
        return False
    text = item.text or ""
    place = it.chance.randint(0, len(text))
    item.text = text[:place] + it.chance.choice(ODD_TEXTS) + text[place + it.chance.randint(0, 9) :]
    if it.chance.random() < 0.7:
        item.set(_SPACE, "preserve")
    return True


def text_outside(it: Spoiled) -> bool:
    """Put text where no text may stand."""
    item = it.one()
    if item is None:
        return False
    item.tail = it.chance.choice(ODD_TEXTS)
    return True


def add_odd_run(it: Spoiled) -> bool:
    """Put a run with something unusual into a paragraph, or between paragraphs."""
    item = it.one("p", "r")
    if item is None:
        return False
    run = etree.Element(W + "r")
    inner = etree.SubElement(run, W + it.chance.choice(ODD_IN_RUN))
    if inner.tag in {W + "t", W + "delText", W + "instrText"}:
        inner.text = it.chance.choice(ODD_TEXTS)
    elif inner.tag == W + "fldChar":
        inner.set(W + "fldCharType", it.chance.choice(("begin", "separate", "end", "odd")))
    elif inner.tag == W + "sym":
        inner.set(W + "char", "F0A7")
        inner.set(W + "font", "Symbol")
    else:
        inner.set(W + "id", it.chance.choice(ODD_NUMBERS))
    if item.tag == W + "r" or it.chance.random() < 0.1:
        item.addnext(run)
    else:
        item.insert(it.chance.randint(0, len(item)), run)
    return True


ODD_IN_RUN: Final = (
    *("t", "delText", "instrText", "fldChar", "footnoteReference", "endnoteReference", "commentReference"),
    *("br", "tab", "cr", "noBreakHyphen", "softHyphen", "sym", "ptab", "footnoteRef", "separator", "pgNum", "unknown"),
    *("drawing", "pict", "object", "ruby", "lastRenderedPageBreak", "annotationRef"),
)


def add_empty_block(it: Spoiled) -> bool:
    """Put an empty paragraph, table, row, cell, control, section or unknown element beside a block."""
    item = it.one("p", "tbl", "tr", "tc", "sectPr")
    if item is None:
        return False
    name = it.chance.choice(
        ("p", "tbl", "tr", "tc", "sdt", "sectPr", "customXml", "altChunk", "unknown", "bookmarkStart", "bookmarkEnd")
    )
    made = etree.Element(W + name)
    if name == "sectPr" and it.chance.random() < 0.5:
        made = etree.Element(W + "p")
        etree.SubElement(etree.SubElement(made, W + "pPr"), W + "sectPr")
    (item.addnext if it.chance.random() < 0.5 else item.addprevious)(made)
    return True


# ------------------------------------------------------------------ wrappers


def wrap_blocks(it: Spoiled) -> bool:
    """Put a few blocks into a control, custom XML, tracked change or alternative."""
    item = it.one("p", "tbl", "tr", "tc")
    return item is not None and _wrapped(it, item, it.chance.randint(1, 3))


def wrap_runs(it: Spoiled) -> bool:
    """Put a few runs into a control, link, tag, tracked change or alternative."""
    item = it.one("r", "hyperlink")
    return item is not None and _wrapped(it, item, it.chance.randint(1, 3))


def _wrapped(it: Spoiled, item: etree._Element, count: int) -> bool:
    outer = inner = etree.Element("any")
    kind = it.chance.choice(
        ("sdt", "ins", "del", "moveFrom", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "ac")
    )
    if kind == "sdt":
        outer = etree.Element(W + "sdt")
        etree.SubElement(etree.SubElement(outer, W + "sdtPr"), W + "id").set(W + "val", it.chance.choice(ODD_NUMBERS))
        inner = etree.SubElement(outer, W + "sdtContent")
    elif kind == "ac":
        outer = etree.Element(MC + "AlternateContent")
        inner = etree.SubElement(outer, MC + it.chance.choice(("Choice", "Fallback")), Requires="w14")
    else:
        outer = inner = etree.Element(W + kind)
        if kind in {"ins", "del", "moveFrom", "moveTo"}:
            for key, value in _REVISION.items():
                outer.set(key, value)
            if it.chance.random() < 0.8:
                outer.set(W + "id", it.chance.choice(ODD_NUMBERS))
        elif kind == "fldSimple":
            outer.set(W + "instr", "DATE")
    parent = item.getparent()
    if parent is None:
        return False
    place = parent.index(item)
    chosen = list(parent)[place : place + count]
    item.addprevious(outer)
    for child in chosen:
        inner.append(child)
    return True


def mark_something(it: Spoiled) -> bool:
    """Record a tracked change on a mark, row, cell or properties."""
    item = it.one("pPr", "rPr", "trPr", "tcPr", "tblPr", "sectPr", "numPr")
    if item is None:
        return False
    tag = str(etree.QName(item).localname)
    by_kind = {
        "rPr": ("ins", "del", "moveFrom", "moveTo", "rPrChange"),
        "trPr": ("ins", "del", "trPrChange"),
        "tcPr": ("cellIns", "cellDel", "cellMerge", "tcPrChange"),
        "numPr": ("ins", "numberingChange"),
    }
    name = it.chance.choice(by_kind.get(tag, (f"{tag}Change",)))
    mark = etree.SubElement(item, W + name, _REVISION)
    mark.set(W + "id", it.chance.choice(ODD_NUMBERS))
    if name.endswith("PrChange") and it.chance.random() < 0.9:
        etree.SubElement(mark, item.tag)
    return True


def nest(it: Spoiled) -> bool:
    """Put a table into a cell of itself, or a control into itself, several times."""
    item = it.one("tbl", "sdt", "tc")
    if item is None or len(list(item.iter())) > 300:
        return False
    for _ in range(it.chance.choice((1, 2, 4))):
        twin = copy.deepcopy(item)
        twin.tail = None
        cell = item if item.tag == W + "tc" else next(item.iter(W + "tc", W + "sdtContent"), item)
        if item.tag == W + "tc":
            table = etree.Element(W + "tbl")
            etree.SubElement(table, W + "tr").append(twin)
            twin = table
        cell.insert(0, twin)
        if len(list(item.iter())) > 2000:
            break
    return True


# ------------------------------------------------------------------ between documents


def splice(it: Spoiled) -> bool:
    """Put some blocks of another document in, with its ids and relationships."""
    item = it.one("p", "tbl")
    if item is None:
        return False
    root = it.donor.tree(it.chance.choice(it.donor.stories))
    blocks = [one for one in root.iter(W + "p", W + "tbl") if len(list(one.iter())) < 1500]
    for block in it.chance.sample(blocks, min(len(blocks), it.chance.randint(1, 4))):
        twin = copy.deepcopy(block)
        twin.tail = None
        item.addnext(twin)
    return True


def take_a_part(it: Spoiled) -> bool:
    """Have a part as another document has it."""
    names = sorted(set(it.parts) & set(it.donor.parts))
    name = it.chance.choice(names)
    it.trees.pop(name, None)
    it.parts[name] = it.donor.parts[name]
    return True


# ------------------------------------------------------------------ parts


def drop_part(it: Spoiled) -> bool:
    """Take a part away, and leave what points at it."""
    name = it.chance.choice(sorted(it.parts))
    del it.parts[name]
    it.trees.pop(name, None)
    return True


def break_relations(it: Spoiled) -> bool:
    """Spoil a relationship: its target, type, id or mode, or leave it out, or have it twice."""
    names = sorted(name for name in it.parts if name.endswith(".rels"))
    if not names:
        return False
    name = it.chance.choice(names)
    try:
        root = etree.fromstring(it.parts[name])
    except etree.XMLSyntaxError:
        return False
    if not len(root):
        return False
    item = it.chance.choice(list(root))
    what = it.chance.choice(("Target", "Type", "Id", "TargetMode", "out", "twice"))
    if what == "out":
        root.remove(item)
    elif what == "twice":
        item.addnext(copy.deepcopy(item))
    elif what == "TargetMode":
        item.set("TargetMode", it.chance.choice(("External", "Internal", "")))
    else:
        other = it.chance.choice(list(root)).get(what, "")
        item.set(what, it.chance.choice((other, "", "nowhere.xml", "../../../etc/passwd", "/word/document.xml")))
    it.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return True


def break_types(it: Spoiled) -> bool:
    """Leave a content type out."""
    name = "[Content_Types].xml"
    if name not in it.parts:
        return False
    try:
        root = etree.fromstring(it.parts[name])
    except etree.XMLSyntaxError:
        return False
    if not len(root):
        return False
    root.remove(it.chance.choice(list(root)))
    it.parts[name] = etree.tostring(root)
    return True


def flip_bytes(it: Spoiled) -> bool:
    """Overwrite, drop or double a few bytes of an XML part."""
    name = it.chance.choice(sorted(it.parts))
    data = bytearray(it.parts[name])
    if not data:
        return False
    for _ in range(it.chance.choice((1, 1, 3))):
        place = it.chance.randrange(len(data))
        what = it.chance.randrange(4)
        if what == 0:
            data[place] = it.chance.randrange(256)
        elif what == 1:
            del data[place]
        elif what == 2:
            data[place:place] = data[place : place + 8]
        else:
            data[place] = it.chance.choice(b"0123456789abcxyz ")
        if not data:
            break
    it.parts[name] = bytes(data)
    it.trees.pop(name, None)
    return True


def empty_part(it: Spoiled) -> bool:
    """Leave nothing in a part, or only its root."""
    name = it.chance.choice(sorted(it.parts))
    it.trees.pop(name, None)
    data = b""
    if it.chance.random() < 0.6 and it.parts[name][:1] == b"<":
        try:
            root = etree.fromstring(it.parts[name])
        except etree.XMLSyntaxError:
            return False
        for child in list(root):
            root.remove(child)
        data = etree.tostring(root)
    it.parts[name] = data
    return True


def _removed(item: etree._Element) -> bool:
    parent = item.getparent()
    if parent is None:
        return False
    parent.remove(item)
    return True


def _inside(item: etree._Element, outer: etree._Element) -> bool:
    return item is outer or any(up is outer for up in item.iterancestors())


MUTATIONS: Final[tuple[Callable[[Spoiled], bool], ...]] = (
    *(drop_element, drop_some_block, unwrap_element, duplicate, duplicate_block, swap, swap_paragraphs) * 2,
    *(move_anywhere, drop_attribute, change_attribute, change_id, change_id),
    *(change_text, change_text, text_outside, add_odd_run, add_odd_run, add_empty_block, add_empty_block),
    *(wrap_blocks, wrap_blocks, wrap_runs, wrap_runs, mark_something, mark_something, nest),
    *(splice, splice, take_a_part, drop_part, break_relations, break_relations, break_types, flip_bytes, empty_part),
)
"""All ways; what happens to texts and blocks more often than what a reader refuses at once."""

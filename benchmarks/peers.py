"""Make a template for another engine out of a finished contract: the same text from tags, loops and conditions.

The template keeps every paragraph, table, style, cover line, header and footer. What our file has besides and a
template of these engines has not goes: content controls, bookmarks, fields (their text stays) and the manifest. So
the other engine has less to carry than we have, and must print the same words.
"""

from __future__ import annotations

import re
import zipfile
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Element = etree._Element  # noqa: SLF001 - lxml has no public name for it

__all__ = ["DOCXTEMPLATER", "DOCXTPL", "Dialect", "Template", "template_of", "words_of"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine writes its tags."""

    name: str
    value: str
    condition: tuple[str, str]
    """The paragraphs before and after what stands under a condition."""
    paragraphs: tuple[str, str]
    """The paragraphs before and after one that repeats."""
    rows: tuple[str, str]
    """The tags around a table row that repeats."""
    rows_of_their_own: bool
    """Whether those stand in rows of their own; else inside the first and the last cell."""
    entry: str
    """The name of a loop's entry before a column's name."""


DOCXTPL = Dialect(
    "docxtpl",
    "{{{{ {} }}}}",
    ("{{%p if {} %}}", "{{%p endif %}}"),
    ("{{%p for entry in {} %}}", "{{%p endfor %}}"),
    ("{{%tr for entry in {} %}}", "{{%tr endfor %}}"),
    rows_of_their_own=True,
    entry="entry.",
)
DOCXTEMPLATER = Dialect(
    "docxtemplater",
    "{{{}}}",
    ("{{#{0}}}", "{{/{0}}}"),
    ("{{#{0}}}", "{{/{0}}}"),
    ("{{#{0}}}", "{{/{0}}}"),
    rows_of_their_own=False,
    entry="",
)


@dataclass(slots=True)
class Template:
    """A template, what fills it, and how much there is to do."""

    content: bytes = b""
    values: dict[str, Any] = field(default_factory=dict)
    tags: int = 0
    """Values that are printed, once for each place and each turn of a loop."""
    loops: int = 0
    conditions: int = 0


def words_of(docx: bytes) -> list[str]:
    """Return what a reader sees in the body of a Word file: the text of each paragraph that has any."""
    with zipfile.ZipFile(BytesIO(docx)) as package:
        root = etree.fromstring(package.read(_MAIN))
    texts = (_text(paragraph) for paragraph in root.iter(f"{_W}p"))
    return [text for text in texts if text]


def _text(element: Element) -> str:
    marks = {f"{_W}br": "\n", f"{_W}tab": "\t"}
    found = element.iter(f"{_W}t", f"{_W}br", f"{_W}tab")
    return "".join(marks.get(str(item.tag)) or item.text or "" for item in found if _in_a_run(item))


def _in_a_run(element: Element) -> bool:
    """Return whether it is text of a run; a tab stop among a paragraph's properties is none."""
    parent = element.getparent()
    return parent is not None and parent.tag == f"{_W}r"


def template_of(docx: bytes, dialect: Dialect, *, inner_conditions: int) -> Template:
    """Return the contract as a template: values as tags, tables and lists as loops, each clause under a condition.

    So many more conditions stand around single paragraphs, as the wordings have conditions inside the clauses.
    """
    with zipfile.ZipFile(BytesIO(docx)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts[_MAIN])
    _simplify(root)
    maker = _Maker(dialect, inner_conditions)
    maker.tag(root)
    parts[_MAIN] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    maker.made.content = _packed(_without_manifest(parts))
    return maker.made


def _simplify(root: Element) -> None:
    """Take out bookmarks and fields; the text of the fields stays."""
    etree.strip_elements(root, f"{_W}bookmarkStart", f"{_W}bookmarkEnd", with_tail=False)
    etree.strip_tags(root, f"{_W}hyperlink", f"{_W}fldSimple")
    for mark in [*root.iter(f"{_W}fldChar", f"{_W}instrText")]:
        run = mark.getparent()
        paragraph = None if run is None else run.getparent()
        if run is not None and paragraph is not None:
            paragraph.remove(run)


def _without_manifest(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the package without its custom XML."""
    kept = {name: content for name, content in parts.items() if not name.startswith("customXml/")}
    for name in [name for name in kept if name.endswith(".rels") or name == "[Content_Types].xml"]:
        tree = etree.fromstring(kept[name])
        for entry in [*tree]:
            if "customXml/" in (entry.get("Target") or "") or "/customXml/" in (entry.get("PartName") or ""):
                tree.remove(entry)
        kept[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return kept


def _packed(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


class _Maker:
    """Put the tags of one dialect into a document, and note what fills them."""

    def __init__(self, dialect: Dialect, inner_conditions: int) -> None:
        self.dialect = dialect
        self.made = Template()
        self._left = inner_conditions

    def tag(self, root: Element) -> None:
        for table in [*root.iter(f"{_W}tbl")]:
            if any(_is_clause(outer) for outer in table.iterancestors(f"{_W}sdt")):
                self._table(table)
        for control in [item for item in root.iter(f"{_W}sdt") if _is_clause(item)]:
            content = control.find(f"{_W}sdtContent")
            if content is not None:
                self._lists(content)
                self._inner(content)
            self._around([control], self._condition(_tag(control)))
        for control in [*root.iter(f"{_W}sdt")]:
            if not _is_clause(control) and _tag(control):
                for text in control.iter(f"{_W}t"):
                    text.text = self._value(_tag(control), text.text or "")
        for control in [*root.iter(f"{_W}sdt")]:
            _unwrap(control)

    def _name(self, wish: str, value: object) -> str:
        """Return a name of this value: the wish, with a number where other values have it already."""
        base = _NOT_A_NAME.sub("_", wish).strip("_").lower()
        name, number = base, 1
        while self.made.values.setdefault(name, value) != value:
            number += 1
            name = f"{base}_{number}"
        return name

    def _value(self, wish: str, text: str) -> str:
        self.made.tags += 1
        return self.dialect.value.format(self._name(wish, text))

    def _condition(self, wish: str) -> tuple[str, str]:
        self.made.conditions += 1
        name = self._name(f"has_{wish}", value=True)
        before, after = self.dialect.condition
        return before.format(name), after.format(name)

    def _around(self, elements: Sequence[Element], tags: tuple[str, str]) -> None:
        """Put a paragraph with a tag before the first element, and one after the last."""
        elements[0].addprevious(_paragraph(tags[0]))
        elements[-1].addnext(_paragraph(tags[1]))

    def _inner(self, content: Element) -> None:
        """Put a paragraph under a condition, as long as there are conditions left."""
        for paragraph in [item for item in content if item.tag == f"{_W}p"][1:3]:
            if self._left > 0 and "{" not in _text(paragraph):
                self._left -= 1
                self._around([paragraph], self._condition(f"paragraph_{self._left}"))

    def _lists(self, content: Element) -> None:
        """Turn neighbouring paragraphs that hold one value of the same parameter, and no more, into a loop."""
        for (style, wish), group in groupby([*content], _listed):
            paragraphs = [*group]
            if not wish or len(paragraphs) < 2:
                continue
            texts = [_text(paragraph) for paragraph in paragraphs]
            name = self._name(f"list_{wish}", [{"text": text} for text in texts])
            self.made.loops += 1
            self.made.tags += len(texts)
            pattern = _paragraph(self.dialect.value.format(f"{self.dialect.entry}text"), style)
            before, after = self.dialect.paragraphs
            paragraphs[0].addprevious(pattern)
            self._around([pattern], (before.format(name), after.format(name)))
            for paragraph in paragraphs:
                content.remove(paragraph)

    def _table(self, table: Element) -> None:
        """Turn the rows between the header row and the totals into a loop over one row."""
        rows = table.findall(f"{_W}tr")
        look = table.find(f"{_W}tblPr/{_W}tblLook")
        total = look is not None and look.get(f"{_W}lastRow") == "1"
        body = rows[1 : -1 if total else None]
        caption = table.find(f"{_W}tblPr/{_W}tblCaption")
        wish = "" if caption is None else caption.get(f"{_W}val", "")
        if total:
            for text in rows[-1].iter(f"{_W}t"):
                text.text = self._value(f"total {wish}", text.text or "")
        if not body:
            return
        entries = [{f"cell_{place}": _text(cell) for place, cell in enumerate(row.findall(f"{_W}tc"))} for row in body]
        name = self._name(f"rows {wish}", entries)
        self.made.loops += 1
        self.made.tags += sum(len(entry) for entry in entries)
        for row in body[1:]:
            table.remove(row)
        cells = body[0].findall(f"{_W}tc")
        before, after = (tag.format(name) for tag in self.dialect.rows)
        for place, cell in enumerate(cells):
            tag = self.dialect.value.format(f"{self.dialect.entry}cell_{place}")
            if not self.dialect.rows_of_their_own:
                tag = (before if place == 0 else "") + tag + (after if cell is cells[-1] else "")
            _fill(cell, tag)
        if self.dialect.rows_of_their_own:
            body[0].addprevious(_row_of(body[0], before))
            body[0].addnext(_row_of(body[0], after))


def _tag(control: Element) -> str:
    found = control.find(f"{_W}sdtPr/{_W}tag")
    return "" if found is None else found.get(f"{_W}val", "")


def _is_clause(control: Element) -> bool:
    """Return whether the control stands around blocks: a clause, or its part of an exhibit."""
    content = control.find(f"{_W}sdtContent")
    return content is not None and bool(_tag(control)) and content.find(f"{_W}p") is not None


def _listed(element: Element) -> tuple[str, str]:
    """Return the style and the parameter of a paragraph that holds one value and no more."""
    controls = element.findall(f"{_W}sdt")
    if element.tag != f"{_W}p" or len(controls) != 1 or _text(element) != _text(controls[0]):
        return "", ""
    style = element.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else style.get(f"{_W}val", ""), _tag(controls[0])


def _paragraph(text: str, style: str = "") -> Element:
    paragraph = etree.Element(f"{_W}p")
    if style:
        properties = etree.SubElement(paragraph, f"{_W}pPr")
        etree.SubElement(properties, f"{_W}pStyle").set(f"{_W}val", style)
    _add_text(etree.SubElement(paragraph, f"{_W}r"), text)
    return paragraph


def _add_text(run: Element, text: str) -> None:
    element = etree.SubElement(run, f"{_W}t")
    element.set(_XML_SPACE, "preserve")
    element.text = text


def _fill(cell: Element, text: str) -> None:
    """Let the cell hold this text in the look of its first run."""
    paragraph = cell.find(f"{_W}p")
    if paragraph is None:
        return
    properties = next(iter(paragraph.iter(f"{_W}rPr")), None)
    for child in [item for item in paragraph if item.tag != f"{_W}pPr"]:
        paragraph.remove(child)
    run = etree.SubElement(paragraph, f"{_W}r")
    if properties is not None:
        run.append(deepcopy(properties))
    _add_text(run, text)


def _row_of(row: Element, text: str) -> Element:
    """Return a row like this one that holds a tag in its first cell and nothing else."""
    copy = deepcopy(row)
    cells = copy.findall(f"{_W}tc")
    _fill(cells[0], text)
    for cell in cells[1:]:
        _fill(cell, "")
    return copy


def _unwrap(control: Element) -> None:
    """Put the control's content in its place."""
    parent, content = control.getparent(), control.find(f"{_W}sdtContent")
    if parent is None:
        return
    children: Iterable[Element] = [] if content is None else [*content]
    for child in children:
        control.addprevious(child)
    parent.remove(control)

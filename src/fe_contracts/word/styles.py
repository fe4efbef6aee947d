"""Find the named styles in a house style, lend it those that it lacks, and bind the lists to them."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

from lxml import etree

from fe_contracts.word.looks import LOOKS
from fe_contracts.word.numbering import BODY, BULLETS, EXHIBITS, ListLook, abstract_xml
from fe_contracts.word.style_sheet import styles_xml
from fe_contracts.word.xml import W, attribute, parse, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.word.numbering import Level

__all__ = ["REQUIRED", "bind_lists", "complete", "set_language"]

REQUIRED: Final = (
    *(level.style for level in (*BODY, *EXHIBITS, *BULLETS)),
    "Clause Body",
    "Clause Quotation",
    "Table Text",
    "Table Number",
    "Table Heading",
    "Table Heading Number",
    "Table Gap",
    "Contract Table",
    "toc 1",
    "toc 2",
    "Contents Heading",
    "Front Heading",
    "Front Text",
    "Defined Term",
    "To Confirm",
)
"""The styles that the body is written in, by the names that Word shows."""

_NSIDS: Final = ("6FEC0001", "6FEC0002", "6FEC0003")


def _styles(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for style in root.iterchildren(w("style")):
        name = style.find(w("name"))
        if name is not None:
            yield name.get(w("val"), ""), style


def _ids(root: etree._Element) -> dict[str, str]:
    """Return the style ids by name; Word spells built-in names with and without capitals."""
    return {name.lower(): style.get(w("styleId"), "") for name, style in _styles(root)}


def complete(root: etree._Element) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the ids of the required styles by name; those that were missing are lent from the plain look."""
    lent: list[str] = []
    plain = parse(styles_xml(LOOKS["plain"]))
    by_id = {style.get(w("styleId"), ""): (name, style) for name, style in _styles(plain)}
    by_name = {name.lower(): style for name, style in _styles(plain)}
    known = _ids(root)
    taken = {style.get(w("styleId"), "") for _, style in _styles(root)}

    def lend(name: str) -> str:
        """Copy one style and what it is based on; return its id in the house style."""
        if name.lower() in known:
            return known[name.lower()]
        style = deepcopy(by_name[name.lower()])
        wanted = style.get(w("styleId"), "")
        style_id = wanted
        while style_id in taken:
            style_id += "FE"
        style.set(w("styleId"), style_id)
        style.attrib.pop(w("default"), "")
        known[name.lower()] = style_id
        taken.add(style_id)
        for link in ("basedOn", "next"):
            other = style.find(w(link))
            if other is not None:
                other.set(w("val"), lend(by_id[other.get(w("val"), "")][0]))
        root.append(style)
        lent.append(name)
        return style_id

    ids = {name: lend(name) for name in REQUIRED}
    return ids, tuple(lent)


def set_language(root: etree._Element, mark: str) -> None:
    """Make the default language of all text a mark that the writer replaces."""
    defaults = root.find(w("docDefaults"))
    if defaults is None:
        defaults = etree.Element(w("docDefaults"))
        root.insert(0, defaults)
    holder = defaults
    for tag in ("rPrDefault", "rPr"):
        found = holder.find(w(tag))
        if found is None:
            found = etree.SubElement(holder, w(tag))
            if tag == "rPrDefault":
                holder.insert(0, found)
        holder = found
    language = holder.find(w("lang"))
    if language is None:
        language = etree.SubElement(holder, w("lang"))
    language.set(w("val"), mark)
    for style in root.iterchildren(w("style")):
        for own in style.iterfind(f"{w('rPr')}/{w('lang')}"):
            own.getparent().remove(own)  # type: ignore[union-attr]


_BEFORE_NUMBERING: Final = tuple(
    w(tag) for tag in ("keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
_BEFORE_PROPERTIES: Final = tuple(
    w(tag)
    for tag in (
        "name",
        "aliases",
        "basedOn",
        "next",
        "link",
        "autoRedefine",
        "hidden",
        "uiPriority",
        "semiHidden",
        "unhideWhenUsed",
        "qFormat",
        "locked",
        "personal",
        "personalCompose",
        "personalReply",
        "rsid",
    )
)


def _first_after(parent: etree._Element, earlier: tuple[str, ...]) -> int:
    """Return where a child belongs that the schema puts after these."""
    place = 0
    for index, child in enumerate(parent):
        if child.tag in earlier:
            place = index + 1
    return place


def _bind(style: etree._Element, number: int, level: int) -> None:
    properties = style.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        style.insert(_first_after(style, _BEFORE_PROPERTIES), properties)
    for old in properties.findall(w("numPr")):
        properties.remove(old)
    binding = etree.Element(w("numPr"))
    if level:
        etree.SubElement(binding, w("ilvl")).set(w("val"), str(level))
    etree.SubElement(binding, w("numId")).set(w("val"), str(number))
    properties.insert(_first_after(properties, _BEFORE_NUMBERING), binding)


def _inherited(styles: dict[str, etree._Element], style_id: str, tag: str) -> etree._Element | None:
    """Return a paragraph property of a style or of what it is based on."""
    seen: set[str] = set()
    while style_id in styles and style_id not in seen:
        seen.add(style_id)
        found = styles[style_id].find(f"{w('pPr')}/{w(tag)}")
        if found is not None:
            return found
        based = styles[style_id].find(w("basedOn"))
        style_id = based.get(w("val"), "") if based is not None else ""
    return None


def _look(styles: dict[str, etree._Element], style_id: str) -> ListLook:
    indent = _inherited(styles, style_id, "ind")
    drawn = ""
    if indent is not None:
        values = "".join(
            f' w:{etree.QName(key).localname}="{attribute(str(value))}"' for key, value in indent.attrib.items()
        )
        drawn = f"<w:ind{values}/>"
    centre = _inherited(styles, style_id, "jc")
    return ListLook(style_id, drawn, centred=centre is not None and centre.get(w("val")) == "center")


def bind_lists(styles: etree._Element, numbering: etree._Element, ids: dict[str, str]) -> None:
    """Add the three lists to the numbering part and bind the styles to them.

    The indents are taken from the styles, so that a city sets them in Word where it sets everything else.
    """
    by_id = {style.get(w("styleId"), ""): style for style in styles.iterchildren(w("style"))}
    abstracts = numbering.findall(w("abstractNum"))
    numbers = numbering.findall(w("num"))
    free_abstract = 1 + max((int(item.get(w("abstractNumId"), "0")) for item in abstracts), default=-1)
    free_number = 1 + max((int(item.get(w("numId"), "0")) for item in numbers), default=0)
    for offset, levels in enumerate((BODY, EXHIBITS, BULLETS)):
        looks = tuple(_look(by_id, ids[level.style]) for level in levels)
        _insert(numbering, free_abstract + offset, free_number + offset, levels, looks, _NSIDS[offset])
        for place, level in enumerate(levels):
            _bind(by_id[ids[level.style]], free_number + offset, place)


def _insert(
    numbering: etree._Element,
    abstract: int,
    number: int,
    levels: tuple[Level, ...],
    looks: tuple[ListLook, ...],
    nsid: str,
) -> None:
    drawn = parse(f'<x xmlns:w="{W}">{abstract_xml(abstract, levels, looks, nsid)}</x>')[0]
    numbering.insert(_first_after(numbering, (w("numPicBullet"), w("abstractNum"))), drawn)
    item = etree.Element(w("num"))
    item.set(w("numId"), str(number))
    etree.SubElement(item, w("abstractNumId")).set(w("val"), str(abstract))
    numbering.insert(_first_after(numbering, (w("numPicBullet"), w("abstractNum"), w("num"))), item)

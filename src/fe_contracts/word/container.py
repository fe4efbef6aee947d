"""Make the shell of a contract out of a house style's parts: types, relationships, settings, what is left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from fe_contracts.word.manifest import APP_XML, item_properties_xml, item_relationships_xml
from fe_contracts.word.package import resolve
from fe_contracts.word.template import PartTemplate
from fe_contracts.word.xml import CONTENT_TYPES, CORE, DC, DECLARATION, OFFICE_REL, PACKAGE_REL, W, parse, serialise, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.word.package import Package

__all__ = ["CORE_PART", "frames", "free_custom_part", "own_properties", "shell"]

CORE_PART: Final = "docProps/core.xml"
_APP_PART: Final = "docProps/app.xml"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DROPPED: Final = ("docProps/", "word/stylesWithEffects.xml")
_SETTINGS_DROPPED: Final = (
    "updateFields",
    "trackRevisions",
    "attachedTemplate",
    "mailMerge",
    "documentProtection",
    "writeProtection",
)
_COMPATIBILITY: Final = "http://schemas.microsoft.com/office/word"


def frames(package: Package) -> Iterator[str]:
    """Yield the parts of headers and footers."""
    for kind, target, outside in package.relationships(package.main).values():
        if not outside and kind.rpartition("/")[2] in {"header", "footer"}:
            yield resolve(package.main, target)


def free_custom_part(package: Package) -> str:
    """Return the name of a custom XML part that the house style does not use."""
    number = 1
    while f"customXml/item{number}.xml" in package.parts:
        number += 1
    return f"customXml/item{number}.xml"


def own_properties(package: Package) -> dict[str, PartTemplate]:
    """Return the document properties that the house style writes itself, as templates."""
    part = package.target("", "core-properties")
    if part is None or part not in package.parts:
        return {}
    root = package.xml(part)
    tags = {
        "title": f"{{{DC}}}title",
        "subject": f"{{{DC}}}subject",
        "creator": f"{{{DC}}}creator",
        "description": f"{{{DC}}}description",
        "keywords": f"{{{CORE}}}keywords",
        "category": f"{{{CORE}}}category",
    }
    found = {}
    for name, tag in tags.items():
        text = (root.findtext(tag) or "").strip()
        tagged = "{{" in text or "{%" in text
        if tagged or (text and name in {"keywords", "category", "description"}):
            found[name] = PartTemplate(package.name, part, text)
    return found


def shell(
    package: Package, frame_parts: list[str], styles_part: str, numbering_part: str, manifest_part: str
) -> dict[str, bytes]:
    """Return every part that is the same in all contracts of this house style."""
    properties = manifest_part.replace("/item", "/itemProps")
    leaf = manifest_part.rpartition("/")[2]
    filled = {package.main, *frame_parts, styles_part, numbering_part}
    parts = {
        name: content
        for name, content in package.parts.items()
        if name not in filled and not name.startswith(_DROPPED) and name not in {"[Content_Types].xml", "_rels/.rels"}
    }
    settings = package.target(package.main, "settings") or "word/settings.xml"
    parts[settings] = _settings(package, settings)
    parts[_APP_PART] = APP_XML.encode()
    parts[properties] = item_properties_xml().encode()
    parts[f"customXml/_rels/{leaf}.rels"] = item_relationships_xml(properties.rpartition("/")[2]).encode()
    parts["_rels/.rels"] = _root_relationships(package.main).encode()
    folder, _, main_leaf = package.main.rpartition("/")
    relationships = f"{folder}/_rels/{main_leaf}.rels" if folder else f"_rels/{main_leaf}.rels"
    wanted = {"styles": styles_part, "numbering": numbering_part, "settings": settings, "customXml": manifest_part}
    parts[relationships] = _main_relationships(package, wanted)
    overrides = {
        f"/{package.main}": _MAIN,
        f"/{styles_part}": f"{_WORD}styles+xml",
        f"/{numbering_part}": f"{_WORD}numbering+xml",
        f"/{settings}": f"{_WORD}settings+xml",
        f"/{properties}": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        f"/{CORE_PART}": "application/vnd.openxmlformats-package.core-properties+xml",
        f"/{_APP_PART}": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    parts["[Content_Types].xml"] = _content_types(package, overrides)
    return parts


def _settings(package: Package, part: str) -> bytes:
    root = package.xml(part) if part in package.parts else parse(f'<w:settings xmlns:w="{W}"/>')
    for tag in _SETTINGS_DROPPED:
        for item in root.findall(w(tag)):
            root.remove(item)
    if root.find(w("compat")) is None:
        compat = etree.SubElement(root, w("compat"))
        mode = etree.SubElement(compat, w("compatSetting"))
        for key, value in (("name", "compatibilityMode"), ("uri", _COMPATIBILITY), ("val", "15")):
            mode.set(w(key), value)
    return f"{DECLARATION}{serialise(root)}".encode()


def _root_relationships(main: str) -> str:
    kinds = (
        (f"{OFFICE_REL}/officeDocument", main),
        ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", CORE_PART),
        (f"{OFFICE_REL}/extended-properties", _APP_PART),
    )
    items = "".join(
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(kinds, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE_REL}">{items}</Relationships>'


def _main_relationships(package: Package, wanted: dict[str, str]) -> bytes:
    """Return the main part's relationships: those of the house style, and those that the contract adds."""
    root = parse(f'<Relationships xmlns="{PACKAGE_REL}"/>')
    present = set()
    known = package.relationships(package.main)
    for number, (kind, target, outside) in known.items():
        if not outside and resolve(package.main, target).startswith(_DROPPED):
            continue
        item = etree.SubElement(root, f"{{{PACKAGE_REL}}}Relationship", Id=number, Type=kind, Target=target)
        if outside:
            item.set("TargetMode", "External")
        present.add(resolve(package.main, target))
    for kind, target in wanted.items():
        if target not in present:
            number = f"rIdFE{kind}"
            etree.SubElement(
                root, f"{{{PACKAGE_REL}}}Relationship", Id=number, Type=f"{OFFICE_REL}/{kind}", Target=f"/{target}"
            )
    return f"{DECLARATION}{serialise(root)}".encode()


def _content_types(package: Package, overrides: dict[str, str]) -> bytes:
    root = package.xml("[Content_Types].xml")
    tag = f"{{{CONTENT_TYPES}}}"
    for item in root.findall(f"{tag}Override"):
        part = item.get("PartName", "")
        if part in overrides or part.lstrip("/").startswith(_DROPPED) or part.lstrip("/") not in package.parts:
            root.remove(item)
    extensions = {item.get("Extension", "").lower() for item in root.findall(f"{tag}Default")}
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        if extension not in extensions:
            root.insert(0, etree.Element(f"{tag}Default", Extension=extension, ContentType=kind))
    for part, kind in overrides.items():
        etree.SubElement(root, f"{tag}Override", PartName=part, ContentType=kind)
    return f"{DECLARATION}{serialise(root)}".encode()

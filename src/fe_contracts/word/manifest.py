"""Write what travels with the contract unseen: the manifest, the document properties, the program's name."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, Final

from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.word.xml import CORE, DC, DCTERMS, DECLARATION, OFFICE_REL, PACKAGE_REL, attribute, escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.document.tree import Contract
    from fe_contracts.word.package import Package

__all__ = [
    "APP_XML",
    "MANIFEST_NAMESPACE",
    "core_xml",
    "item_properties_xml",
    "item_relationships_xml",
    "manifest_xml",
    "read_manifest",
]

MANIFEST_NAMESPACE: Final = "urn:fe-contracts:manifest:1"
_ITEM_ID: Final = "{6C0E2B5D-6A2B-4E0B-9C57-FE0C0A7AC701}"
_DATA_STORE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"

APP_XML: Final = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>fe_contracts</Application></Properties>"
)


def manifest_xml(manifest: Mapping[str, object], fingerprints: list[dict[str, str]]) -> str:
    """Return the custom XML part: the manifest as JSON text inside one element."""
    record: dict[str, Any] = {**manifest, "fingerprints": fingerprints}
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return f'{DECLARATION}<manifest xmlns="{MANIFEST_NAMESPACE}" format="application/json">{escape(text)}</manifest>'


def read_manifest(package: Package) -> tuple[dict[str, object] | None, list[Finding]]:
    """Return the manifest inside a file, and what is wrong with it; it comes from outside and is only data."""
    for part in sorted(name for name in package.parts if name.startswith("customXml/") and name.endswith(".xml")):
        root = package.xml(part)
        if root.tag != f"{{{MANIFEST_NAMESPACE}}}manifest":
            continue
        try:
            record = json.loads(root.text or "")
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, dict):
            return record, []
        return None, [_note(package, part, "INSPECT011", "The manifest inside cannot be read.")]
    return None, [_note(package, "", "INSPECT010", "The file holds no manifest of this library.")]


def _note(package: Package, part: str, code: str, message: str) -> Finding:
    remedy = "Ask for the file as it was assembled."
    return Finding(code, Severity.WARNING, message, Where(file=package.name, field=part), remedy)


def item_properties_xml() -> str:
    """Return the part that names the manifest's namespace to Word."""
    return (
        f'{DECLARATION}<ds:datastoreItem ds:itemID="{_ITEM_ID}" xmlns:ds="{_DATA_STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{MANIFEST_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def item_relationships_xml(properties: str) -> str:
    """Return the relationship from the manifest to its properties part."""
    return (
        f'{DECLARATION}<Relationships xmlns="{PACKAGE_REL}">'
        f'<Relationship Id="rId1" Type="{OFFICE_REL}/customXmlProps" Target="{properties}"/></Relationships>'
    )


def _dated(contract: Contract) -> str:
    """Return the day the contract speaks from: no clock is read, so the same contract gives the same file."""
    given = str(contract.manifest.get("dated") or "")
    try:
        day = dt.date.fromisoformat(given[:10])
    except ValueError:
        day = dt.date(1980, 1, 1)
    return f"{day.isoformat()}T00:00:00Z"


def core_xml(contract: Contract, own: Mapping[str, str]) -> str:
    """Return the core properties; `own` are those that the house style writes itself."""
    city = next((item.organization for item in contract.signatories if item.party == "city"), "")
    given = {"title": contract.title, "subject": contract.subtitle, "creator": city, **own}
    dated = _dated(contract)
    plain = "".join(
        f"<{tag}>{escape(given[name])}</{tag}>"
        for name, tag in (
            ("title", "dc:title"),
            ("subject", "dc:subject"),
            ("creator", "dc:creator"),
            ("keywords", "cp:keywords"),
            ("description", "dc:description"),
            ("category", "cp:category"),
        )
        if given.get(name)
    )
    stamps = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{dated}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="{DC}" xmlns:dcterms="{DCTERMS}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{plain}{stamps}<dc:language>{attribute(contract.language)}</dc:language></cp:coreProperties>"
    )

"""See that markup of a newer Word, copied into a part, is declared there as it was where it came from.

Two things hang on prefixes and not on names: `mc:Ignorable`, which tells an older reader what it may skip, and
`Requires` on a choice. A copy that is put into another part keeps its names and may lose its prefixes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["MC", "Namespaces", "shell"]

MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_IGNORABLE: Final = f"{{{MC}}}Ignorable"
CHOICE: Final = f"{{{MC}}}Choice"


def shell(root: etree._Element) -> bytes:
    """Return a part that declares what the part of this root declares, and is empty."""
    made = etree.Element(root.tag, nsmap=root.nsmap)  # type: ignore[arg-type]  # a default namespace goes by None
    if root.get(_IGNORABLE) is not None:
        made.set(_IGNORABLE, root.get(_IGNORABLE, ""))
    return etree.tostring(made, xml_declaration=True, encoding="UTF-8", standalone=True)


class Namespaces:
    """The declarations of the two documents, part by part."""

    def __init__(self, old: EditablePackage, new: EditablePackage) -> None:
        self._old, self._new = old, new
        self._missing: dict[tuple[str, str], dict[str, str]] = {}

    def admit(self, copy: etree._Element, old_part: str, new_part: str) -> None:
        """Have the new part say of the copy's markup what the old part said: what may be skipped, what is required."""
        for choice in copy.iter(CHOICE):
            self._require(choice, old_part, new_part)
        missing = self._not_ignorable(old_part, new_part)
        if not missing:
            return
        for uri in sorted(missing.keys() & set(_used(copy))):
            self._ignore(self._declare(new_part, missing[uri], uri), new_part)
            del missing[uri]

    def _not_ignorable(self, old_part: str, new_part: str) -> dict[str, str]:
        """Return the namespaces that a reader may skip in the old part and not in the new, with their prefixes."""
        key = old_part, new_part
        if key not in self._missing:
            there = _ignorable(self._new.tree(new_part))
            here = _ignorable(self._old.tree(old_part))
            self._missing[key] = {uri: prefix for uri, prefix in here.items() if uri not in there}
        return self._missing[key]

    def _require(self, choice: etree._Element, old_part: str, new_part: str) -> None:
        """Write the prefixes that a choice requires as the new part spells them."""
        known = {**self._old.tree(old_part).nsmap, **choice.nsmap}
        prefixes = choice.get("Requires", "").split()
        if not all(prefix in known for prefix in prefixes):
            return  # nobody knows what is meant: a reader takes the fallback, here as there
        choice.set("Requires", " ".join(self._declare(new_part, prefix, known[prefix]) for prefix in prefixes))

    def _declare(self, new_part: str, prefix: str, uri: str) -> str:
        """Return the prefix of a namespace at the root of the new part, declared there if it was not."""
        root = self._new.tree(new_part)
        known = root.nsmap
        if known.get(prefix) == uri:
            return prefix
        for other, value in known.items():
            if other and value == uri:
                return other
        while prefix in known:
            prefix += "x"
        _add_declaration(root, prefix, uri)
        self._new.touch(new_part)
        return prefix

    def _ignore(self, prefix: str, new_part: str) -> None:
        root = self._new.tree(new_part)
        if "mc" not in root.nsmap:
            _add_declaration(root, "mc", MC)
        root.set(_IGNORABLE, f"{root.get(_IGNORABLE, '')} {prefix}".strip())
        self._new.touch(new_part)


def _ignorable(root: etree._Element) -> dict[str, str]:
    known = root.nsmap
    return {known[prefix]: prefix for prefix in root.get(_IGNORABLE, "").split() if prefix in known}


def _used(copy: etree._Element) -> Iterator[str]:
    """Yield the namespaces of the names in a copy; declared ones that no name uses do not count."""
    for node in copy.iter(etree.Element):
        for name in (node.tag, *node.keys()):
            space, _, local = str(name).rpartition("}")
            if local and space:
                yield space[1:]


def _add_declaration(root: etree._Element, prefix: str, uri: str) -> None:
    """Declare a namespace at the root; every prefix that an attribute's value may name stays declared."""
    keep = {name for name in root.nsmap if name} | {prefix}
    for node in root.iter(CHOICE):
        keep.update(name for name in node.nsmap if name)
    etree.cleanup_namespaces(root, top_nsmap={prefix: uri}, keep_ns_prefixes=sorted(keep))

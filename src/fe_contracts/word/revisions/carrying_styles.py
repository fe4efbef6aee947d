"""Take over styles: what a deleted paragraph or run is called stays defined, with all that its style builds on.

A style goes by its id. Where both documents define it, the new one's definition stands for both readings, and that
is said: Word cannot track the change of a style.
"""

from __future__ import annotations

import posixpath
from copy import deepcopy
from typing import TYPE_CHECKING, Final, Literal

from fe_contracts.word.revisions.carrying_definitions import digest, same, used_values
from fe_contracts.word.revisions.carrying_namespaces import shell
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from fe_contracts.word.revisions.carrying_remarks import Remarks
    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["STYLE_REFERENCES", "Styles"]

_VALUE: Final = w("val")
_ID: Final = w("styleId")
_NUM_ID: Final = w("numId")
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
STYLE_REFERENCES: Final = (w("pStyle"), w("rStyle"), w("tblStyle"))


class StyleSheet:
    """The styles of one document."""

    def __init__(self, package: EditablePackage) -> None:
        self._package = package
        self.part = package.related(package.main, "styles") or ""
        items = self.root().iterchildren(w("style")) if self.part else ()
        self.styles = {item.get(_ID, ""): item for item in items}
        self.names = {_name(item).lower() for item in self.styles.values()}

    def root(self) -> etree._Element:
        """Return the root of the part."""
        return self._package.tree(self.part)

    def defaults(self) -> dict[str, str]:
        """Return the styles of what names none, by kind."""
        found = {}
        for style_id, style in self.styles.items():
            if style.get(w("default"), "0") in {"1", "true", "on"}:
                found[_kind(style)] = style_id
        return found

    def used(self) -> list[str]:
        """Return the styles that the document's text uses, with those they build on, in the order of their use."""
        found = dict.fromkeys(self.defaults().values())
        found |= dict.fromkeys(used_values(self._package, STYLE_REFERENCES, self._package.stories()))
        queue = list(found)
        while queue:
            style = self.styles.get(queue.pop())
            base = "" if style is None else _value(style.find(w("basedOn")))
            if base and base not in found:
                found[base] = None
                queue.append(base)
        return list(found)

    def made_like(self, other: StyleSheet) -> str:
        """Return the name of the part, made if there is none, declaring what the other document's declares."""
        if not self.part:
            folder = posixpath.dirname(self._package.main)
            name = posixpath.join(folder, "styles.xml")
            if name in self._package.parts:
                name = self._package.free_name(posixpath.join(folder, "styles{}.xml"))
            self._package.add_part(name, shell(other.root()), _TYPE)
            self._package.relate(self._package.main, "styles", name)
            self.part = name
        return self.part

    def add(self, style: etree._Element) -> None:
        """Add a style after the others."""
        self.root().append(style)
        self.styles[style.get(_ID, "")] = style
        self.names.add(_name(style).lower())
        self._package.touch(self.part)


class Styles:
    """The styles of two documents."""

    def __init__(
        self,
        old: EditablePackage,
        new: EditablePackage,
        remarks: Remarks,
        *,
        numbering: Callable[[str], str],
        list_digest: Callable[[Literal["old", "new"], str], str],
        link: Callable[[etree._Element, str, str], None],
    ) -> None:
        self._remarks, self._numbering, self._list_digest, self._link = remarks, numbering, list_digest, link
        self._old, self._new = StyleSheet(old), StyleSheet(new)
        self._ids: dict[str, str] = {}
        self._carried: set[str] = set()
        parts = [
            [side.parts.get(side.related(side.main, kind) or "") for kind in ("styles", "numbering")]
            for side in (old, new)
        ]
        self._alike = parts[0] == parts[1]
        """Whether both documents hold the same sheets to the byte: then no style need be compared."""

    def style(self, style_id: str) -> str:
        """Return the id under which the new document has this style of the old, carried if it had none."""
        if style_id not in self._ids:
            self._ids[style_id] = self._settled(style_id)
        return self._ids[style_id]

    def of_list(self, style_id: str) -> str | None:
        """Return the style of a level of a carried list; nothing if that style is one of the new document's."""
        mine = self._old.styles.get(style_id)
        theirs = self._new.styles.get(style_id)
        if mine is None or (theirs is not None and style_id not in self._carried and _kind(mine) == _kind(theirs)):
            return None
        return self.style(style_id)

    def review(self) -> None:
        """Note every style in use in the old document that the new one defines differently, and differing defaults."""
        if self._alike:
            return
        for style_id in self._old.used():
            mine, theirs = self._old.styles.get(style_id), self._new.styles.get(style_id)
            if mine is not None and theirs is not None and _kind(mine) == _kind(theirs):
                self._compare(mine, theirs)
        if not (self._old.part and self._new.part):
            return
        for tag, name in (("docDefaults", "document defaults"), ("latentStyles", "latent styles")):
            if not same(self._old.root().find(w(tag)), self._new.root().find(w(tag))):
                self._remarks.add("REDLINE022", name)
        before, after = self._old.defaults(), self._new.defaults()
        for kind in sorted(before.keys() & after.keys()):
            if before[kind] != after[kind]:
                self._remarks.add("REDLINE022", f"default {kind} style")

    def _settled(self, style_id: str) -> str:
        mine, theirs = self._old.styles.get(style_id), self._new.styles.get(style_id)
        if mine is None:  # the old document names a style that it does not define
            if theirs is not None:
                self._remarks.add("REDLINE021", _name(theirs) or style_id)
            return style_id
        if theirs is None:
            return self._carry(mine, style_id)
        if _kind(mine) != _kind(theirs):
            return self._carry(mine, self._free_id(style_id))
        self._compare(mine, theirs)
        return style_id

    def _compare(self, mine: etree._Element, theirs: etree._Element) -> None:
        if not self._alike and self._digest("old", mine) != self._digest("new", theirs):
            self._remarks.add("REDLINE021", _name(mine) or mine.get(_ID, ""))

    def _digest(self, side: Literal["old", "new"], style: etree._Element) -> str:
        return digest(style, {_NUM_ID: lambda num_id: self._list_digest(side, num_id)})

    def _free_id(self, style_id: str) -> str:
        """Return an id that neither document gives to a style."""
        made, number = f"{style_id}Old", 2
        while made in self._new.styles or made in self._old.styles:
            made, number = f"{style_id}Old{number}", number + 1
        return made

    def _carry(self, style: etree._Element, made: str) -> str:
        """Copy a style, after it is known under its new id: styles point at each other in rings."""
        old_id = style.get(_ID, "")
        self._ids[old_id] = made
        self._carried.add(old_id)
        copy = deepcopy(style)
        copy.tail = None
        self._link(copy, self._old.part, self._new.made_like(self._old))
        copy.set(_ID, made)
        copy.attrib.pop(w("default"), "")
        self._name_it(copy)
        self._new.add(copy)
        self._rewire(copy)
        return made

    def _name_it(self, copy: etree._Element) -> None:
        """Give the style its name, or one like it: Word keeps one style of a name."""
        name, element = _name(copy), copy.find(w("name"))
        if element is None or name.lower() not in self._new.names:
            return
        made, number = f"{name} (old)", 2
        while made.lower() in self._new.names or made.lower() in self._old.names:
            made, number = f"{name} (old {number})", number + 1
        element.set(_VALUE, made)
        for other in copy.findall(w("aliases")):
            copy.remove(other)
        self._remarks.add("REDLINE027", f"{name} as {made}")

    def _rewire(self, copy: etree._Element) -> None:
        for tag in ("basedOn", "next"):
            element = copy.find(w(tag))
            if element is not None and element.get(_VALUE, "") in self._old.styles:
                element.set(_VALUE, self.style(element.get(_VALUE, "")))
        partner = copy.find(w("link"))
        if partner is not None:
            self._rewire_partner(copy, partner)
        for num_id in copy.iter(_NUM_ID):
            num_id.set(_VALUE, self._numbering(num_id.get(_VALUE, "")))

    def _rewire_partner(self, copy: etree._Element, partner: etree._Element) -> None:
        """Link the styles of paragraphs and of runs to each other, unless the new document's has another partner."""
        partner_id = _value(partner)
        carried = self.style(partner_id) if partner_id in self._old.styles else ""
        other = self._new.styles.get(carried)
        if other is not None and (partner_id in self._carried or _value(other.find(w("link"))) == copy.get(_ID)):
            partner.set(_VALUE, carried)
        else:
            copy.remove(partner)


def _name(style: etree._Element) -> str:
    return _value(style.find(w("name")))


def _kind(style: etree._Element) -> str:
    return style.get(w("type"), "paragraph")


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(_VALUE, "")

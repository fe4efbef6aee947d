"""Read and extend the list definitions of one document: `numbering.xml`, in the order that its schema wants."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from lxml import etree

from fe_contracts.word.revisions.carrying_definitions import digest, used_values
from fe_contracts.word.revisions.carrying_namespaces import shell
from fe_contracts.word.xml import OFFICE_REL, w

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["ListSheet"]

_VALUE: Final = w("val")
_ORDER: Final = (w("numPicBullet"), w("abstractNum"), w("num"), w("numIdMacAtCleanup"))
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_LOOKS: Final = (w("lvlText"), w("numFmt"), w("start"), w("startOverride"))
_INDIRECT: Final = (w("numStyleLink"), w("lvlPicBulletId"))


class ListSheet:
    """The lists of one document: `num` (a list), `abstractNum` (what lists share), `numPicBullet` (a picture)."""

    def __init__(self, package: EditablePackage, meaning: Callable[[EditablePackage, str, str], str]) -> None:
        self._package, self._meaning = package, meaning
        self.part = package.related(package.main, "numbering") or ""
        self.nums = self._by_id("num", "numId")
        self._abstracts = self._by_id("abstractNum", "abstractNumId")
        self.bullets = self._by_id("numPicBullet", "numPicBulletId")
        self._digests: dict[str, str] = {}
        self._shared: dict[etree._Element | None, str] = {}
        self._used: list[str] | None = None

    def _by_id(self, tag: str, name: str) -> dict[str, etree._Element]:
        if not self.part:
            return {}
        return {item.get(w(name), ""): item for item in self._package.tree(self.part).iterchildren(w(tag))}

    def used(self) -> list[str]:
        """Return the lists that text or styles use, in the order of their first use."""
        if self._used is None:
            styles = self._package.related(self._package.main, "styles")
            parts = [*self._package.stories(), *([styles] if styles else [])]
            found = used_values(self._package, (w("numId"),), parts) if self.nums else []
            self._used = [num_id for num_id in found if num_id in self.nums]
        return self._used

    def abstract_of(self, num: etree._Element) -> etree._Element | None:
        """Return the definition that a list points at, through a list style if it does so."""
        return self.resolved(_value(num.find(w("abstractNumId"))))

    def resolved(self, abstract_id: str) -> etree._Element | None:
        """Return a definition with levels of its own; one that only names a list style stands for that style's."""
        seen: set[str] = set()
        found = self._abstracts.get(abstract_id)
        while found is not None and abstract_id not in seen:
            seen.add(abstract_id)
            link = found.find(w("numStyleLink"))
            num = self.nums.get(self._list_of_style(_value(link))) if link is not None else None
            if num is None:
                break
            abstract_id = _value(num.find(w("abstractNumId")))
            found = self._abstracts.get(abstract_id)
        return found

    def _list_of_style(self, style_id: str) -> str:
        styles = self._package.related(self._package.main, "styles")
        for style in self._package.tree(styles).iterchildren(w("style")) if styles else ():
            if style.get(w("styleId")) == style_id:
                return _value(style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}"))
        return ""

    def says_itself(self, num: etree._Element) -> bool:
        """Return whether what a list says stands in it and in the definition it names: no list style, no picture."""
        abstract = self._abstracts.get(_value(num.find(w("abstractNumId"))))
        return abstract is not None and next(abstract.iter(*_INDIRECT), None) is None

    def sketch(self, num_id: str) -> tuple[str, ...]:
        """Return what shows quickly that two lists differ: their numbers, as they look and where they start."""
        num = self.nums[num_id]
        abstract = self.abstract_of(num)
        found = [item.get(_VALUE, "") for item in num.iter(*_LOOKS)]
        return (*found, *(() if abstract is None else (item.get(_VALUE, "") for item in abstract.iter(*_LOOKS))))

    def raw(self, num_id: str) -> bytes:
        """Return a list and its definition as they are written."""
        num = self.nums[num_id]
        abstract = self.abstract_of(num)
        return etree.tostring(num) + (b"" if abstract is None else etree.tostring(abstract))

    def digest(self, num_id: str) -> str:
        """Return what a list says, the same for two lists that say the same; empty for one that is not defined."""
        import hashlib  # few comparisons need it

        if num_id not in self.nums:
            return ""
        if num_id not in self._digests:
            num = self.nums[num_id]
            own = digest(num, {w("abstractNumId"): lambda _: "", w("lvlPicBulletId"): self._picture})
            abstract = self.abstract_of(num)
            if abstract not in self._shared:
                self._shared[abstract] = digest(abstract, {w("lvlPicBulletId"): self._picture})
            self._digests[num_id] = hashlib.sha256(f"{own} {self._shared[abstract]}".encode()).hexdigest()
        return self._digests[num_id]

    def _picture(self, bullet_id: str) -> str:
        """Return what a picture before list items shows."""
        bullet = self.bullets.get(bullet_id)
        return " ".join(
            self._meaning(self._package, self.part, str(value))
            for node in (() if bullet is None else bullet.iter(etree.Element))
            for name, value in node.items()
            if str(name).startswith(f"{{{OFFICE_REL}}}")
        )

    def free_num(self, avoided: Iterable[str]) -> str:
        """Return an id that no list has."""
        return _after(self.nums.keys() | set(avoided), start=1)

    def free_abstract(self) -> str:
        """Return an id that no definition has."""
        return _after(self._abstracts.keys(), start=0)

    def free_bullet(self) -> str:
        """Return an id that no picture before list items has."""
        return _after(self.bullets.keys(), start=0)

    def made_like(self, other: ListSheet) -> str:
        """Return the name of the part, made if there is none, declaring what the other document's declares."""
        if not self.part:
            folder = posixpath.dirname(self._package.main)
            name = posixpath.join(folder, "numbering.xml")
            if name in self._package.parts:
                name = self._package.free_name(posixpath.join(folder, "numbering{}.xml"))
            self._package.add_part(name, shell(other.root()), _TYPE)
            self._package.relate(self._package.main, "numbering", name)
            self.part = name
        return self.part

    def root(self) -> etree._Element:
        """Return the root of the part."""
        return self._package.tree(self.part)

    def add(self, element: etree._Element) -> None:
        """Add a list, a definition or a picture where its kind stands."""
        kinds = {
            w("num"): (self.nums, "numId"),
            w("abstractNum"): (self._abstracts, "abstractNumId"),
            w("numPicBullet"): (self.bullets, "numPicBulletId"),
        }
        known, name = kinds[element.tag]
        known[element.get(w(name), "")] = element
        later = _ORDER[_ORDER.index(element.tag) + 1 :]
        root = self.root()
        after = next(root.iterchildren(*later), None)
        if after is None:
            root.append(element)
        else:
            after.addprevious(element)
        self._package.touch(self.part)


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(_VALUE, "")


def _after(taken: Iterable[str], *, start: int) -> str:
    """Return the number after the highest that is taken, or the first free one if that is beyond what Word counts."""
    numbers = {int(item) for item in taken if item.isdecimal()}
    made = max(numbers, default=start - 1) + 1
    if made > 32_000:
        made = next(number for number in range(start, 32_000 + len(numbers)) if number not in numbers)
    return str(max(made, start))

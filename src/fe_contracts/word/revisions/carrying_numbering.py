"""Take over list definitions: a deleted paragraph of the old document keeps the number that it had.

An id of a list means something else in each file. Two lists are the same if what they say is the same, and no two
lists of the old document become one in the new: they would count on where each began anew.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final, Literal

from lxml import etree

from fe_contracts.word.revisions.carrying_definitions import digest
from fe_contracts.word.revisions.carrying_lists import ListSheet
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.word.revisions.carrying_remarks import Remarks
    from fe_contracts.word.revisions.editable import EditablePackage

__all__ = ["Numbering"]

_VALUE: Final = w("val")


class Numbering:
    """The lists of two documents."""

    def __init__(
        self,
        old: EditablePackage,
        new: EditablePackage,
        remarks: Remarks,
        *,
        style: Callable[[str], str | None],
        meaning: Callable[[EditablePackage, str, str], str],
        link: Callable[[etree._Element, str, str], None],
    ) -> None:
        self._remarks, self._style, self._link = remarks, style, link
        self._old, self._new = ListSheet(old, meaning), ListSheet(new, meaning)
        self._matched: dict[str, str] | None = None
        self._carried: dict[str, str] = {"0": "0"}
        self._abstracts: dict[str, str] = {}
        self._bullets: dict[str, str] = {}
        self._taken: set[str] = set()
        self.kept: set[str] = set()
        """Lists that keep their id although the new document defines them otherwise."""

    def digest(self, side: Literal["old", "new"], num_id: str) -> str:
        """Return what a list says on one side, the same for two lists that say the same."""
        return (self._old if side == "old" else self._new).digest(num_id)

    def match(self, num_id: str) -> str | None:
        """Return the list of the new document that says what this one of the old says; nothing is changed."""
        if num_id == "0":
            return "0"
        if self._matched is None:
            self._matched = self._matches()
        return self._matched.get(num_id)

    def changed(self) -> set[str]:
        """Return the ids that both documents give to a list in use, and define differently."""
        used = set(self._old.used()) & self._new.nums.keys() & self._old.nums.keys()
        return {num_id for num_id in used if not self._same(num_id, num_id)}

    def numbering(self, num_id: str) -> str:
        """Return the id under which the new document has this list of the old, carried if it had none."""
        if num_id not in self._carried:
            self._carried[num_id] = self.match(num_id) or self._unmatched(num_id)
        return self._carried[num_id]

    def _unmatched(self, num_id: str) -> str:
        if num_id in self.kept and num_id in self._new.nums:
            self._remarks.add("REDLINE023", f"list {num_id}")
            return num_id
        free = num_id not in self._new.nums and num_id not in self._taken and num_id.isdecimal()
        made = num_id if free else self._new.free_num(self._taken | self._old.nums.keys())
        self._taken.add(made)
        if num_id in self._old.nums:  # a list that is defined nowhere is none, and stays so
            self._carried[num_id] = made
            self._carry(self._old.nums[num_id], made)
        return made

    def _same(self, old_id: str, new_id: str) -> bool:
        if self._old.sketch(old_id) != self._new.sketch(new_id):
            return False
        if self._old.says_itself(self._old.nums[old_id]) and self._old.raw(old_id) == self._new.raw(new_id):
            return True
        return self._old.digest(old_id) == self._new.digest(new_id)

    def _matches(self) -> dict[str, str]:
        """Return the pairs of lists that say the same, by their ids first, then in the order of their use."""
        order = list(self._old.used())
        found = {num_id: num_id for num_id in order if num_id in self._new.nums and self._same(num_id, num_id)}
        left = [num_id for num_id in order if num_id not in found]
        if not left:
            return found
        candidates: dict[tuple[str, ...], list[str]] = {}
        for num_id in dict.fromkeys((*self._new.used(), *self._new.nums)):
            if num_id not in found:
                candidates.setdefault(self._new.sketch(num_id), []).append(num_id)
        for num_id in left:
            alike = candidates.get(self._old.sketch(num_id), [])
            equal = next((other for other in alike if self._old.digest(num_id) == self._new.digest(other)), None)
            if equal is not None:
                found[num_id] = equal
                alike.remove(equal)
        return found

    def _carry(self, num: etree._Element, made: str) -> None:
        copy = self._own_copy(num)
        copy.set(w("numId"), made)
        abstract = copy.find(w("abstractNumId"))
        if abstract is not None:
            abstract.set(_VALUE, self._abstract(abstract.get(_VALUE, "")))
        self._rewire(copy)
        self._new.add(copy)

    def _own_copy(self, element: etree._Element) -> etree._Element:
        """Return a copy of a definition for the new part, which is made if there was none."""
        copy = deepcopy(element)
        copy.tail = None
        self._link(copy, self._old.part, self._new.made_like(self._old))
        return copy

    def _abstract(self, abstract_id: str) -> str:
        """Return the id in the new document of what several lists may share, so that they count on together."""
        if abstract_id not in self._abstracts:
            made = self._abstracts[abstract_id] = self._new.free_abstract()
            source = self._old.resolved(abstract_id)
            copy = etree.Element(w("abstractNum")) if source is None else self._own_copy(source)
            copy.set(w("abstractNumId"), made)
            for tag in ("styleLink", "numStyleLink"):
                for link in copy.findall(w(tag)):
                    copy.remove(link)
            self._renew(copy, made)
            self._new.add(copy)  # before its styles are carried: they may point back at it
            self._rewire(copy)
        return self._abstracts[abstract_id]

    def _renew(self, copy: etree._Element, made: str) -> None:
        """Give a copied definition a mark of its own: Word takes two definitions with one mark for the same list."""
        import hashlib  # few comparisons need it

        mark = copy.find(w("nsid"))
        if mark is not None:
            name = f"{made} {mark.get(_VALUE, '')} {digest(copy)}"
            mark.set(_VALUE, hashlib.sha256(name.encode()).hexdigest()[:8].upper())

    def _rewire(self, copy: etree._Element) -> None:
        for node in list(copy.iter(w("pStyle"), w("lvlPicBulletId"))):
            value = node.get(_VALUE, "")
            carried = self._style(value) if node.tag == w("pStyle") else self._bullet(value)
            if carried is None:
                parent = node.getparent()
                if parent is not None:
                    parent.remove(node)
            else:
                node.set(_VALUE, carried)

    def _bullet(self, bullet_id: str) -> str | None:
        """Return the id in the new document of a picture that stands before the items of a list."""
        source = self._old.bullets.get(bullet_id)
        if source is None:
            return None
        if bullet_id not in self._bullets:
            made = self._bullets[bullet_id] = self._new.free_bullet()
            copy = self._own_copy(source)
            copy.set(w("numPicBulletId"), made)
            self._new.add(copy)
        return self._bullets[bullet_id]

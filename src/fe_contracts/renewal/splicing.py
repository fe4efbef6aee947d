"""Change single values of a spec's file and leave every other character as it was: comments, order, quotation marks.

A change is made in the text and in the data at once; the text is read again at the end, and must say the data.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from yaml import YAMLError

from fe_contracts.exceptions import RefusedError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.renewal.marks import Node, nodes_of
from fe_contracts.renewal.remarks import ASKED_AGAIN, MARK, commented, own_remarks, remark_lines
from fe_contracts.sources import Loaded, field_name, parse_json, parse_yaml
from fe_contracts.sources.yaml_text import plain_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fe_contracts.sources import Path_

__all__ = ["MARK", "SpecText"]

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _./()+-]*[A-Za-z0-9_./()+-])?")


class SpecText:
    """A spec's file as text and data, in which values are replaced, set aside and added."""

    def __init__(self, name: str, text: str, loaded: Loaded) -> None:
        """Take a file's text with its line ends as they are, and what it was read as."""
        self.name = name
        self.bom = "\ufeff" if text.startswith("\ufeff") else ""
        self.text = text.removeprefix("\ufeff")
        self.json = name.lower().endswith(".json")
        self.data: Any = deepcopy(loaded.data)
        # A tab in JSON stands only between values: a blank has its length, and the YAML parser takes it.
        self.nodes = self._marked(self.text.replace("\t", " ") if self.json else self.text)
        self.newline = "\r\n" if "\r\n" in self.text else "\n"
        self.edits: list[tuple[int, int, str]] = []
        self.lines: set[int] = set()
        """The lines of the old file, from 1, that a change was made in."""
        self._take_out_old_remarks()

    def _marked(self, text: str) -> dict[Path_, Node]:
        """Return the place of every value, or say that the file is written in a way that is only read."""
        try:
            return nodes_of(text)
        except YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            said = f"The file can be read, but not changed in place: {getattr(error, 'problem', None) or error}."
            where = Where(self.name, mark.line + 1 if mark else 0, mark.column + 1 if mark else 0)
            remedy = "Write this place as the examples do."
            raise RefusedError(self.name, [Finding("RENEW017", Severity.ERROR, said, where, remedy)]) from None

    def node(self, path: Path_) -> Node:
        """Return where the file writes a value.

        Raises:
            RefusedError: if it does not itself, but stands for it by an alias.
        """
        if path not in self.nodes:
            raise self._refusal(path)
        return self.nodes[path]

    def line(self, path: Path_) -> int:
        """Return the line of the old file in which the value, or its name, begins."""
        node = self.node(path)
        return self._line_at(node.key_start if node.key_start >= 0 else node.start)

    def put(self, path: Path_, value: str, *, number: bool = False) -> None:
        """Replace a single value, with the quotation marks that the old one had."""
        node = self.node(path)
        if node.kind not in {"scalar", "alias"}:
            raise self._refusal(path)
        start = node.start
        if node.anchored:  # the name behind the '&' stays; what refers to it is looked at in the end
            marked = re.match(r"&\S+\s*", self.text[start : node.end])
            start += marked.end() if marked else 0
        style = node.style if node.style in {"'", '"'} else ""
        self._edit(start, node.end, value if number and not style else _written(value, style))
        self._set(path, plain_value(value) if number and not style else value)

    def put_list(self, path: Path_, values: Sequence[str]) -> None:
        """Replace a list of single values."""
        node = self.node(path)
        if len(values) == len(node.children):
            for child, value in zip(node.children, values, strict=True):
                self.put(child, value, number=True)
            return
        inline = node.flow or node.kind == "alias"
        joined = ", ".join(values) if inline else f"{self.newline}{' ' * node.column}- ".join(values)
        self._edit(node.start, node.end, f"[{joined}]" if inline else f"- {joined}")
        self._set(path, [plain_value(value) for value in values])

    def set_aside(self, why: str, *paths: Path_) -> None:
        """Make fields of one group comments, with the reason above each; those in brackets are made empty.

        Where nothing else is in the group, it goes as a whole: else its name would be left without a value.
        """
        if paths and len(paths[0]) > 1 and {*paths} == {*self.node(paths[0][:-1]).children}:
            paths = (paths[0][:-1],)
        for path in paths:
            self._set_one_aside(path, why)

    def _set_one_aside(self, path: Path_, why: str) -> None:
        node = self.node(path)
        if self._flow_above(path):
            empty = {"list": "[]", "fields": "{}"}.get(node.kind, "null")
            self._edit(node.start, node.end, empty)
            self._set(path, json.loads(empty))
            return
        first, after = self._line_start(node.key_start), self._line_end(node.end)
        indent = " " * node.key_column
        told = [f"{indent}{line}" for line in remark_lines(why, node.key_column)]
        old = [line for line in self.text[first:after].splitlines() if not line.lstrip(" ").startswith(MARK)]
        aside = [commented(line, node.key_column) for line in old]
        self._edit(first, after, self.newline.join([*told, *aside]))
        del self._parent(path)[path[-1]]

    def add(self, path: Path_, fields: Mapping[str, str | int]) -> None:
        """Write a field with fields of its own, on one line, as the last one of the fields that it belongs to."""
        parent = self.node(path[:-1])
        values: dict[str, str | int] = dict(fields)
        if self.json:
            written = f"{json.dumps(str(path[-1]))}: {json.dumps(values, ensure_ascii=False)}"
        else:
            inside = ", ".join(f"{name}: {_entry(value)}" for name, value in fields.items())
            written = f"{path[-1]}: {{{inside}}}"
        last = self.nodes[parent.children[-1]]
        if parent.flow:
            self._edit(last.end, last.end, f", {written}")
            self.lines.add(self._line_at(last.end))
        else:
            after = self._line_end(last.end)
            self._edit(after, after, f"{self.newline}{' ' * last.key_column}{written}")
        self._set(path, values)

    def note(self, path: Path_, text: str) -> None:
        """Write a comment above a field; a file that has no place for one is left as it is."""
        if self.json or self._flow_above(path):
            return
        node = self.node(path)
        first = self._line_start(node.key_start)
        lines = [f"{' ' * node.key_column}{line}{self.newline}" for line in remark_lines(text, node.key_column)]
        self._edit(first, first, "".join(lines), touches=False)

    def finished(self, name: str) -> tuple[str, Loaded]:
        """Return the new text, and what it is read as under its new name.

        Raises:
            RefusedError: if an alias makes the text say something else than it should.
        """
        pieces, place = [self.bom], 0
        for start, end, new in sorted(self.edits, key=lambda edit: (edit[0], edit[1])):
            if end < place:  # a remark inside what is set aside: it went with it
                continue
            pieces += [self.text[place:start], new]
            place = end
        text = "".join([*pieces, self.text[place:]])
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        loaded = parse_json(plain, name) if self.json else parse_yaml(plain, name)
        if loaded.data != self.data:
            raise self._refusal(_first_difference(loaded.data, self.data))
        return text, loaded

    def _take_out_old_remarks(self) -> None:
        """Delete what an earlier renewal wrote, but for what people were asked and have not said."""
        if self.json:
            return
        for remark in own_remarks(self.text, self.nodes):
            if remark.name not in ASKED_AGAIN or remark.name in self.data:
                self._edit(remark.start, remark.end, "")

    def _edit(self, start: int, end: int, new: str, *, touches: bool = True) -> None:
        self.edits.append((start, end, new))
        if touches and end > start:
            self.lines.update(range(self._line_at(start), self._line_at(end - 1) + 1))

    def _parent(self, path: Path_) -> Any:
        place = self.data
        for step in path[:-1]:
            place = place[step]
        return place

    def _set(self, path: Path_, value: Any) -> None:
        self._parent(path)[path[-1]] = value

    def _flow_above(self, path: Path_) -> bool:
        """Return whether anything that the value stands in is written in brackets."""
        return any(self.nodes[path[:length]].flow for length in range(len(path)))

    def _line_at(self, place: int) -> int:
        return len(re.findall(r"\r\n|\r|\n", self.text[:place])) + 1

    def _line_start(self, place: int) -> int:
        return max(self.text.rfind("\n", 0, place), self.text.rfind("\r", 0, place)) + 1

    def _line_end(self, place: int) -> int:
        found = re.compile(r"\r\n|\r|\n").search(self.text, place)
        return found.start() if found else len(self.text)

    def _refusal(self, path: Path_) -> RefusedError:
        said = f"{field_name(path)} cannot be changed without changing what else refers to it or is written with it."
        remedy = "Write out what '&' and '*' share, and give the field the form that the examples show."
        node = self.nodes.get(path)
        where = Where(self.name, self.line(path) if node else 0, 1 if node else 0, field_name(path))
        return RefusedError(self.name, [Finding("RENEW017", Severity.ERROR, said, where, remedy)])


def _is_plain(value: str) -> bool:
    """Return whether a text can stand without quotation marks and be read as the same text."""
    return bool(_PLAIN.fullmatch(value)) and isinstance(plain_value(value), str)


def _entry(value: str | int) -> str:
    return str(value) if isinstance(value, int) else _written(value, "")


def _written(value: str, style: str) -> str:
    """Return a value as the file writes it."""
    if style == "'":
        return "'" + value.replace("'", "''") + "'"
    return value if not style and _is_plain(value) else json.dumps(value, ensure_ascii=False)


def _first_difference(one: Any, other: Any, path: Path_ = ()) -> Path_:
    """Return the path of the first value in which two files' data differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in [*one, *(key for key in other if key not in one)]:
            if one.get(key) != other.get(key) or (key in one) != (key in other):
                return _first_difference(one.get(key), other.get(key), (*path, key))
    if isinstance(one, list) and isinstance(other, list):
        for place, (left, right) in enumerate(zip(one, other, strict=False)):
            if left != right:
                return _first_difference(left, right, (*path, place))
    return path

"""Render the tags of a house style: docxtpl's healing and Jinja, without what makes their defaults unsafe.

A tag may print a name, choose and repeat, and nothing else: no calls, no arithmetic, no imports, no filter that
switches escaping off. The template language is given as a closed list of what is allowed, so that a file from
outside can neither run code nor take the memory.
"""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from fe_contracts.exceptions import HouseStyleError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.word.context import NAMES
from fe_contracts.word.xml import forbidden_character

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Template

    from fe_contracts.catalog.cache import Cache

__all__ = ["PartTemplate", "compile_text", "heal", "house_problem"]

_FILTERS: Final = (
    "upper",
    "lower",
    "title",
    "capitalize",
    "trim",
    "default",
    "join",
    "first",
    "last",
    "length",
    "count",
)
_TESTS: Final = ("defined", "undefined", "none", "equalto", "eq", "==", "ne", "!=", "in")
_ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
    nodes.Test,
    nodes.Tuple,
    nodes.List,
    nodes.Keyword,
    nodes.Concat,
)
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LEFTOVER: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_BREAK: Final = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_MARKUP: Final = re.compile(r"<[^>]+>")


def house_problem(name: str, code: str, part: str, message: str, remedy: str) -> Finding:
    """Return one problem of a house style, with the part of the file it stands in."""
    return Finding(code, Severity.ERROR, message, Where(file=name, field=part), remedy)


def _printable(value: object) -> object:
    """Return what a tag prints: text escaped, line breaks as line breaks, control characters refused."""
    if isinstance(value, str) and not isinstance(value, Markup):
        found = forbidden_character(value)
        if found:
            message = f"character {found[0]} of {value[:40]!r} is {found[1]}, which a Word file cannot hold"
            raise ForbiddenCharacterError(message)
        if "\n" in value or "\t" in value:
            return _BREAK.join(escape(line.replace("\t", " ")) for line in value.split("\n"))
    return value


class ForbiddenCharacterError(TemplateError):
    """A value that the house style prints holds a character that a Word file cannot hold."""


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, finalize=_printable, keep_trailing_newline=True, optimized=False
    )
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    environment.globals = {}
    return environment


_ENVIRONMENT: Final = _environment()


def heal(xml: str, cache: Cache) -> str:
    """Return the part with every tag in one piece, as docxtpl mends what Word has split over runs."""
    if "{" not in xml:
        return xml
    key = f"healed {hashlib.sha256(xml.encode()).hexdigest()}"
    known = cache.data(key)
    if known is not None:  # loading docxtpl takes as long as assembling a contract
        return known
    from docxtpl import DocxTemplate

    healed: str = DocxTemplate(BytesIO()).patch_xml(xml)
    cache.remember({key: ("", healed)}, None)
    return healed


class PartTemplate:
    """One part of a house style with its tags, ready to be rendered."""

    def __init__(self, style: str, part: str, source: str) -> None:
        """Compile the part, or refuse it.

        Raises:
            HouseStyleError: if a tag is broken, forbidden, or uses a name that there is not.
        """
        self.style, self.part = style, part
        self._source = re.sub(r"<w:p([ >])", r"\n<w:p\1", source)
        problems = tuple(self._problems())
        if problems:
            raise HouseStyleError(style, problems)
        self._template: Template = _ENVIRONMENT.template_class.from_code(
            _ENVIRONMENT, self._code, _ENVIRONMENT.make_globals(None)
        )

    def render(self, names: Mapping[str, Any]) -> str:
        """Return the part with its tags filled.

        Raises:
            HouseStyleError: if a tag asks for something that this contract has not.
        """
        try:
            text = self._template.render(names)
        except UndefinedError as error:
            raise HouseStyleError(self.style, [self._undefined(str(error.message))]) from error
        except ForbiddenCharacterError:
            raise
        except (TemplateError, TypeError, ValueError, KeyError) as error:
            problem = house_problem(self.style, "HOUSE040", self.part, f"A tag cannot be rendered: {error}.", _SEE)
            raise HouseStyleError(self.style, [problem]) from error
        return text.replace("\n<w:p", "<w:p")

    def _undefined(self, message: str) -> Finding:
        return house_problem(
            self.style, "HOUSE043", self.part, f"A tag asks for something that there is not: {message}.", _SEE
        )

    def _problems(self) -> Iterator[Finding]:
        """Yield what is wrong with the tags; nothing is compiled, let alone run, before every tag is allowed."""
        try:
            tree = _ENVIRONMENT.parse(self._source)
        except TemplateSyntaxError as error:
            yield self._broken(error.lineno, str(error.message))
            return
        except (RecursionError, ValueError, OverflowError) as error:
            yield self._broken(0, f"it is too deep or too large ({type(error).__name__})")
            return
        forbidden = next((node for node in tree.find_all(nodes.Node) if not isinstance(node, _ALLOWED)), None)
        if forbidden is not None:
            message = (
                f"The tag {self._tag_on(forbidden.lineno)} is not allowed: a tag may print, choose and repeat, and "
                f"this is a {type(forbidden).__name__.lower()}."
            )
            yield house_problem(self.style, "HOUSE041", self.part, message, _SEE)
            return
        yield from self._unknown(tree)
        yield from self._leftovers(tree)
        try:
            self._code = _ENVIRONMENT.compile(tree)
        except TemplateSyntaxError as error:
            yield self._broken(error.lineno, str(error.message))

    def _unknown(self, tree: nodes.Template) -> Iterator[Finding]:
        known = set(NAMES) | {"loop"}
        bound = {item.name for item in tree.find_all(nodes.Name) if item.ctx == "store"}
        used = {item.name for item in tree.find_all(nodes.Name) if item.ctx == "load"}
        for name in sorted(used - known - bound):
            message = f"A tag uses {name!r}, which is not a name that it can use."
            yield house_problem(self.style, "HOUSE042", self.part, message, f"The names are: {', '.join(NAMES)}.")

    def _leftovers(self, tree: nodes.Template) -> Iterator[Finding]:
        """Yield braces that no tag has taken: a tag that was opened or closed only in part."""
        for node in tree.find_all(nodes.TemplateData):
            text = _MARKUP.sub("", str(node.data))
            if found := _LEFTOVER.search(text):
                around = text[max(0, found.start() - 30) : found.end() + 30].strip()
                yield house_problem(self.style, "HOUSE040", self.part, f"A tag is broken near {around!r}.", _SEE)

    def _broken(self, line: int | None, why: str) -> Finding:
        message = f"A tag is broken near {self._tag_on(line)}: {why}"
        return house_problem(self.style, "HOUSE040", self.part, message, _SEE)

    def _tag_on(self, line: int | None) -> str:
        """Return the tag of the paragraph that the template engine names, or the paragraph's words."""
        lines = self._source.splitlines()
        paragraph = lines[line - 1] if line and line <= len(lines) else self._source
        tags = [" ".join(_MARKUP.sub("", tag).split()) for tag in _TAG.findall(paragraph)]
        return repr(" ".join(tags)[:120] or " ".join(_MARKUP.sub("", paragraph).split())[:80])


_SEE: Final = (
    "Retype the tag in one go, without formatting inside it; docs/how-to/house-style.md shows what tags can do."
)


def compile_text(style: str, part: str, source: str, cache: Cache) -> PartTemplate:
    """Return the template of a part whose tags have first been healed, or were in an earlier process."""
    return PartTemplate(style, part, heal(source, cache))

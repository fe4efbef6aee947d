"""Load a house style: the Word file that gives a contract its cover, header, footer, signature page and styles.

It is opened once through the safe reader, healed and compiled; what never changes is compressed once. Every contract
written with it afterwards only fills the tags and splices the body in.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from fe_contracts import __version__
from fe_contracts.catalog.cache import Cache
from fe_contracts.exceptions import HouseStyleError, UnsafeFileError
from fe_contracts.sources.bundled import bundled
from fe_contracts.word import container, skeleton
from fe_contracts.word.archive import Member, member
from fe_contracts.word.context import sample_pages
from fe_contracts.word.package import Package, read_package
from fe_contracts.word.styles import bind_lists, complete, set_language
from fe_contracts.word.template import PartTemplate, compile_text, house_problem
from fe_contracts.word.xml import DECLARATION, W, attribute, parse, serialise, w

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.findings import Finding

__all__ = ["HouseStyle", "load_house_style"]

_LARGEST_PART: Final = 2_000_000
_TOO_LARGE: Final = "A house style is a few pages: cover, marker, signatures. Delete what belongs into clauses."
_LANGUAGE_MARK: Final = "xx-FE-LANGUAGE"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class HouseStyle:
    """A compiled house style; the same file is compiled once per process."""

    name: str
    digest: str
    """SHA-256 of the file: it goes into the manifest."""
    style_ids: Mapping[str, str]
    """The ids of the styles that the body is written in, by name."""
    lent: tuple[str, ...]
    """Required styles that the file lacks; they are taken from the plain look."""
    text_width: int
    page_setup: str
    """Size and margins of its pages, for the page of facts to confirm."""
    first_control: int
    first_bookmark: int
    main: PartTemplate
    frames: Mapping[str, PartTemplate]
    """Headers and footers by part name."""
    properties: Mapping[str, PartTemplate]
    """Document properties that the file writes itself, by name."""
    manifest_part: str
    static: tuple[Member, ...]
    styles_part: str
    _styles: str = ""
    _by_language: dict[str, Member] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Return the name and the beginning of the digest."""
        return f"HouseStyle({self.name!r}, {self.digest[:12]})"

    def styles_member(self, language: str) -> Member:
        """Return the styles part with this language as that of all text, compressed once per language."""
        found = self._by_language.get(language)
        if found is None:
            text = self._styles.replace(_LANGUAGE_MARK, attribute(language))
            found = self._by_language[language] = member(self.styles_part, text.encode("utf-8"))
        return found

    def render(self, names: Mapping[str, Any]) -> dict[str, str]:
        """Return the parts that have tags, filled; the main part still with the writer's marks.

        Raises:
            HouseStyleError: if a tag asks for something that is not there, or the filled part is broken.
        """
        rendered = {self.main.part: self.main.render(names)}
        rendered |= {part: template.render(names) for part, template in self.frames.items()}
        problems = tuple(_rendered_problems(self.name, rendered))
        if problems:
            raise HouseStyleError(self.name, problems)
        return rendered


_CACHE: Final[dict[str, HouseStyle]] = {}


def load_house_style(source: str | Path | bytes) -> HouseStyle:
    """Return the house style of this file: a path, the file's bytes, or the name of one the library brings.

    Raises:
        HouseStyleError: if it cannot be used; every reason, with the part of the file and the tag.
        SourceError: if the file cannot be read.
    """
    name, data = _find(source)
    digest = hashlib.sha256(data).hexdigest()
    if digest not in _CACHE:
        _CACHE[digest] = _compile(name, digest, data)
    return _CACHE[digest]


def _find(source: str | Path | bytes) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        return "the house style", source
    path = Path(source)
    if isinstance(source, str) and not path.suffix and not path.exists():
        path = bundled("clause_library") / "house_style" / f"{source}.docx"
        if not path.exists():
            known = ", ".join(sorted(item.stem for item in path.parent.glob("*.docx"))) or "none"
            problem = house_problem(
                source,
                "HOUSE011",
                "",
                f"There is no house style {source!r} in the library.",
                f"It brings: {known}. Or give the path of a .docx file.",
            )
            raise HouseStyleError(source, [problem])
    try:
        return str(source), path.read_bytes()
    except OSError as error:
        problem = house_problem(
            str(source),
            "HOUSE010",
            "",
            f"The file cannot be read: {error.strerror}.",
            "Check the path and that you may read the file.",
        )
        raise HouseStyleError(str(source), [problem]) from error


def _open(name: str, data: bytes) -> Package:
    try:
        return read_package(data, name=name, strict=True)
    except UnsafeFileError as error:
        raise HouseStyleError(name, error.problems) from error


def _compile(name: str, digest: str, data: bytes) -> HouseStyle:
    package = _open(name, data)
    try:
        return _compiled(name, digest, package)
    except UnsafeFileError as error:
        raise HouseStyleError(name, error.problems) from error


def _compiled(name: str, digest: str, package: Package) -> HouseStyle:
    root = package.xml(package.main)
    frames = sorted(container.frames(package))
    roots = {part: package.xml(part) for part in frames}
    problems = [
        house_problem(
            name, "HOUSE013", part, f"The part has {len(package.parts[part]):,} bytes of text and tags.", _TOO_LARGE
        )
        for part in (package.main, *frames)
        if len(package.parts[part]) > _LARGEST_PART
    ]
    problems += [
        problem
        for part, tree in ((package.main, root), *roots.items())
        for problem in skeleton.revision_problems(name, part, tree)
    ]
    width, page_setup = skeleton.text_width(root), skeleton.page_setup(root)
    first_control, first_bookmark = skeleton.first_free(iter((root, *roots.values())))
    text, found = skeleton.prepare(name, package.main, root)
    problems += found
    if problems:
        raise HouseStyleError(name, problems)
    templates, broken = _templates(
        name, {package.main: text, **{part: serialise(tree) for part, tree in roots.items()}}
    )
    if broken:
        raise HouseStyleError(name, broken)
    main = templates.pop(package.main)
    styles_part, styles, ids, lent, numbering_part, numbering = _styles(package)
    manifest_part = container.free_custom_part(package)
    shell = container.shell(package, frames, styles_part, numbering_part, manifest_part)
    shell[numbering_part] = f"{DECLARATION}{serialise(numbering)}".encode()
    style = HouseStyle(
        name=name,
        digest=digest,
        style_ids=ids,
        lent=lent,
        text_width=width,
        page_setup=page_setup,
        first_control=first_control,
        first_bookmark=first_bookmark,
        main=main,
        frames=templates,
        properties=container.own_properties(package),
        manifest_part=manifest_part,
        static=tuple(member(part, content) for part, content in shell.items()),
        styles_part=styles_part,
        _styles=f"{DECLARATION}{serialise(styles)}",
    )
    for page in sample_pages():
        style.render(page.names())
        for template in style.properties.values():
            template.render(page.names())
    return style


def _templates(name: str, texts: Mapping[str, str]) -> tuple[dict[str, PartTemplate], list[Finding]]:
    templates: dict[str, PartTemplate] = {}
    problems: list[Finding] = []
    cache = Cache.open(__version__)
    for part, text in texts.items():
        try:
            templates[part] = compile_text(name, part, text, cache)
        except HouseStyleError as error:
            problems += error.problems
    return templates, problems


def _styles(
    package: Package,
) -> tuple[str, etree._Element, dict[str, str], tuple[str, ...], str, etree._Element]:
    """Return the styles and numbering parts, completed and bound to each other."""
    styles_part, styles = _part_or_new(package, "styles")
    ids, lent = complete(styles)
    set_language(styles, _LANGUAGE_MARK)
    numbering_part, numbering = _part_or_new(package, "numbering")
    bind_lists(styles, numbering, ids)
    return styles_part, styles, ids, lent, numbering_part, numbering


def _part_or_new(package: Package, kind: str) -> tuple[str, etree._Element]:
    """Return the part of this kind that the main part points at, or an empty one."""
    part = package.target(package.main, kind)
    if part is not None and part in package.parts:
        return part, package.xml(part)
    return f"{package.main.rpartition('/')[0]}/{kind}.xml", parse(f'<w:{kind} xmlns:w="{W}"/>')


def _rendered_problems(name: str, rendered: Mapping[str, str]) -> list[Finding]:
    problems: list[Finding] = []
    roots: dict[str, etree._Element] = {}
    for part, text in rendered.items():
        try:
            roots[part] = parse(text)
        except etree.XMLSyntaxError as error:
            problems.append(
                house_problem(
                    name,
                    "HOUSE051",
                    part,
                    f"The part is broken once its tags are filled: {error.msg}.",
                    "Let each {% if %} or {% for %} begin and end in the same paragraph, or use {%p … %}.",
                )
            )
    problems += skeleton.bookmark_problems(name, roots)
    for part, root in roots.items():
        problems += (
            house_problem(
                name,
                "HOUSE052",
                part,
                "A table cell is empty once the tags are filled.",
                "Keep an empty paragraph in the cell, outside the {%p … %} tags.",
            )
            for cell in root.iter(w("tc"))
            if cell.find(w("p")) is None and cell.find(w("tbl")) is None and cell.find(w("sdt")) is None
        )
    return problems

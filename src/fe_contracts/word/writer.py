"""Write a contract as a Word file: the tree's body spliced into a compiled house style, the same bytes every time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fe_contracts.document.tree import blocks_of, texts_of
from fe_contracts.exceptions import AssemblyError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.word.anchors import Anchors
from fe_contracts.word.archive import archive, member
from fe_contracts.word.body import BodyWriter
from fe_contracts.word.container import CORE_PART
from fe_contracts.word.context import page_of
from fe_contracts.word.front import confirmations, contents
from fe_contracts.word.manifest import core_xml, manifest_xml
from fe_contracts.word.numbering import Counter
from fe_contracts.word.runs import Pen
from fe_contracts.word.skeleton import BODY_MARK, EXHIBITS_MARK
from fe_contracts.word.template import ForbiddenCharacterError
from fe_contracts.word.xml import DECLARATION, forbidden_character, has_forbidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.document.tree import Contract
    from fe_contracts.word.house_style import HouseStyle

__all__ = ["write"]


def write(contract: Contract, style: HouseStyle) -> bytes:
    """Return the contract as a .docx file in this house style.

    The same contract and the same house style give the same bytes, in any process, on any day.

    Raises:
        AssemblyError: if text cannot stand in a Word file, a number of the tree is not the number that Word will
            compute, or a reference points at nothing. Nothing is dropped and nothing is guessed.
        HouseStyleError: if a tag of the house style cannot be filled for this contract.
    """
    anchors = Anchors.of(contract)
    pen = Pen(style.style_ids, anchors.bookmarks, style.first_control, style.first_bookmark)
    writer = BodyWriter(pen, style.text_width)
    first = _broken(confirmations(contract, writer, style.page_setup))
    front = contents(contract, writer)
    counter = Counter()
    articles = "".join(
        writer.article(article, counter, new_page=not place) for place, article in enumerate(contract.articles)
    )
    counter = Counter(exhibits=True)
    exhibits = "".join(writer.exhibit(exhibit, counter) for exhibit in contract.exhibits)
    problems = [*anchors.problems, *_problems(contract, writer)]
    if problems:
        raise AssemblyError(contract.contract_id, problems)
    record = {**contract.manifest, "house_style": {"digest": f"sha256:{style.digest}"}}
    manifest = manifest_xml(record, writer.fingerprints)
    parts = _filled(contract, style, _broken(front + articles), _broken(exhibits), pen.bookmark)
    if first:
        before, body, after = parts[style.main.part].partition("<w:body>")
        parts[style.main.part] = f"{before}{body}{first}{after}"
    parts[style.manifest_part] = manifest
    encoded = {name: _encoded(contract, text) for name, text in parts.items()}
    changing = [member(name, content) for name, content in encoded.items()]
    return archive((*style.static, style.styles_member(contract.language), *changing))


_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


def _broken(xml: str) -> str:
    """Return the text with Word's own tabs and line breaks."""
    return xml.replace("\t", _TAB).replace("\n", _BREAK)


def _filled(contract: Contract, style: HouseStyle, body: str, exhibits: str, free: int) -> dict[str, str]:
    """Return the house style's parts, filled, with the body in its place."""
    names = page_of(contract).names()
    try:
        rendered = style.render(names)
        own = {name: template.render(names) for name, template in style.properties.items()}
    except ForbiddenCharacterError as error:
        raise _refused(contract, f"{error}.") from error
    rendered[style.main.part] = _spliced(rendered[style.main.part], body, exhibits, free)
    parts = {name: DECLARATION + text for name, text in rendered.items()}
    parts[CORE_PART] = core_xml(contract, own)
    return parts


def _spliced(main: str, body: str, exhibits: str, free: int) -> str:
    """Return the main part with the body in its place, and marks where the house style goes on after it.

    The marks are bookmarks: where a program has dropped the controls, they say where the last clause ends.
    """
    before, _, after = main.partition(BODY_MARK)
    if EXHIBITS_MARK not in main:
        return f"{before}{body}{exhibits}{_end_mark('End_of_contract', free, after)}{after}"
    if EXHIBITS_MARK in before:
        between = before.partition(EXHIBITS_MARK)
        exhibits += _end_mark("End_of_contract", free, between[2])
        return f"{between[0]}{exhibits}{between[2]}{body}{_end_mark('End_of_articles', free + 1, after)}{after}"
    between = after.partition(EXHIBITS_MARK)
    return (
        f"{before}{body}{_end_mark('End_of_articles', free, between[0])}{between[0]}"
        f"{exhibits}{_end_mark('End_of_contract', free + 1, between[2])}{between[2]}"
    )


def _end_mark(name: str, number: int, after: str) -> str:
    """Return an empty bookmark, where a paragraph or table of the house style follows it."""
    if not _BLOCK.search(after):
        return ""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


_BLOCK: Final = re.compile(r"<w:(?:p|tbl|sdt)[ >]")


def _encoded(contract: Contract, text: str) -> bytes:
    """Return the part's bytes, or refuse the characters that XML cannot hold."""
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _refused(contract, _where_forbidden(contract)) from error
    if has_forbidden(encoded):
        raise _refused(contract, _where_forbidden(contract))
    return encoded


def _where_forbidden(contract: Contract) -> str:
    """Return which text holds a forbidden character."""
    pieces = [text for block in blocks_of(contract) for text in texts_of(block)]
    for piece in pieces:
        if found := forbidden_character(piece.text):
            return (
                f"Character {found[0]} of {piece.text[:40]!r}, which comes from {piece.origin.source}, is {found[1]}."
            )
    return "A heading, a cover line or the manifest holds a control character."


def _refused(contract: Contract, message: str) -> AssemblyError:
    return AssemblyError(
        contract.contract_id,
        [Finding("WORD010", Severity.ERROR, message, Where(), "Delete the character; a Word file cannot hold it.")],
    )


def _problems(contract: Contract, writer: BodyWriter) -> Iterator[Finding]:
    for clash in writer.miscounted:
        yield Finding(
            "WORD020",
            Severity.ERROR,
            f"A number would not print as it should: {clash}.",
            Where(file=contract.contract_id),
            "This is a fault of the program, not of your spec: please report it.",
        )
    for anchor in writer.pen.lost:
        yield Finding(
            "WORD021",
            Severity.ERROR,
            f"A reference points at {anchor!r}, which stands nowhere.",
            Where(file=contract.contract_id),
            "This is a fault of the program, not of your spec: please report it.",
        )

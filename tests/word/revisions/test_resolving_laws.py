"""The law of accepting and rejecting, on generated stories: a filter of tokens, of which paragraph marks are some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.word.revisions.documents import package, tbl, tc, tr

from fe_contracts.word.revisions.editable import EditablePackage
from fe_contracts.word.revisions.resolving import Side, accept_changes, reject_changes, resolve, tracked
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from collections.abc import Callable

STATES = ("kept", "ins", "del", "moveFrom", "moveTo", "both")
GONE = {Side.ACCEPT: {"del", "moveFrom", "both"}, Side.REJECT: {"ins", "moveTo", "both"}}


@dataclass(frozen=True)
class Paragraph:
    """A generated paragraph: pieces of text, each with what happened to it, and its mark."""

    pieces: tuple[tuple[str, str], ...]
    mark: str
    style: int

    @property
    def xml(self) -> str:
        marks = {"kept": "", "both": '<w:ins w:id="1"/><w:del w:id="2"/>'}.get(self.mark, f'<w:{self.mark} w:id="3"/>')
        mark = f"<w:rPr>{marks}</w:rPr>" if marks else ""
        return f'<w:p><w:pPr><w:pStyle w:val="S{self.style}"/>{mark}</w:pPr>{"".join(map(piece, self.pieces))}</w:p>'


def piece(content: tuple[str, str]) -> str:
    text, state = content
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    deleted = f'<w:del w:id="4"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'
    if state == "kept":
        return run
    if state == "del":
        return deleted
    return f'<w:ins w:id="5">{deleted}</w:ins>' if state == "both" else f'<w:{state} w:id="6">{run}</w:{state}>'


texts = st.text("abc ", min_size=1, max_size=4)
pieces = st.lists(st.tuples(texts, st.sampled_from(STATES)), max_size=4).map(tuple)
styles = st.integers(0, 9)
paragraphs = st.builds(Paragraph, pieces, st.sampled_from(STATES), styles)
lasts = st.builds(Paragraph, pieces, st.just("kept"), styles)
stories = st.tuples(st.lists(paragraphs, max_size=6), lasts).map(lambda pair: [*pair[0], pair[1]])


def expected(story: list[Paragraph], side: Side) -> list[tuple[int, str]]:
    """Return style and text of each paragraph by the definition: what is gone is filtered, a mark ends a paragraph."""
    found, text = [], ""
    for paragraph in story:
        text += "".join(content for content, state in paragraph.pieces if state not in GONE[side])
        if paragraph.mark not in GONE[side]:
            found.append((paragraph.style, text))
            text = ""
    return found


def read(document: EditablePackage) -> list[tuple[int, str]]:
    found = []
    for paragraph in document.tree(document.main).iter(w("p")):
        style = next(paragraph.iter(w("pStyle")), None)
        if style is not None:  # the paragraph after a table has none
            found.append(
                (int(style.get(w("val"), "S")[1:]), "".join(item.text or "" for item in paragraph.iter(w("t"))))
            )
    return found


def in_body(story: list[Paragraph]) -> str:
    return "".join(paragraph.xml for paragraph in story)


def in_cell(story: list[Paragraph]) -> str:
    return tbl(tr(tc(in_body(story)))) + "<w:p/>"


def in_control(story: list[Paragraph]) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{in_body(story)}</w:sdtContent></w:sdt>"


@given(stories, st.sampled_from([in_body, in_cell, in_control]), st.sampled_from(Side))
def test_a_reading_is_the_stream_of_tokens_without_those_that_are_gone(
    story: list[Paragraph], place: Callable[[list[Paragraph]], str], side: Side
) -> None:
    document = EditablePackage.open(package(place(story)))
    resolve(document, side)
    assert read(document) == expected(story, side)
    assert tracked(document) == {}


@given(stories, st.integers(0, 6))
def test_where_a_control_begins_makes_no_difference_to_the_text(story: list[Paragraph], cut: int) -> None:
    for side in Side:
        document = EditablePackage.open(
            package(in_body(story[:cut]) + (in_control(story[cut:]) if story[cut:] else ""))
        )
        resolve(document, side)
        assert read(document) == expected(story, side)


@given(stories, st.booleans())
def test_a_second_time_changes_nothing(story: list[Paragraph], nested: bool) -> None:  # noqa: FBT001
    document = package(in_cell(story) if nested else in_body(story))
    for resolved in (accept_changes, reject_changes):
        once = resolved(document).to_bytes()
        assert accept_changes(once).to_bytes() == reject_changes(once).to_bytes() == once


@given(stories)
def test_a_file_without_changes_comes_back_with_every_part_equal(story: list[Paragraph]) -> None:
    plain = [
        Paragraph(tuple((text, "kept") for text, _ in paragraph.pieces), "kept", paragraph.style) for paragraph in story
    ]
    document = package(in_body(plain))
    resolved = accept_changes(document)
    assert resolved.counts == {}
    assert dict(EditablePackage.open(resolved.to_bytes()).parts) == dict(EditablePackage.open(document).parts)

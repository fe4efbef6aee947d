"""The wording grammar: every construct of the reference page, read into the tree it promises."""

from __future__ import annotations

import json
import re
from textwrap import dedent

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.strategies import Item, items, plain_text, scraps, wording_of

from fe_contracts.catalog import grammar, inline
from fe_contracts.catalog.grammar import parse_wording
from fe_contracts.catalog.inline import typeset
from fe_contracts.catalog.wording import (
    Branch,
    ExhibitBlock,
    Filter,
    Loop,
    Node,
    ParagraphNode,
    Piece,
    Placeholder,
    ReferenceNode,
    TableNode,
    Wording,
    walk,
)
from fe_contracts.document.tree import OriginKind, Role, Text
from fe_contracts.model.clause import Applies
from fe_contracts.model.vocabulary import Applicability


def parsed(source: str) -> tuple[Node, ...]:
    """Return the nodes of a wording without problems."""
    wording, problems = parse_wording(dedent(source).strip("\n"), "FE-01@1.0.0", "1.0.0.md")
    assert problems == ()
    return wording.nodes


def problems_in(source: str, first_line: int = 1) -> list[tuple[int, str]]:
    """Return line and code of every problem of a wording."""
    _, problems = parse_wording(dedent(source).strip("\n"), "FE-01@1.0.0", "1.0.0.md", first_line)
    return [(problem.where.line, problem.code) for problem in problems]


def paragraph(source: str) -> ParagraphNode:
    (node,) = parsed(source)
    assert isinstance(node, ParagraphNode)
    return node


def piece(source: str) -> Piece:
    (only,) = paragraph(source).pieces
    return only


def text(nodes: tuple[Node, ...] | tuple[Piece, ...]) -> str:
    """Return the plain text of nodes or pieces."""
    found = []
    for node in nodes:
        match node:
            case Text():
                found.append(node.text)
            case ParagraphNode():
                found.append(text(node.pieces))
    return "".join(found)


class TestParagraphsAndLists:
    def test_a_blank_line_ends_a_paragraph_and_a_line_end_becomes_a_space(self) -> None:
        nodes = parsed("One line\n  and its second.\n\nAnother\nparagraph.")
        assert [text((node,)) for node in nodes] == ["One line and its second.", "Another paragraph."]
        assert [node.role for node in nodes if isinstance(node, ParagraphNode)] == [Role.BODY, Role.BODY]

    def test_numbered_paragraphs_stand_at_three_levels(self) -> None:
        nodes = parsed("#. one\n   #. two\n      #. three\n#. four")
        found = [(node.role, node.level, text((node,))) for node in nodes if isinstance(node, ParagraphNode)]
        assert found == [
            (Role.ITEM, 0, "one"),
            (Role.ITEM, 1, "two"),
            (Role.ITEM, 2, "three"),
            (Role.ITEM, 0, "four"),
        ]

    def test_bullets_stand_at_levels_too(self) -> None:
        nodes = parsed("- one\n   - two")
        found = [(node.role, node.level) for node in nodes if isinstance(node, ParagraphNode)]
        assert found == [(Role.BULLET, 0), (Role.BULLET, 1)]

    def test_an_item_runs_over_several_lines_and_a_blank_line_ends_it(self) -> None:
        nodes = parsed("#. one\n   and more\n\nAfter.")
        assert [text((node,)) for node in nodes] == ["one and more", "After."]

    def test_a_quotation_is_set_off_and_holds_its_lines(self) -> None:
        node = paragraph("> The exact words\n> of the law")
        assert (node.role, text((node,))) == (Role.QUOTATION, "The exact words of the law")

    def test_a_label_names_a_numbered_paragraph(self) -> None:
        node = paragraph("#. {#the-plan_2} Words.")
        assert (node.label, text((node,))) == ("the-plan_2", "Words.")

    def test_every_node_knows_its_line_in_the_file(self) -> None:
        wording, _ = parse_wording("One.\n\n#. two\n::: table rows\n", "FE-01@1.0.0", "f.md", first_line=40)
        assert [node.line for node in wording.nodes] == [40, 42, 43]


class TestInline:
    @pytest.mark.parametrize(
        ("source", "bold", "italic"),
        [("**loud**", True, False), ("*soft*", False, True), ("***both***", True, True), ("plain", False, False)],
    )
    def test_emphasis_is_kept(self, source: str, bold: bool, italic: bool) -> None:  # noqa: FBT001
        found = piece(source)
        assert isinstance(found, Text)
        assert (found.bold, found.italic) == (bold, italic)

    @pytest.mark.parametrize("character", list("\\*[]{}#>|-"))
    def test_a_backslash_gives_the_character_itself(self, character: str) -> None:
        assert text(paragraph(f"a\\{character}b").pieces) == f"a{character}b"

    @pytest.mark.parametrize(
        ("source", "set_"),
        [
            ('She said "yes".', "She said “yes”."),
            ("It's the Client's.", "It’s the Client’s."),
            ("('quoted')", "(‘quoted’)"),
            ('"At the start', "“At the start"),
            ("a -- b --- c", "a – b — c"),
            ("2027--2028", "2027–2028"),
            ('and\n"next line"', "and “next line”"),
            ('**"Term"** means', "“Term” means"),
            ("{{ name }}'s plan", "’s plan"),
            ("[[FE-01]]'s plan", "’s plan"),
        ],
    )
    def test_quotation_marks_and_dashes_become_typographic(self, source: str, set_: str) -> None:
        assert text(paragraph(source).pieces) == set_

    def test_a_term_is_defined_in_quotation_marks_and_bold(self) -> None:
        pieces = paragraph('**"Maximum Amount"** means the most. **Loud** "quoted" **not "a term"** here.').pieces
        assert [item.defines for item in pieces if isinstance(item, Text) and item.defines] == ["Maximum Amount"]

    def test_two_quoted_words_in_one_bold_run_define_nothing(self) -> None:
        pieces = paragraph('**"One" and "Two"** are terms.').pieces
        assert [item.defines for item in pieces if isinstance(item, Text) and item.defines] == []

    @pytest.mark.parametrize(
        ("source", "path", "filters"),
        [
            ("{{ name }}", ("name",), ()),
            ("{{name}}", ("name",), ()),
            ("{{ row.title }}", ("row", "title"), ()),
            ("{{ total | money_words }}", ("total",), (Filter("money_words"),)),
            ("{{ n | count('day', 'days') }}", ("n",), (Filter("count", ("day", "days")),)),
            ("{{ n | words | count('day') }}", ("n",), (Filter("words"), Filter("count", ("day",)))),
        ],
    )
    def test_a_placeholder_holds_a_name_and_filters(
        self, source: str, path: tuple[str, ...], filters: tuple[Filter, ...]
    ) -> None:
        assert piece(source) == Placeholder(path, filters, bold=False, italic=False, line=1)

    @pytest.mark.parametrize(
        "target", ["FE-04", "FE-04#plan", "#plan", "exhibit:scope", "FE-04@scope", "article:services"]
    )
    def test_a_reference_names_its_target(self, target: str) -> None:
        assert piece(f"[[{target}]]") == ReferenceNode(target, (), 1)

    def test_a_reference_may_have_words_to_fall_back_on(self) -> None:
        found = piece("[[GEN-06 | the Host Contract's terms]]")
        assert isinstance(found, ReferenceNode)
        assert (found.target, text(found.fallback)) == ("GEN-06", "the Host Contract’s terms")

    def test_wording_is_the_origin_of_all_its_text(self) -> None:
        for item in paragraph("Words **loud** and [[FE-02 | others]].").pieces:
            for run in (item,) if isinstance(item, Text) else getattr(item, "fallback", ()):
                assert (run.origin.kind, run.origin.source) == (OriginKind.WORDING, "FE-01@1.0.0")


class TestBlocks:
    def test_a_condition_has_two_ways(self) -> None:
        (node,) = parsed("::: when {svc: {contains: CREDIT}}\n#. yes\n::: otherwise\n#. no\n::: end")
        assert isinstance(node, Branch)
        assert str(node.condition) == "svc includes CREDIT"
        assert (text(node.then), text(node.otherwise)) == ("yes", "no")

    def test_blocks_stand_inside_each_other(self) -> None:
        (outer,) = parsed(
            """
            ::: exhibit scope | The **Scope**
            ::: when {fund.is_federal: true}
            ::: each item in list
            - {{ item }}
            ::: end
            ::: table rows
            ::: end
            ::: end
            """
        )
        assert isinstance(outer, ExhibitBlock)
        assert (outer.exhibit, text(outer.title)) == ("scope", "The Scope")
        (branch,) = outer.body
        assert isinstance(branch, Branch)
        loop, table = branch.then
        assert isinstance(loop, Loop)
        assert (loop.variable, loop.parameter) == ("item", "list")
        assert isinstance(table, TableNode)
        assert table.parameter == "rows"

    def test_a_block_ends_the_paragraph_before_it(self) -> None:
        nodes = parsed("One\n::: table rows\ntwo")
        assert [type(node) for node in nodes] == [ParagraphNode, TableNode, ParagraphNode]

    def test_only_the_way_taken_may_be_empty(self) -> None:
        (node,) = parsed("::: when {fund.is_federal: true}\n::: otherwise\n#. no\n::: end")
        assert isinstance(node, Branch)
        assert (node.then, text(node.otherwise)) == ((), "no")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("::: when {a: b}\ntext", [(1, "WORDING010")]),
        ("text\n::: end", [(2, "WORDING010")]),
        ("::: otherwise", [(1, "WORDING010")]),
        ("::: when {a: b}\nx\n::: otherwise\ny\n::: otherwise\nz\n::: end", [(5, "WORDING010")]),
        ("::: each x in y\n::: end", [(1, "WORDING010")]),
        ("::: exhibit a | A\n::: exhibit b | B\nx\n::: end\n::: end", [(2, "WORDING010")]),
        ("::: exhibit scope\nx\n::: end", [(1, "WORDING010"), (3, "WORDING010")]),
        ("::: each in list\nx\n::: end", [(1, "WORDING010"), (3, "WORDING010")]),
        ("::: table", [(1, "WORDING010")]),
        (":::", [(1, "WORDING010")]),
        ("::: while {a: b}", [(1, "WORDING010")]),
        ("::: when {a: b}\nx\n::: end The Agency must pay.", [(3, "WORDING010")]),
        ("::: when {a: b}\nx\n::: otherwise words\ny\n::: end", [(3, "WORDING010")]),
        ("{{ 1 + 1 }}", [(1, "WORDING020")]),
        ("ok\n{{ a.b() }}", [(2, "WORDING020")]),
        ("{{ a['b'] }}", [(1, "WORDING020")]),
        ("{{ a }}{{ }}", [(1, "WORDING020")]),
        ("{{ a if b else c }}", [(1, "WORDING020")]),
        ("{{ n | count(3) }}", [(1, "WORDING020")]),
        ("{{ n | count(one='day') }}", [(1, "WORDING020")]),
        ("{{ " + "(" * 400 + "a" + ")" * 400 + " }}", [(1, "WORDING020")]),
        ("{{ n | upper }}", [(1, "WORDING030")]),
        ("{{ n | count }}", [(1, "WORDING030")]),
        ("{{ n | count('a', 'b', 'c') }}", [(1, "WORDING030")]),
        ("{{ n | words('x') }}", [(1, "WORDING030")]),
        ("# Heading", [(1, "WORDING060")]),
        ("1. typed", [(1, "WORDING060")]),
        ("a) typed", [(1, "WORDING060")]),
        ("(iv) typed", [(1, "WORDING060")]),
        ("#. (a) typed twice", [(1, "WORDING060")]),
        ("- 2. typed twice", [(1, "WORDING060")]),
        ("| a | b |", [(1, "WORDING060")]),
        ("```", [(1, "WORDING060")]),
        ("<b>bold</b>", [(1, "WORDING060")]),
        ("* bullet", [(1, "WORDING060"), (1, "WORDING060"), (1, "WORDING060")]),
        ("+ bullet", [(1, "WORDING060")]),
        ("{% if x %}", [(1, "WORDING060")] * 3),
        ("The Agency must:\n+ do this", [(2, "WORDING060")]),
        ("The Agency must:\n1. do this", [(2, "WORDING060")]),
        ("ok\n\n  - item", [(3, "WORDING060")]),
        ("#. a\n         #. too deep", [(2, "WORDING060")]),
        ("- {#label} bullet", [(1, "WORDING060")]),
        ("#.", [(1, "WORDING060")]),
        ("-", [(1, "WORDING060")]),
        ("#.no space", [(1, "WORDING060")]),
        ("#. **", [(1, "WORDING060"), (1, "WORDING060")]),
        ("#. {#Label} capital", [(1, "WORDING060"), (1, "WORDING060")]),
        ("**open", [(1, "WORDING060")]),
        ("*open", [(1, "WORDING060")]),
        ("5 * 3 * 2", [(1, "WORDING060"), (1, "WORDING060")]),
        ("a **** b", [(1, "WORDING060")]),
        ("one\ntwo {{ open", [(2, "WORDING060"), (2, "WORDING060")]),
        ("close }}", [(1, "WORDING060"), (1, "WORDING060")]),
        ("open [[FE-01", [(1, "WORDING060")]),
        ("FE-01]] close", [(1, "WORDING060")]),
        ("a\\_b", [(1, "WORDING060")]),
        ("ok\na\tb", [(2, "WORDING060")]),
        ("a\x0bb", [(1, "WORDING060")]),
        ("a\u202eb", [(1, "WORDING060")]),
        ("a\u200bb", [(1, "WORDING060")]),
        ("a\rb", [(1, "WORDING060")]),
        ("[[fe-04]]", [(1, "WORDING070")]),
        ("[[scope]]", [(1, "WORDING070")]),
        ("[[FE-04#Plan]]", [(1, "WORDING070")]),
        ("ok\n[[FE-04 | ]]", [(2, "WORDING070")]),
        ("[[FE-04 | {{ name }}]]", [(1, "WORDING070")]),
        ("::: when\nx\n::: end", [(1, "WORDING080")]),
        ("::: when {a: b} # why\nx\n::: end", [(1, "WORDING080")]),
        ("::: when sometimes\nx\n::: end", [(1, "WORDING080")]),
        ("::: when {a: {contain: b}}\nx\n::: end", [(1, "WORDING080")]),
        ("::: when {a: b, a: c}\nx\n::: end", [(1, "WORDING080")]),
        ("::: when {a: b\nx\n::: end", [(1, "WORDING080")]),
    ],
)
def test_what_is_not_in_the_grammar_is_told_with_its_line(source: str, found: list[tuple[int, str]]) -> None:
    assert problems_in(source) == found
    assert problems_in(source, first_line=31) == [(line + 30, code) for line, code in found]


def test_every_problem_says_what_to_do() -> None:
    _, problems = parse_wording("::: foo\n{{ 1 }}\n[[x]]\n::: when\n# H\n**", "FE-01@1.0.0", "1.0.0.md")
    assert len(problems) >= 6
    assert [problem for problem in problems if not problem.remedy or not problem.message] == []


def words_of(wording: Wording) -> str:
    """Return everything that the tree of a wording still holds of its source."""
    found: list[str] = []
    for node in walk(wording.nodes):
        match node:
            case ParagraphNode():
                found.append(f"{node.label} {_pieces(node.pieces)}")
            case TableNode():
                found.append(node.parameter)
            case Branch():
                when = Applies(level=Applicability.OPTIONAL, when=node.condition).model_dump(mode="json")["when"]
                found.append(json.dumps(when))
            case Loop():
                found.append(f"{node.variable} {node.parameter}")
            case ExhibitBlock():
                found.append(f"{node.exhibit} {_pieces(node.title)}")
    return " ".join(found)


def _pieces(pieces: tuple[Piece, ...]) -> str:
    found = []
    for item in pieces:
        match item:
            case Text():
                found.append(item.text)
            case Placeholder():
                found.append(f" {'.'.join(item.path)} {item.filters} ")
            case ReferenceNode():
                found.append(f" {item.target} {text(item.fallback)} ")
    return "".join(found)


@given(scraps | st.text(max_size=80))
@example("::: end word1")
@example("**word1** **")
def test_parsing_never_fails_and_loses_no_word_unless_it_says_so(source: str) -> None:
    wording, problems = parse_wording(source, "FE-01@1.0.0", "1.0.0.md")
    if not problems:
        kept = words_of(wording)
        assert [word for word in re.findall(r"word\d+", source) if word not in kept] == []
    lines = source.count("\n") + 1
    assert all(1 <= problem.where.line <= lines for problem in problems)


@given(plain_text)
def test_text_without_marks_comes_back_as_it_was_written(source: str) -> None:
    node = paragraph(source)
    assert text(node.pieces) == source
    assert node.fixed


@given(st.text(st.characters(exclude_characters="\"'-"), max_size=40))
def test_typesetting_leaves_everything_but_quotation_marks_and_hyphens_alone(source: str) -> None:
    assert typeset(source) == source


@given(st.text(alphabet="ab \"'-", max_size=30))
def test_typesetting_twice_changes_nothing_more(source: str) -> None:
    once = typeset(source)
    assert typeset(once) == once
    assert not set(once) & {'"', "'"}
    assert "--" not in once


@given(items())
def test_a_generated_wording_is_read_paragraph_by_paragraph(paragraphs: list[Item]) -> None:
    nodes = parsed(wording_of(paragraphs))
    found = [
        (node.level if node.role is Role.ITEM else -1, node.label) for node in nodes if isinstance(node, ParagraphNode)
    ]
    assert found == [(item.level, item.label) for item in paragraphs]


def plainly_typeset(text: str, before: str = " ") -> str:
    """Set text character by character: what the quick way must agree with."""
    found = []
    for character in text.replace("---", "—").replace("--", "–"):
        opens = before in " \N{NO-BREAK SPACE}\n\t([{“‘—–/"
        found.append({'"': "“" if opens else "”", "'": "‘" if opens else "’"}.get(character, character))
        before = found[-1]
    return "".join(found)


@given(st.text(alphabet="a ([/\n\"'-—\N{NO-BREAK SPACE}", max_size=20), st.sampled_from([" ", "x", "(", "“", "”"]))
def test_typesetting_the_quick_way_is_typesetting(source: str, before: str) -> None:
    assert typeset(source, before) == plainly_typeset(source, before)


names = st.sampled_from(["a", "row.title", "true", "none", "not", "is", "a.b.c", "loop", "9a", "a-b", "_x", "A", "ä"])
calls = st.sampled_from(
    [
        "",
        "| words",
        "|words",
        "| count('day')",
        "| count('a', 'b')",
        '| count("a")',
        "| count('it\\'s')",
        "| count()",
        "| count('a',)",
        "| words | count('x')",
        "| count('\\n')",
        "| if",
        "| 5",
        "|",
        "| count('}')",
        "| count('ä')",
    ]
)


@given(st.sampled_from(["", " ", "- "]), names, calls, st.sampled_from(["", " ", " -"]))
def test_a_placeholder_read_the_quick_way_is_what_jinja_reads(before: str, name: str, call: str, after: str) -> None:
    source = f"{{{{{before}{name}{call}{after}}}}}"

    def read() -> object:
        try:
            return inline._placeholder(source)
        except ValueError:
            return None

    quick = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inline, "_PLAIN_PLACEHOLDER", re.compile(r"(?!)"))
        assert read() == quick


@given(scraps | st.text(max_size=10))
def test_the_first_look_at_a_line_misses_no_foreign_mark(line: str) -> None:
    if any(pattern.match(line) for pattern, _ in grammar._FORBIDDEN):
        assert grammar._FOREIGN.match(line)

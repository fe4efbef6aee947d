"""A version's front matter and its wording say the same, or the library is not loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fe_contracts.catalog.checks import check_version
from fe_contracts.catalog.grammar import parse_wording
from fe_contracts.model.clause import VersionFrontMatter

if TYPE_CHECKING:
    from fe_contracts.findings import Finding

ROWS = {"type": "table", "help": "Rows.", "columns": [{"name": "title", "title": "Title", "help": "What."}]}
PARAMETERS: dict[str, Any] = {
    "n": {"type": "int", "help": "A number.", "default": 1},
    "flag": {"type": "bool", "help": "A choice.", "default": True},
    "names": {"type": "list", "items": "str", "help": "Names.", "default": ["a"]},
    "rows": ROWS,
    "total": {"type": "money", "help": "An amount.", "default": 1},
}
USED = "{{ n }} {{ names }} {{ total }}\n\n::: when {parameter.flag: true}\n::: table rows\n::: end\n"


def problems(wording: str, parameters: dict[str, Any] | None = None, **front: Any) -> list[Finding]:
    """Return what is wrong with a version of these parameters, all of them used."""
    data: dict[str, Any] = {
        "title": "A clause",
        "effective": "2026-01-01",
        "reason": "First.",
        "summary": "What.",
        "applies": {"level": "mandatory"},
        "policy_basis": "Policy.",
        "parameters": PARAMETERS | (parameters or {}),
        **front,
    }
    source = f"{USED}\n{wording}"
    tree, found = parse_wording(source, "FE-01@1.0.0", "1.0.0.md")
    assert found == ()
    return [*check_version(VersionFrontMatter.model_validate(data, strict=False), tree, "1.0.0.md")]


FIRST = USED.count("\n") + 2
"""The line of the first line of wording that a test adds."""


def test_a_version_that_agrees_with_itself_has_no_problem() -> None:
    assert problems("#. {#a} one\n   #. see [[#a]]\n::: each name in names\n- {{ name }}\n::: end") == []


@pytest.mark.parametrize(
    ("wording", "line", "code", "said"),
    [
        ("{{ m }}", 0, "WORDING040", "'m' is not a parameter"),
        ("::: table more", 0, "WORDING040", "'more' is not a parameter"),
        ("::: each x in more\ny\n::: end", 0, "WORDING040", "'more' is not a parameter"),
        ("::: when {parameter.more: true}\ny\n::: end", 0, "WORDING040", "'more' is not a parameter"),
        ("{{ n.part }}", 0, "WORDING020", "n has no parts"),
        ("::: each name in names\n{{ name.part }}\n::: end", 1, "WORDING020", "has no parts"),
        ("::: each row in rows\n{{ row.title_ }}\n::: end", 1, "WORDING040", "names no column"),
        ("::: each row in rows\n{{ row }}\n::: end", 1, "WORDING040", "names no column"),
        ("{{ flag }}", 0, "WORDING030", "cannot stand in a sentence"),
        ("{{ rows }}", 0, "WORDING030", "cannot stand in a sentence"),
        ("{{ n | money_words }}", 0, "WORDING030", "does not fit"),
        ("{{ total | words }}", 0, "WORDING030", "does not fit"),
        ("{{ n | any }}", 0, "WORDING030", "does not fit"),
        ("{{ total | lower }}", 0, "WORDING030", "does not fit"),
        ("::: table names", 0, "WORDING030", "not a table"),
        ("::: each x in n\ny\n::: end", 0, "WORDING030", "only lists and tables repeat"),
        ("::: each n in names\n{{ n }}\n::: end", 0, "WORDING040", "already names something else"),
        ("#. {#a} one\n#. {#a} two", 1, "WORDING070", "#a is given twice"),
        ("#. {#a-b} one\n#. {#a_b} two", 1, "WORDING070", "is given twice"),
        ("::: each x in names\n#. {#a} {{ x }}\n::: end", 1, "WORDING070", "block that repeats"),
        ("See [[#nowhere]].", 0, "WORDING070", "no paragraph here has that label"),
        ("   #. below nothing", 0, "WORDING060", "stands below one that is not there"),
        ("#. one\n      #. two down", 1, "WORDING060", "stands below one that is not there"),
        (
            "::: when {fund.is_federal: true}\n#. one\n::: end\n   #. below",
            3,
            "WORDING060",
            "stands below one that is not there",
        ),
        ("::: when {fund.federal: true}\nx\n::: end", 0, "WORDING080", "Did you mean 'fund.is_federal'"),
        ("::: when {svc: COUNSEL}\nx\n::: end", 0, "WORDING080", "does not fit it"),
        ("::: when {clause.FE-05: 1}\nx\n::: end", 0, "WORDING080", "not true or false"),
        (
            "::: each x in names\n::: exhibit scope | A\n{{ x }}\n::: end\n::: end",
            1,
            "WORDING010",
            "block that repeats",
        ),
        (
            "::: when {exhibit.data: true}\n::: exhibit scope | A\nx\n::: end\n::: end",
            1,
            "WORDING010",
            "under a condition on exhibits",
        ),
        (
            "::: exhibit scope | A\nx\n::: end\n::: exhibit scope | B\ny\n::: end",
            3,
            "WORDING010",
            "in the contract a second time",
        ),
    ],
)
def test_a_disagreement_is_told_with_its_line(wording: str, line: int, code: str, said: str) -> None:
    (problem,) = problems(wording)
    assert (problem.code, problem.where.line, problem.where.file) == (code, FIRST + line, "1.0.0.md")
    assert said in problem.message


@pytest.mark.parametrize(
    "wording",
    [
        "::: when {fund.is_federal: true}\n#. {#a} one\n::: otherwise\n#. {#a} other\n::: end\n#. [[#a]]",
        "::: when {fund.is_federal: true}\n#. one\n::: otherwise\n#. other\n::: end\n   #. below",
        (
            "::: when {fund.is_federal: true}\n::: exhibit scope | A\nx\n::: end\n"
            "::: otherwise\n::: exhibit scope | B\ny\n::: end\n::: end"
        ),
        "#. one\n::: exhibit scope | A\n#. again from (a)\n::: end\n   #. below one",
    ],
)
def test_only_one_way_of_a_condition_stands_in_a_contract(wording: str) -> None:
    assert problems(wording) == []


@pytest.mark.parametrize(
    ("parameters", "front", "field", "code", "said"),
    [
        ({}, {"title": "Pay {{ total }}"}, "title", "WORDING020", "{{ is printed here"),
        ({"s": {"type": "str", "help": "A.", "default": "**x**"}}, {}, "parameters.s.default", "WORDING020", "** is"),
        (
            {"s": {"type": "list", "items": "str", "help": "A.", "default": ["see [[FE-01]]"]}},
            {},
            "parameters.s.default",
            "WORDING020",
            "[[ is",
        ),
        (
            {"s": {"type": "enum", "help": "A.", "default": "a", "choices": {"a": "{{ a }}"}}},
            {},
            "parameters.s.choices.a",
            "WORDING020",
            "{{ is",
        ),
        ({"s": {"type": "int", "help": "A.", "minimum": 3, "maximum": 2}}, {}, "parameters.s", "WORDING030", "minimum"),
        (
            {"s": {"type": "str", "help": "A.", "pattern": "("}},
            {},
            "parameters.s",
            "WORDING030",
            "regular expression",
        ),
        ({"s": {"type": "list", "items": "table", "help": "A."}}, {}, "parameters.s", "WORDING030", "cannot hold"),
        ({"s": {"type": "list", "items": "enum", "help": "A."}}, {}, "parameters.s", "WORDING030", "needs choices"),
        (
            {"s": {**ROWS, "total": ["title_"]}},
            {},
            "parameters.s",
            "WORDING030",
            "'title_', which is no column of numbers",
        ),
        ({"s": {**ROWS, "total": ["title"]}}, {}, "parameters.s", "WORDING030", "no column of numbers"),
        (
            {"s": {**ROWS, "columns": [{"name": "a", "title": "A", "help": "A.", "type": "ref"}]}},
            {},
            "parameters.s",
            "WORDING030",
            "cannot hold a ref",
        ),
        (
            {"s": {**ROWS, "columns": [{"name": "a", "title": "A", "help": "A."}] * 2}},
            {},
            "parameters.s",
            "WORDING030",
            "same name",
        ),
        (
            {"s": {**ROWS, "columns": [{"name": "a", "title": "A", "help": "A.", "type": "enum"}]}},
            {},
            "parameters.s",
            "WORDING030",
            "needs choices",
        ),
        (
            {"s": {"type": "ref", "help": "A.", "confirm": {"what": "A.", "who": "B", "source": "C"}}},
            {},
            "parameters.s",
            "WORDING030",
            "cannot stand in brackets",
        ),
    ],
)
def test_what_no_contract_could_use_is_told_with_its_field(
    parameters: dict[str, Any], front: dict[str, Any], field: str, code: str, said: str
) -> None:
    kind = parameters.get("s", {}).get("type")
    use = {"table": "::: table s", "bool": "::: when {parameter.s: true}\nx\n::: end"}.get(kind, "{{ s }}")
    (problem,) = problems(use if parameters else "", parameters, **front)
    assert (problem.code, problem.where.field) == (code, field)
    assert said in problem.message


OBLIGATION = {
    "id": "pay",
    "who": "city",
    "to": "agency",
    "action": "pay",
    "what": "Pay.",
    "when": "Soon.",
    "evidence": "Receipt.",
    "consequence": "Interest.",
}


@pytest.mark.parametrize(
    ("front", "field", "code"),
    [
        ({"applies": {"level": "optional", "when": {"parameter.n": 1}}}, "applies.when", "WORDING080"),
        ({"applies": {"level": "optional", "when": {"clause.FE-02": True}}}, "applies.when", "WORDING080"),
        ({"applies": {"level": "optional", "when": {"svc": {"contains": "CARS"}}}}, "applies.when", "WORDING080"),
        (
            {"obligations": [{**OBLIGATION, "due": {"of": "event"}, "if": {"parameter.m": 1}}]},
            "obligations[0].if",
            "WORDING080",
        ),
        (
            {"obligations": [{**OBLIGATION, "due": {"of": "event", "days": "m"}}]},
            "obligations[0].due.days",
            "WORDING040",
        ),
        (
            {"obligations": [{**OBLIGATION, "due": {"of": "event", "days": "total"}}]},
            "obligations[0].due.days",
            "WORDING040",
        ),
        (
            {"relations": {"requires": [{"clause": "FE-02", "reason": "R.", "when": {"parameter.m": 1}}]}},
            "relations.requires[0].when",
            "WORDING080",
        ),
        (
            {"relations": {"conflicts": [{"reason": "R.", "when": {"svc": "TAX"}}]}},
            "relations.conflicts[0].when",
            "WORDING080",
        ),
    ],
)
def test_the_front_matter_asks_only_for_what_can_be_known(front: dict[str, Any], field: str, code: str) -> None:
    (problem,) = problems("", None, **front)
    assert (problem.code, problem.where.field) == (code, field)


def test_obligations_and_relations_may_rest_on_the_clauses_own_values() -> None:
    front = {
        "obligations": [{**OBLIGATION, "due": {"of": "event", "days": "n"}, "if": {"parameter.flag": True}}],
        "relations": {"conflicts": [{"reason": "R.", "when": {"parameter.n": {"more_than": 5}}}]},
    }
    assert problems("", None, **front) == []


@pytest.mark.parametrize(("kind", "more"), [("bool", {}), ("table", {"columns": ROWS["columns"]})])
def test_what_is_to_be_confirmed_must_be_seen_in_a_sentence(kind: str, more: dict[str, Any]) -> None:
    use = "::: table s" if kind == "table" else "::: when {parameter.s: true}\nx\n::: end"
    confirm = {"what": "A.", "who": "B", "source": "C"}
    (problem,) = problems(use, {"s": {"type": kind, "help": "A.", "confirm": confirm, **more}})
    assert problem.code == "WORDING055"


def test_a_declared_value_that_is_never_used_is_told() -> None:
    (problem,) = problems("", {"spare": {"type": "int", "help": "A number."}})
    assert (problem.code, "'spare'" in problem.message) == ("WORDING050", True)


def test_a_version_has_wording_unless_it_ends_the_clause() -> None:
    data = {
        "title": "A",
        "effective": "2026-01-01",
        "reason": "R.",
        "summary": "S.",
        "applies": {"level": "optional"},
        "policy_basis": "P.",
    }
    empty, _ = parse_wording("", "FE-01@1.0.0", "f.md")
    some, _ = parse_wording("Words.", "FE-01@1.0.0", "f.md")

    def codes(wording: Any, *, retires: bool) -> list[str]:
        front = VersionFrontMatter.model_validate({**data, "retires": retires}, strict=False)
        return [problem.code for problem in check_version(front, wording, "f.md")]

    assert codes(empty, retires=False) == ["WORDING010"]
    assert codes(some, retires=True) == ["WORDING010"]
    assert codes(empty, retires=True) == codes(some, retires=False) == []

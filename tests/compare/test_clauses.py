"""The least step in a number: every rule with a case, and the laws that hold for all of them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.compare.versions import _FRONT, DUTY, WORDING, made

from fe_contracts.compare import Bump, ChangeKind, bump_between, differences, greatest, least_bump, next_number
from fe_contracts.compare.fields import _CHANGED_DUTY, _COLUMN, _PARAMETER
from fe_contracts.model.clause import Column, Obligation, ParameterDefinition, VersionFrontMatter

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.catalog import ClauseVersion

OLD = made()


def parameters(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """Return the parameters of the usual version, changed."""
    found: dict[str, Any] = copy.deepcopy(_FRONT["parameters"])
    change(found)
    return {"parameters": found}


def parameter(name: str, /, **fields: Any) -> dict[str, Any]:
    """Return the parameters of the usual version with fields of one changed; `None` takes a field out."""

    def change(found: dict[str, Any]) -> None:
        found[name] = {key: value for key, value in {**found[name], **fields}.items() if value is not None}

    return parameters(change)


def duty(**fields: Any) -> dict[str, Any]:
    return {"obligations": [{**DUTY, **fields}]}


def wording(old: str, new: str) -> dict[str, Any]:
    assert old in WORDING
    return {"wording": WORDING.replace(old, new)}


COLUMNS = _FRONT["parameters"]["rows"]["columns"]

MAJOR: dict[str, dict[str, Any]] = {
    "a word of a duty": wording("must write", "may write"),
    "other words": wording("write a plan", "discuss a plan"),
    "a value shown otherwise": wording("| count('day')", "| words"),
    "a reference elsewhere": wording("[[FE-05]]", "[[FE-06]]"),
    "a paragraph taken out": wording("   #. It belongs to the Client.\n", ""),
    "a duty added": wording("#. {#more}", "#. The Agency must call.\n#. {#more}"),
    "a duty in plain words added": wording("#. {#more}", "#. The Agency returns what is left.\n#. {#more}"),
    "a limit taken away": wording("#. {#more}", "#. Nothing here limits what is owed.\n#. {#more}"),
    "a permission added": wording("#. {#more}", "#. The City may stop.\n#. {#more}"),
    "an amount added": wording("#. {#more}", "#. The limit is $500.\n#. {#more}"),
    "a value added": wording("#. {#more}", "#. The code is {{ code }}.\n#. {#more}"),
    "a condition changed": wording("contains: CREDIT", "contains: SAVE"),
    "a condition taken away": wording("::: when {svc: {contains: CREDIT}}", "::: when {rel: CONTRACTOR}"),
    "an item raised a level": wording("   #. It belongs", "#. It belongs"),
    "an item moved below another": {
        "wording": WORDING.replace("   #. It belongs to the Client.\n", "").replace(
            "See [[FE-05]].\n", "See [[FE-05]].\n   #. It belongs to the Client.\n"
        )
    },
    "a lead put before bullets": wording("   - with reports", "#. This is said elsewhere:\n   - with reports"),
    "a term defined no longer": wording('**"Session"** means', "Session means"),
    "a parameter removed": parameters(lambda found: found.pop("code")),
    "a parameter added that must be given": parameters(
        lambda found: found.update(new={"type": "int", "help": "A number."})
    ),
    "a parameter added from the spec": parameters(
        lambda found: found.update(new={"type": "str", "help": "A name.", "from": "agency.ein"})
    ),
    "a greater least value": parameter("days", minimum=2),
    "a smaller greatest value": parameter("days", maximum=29),
    "a least value": parameter("rows", minimum=1),
    "another default": parameter("days", default=6),
    "no default any more": parameter("days", default=None),
    "another unit": parameter("days", unit="business days"),
    "another kind": parameter("days", type="int"),
    "another kind of entries": parameter("sites", items="enum"),
    "another source": parameter("sites", **{"from": "services.offered"}),
    "locked": parameter("days", locked=True),
    "no longer optional": parameter("rows", optional=False),
    "another form": parameter("code", pattern="[a-z]+"),
    "a choice fewer": parameter("how", choices={"phone": "by phone"}),
    "a choice in other words": parameter("how", choices={"phone": "by phone only", "video": "by video"}),
    "a column fewer": parameter("rows", columns=COLUMNS[:1]),
    "a column that must be filled": parameter(
        "rows", columns=[*COLUMNS, {"name": "who", "title": "Who", "help": "Who."}]
    ),
    "a column's title": parameter("rows", columns=[{**COLUMNS[0], "title": "Duty"}, COLUMNS[1]]),
    "a column's kind": parameter("rows", columns=[COLUMNS[0], {**COLUMNS[1], "type": "money"}]),
    "sums": parameter("rows", total=["count"]),
    "a duty ended": {"obligations": []},
    "a duty in the data": {"obligations": [DUTY, {**DUTY, "id": "other"}]},
    "who owes it": duty(who="city"),
    "who is owed": duty(to="city"),
    "what kind of duty": duty(action="maintain"),
    "what is owed": duty(what="A written plan and a copy."),
    "when it is owed": duty(when="At once."),
    "when it is due": duty(due={"of": "event", "days": 10}),
    "its evidence": duty(evidence="The plan."),
    "its consequence": duty(consequence="The City may end this Agreement."),
    "its condition": duty(**{"if": {"rel": "CONTRACTOR"}}),
    "how strongly it is wanted": {"applies": {**_FRONT["applies"], "level": "optional"}},
    "for which contracts": {"applies": {"level": "mandatory"}},
    "strongly in others": {"applies": {**_FRONT["applies"], "otherwise": "recommended"}},
    "a section fewer": {"legal_basis": ["24 CFR 578.53"]},
    "a clause required": {
        "relations": {
            **_FRONT["relations"],
            "requires": [*_FRONT["relations"]["requires"], {"clause": "FE-12", "reason": "Because."}],
        }
    },
    "a conflict": {"relations": {**_FRONT["relations"], "conflicts": [{"clause": "FE-12", "reason": "Because."}]}},
    "an end": {"expires": "2030-01-01"},
    "the clause ended": {"retires": True, "wording": ""},
    "a number in the heading": {"title": "Counseling and 2 plans"},
}

MINOR: dict[str, dict[str, Any]] = {
    "a paragraph without a duty": wording("#. {#more}", "#. This part explains the purpose.\n#. {#more}"),
    "a paragraph moved": {
        "wording": WORDING.replace("#. {#more} See [[FE-05]].\n", "").replace(
            "#. {#plan}", "#. {#more} See [[FE-05]].\n#. {#plan}"
        )
    },
    "a duty under a switch that is off": {
        **wording("#. {#more}", "::: when {parameter.extra: true}\n#. It must call.\n::: end\n#. {#more}"),
        **parameters(lambda found: found.update(extra={"type": "bool", "help": "More?", "default": False})),
    },
    "another heading": {"title": "Counseling"},
    "a parameter with a default": parameters(
        lambda found: found.update(new={"type": "int", "help": "A number.", "default": 3})
    ),
    "a parameter that may stay empty": parameters(
        lambda found: found.update(new={"type": "int", "help": "A number.", "optional": True})
    ),
    "a parameter that is computed": parameters(
        lambda found: found.update(new={"type": "str", "help": "It.", "from": "computed.deliverables"})
    ),
    "a smaller least value": parameter("days", minimum=0),
    "no least value": parameter("days", minimum=None),
    "a greater greatest value": parameter("days", maximum=31),
    "no greatest value": parameter("days", maximum=None),
    "no form": parameter("code", pattern=None),
    "a default where there was none": parameter("code", default="A"),
    "a value that may stay empty": parameter("code", optional=True),
    "a doubt": parameter("days", confirm={"what": "It.", "who": "counsel", "source": "common use [M]"}),
    "a choice more": parameter("how", choices={"phone": "by phone", "video": "by video", "visit": "in person"}),
    "a column that may stay empty": parameter(
        "rows", columns=[*COLUMNS, {"name": "who", "title": "Who", "help": "Who.", "optional": True}]
    ),
    "a column that need not be filled": parameter("rows", columns=[{**COLUMNS[0], "optional": True}, COLUMNS[1]]),
    "optional in others": {"applies": {**_FRONT["applies"], "otherwise": "optional"}},
    "a section more": {"legal_basis": [*_FRONT["legal_basis"], "24 CFR 576.106"]},
    "a clause required no longer": {"relations": {"supersedes": ["The old section."]}},
    "another boilerplate replaced": {"relations": {**_FRONT["relations"], "supersedes": ["Another."]}},
    "another value served": {"serves": ["dignity", "choice"]},
}

PATCH: dict[str, dict[str, Any]] = {
    "a comma": wording("write a plan within", "write a plan, within"),
    "white space": wording("means a meeting", "means  a\nmeeting"),
    "a capital": wording("with reports", "With reports"),
    "bold": wording("belongs to", "**belongs** to"),
    "the name of a paragraph": wording("#. {#more} ", "#. {#later} "),
    "the summary": {"summary": "What it all means: you must do it in 5 days."},
    "the policy": {"policy_basis": "Another policy."},
    "help": parameter("days", help="How many days."),
    "what a bound rests on": parameter("days", bound_by="2 CFR 200.1"),
    "the help of a column": parameter("rows", columns=[{**COLUMNS[0], "help": "The thing."}, COLUMNS[1]]),
    "the width of a column": parameter("rows", columns=[{**COLUMNS[0], "width": 5}, COLUMNS[1]]),
    "the order of columns": parameter("rows", columns=COLUMNS[::-1]),
    "punctuation of a duty": duty(what="A written plan"),
    "the reason for a bond": {
        "relations": {**_FRONT["relations"], "requires": [{"clause": "FE-11", "reason": "It says so."}]}
    },
    "the case of the heading": {"title": "counseling and plans"},
}

NONE: dict[str, dict[str, Any]] = {
    "nothing": {},
    "the day and the reason": {"effective": "2027-01-01", "reason": "Another reason."},
    "the order of duties, sections and parameters": {
        "legal_basis": _FRONT["legal_basis"][::-1],
        **parameters(lambda found: found.update(days=found.pop("days"))),
    },
}

CASES = [
    *((Bump.MAJOR, name, case) for name, case in MAJOR.items()),
    *((Bump.MINOR, name, case) for name, case in MINOR.items()),
    *((Bump.PATCH, name, case) for name, case in PATCH.items()),
    *((Bump.NONE, name, case) for name, case in NONE.items()),
]


def new(case: dict[str, Any]) -> ClauseVersion:
    return made(**{"number": "2.0.0", **case})


@pytest.mark.parametrize(("bump", "name", "case"), CASES, ids=[f"{bump}: {name}" for bump, name, _ in CASES])
def test_each_change_demands_its_step(bump: Bump, name: str, case: dict[str, Any]) -> None:
    changes = differences(OLD, new(case))
    assert greatest(change.bump for change in changes) is bump, name
    assert all(change.reason and change.place for change in changes)
    assert all(change.old != change.new for change in changes if change.kind is not ChangeKind.WORDING)
    assert [change.bump.rank for change in changes] == sorted((change.bump.rank for change in changes), reverse=True)


@pytest.mark.parametrize(
    ("bump", "wording", "point"),
    [
        (Bump.MAJOR, "#. The Agency must keep:\n   - payroll records\n", "   - bank statements\n"),
        (Bump.MAJOR, "#. The Agency must keep:\n   #. payroll:\n      #. time sheets\n", "      #. pay slips\n"),
        (Bump.MAJOR, "The City may end it at once if:\n\n#. money is lost\n", "#. a report is late\n"),
        (Bump.MINOR, "The purposes are:\n\n#. hope\n", "#. trust\n"),
        (Bump.MINOR, "It may end.\n\n#. About hope\n", "#. About trust\n"),
    ],
)
def test_a_point_added_to_a_list_binds_as_the_paragraph_above_it_does(bump: Bump, wording: str, point: str) -> None:
    front: dict[str, Any] = {"parameters": {}, "obligations": []}
    assert least_bump(made(wording, **front), made(wording + point, **front)) is bump


def test_a_point_that_comes_below_another_paragraph_is_major_though_no_word_changes() -> None:
    front: dict[str, Any] = {"parameters": {}, "obligations": []}
    old = "#. The Agency may ask for:\n   - rent\n   - food\n#. It must not ask for:\n   - gifts\n"
    new = "#. The Agency may ask for:\n   - rent\n#. It must not ask for:\n   - food\n   - gifts\n"
    changes = differences(made(old, **front), made(new, **front))
    assert greatest(change.bump for change in changes) is Bump.MAJOR
    moved = "#. The Agency must ask for:\n   - rent\n#. Hope.\n   - food\n"
    ours = "#. The Agency must ask for:\n   - rent\n#. Trust.\n#. Hope.\n   - food\n"
    assert least_bump(made(moved, **front), made(ours, **front)) is Bump.MINOR
    ours = "#. The Agency must ask for:\n   - rent\n#. Hope.\n#. Trust.\n   - food\n"
    assert least_bump(made(moved, **front), made(ours, **front)) is Bump.MAJOR


def test_a_version_that_begins_an_ended_clause_anew_is_major() -> None:
    assert least_bump(new({"retires": True, "wording": ""}), OLD) is Bump.MAJOR


@pytest.mark.parametrize("case", [case for _, _, case in CASES])
def test_a_version_does_not_differ_from_itself(case: dict[str, Any]) -> None:
    version = new(case)
    assert differences(version, version) == ()
    assert least_bump(version, version) is Bump.NONE


# Cases that change different parts, so that none undoes another.
APART = [
    *((Bump.MAJOR, MAJOR[name]) for name in ("a section fewer", "an end", "a conflict", "who owes it")),
    *((Bump.MINOR, MINOR[name]) for name in ("another heading", "another value served")),
    *((Bump.MINOR, MINOR[name]) for name in ("a greater greatest value", "a paragraph without a duty")),
    *((Bump.PATCH, PATCH[name]) for name in ("the summary", "the policy")),
]


@given(st.lists(st.sampled_from(APART), unique_by=lambda item: tuple(item[1])))
def test_the_step_is_the_greatest_that_any_change_demands_and_grows_with_each(
    chosen: list[tuple[Bump, dict[str, Any]]],
) -> None:
    case: dict[str, Any] = {}
    before = Bump.NONE
    for _, more in chosen:
        case |= more
        found = least_bump(OLD, new(case))
        assert found.rank >= before.rank
        before = found
    assert before is greatest(bump for bump, _ in chosen)


def test_every_field_of_the_models_has_a_rule() -> None:
    by_hand = {"choices", "columns"}
    assert set(ParameterDefinition.model_fields) == set(_PARAMETER) | by_hand
    assert set(Column.model_fields) - {"name", "title", "hidden", "choices"} == set(_COLUMN)
    assert set(Obligation.model_fields) == {*_CHANGED_DUTY, "id", "what", "when", "evidence", "consequence"}
    judged = {
        "title", "expires", "retires", "summary", "applies", "legal_basis", "policy_basis", "serves", "parameters",
        "obligations", "relations",
    }  # fmt: skip
    assert set(VersionFrontMatter.model_fields) == judged | {"effective", "reason"}


def test_a_default_is_no_mere_addition_where_contracts_left_the_value_empty() -> None:
    empty = made(**parameter("code", optional=True))
    assert least_bump(empty, made(**parameter("code", optional=True, default="A"))) is Bump.MAJOR


def test_a_default_text_is_judged_by_its_words_and_a_default_key_is_not() -> None:
    def key(name: str) -> ClauseVersion:
        return made(**parameter("how", default=name, choices={"by_phone": "by phone", "by-phone": "by phone"}))

    assert least_bump(key("by_phone"), key("by-phone")) is Bump.MAJOR
    old, new = (made(**parameter("code", default=text)) for text in ("On weekdays", "On weekdays."))
    assert least_bump(old, new) is Bump.PATCH


def test_a_change_says_its_place_in_the_new_file() -> None:
    change = differences(OLD, new(MAJOR["a duty added"]))[0]
    assert (change.kind, change.old, change.new) == (ChangeKind.WORDING, "", "The Agency must call.")
    assert change.place == f"line {change.line}"
    assert change.to_dict()["bump"] == "major"
    (narrowed,) = differences(OLD, new(MAJOR["a smaller greatest value"]))
    assert (narrowed.place, narrowed.old, narrowed.new) == ("parameters.days.maximum", "30", "29")


@pytest.mark.parametrize(
    ("number", "bump", "following"),
    [("1.2.3", Bump.MAJOR, "2.0.0"), ("1.2.3", Bump.MINOR, "1.3.0"), ("1.2.3", Bump.PATCH, "1.2.4")],
)
def test_a_step_leads_to_a_number_and_the_number_tells_the_step(number: str, bump: Bump, following: str) -> None:
    assert next_number(number, bump) == following
    assert bump_between(number, following) is bump
    assert bump_between(following, number) is Bump.NONE
    assert bump_between(number, number) is Bump.NONE

"""What one version of a clause asks less of than another is found, term by term, and nothing else is."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.catalog.clause import Clause, ClauseVersion
from fe_contracts.catalog.loosening import clause_loosened, parameter_loosened
from fe_contracts.catalog.wording import Wording
from fe_contracts.model.clause import ClauseIdentity, ParameterDefinition, VersionFrontMatter

DUTY: dict[str, Any] = {
    "id": "tell",
    "who": "agency",
    "to": "city",
    "action": "notify",
    "what": "Tell the City.",
    "when": "In time.",
    "due": {"of": "period_end", "days": 30, "frequency": "quarterly"},
    "evidence": "A letter.",
    "consequence": "The City may wait.",
    "if": {"svc": {"contains": "COUNSEL"}},
}
PARAMETERS: dict[str, Any] = {
    "days": {"type": "days", "help": "Days.", "default": 30, "minimum": 10, "maximum": 60},
    "kind": {"type": "enum", "help": "Which.", "default": "a", "choices": {"a": "A", "b": "B"}},
    "fixed": {"type": "bool", "help": "Whether.", "default": True, "locked": True},
    "number": {"type": "str", "help": "A number.", "pattern": "[0-9]+"},
    "city": {"type": "str", "help": "The city.", "from": "city.name"},
    "points": {
        "type": "int",
        "help": "Points.",
        "default": 5,
        "confirm": {"what": "That.", "who": "the funder", "source": "common use [M]"},
    },
    "plain": {"type": "str", "help": "Free.", "default": "x"},
}
FRONT: dict[str, Any] = {
    "title": "A clause",
    "effective": "2026-01-01",
    "reason": "First version.",
    "summary": "What it means.",
    "applies": {"level": "mandatory", "when": {"svc": {"contains": "COUNSEL"}}, "otherwise": "recommended"},
    "legal_basis": ["2 CFR 200.1", "2 CFR 200.2"],
    "parameters": PARAMETERS,
    "obligations": [DUTY],
    "relations": {
        "requires": [{"clause": "FE-02", "reason": "It needs it."}],
        "conflicts": [{"when": {"svc": {"contains": "TAX"}}, "reason": "Not both."}],
    },
}
IDENTITY = {"id": "FE-01", "family": "FE", "scope": "contract", "trigger": "subaward_date", "protection": "guarded"}


def clause_of(front: dict[str, Any], **identity: Any) -> tuple[Clause, ClauseVersion]:
    read = VersionFrontMatter.model_validate_json(json.dumps(front))
    version = ClauseVersion(
        "FE-01",
        "1.0.0",
        read.effective,
        read.expires,
        read.retires,
        (),
        "sha256:0",
        True,  # noqa: FBT003 - the field's own place
        "1.0.0.md",
        lambda: read,
        lambda: Wording(()),
    )
    return Clause(ClauseIdentity.model_validate_json(json.dumps({**IDENTITY, **identity})), (version,), "c"), version


def places(front: dict[str, Any], **identity: Any) -> list[str]:
    """Return the terms on which the changed clause asks less than the one above."""
    old, was = clause_of(FRONT)
    new, version = clause_of(front, **identity)
    return [lost.place for lost in clause_loosened(old, was, new, version)]


def with_parameter(name: str, **change: Any) -> dict[str, Any]:
    definition = {field: value for field, value in {**PARAMETERS[name], **change}.items() if value is not None}
    return {**FRONT, "parameters": {**PARAMETERS, name: definition}}


def without_parameter(name: str) -> dict[str, Any]:
    return {**FRONT, "parameters": {key: value for key, value in PARAMETERS.items() if key != name}}


def with_duty(**change: Any) -> dict[str, Any]:
    return {**FRONT, "obligations": [{**DUTY, **change}]}


def with_due(**change: Any) -> dict[str, Any]:
    return with_duty(due={key: value for key, value in {**DUTY["due"], **change}.items() if value is not None})


def with_applies(**change: Any) -> dict[str, Any]:
    return {**FRONT, "applies": {**FRONT["applies"], **change}}


LOOSER: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a lower minimum": (with_parameter("days", minimum=9), ["parameters.days.minimum"]),
    "no minimum": (with_parameter("days", minimum=None), ["parameters.days.minimum"]),
    "a higher maximum": (with_parameter("days", maximum=61), ["parameters.days.maximum"]),
    "no maximum": (with_parameter("days", maximum=None), ["parameters.days.maximum"]),
    "one more choice": (
        with_parameter("kind", choices={"a": "A", "b": "B", "c": "C"}),
        ["parameters.kind.choices"],
    ),
    "a lock taken off": (with_parameter("fixed", locked=False), ["parameters.fixed.locked"]),
    "a lock on another value": (with_parameter("fixed", default=False), ["parameters.fixed.locked"]),
    "no pattern": (with_parameter("number", pattern=None), ["parameters.number.pattern"]),
    "a value that nobody confirms": (with_parameter("points", confirm=None), ["parameters.points.confirm"]),
    "a value that may stay empty": (with_parameter("plain", optional=True), ["parameters.plain.optional"]),
    "a value of another kind": (with_parameter("plain", type="text"), ["parameters.plain.type"]),
    "a value from elsewhere": (with_parameter("city", **{"from": "agency.legal_name"}), ["parameters.city.from"]),
    "a bounded value that is gone": (without_parameter("days"), ["parameters.days"]),
    "a locked value that is gone": (without_parameter("fixed"), ["parameters.fixed"]),
    "a duty that is gone": ({**FRONT, "obligations": []}, ["obligations.tell"]),
    "another consequence": (with_duty(consequence="None."), ["obligations.tell.consequence"]),
    "other evidence": (with_duty(evidence="A word."), ["obligations.tell.evidence"]),
    "another duty": (with_duty(what="Think of the City."), ["obligations.tell.what"]),
    "somebody else's duty": (with_duty(who="city"), ["obligations.tell.who"]),
    "a duty due a day later": (with_due(days=31), ["obligations.tell.due"]),
    "a duty without days": (with_due(days=None), ["obligations.tell.due"]),
    "a duty of a counted number of days": (with_due(days="days"), ["obligations.tell.due"]),
    "a duty due less often": (with_due(frequency="annual"), ["obligations.tell.due"]),
    "a duty that does not recur": (with_due(frequency=None), ["obligations.tell.due"]),
    "a duty counted from another day": (with_due(of="term_end"), ["obligations.tell.due"]),
    "a duty under another condition": (with_duty(**{"if": {"svc": {"contains": "TAX"}}}), ["obligations.tell.if"]),
    "a lower level": (with_applies(level="recommended"), ["applies.level"]),
    "another condition": (with_applies(when={"svc": {"contains": "TAX"}}), ["applies.when"]),
    "a lower level for the others": (with_applies(otherwise="optional"), ["applies.otherwise"]),
    "no level for the others": (with_applies(otherwise=None), ["applies.otherwise"]),
    "a dropped section": ({**FRONT, "legal_basis": ["2 CFR 200.1"]}, ["legal_basis"]),
    "a dropped need": (
        {**FRONT, "relations": {"conflicts": FRONT["relations"]["conflicts"]}},
        ["relations.requires"],
    ),
    "a dropped conflict": (
        {**FRONT, "relations": {"requires": FRONT["relations"]["requires"]}},
        ["relations.conflicts"],
    ),
    "an end": ({**FRONT, "expires": "2030-01-01"}, ["expires"]),
    "a clause that ends": ({**FRONT, "retires": True}, ["retires"]),
}


@pytest.mark.parametrize("name", LOOSER)
def test_each_term_on_which_less_is_asked_is_found_and_no_other(name: str) -> None:
    front, expected = LOOSER[name]
    assert places(front) == expected


TIGHTER: dict[str, dict[str, Any]] = {
    "the same": FRONT,
    "a higher minimum": with_parameter("days", minimum=11),
    "a lower maximum": with_parameter("days", maximum=59),
    "another default": with_parameter("days", default=31),
    "fewer choices": with_parameter("kind", choices={"a": "A"}),
    "a lock": with_parameter("plain", locked=True),
    "something to confirm": with_parameter("plain", confirm=PARAMETERS["points"]["confirm"]),
    "a free value that is gone": without_parameter("plain"),
    "a duty due a day sooner": with_due(days=29),
    "a duty due more often": with_due(frequency="monthly"),
    "a duty at all times": with_due(of="continuous"),
    "a duty for all": with_duty(**{"if": "always"}),
    "one more duty": {**FRONT, "obligations": [DUTY, {**DUTY, "id": "more"}]},
    "a clause for all": with_applies(when="always", otherwise=None),
    "a higher level for the others": with_applies(otherwise="mandatory"),
    "one more section": {**FRONT, "legal_basis": ["2 CFR 200.1", "2 CFR 200.2", "2 CFR 200.3"]},
}


@pytest.mark.parametrize("name", TIGHTER)
def test_what_asks_as_much_or_more_is_not_reported(name: str) -> None:
    assert places(TIGHTER[name]) == []


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("protection", "free", ["protection"]),
        ("protection", "law", []),
        ("scope", "fund", ["scope"]),
        ("trigger", "award_date", ["trigger"]),
        ("omission", "reserved", []),
    ],
)
def test_the_identity_counts_too(field: str, value: str, found: list[str]) -> None:
    assert places(FRONT, **{field: value}) == found


def test_an_end_that_comes_later_is_no_loosening() -> None:
    old, was = clause_of({**FRONT, "expires": "2030-01-01"})
    for expires, count in (("2031-01-01", 0), ("2030-01-01", 0), ("2029-12-31", 1)):
        new, version = clause_of({**FRONT, "expires": expires})
        assert version.expires == dt.date.fromisoformat(expires)
        assert len(list(clause_loosened(old, was, new, version))) == count


_BOUND = st.one_of(st.none(), st.integers(0, 9))


@given(old=st.tuples(_BOUND, _BOUND), new=st.tuples(_BOUND, _BOUND))
def test_bounds_are_looser_just_when_they_let_in_a_number_that_was_out(
    old: tuple[int | None, int | None], new: tuple[int | None, int | None]
) -> None:
    def definition(bounds: tuple[int | None, int | None]) -> ParameterDefinition:
        low, high = bounds
        return ParameterDefinition.model_validate_json(
            json.dumps({"type": "int", "help": "How many.", "minimum": low, "maximum": high})
        )

    def outside(bounds: tuple[int | None, int | None]) -> set[tuple[str, int]]:
        """Return what each bound alone keeps out, each side by itself: bounds that cross keep out all."""
        low, high = bounds
        below = {("low", number) for number in range(-1, 11) if low is not None and number < low}
        return below | {("high", number) for number in range(-1, 11) if high is not None and number > high}

    found = list(parameter_loosened("x", definition(old), definition(new)))
    assert bool(found) == bool(outside(old) - outside(new))


def test_a_list_of_defaults_that_loses_entries_loosens() -> None:
    def table(rows: list[dict[str, str]]) -> ParameterDefinition:
        data = {
            "type": "table",
            "help": "Coverage.",
            "columns": [{"name": "kind", "title": "Kind", "help": "A kind."}],
            "default": rows,
        }
        return ParameterDefinition.model_validate(data, strict=False)

    two, one = table([{"kind": "a"}, {"kind": "b"}]), table([{"kind": "a"}])
    assert [item.place for item in parameter_loosened("coverage", two, one)] == ["parameters.coverage.default"]
    assert [*parameter_loosened("coverage", one, two)] == []

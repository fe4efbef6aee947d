"""What a change leaves behind is named, field by field, and what a person reworded or what still holds is not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fe_contracts import Spec, load_catalog, load_spec, renew, validate_change
from fe_contracts.compliance import check_remnants
from fe_contracts.compliance.remnants import SERVICE_OF
from fe_contracts.model.vocabulary import OutcomeMeasure, Service
from fe_contracts.renewal.wishes import Wishes

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PILOT = EXAMPLES / "pilot-to-sign.yaml"


@cache
def pilot() -> Spec:
    return load_spec(PILOT)


def without(*services: str, deliverables: tuple[str, ...] = ()) -> Spec:
    spec = pilot()
    offered = tuple(item for item in spec.services.offered if item not in services)
    kept = tuple(item for item in spec.deliverables if item.id not in deliverables)
    update = {"services": spec.services.model_copy(update={"offered": offered}), "deliverables": kept}
    return spec.model_copy(update=update)


def left(new: Spec, old: Spec | None = None) -> list[tuple[str, str]]:
    return [(item.code, item.where.field) for item in check_remnants(old or pilot(), new)]


@pytest.mark.parametrize(
    ("service", "fields"),
    [
        ("BANK", ["outcomes[2]"]),
        ("CREDIT", ["outcomes[0]", "outcomes[1]"]),
        ("DEBT", ["outcomes[3]"]),
        ("SAVE", ["outcomes[4]"]),
        ("BENEFITS", ["deliverables[7]"]),
        ("SCREEN", ["milestones[1]", "deliverables[2]"]),
    ],
)
def test_what_stays_of_a_service_that_was_dropped_is_named(service: str, fields: list[str]) -> None:
    assert left(without(service)) == [("CHANGE030", field) for field in fields]


@pytest.mark.parametrize(
    ("deliverable", "fields"),
    [
        ("D2", ["milestones[2]"]),  # 30 Front-Line Staff trained
        ("D6", ["milestones[5]", "milestones[7]"]),  # 180 Clients and 560 Sessions
        ("D8", []),
    ],
)
def test_what_counts_a_deliverable_that_was_dropped_is_named(deliverable: str, fields: list[str]) -> None:
    assert left(without(deliverables=(deliverable,))) == [("CHANGE040", field) for field in fields]


def test_the_message_says_which_and_what_to_do() -> None:
    (item,) = check_remnants(pilot(), without("BANK"))
    assert item.message == (
        "O3 (Safe Account opened and kept) stays, and the service BANK that it belongs to is no longer bought."
    )
    assert item.remedy.startswith("Delete it")
    (item,) = check_remnants(pilot(), without(deliverables=("D2",)))
    assert item.message == (
        "M3 (30 Front-Line Staff trained) stays, and the deliverable D2 (Front-Line Staff trained) is gone."
    )


def test_what_was_deleted_or_reworded_is_not_named() -> None:
    new = without("BANK", "CREDIT")
    outcomes = [item for item in new.outcomes if item.id not in {"O1", "O2"}]
    outcomes[0] = outcomes[0].model_copy(update={"title": "Client keeps the account opened in the first year"})
    assert left(new.model_copy(update={"outcomes": tuple(outcomes)})) == []


def test_the_usual_measure_goes_before_the_words() -> None:
    spec = pilot()
    measured = spec.outcomes[0].model_copy(update={"measure": OutcomeMeasure.DEBT_REDUCED})
    old = spec.model_copy(update={"outcomes": (measured,)})
    for service, fields in (("CREDIT", []), ("DEBT", [("CHANGE030", "outcomes[0]")])):
        offered = tuple(item for item in spec.services.offered if item != service)
        new = old.model_copy(update={"services": spec.services.model_copy(update={"offered": offered})})
        assert left(new, old) == fields
    assert set(SERVICE_OF) == set(OutcomeMeasure) - {OutcomeMeasure.ANY_OUTCOME}


def test_an_override_settles_it_and_validate_tells_it() -> None:
    catalog = load_catalog(EXAMPLES / "exampleton")
    new = without("BANK")
    found = [item for item in validate_change(pilot(), new, catalog) if item.code == "CHANGE030"]
    assert [(item.where.line > 0, item.overridden_by) for item in found] == [(True, "")]
    settled = load_spec({**new.model_dump(mode="json", exclude_none=True), "overrides": [OVERRIDE]})
    found = [item for item in validate_change(pilot(), settled, catalog) if item.code == "CHANGE030"]
    assert [bool(item.overridden_by) for item in found] == [True]


OVERRIDE = {
    "code": "CHANGE030",
    "field": "outcomes[2]",
    "decided_by": "Renata Oyelaran",
    "role": "Senior Contract Manager",
    "decided_on": "2027-11-08",
    "reason": "Accounts opened in the first year are still counted.",
}


def test_a_renewal_with_a_target_of_none_names_what_counts_it() -> None:
    catalog = load_catalog(EXAMPLES / "exampleton")
    made = renew(PILOT, catalog, wishes=Wishes({"D2": "0"}))
    (item,) = [item for item in made.findings if item.code == "CHANGE040"]
    assert (item.where.field, item.message.endswith("has no target any more.")) == ("milestones[2]", True)


@settings(deadline=None)
@given(st.sets(st.sampled_from([*Service]), max_size=9), st.sets(st.sampled_from([f"D{n}" for n in range(1, 9)])))
def test_nothing_is_named_where_nothing_was_dropped(services: set[Service], deliverables: set[str]) -> None:
    """Whatever was dropped once: the same spec again leaves nothing, and each entry is named once at most."""
    new = without(*services, deliverables=tuple(deliverables))
    assert left(new, new) == []
    fields = [field for _, field in left(new)]
    assert len(fields) == len(set(fields))
    if not {*services} & {*pilot().services.offered} and not deliverables:
        assert fields == []

from __future__ import annotations

import pytest

from fe_contracts.findings import Confidence
from fe_contracts.governance.readiness.norms import BALANCE, BUY_IN, HERE, ROLE_NAMES, ROLES, RoleNeeded
from fe_contracts.model.initiative import Role


@pytest.mark.parametrize("item", ROLES, ids=lambda item: item.role.value)
def test_each_role_has_a_reason_and_a_source_that_is_no_more_than_it_is(item: RoleNeeded) -> None:
    assert item.why.endswith(".")
    assert item.source.cite
    assert item.source.confidence is not Confidence.VERIFIED  # nothing demands the role itself of an initiative


def test_six_roles_are_asked_for() -> None:
    assert [item.role.value for item in ROLES] == [
        "lived_experience", "front_line_staff", "nonprofit_director", "finance", "bank_partner", "funder",
    ]  # fmt: skip


def test_every_role_has_a_name() -> None:
    assert set(ROLE_NAMES) == set(Role)


def test_figures_are_owned_as_judgment() -> None:
    assert HERE.confidence is Confidence.UNKNOWN
    assert all("judgment" in source.note for source in (BUY_IN, BALANCE))

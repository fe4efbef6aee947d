"""Words are found where they mean what the law means, and not where they deny it or mean another thing."""

from __future__ import annotations

import pytest

from fe_contracts.compliance.law.wording import (
    CLIENT_FEES,
    HOUSING_COUNSELING,
    IDENTIFIERS,
    TRAINING,
    UNMATCHABLE,
    asks_for,
    named,
)


@pytest.mark.parametrize(
    "text",
    [
        "AFC exam fees",
        "Training for Counselors",
        "Staff trainings",
        "Licensing fees of two Counselors",
        "Counselor certification",
        "Continuing education of the team",
        "Training of Front-Line Staff",
    ],
)
def test_training_and_licenses_of_staff_are_found(text: str) -> None:
    assert named(text, TRAINING)


@pytest.mark.parametrize(
    "text",
    [
        "Life skills training of Clients",
        "Job training",
        "Staff who give financial education",
        "Data system licenses",
        "A certificate for each Client",
    ],
)
def test_other_training_is_not(text: str) -> None:
    assert named(text, TRAINING) is None


@pytest.mark.parametrize("text", ["A co-pay of one dollar", "sliding-scale charges", "Participant fees", "Copayments"])
def test_fees_of_clients_are_found(text: str) -> None:
    assert asks_for(text, CLIENT_FEES)


@pytest.mark.parametrize("text", ["Bank fees", "Clients pay no program fees", "Fees of the auditor", "Without co-pay"])
def test_other_fees_are_not(text: str) -> None:
    assert asks_for(text, CLIENT_FEES) is None


@pytest.mark.parametrize(
    "text", ["Social Security numbers", "the SSN", "Bank account number", "Copies of routing numbers"]
)
def test_numbers_that_identify_are_found(text: str) -> None:
    assert asks_for(text, IDENTIFIERS)


@pytest.mark.parametrize(
    "text",
    [
        "Social Security benefits",
        "Statements with account numbers masked",
        "Kind of account, without its account number",
        "Number of accounts opened",
        "The last four digits of the account number",
    ],
)
def test_what_hides_or_only_sounds_like_them_is_not(text: str) -> None:
    assert asks_for(text, IDENTIFIERS) is None


def test_a_denial_counts_for_its_own_place_only() -> None:
    assert asks_for("No SSN is kept. The account number is copied.", IDENTIFIERS) == "account number"


@pytest.mark.parametrize("text", ["housing counseling", "Housing Counselor", "two housing counselors"])
def test_the_term_of_law_is_found_in_any_form(text: str) -> None:
    assert named(text, HOUSING_COUNSELING)


@pytest.mark.parametrize("text", ["housing search and counseling", "counseling in housing programs"])
def test_words_beside_each_other_are_not_the_term(text: str) -> None:
    assert named(text, HOUSING_COUNSELING) is None


@pytest.mark.parametrize("text", ["Savings match of a foundation", "Seed deposits", "Debt payments", "AFC exam"])
def test_costs_that_are_no_match_are_found(text: str) -> None:
    assert named(text, UNMATCHABLE)

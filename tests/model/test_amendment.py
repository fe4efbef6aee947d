"""The wording of an amendment says everything or is refused: no sentence may leave out what it does."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from fe_contracts.model.amendment import AmendmentForms, SentenceForm
from fe_contracts.model.spec import ContractIdentity
from fe_contracts.sources import read_data

FILE = Path(__file__).resolve().parents[2] / "clause_library" / "instruments" / "amendment" / "1.0.0.yaml"
DATA: dict[str, Any] = dict(read_data(FILE).data)


def forms_of(data: dict[str, Any]) -> AmendmentForms:
    return AmendmentForms.model_validate_json(json.dumps(data))


def identity_of(amendments: list[dict[str, Any]]) -> ContractIdentity:
    data = {"id": "1", "title": "T", "effective_date": "2026-07-01", "initiative": "I", "amendments": amendments}
    return ContractIdentity.model_validate_json(json.dumps(data))


def changed(*path: str | int, value: Any) -> dict[str, Any]:
    data: Any = deepcopy(DATA)
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return dict(data)


def test_the_bundled_wording_has_a_sentence_for_every_kind_of_change() -> None:
    forms = forms_of(DATA)
    assert set(forms.sentences) == set(SentenceForm)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (changed("sentences", "amount", value="{{ place }}: {{ old }} goes."), "sentences.amount must name {{ new }}"),
        (changed("sentences", "words", value="{{ place }} {{ old }} {{ new }} {{ who }}"), "uses {{ who }}"),
        (changed("sentences", "table_replaced", value="{{ place }} is restated:"), "must name {{ table }}"),
        (changed("closing", 0, "paragraphs", 0, "text", value="From {{ day }}."), "effective uses {{ day }}"),
        (changed("title", value="Amendment"), "title must name {{ number }}"),
        (changed("topics", 0, "id", value="signing"), "two sections have the id signing"),
        (changed("words", "reason", value="There is a reason."), "words.reason must name {{ reason }}"),
    ],
)
def test_wording_that_would_leave_something_out_is_refused(data: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as error:
        forms_of(data)
    assert said in str(error.value)


def test_a_kind_of_sentence_that_is_left_out_is_named() -> None:
    data = deepcopy(DATA)
    del data["sentences"]["section_removed"]
    with pytest.raises(ValidationError, match="sentences leaves out section_removed"):
        forms_of(data)


def test_the_wording_never_says_shall() -> None:
    assert "shall" not in FILE.read_text(encoding="utf-8").lower()


def test_amendments_are_recorded_once_and_in_order() -> None:
    record = {"number": 1, "effective_date": "2027-01-01", "reason": "More money."}
    identity = identity_of([record, {**record, "number": 2}])
    assert [item.number for item in identity.amendments] == [1, 2]
    for numbers in ([2, 1], [1, 1]):
        with pytest.raises(ValidationError, match="amendments must be listed once each"):
            identity_of([{**record, "number": one} for one in numbers])

"""What becomes of every day that a spec can name: none is forgotten when the model grows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from fe_contracts.model.spec import Spec
from fe_contracts.renewal.days import MOVED, ONCE, days_in, pattern_of, texts_in

if TYPE_CHECKING:
    from collections.abc import Iterator

OTHERWISE = {
    "term.start_date",
    "term.end_date",
    "term.max_extent_date",
    "services.start_date",
    "confirmations[].confirmed_on",
    "overrides[].decided_on",
}
"""Days that have steps of their own."""


def day_fields(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Yield the pattern of every field that holds a day, in the model and all that stands in it."""
    for name, info in model.model_fields.items():
        field = f"{path}.{name}" if path else name
        for kind, several in kinds(info.annotation):
            here = f"{field}[]" if several else field
            if kind is dt.date:
                yield here
            elif isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from day_fields(kind, here)


def kinds(annotation: Any, *, several: bool = False) -> Iterator[tuple[Any, bool]]:
    """Yield every type in an annotation, and whether it stands in a tuple."""
    inside = get_args(annotation)
    if not inside:
        yield annotation, several
    for part in inside:
        yield from kinds(part, several=several or getattr(annotation, "__origin__", None) is tuple)


def test_every_day_of_the_model_is_moved_kept_or_treated_on_its_own() -> None:
    known = set(day_fields(Spec))
    assert "milestones[].due_date" in known
    assert "funding[].federal_award.unavailable[].expected_by" in known
    assert known == {*MOVED, *ONCE, *OTHERWISE}


def test_no_day_is_both_moved_and_kept() -> None:
    assert not set(MOVED) & set(ONCE)
    assert all([*MOVED.values(), *(why for why, _ in ONCE.values())])


def test_only_whole_texts_that_are_days_count() -> None:
    data = {"a": ["2027-01-01", "on 2027-01-01", "2027-02-30", 5, None], "b": {"c": "2028-02-29"}}
    assert list(days_in(data)) == [(("a", 0), dt.date(2027, 1, 1)), (("b", "c"), dt.date(2028, 2, 29))]
    assert [text for _, text in texts_in(data)] == ["2027-01-01", "on 2027-01-01", "2027-02-30", "2028-02-29"]


def test_a_pattern_leaves_out_the_places_in_lists() -> None:
    assert pattern_of("funding[0].match[12].mou_date") == "funding[].match[].mou_date"

"""The few words that a sentence names: whole values, found without doubt, and no reference among them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fe_contracts.document.tree import Inline, Origin, OriginKind, Paragraph, Reference, Text, Value, plain_text
from fe_contracts.renewal.amendment_layout import times
from fe_contracts.renewal.amendment_phrases import Phrase, phrases

ORIGIN = Origin(OriginKind.WORDING, "FE-01@1.0.0")
WORDS = st.lists(st.sampled_from(["must", "may", "pay", "the", "City", "Agency", "$5.00", "quarter,"]), max_size=14)


def value(text: str) -> Value:
    return Value("FE-01/amount", (Text(text, ORIGIN),))


def paragraph(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(item, ORIGIN) if isinstance(item, str) else item for item in inlines))


def between(old: Paragraph, new: Paragraph) -> tuple[Phrase, ...] | None:
    text = plain_text(old.inlines)
    return phrases(old, new, lambda words: times(words, text) == 1)


def test_a_value_is_replaced_whole() -> None:
    old = paragraph("The City pays ", value("$1,200.00"), " in each quarter, and nothing else is due to the Agency.")
    new = paragraph("The City pays ", value("$1,500.00"), " in each quarter, and nothing else is due to the Agency.")
    (phrase,) = between(old, new) or ()
    assert (phrase.old, phrase.new, phrase.value) == ("$1,200.00", "$1,500.00", True)
    assert phrase.inlines == (value("$1,500.00"),)


def test_what_refers_elsewhere_is_restated() -> None:
    one, other = Reference("FE_01", (Text("Section ", ORIGIN),), "3.1"), Reference("FE_02", (), "3.2")
    assert between(paragraph("See ", one, " on that."), paragraph("See ", other, " on that.")) is None


def test_words_that_come_are_named_with_a_neighbour() -> None:
    (phrase,) = between(paragraph("The Agency must report."), paragraph("The Agency must promptly report.")) or ()
    assert "promptly" in phrase.new
    assert "The Agency must report.".replace(phrase.old, phrase.new) == "The Agency must promptly report."


def test_words_that_overlap_themselves_count_each_time() -> None:
    assert times("pay pay", "pay pay pay") == 2
    assert times("pay", "nothing") == 0


@given(WORDS, WORDS)
def test_what_is_said_makes_the_one_of_the_other(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    said = between(paragraph(before), paragraph(after))
    if said is None:
        return
    made = before
    for phrase in sorted(said, key=lambda item: before.index(item.old), reverse=True):
        assert before.count(phrase.old) == 1
        assert phrase.old == phrase.old.strip()
        start = before.index(phrase.old)
        made = made[:start] + phrase.new + made[start + len(phrase.old) :]
    assert made == after
    assert before != after

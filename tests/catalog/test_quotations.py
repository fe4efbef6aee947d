"""The law's own words: guarded by digest, quoted word for word in clauses, and found in the text of the law itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.catalog.test_stale import authorities

from fe_contracts.catalog.quotations import digest_of_words, known_quotations, plain_words
from fe_contracts.sources import bundled, read_data

LAW = Path(__file__).resolve().parents[2].parent / "shared" / "domain" / "regulations"
needs_law = pytest.mark.skipif(
    not LAW.is_dir(), reason="the text of the regulations stands beside the checkout, not in it"
)

QUOTATIONS = authorities().quotations
REQUIREMENTS = sorted((bundled("clause_library") / "requirements").rglob("*.yaml"))


@cache
def law() -> str:
    """Return all the text of the law that there is, its words plain."""
    return "\n".join(plain_words(path.read_text("utf-8")) for path in sorted(LAW.glob("*.txt")))


def quotes(data: Any) -> list[str]:
    """Return every `quote` in a requirement's data, however deep."""
    if isinstance(data, dict):
        own = [data["quote"]] if isinstance(data.get("quote"), str) else []
        return own + [quote for value in data.values() for quote in quotes(value)]
    return [quote for value in data for quote in quotes(value)] if isinstance(data, list) else []


def test_the_fourteen_elements_and_the_certification_are_there() -> None:
    cites = {quotation.cite for quotation in QUOTATIONS}
    numbers = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"]
    assert cites == {f"2 CFR 200.332(b)(1)({number})" for number in numbers} | {"2 CFR 200.415(b)"}


@pytest.mark.parametrize("quotation", QUOTATIONS, ids=lambda item: item.cite)
def test_a_quotation_has_the_digest_of_its_words(quotation: Any) -> None:
    assert digest_of_words(quotation.text) == quotation.digest
    assert quotation.digest in known_quotations(authorities())


@needs_law
@pytest.mark.parametrize("quotation", QUOTATIONS, ids=lambda item: item.cite)
def test_a_quotation_stands_in_the_law_word_for_word(quotation: Any) -> None:
    assert plain_words(quotation.text) in law()


@needs_law
@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.stem)
def test_what_a_requirement_quotes_stands_in_the_law_word_for_word(path: Path) -> None:
    for quote in quotes(read_data(path).data):
        assert plain_words(quote) in law(), quote


def test_typesetting_is_no_part_of_the_words_and_every_word_is() -> None:
    one = "the Agency’s “own”\n   words, Sections 3729–3730"
    assert digest_of_words(one) == digest_of_words('the Agency\'s "own" words, Sections\u00a03729-3730')
    assert digest_of_words(one) != digest_of_words(one.replace("own", "very own"))
    assert known_quotations(None) == frozenset()

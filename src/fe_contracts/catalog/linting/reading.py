"""Count how hard the wording is to read: the Flesch-Kincaid grade, against a target for whoever must live with it.

The count is our own, some thirty lines. The maintained library for it, textstat, brings nltk and a pronouncing
dictionary that it downloads when first used; a check that runs in a city's closed network cannot rest on that. What
the grade is for, to show which clause to mend first, needs no dictionary: syllables are counted by spelling.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from fe_contracts.catalog.wording import (
    Branch,
    ExhibitBlock,
    Loop,
    ParagraphNode,
    Placeholder,
    ReferenceNode,
    TableNode,
)
from fe_contracts.document.tree import Role, Text
from fe_contracts.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fe_contracts.catalog.catalog import Catalog
    from fe_contracts.catalog.clause import ClauseVersion
    from fe_contracts.catalog.wording import Node

__all__ = ["READERS", "grade", "hard_to_read", "syllables"]

READERS = {"terms": 12.0, "summary": 9.0, "client": 8.0}
"""The highest grade for each: negotiated terms, the summary for the agency, what a client reads or signs."""

CLIENT_PARTS = frozenset({("DATA-02", "data"), ("DATA-05", "data"), ("FE-03", "scope")})
"""The exhibit parts that clients read or answer: consent, credit report instruction, questions."""

_FEWEST_WORDS = 60
"""Below this a grade says more about one long name than about the text."""
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_SENTENCE = re.compile(r"(?<=[.!?;:])[”\"’)]*\s+|\n+")
_CITED = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\b(?:CFR|U\.S\.C\.|FR)\b(?:[^()]|\([^()]*\))*\)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouysxzcghl]es$|[aeiouy]les$|[^cs]hes$|[^aeiouytd]ed$"
    r"|[^aeiou]e(?=m[e]nt)|...e(?=ful|less|ly$)"
)
"""Where an e is written and not spoken."""
_APART = re.compile(
    r"(?<![ctsg])i[aou]|(?<=[^gq])u(?:a|ou|u)|(?<!fr)(?<![cts])ie(?=n|t)|scien|[rd]eas?$|eos?$|creat(?!ur)|co(?=op|or)|^rei"
    r"|oy(?=[aei])|[aeoy](?=ing)"
)
"""Where two vowels that stand together are spoken apart."""
_SWALLOWED = re.compile(r"busin")


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return about how many syllables an English word has, by its spelling; at least one."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    if len(plain) <= 3:
        return 1 + len(re.findall(r"[aeiouy][^aeiouy]+[aiouy]$", plain))
    count = len(_VOWELS.findall(plain)) + len(_APART.findall(plain))
    return max(1, count - len(_SILENT.findall(plain)) - len(_SWALLOWED.findall(plain)))


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade: about the years of school that a reader needs; 0 for no words."""
    sentences = [words for part in _SENTENCE.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    spoken = sum(max(1, sum(syllables(part) for part in word.split("-") if part)) for word in words)
    return round(0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59, 1)


def hard_to_read(catalog: Catalog) -> Iterator[Finding]:
    """Each clause can be read by whoever must live with it; the law's own words and citations do not count."""
    for clause in catalog:
        if not clause.versions or clause.latest.retires:
            continue
        version = clause.latest
        for reader, text, line in _read_by(version):
            found = grade(text)
            if len(_WORD.findall(text)) >= (_FEWEST_WORDS if reader != "summary" else 20) and found > READERS[reader]:
                what = {"terms": "The wording", "summary": "The summary", "client": "What clients read"}[reader]
                yield Finding(
                    "LINT140",
                    Severity.INFO,
                    f"{what} of {version.key} reads at grade {found:g}; the target is {READERS[reader]:g}.",
                    Where(version.file, line, field="summary" if reader == "summary" else ""),
                    "Shorter sentences and shorter words bring it down.",
                )


def _read_by(version: ClauseVersion) -> Iterator[tuple[str, str, int]]:
    """Yield who reads, the text, and its first line."""
    terms: list[Node] = []
    for node in version.wording.nodes:
        if isinstance(node, ExhibitBlock) and (version.clause_id, node.exhibit) in CLIENT_PARTS:
            yield "client", _text(node.body), node.line
        else:
            terms.append(node)
    yield "terms", _text(terms), terms[0].line if terms else 0
    yield "summary", version.front.summary, 0


def _text(nodes: Iterable[Node]) -> str:
    """Return the words as a reader meets them: a short stand-in for each value, no quotation, no citation."""
    return _CITED.sub("", "\n".join(_paragraphs(nodes)))


def _paragraphs(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        match node:
            case ParagraphNode(role=Role.QUOTATION) | TableNode():
                continue
            case ParagraphNode():
                yield "".join(_piece(piece) for piece in node.pieces)
            case Branch():
                yield from _paragraphs(node.then)
                yield from _paragraphs(node.otherwise)
            case Loop() | ExhibitBlock():
                yield from _paragraphs(node.body)


def _piece(piece: Text | Placeholder | ReferenceNode) -> str:
    match piece:
        case Text():
            return piece.text
        case Placeholder():
            return "ten"
        case ReferenceNode():
            return "Section ten"

"""Account for every character of a contract: it comes from wording, from a value, or from declared structure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fe_contracts.assembly import formatting
from fe_contracts.assembly.binding import Binder
from fe_contracts.document.structure import STRUCTURE
from fe_contracts.document.tree import OriginKind, Reference, Value, texts_of
from fe_contracts.model.clause import ParameterType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fe_contracts.assembly import Assembly
    from fe_contracts.assembly.binding import Bound
    from fe_contracts.catalog import Catalog
    from fe_contracts.document.tree import Contract, Inline, Text
    from fe_contracts.model.spec import Spec

__all__ = ["texts_without_origin"]

_FOLDS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---"})


def folded(text: str) -> str:
    """Return text without what typesetting changes: quotation marks, dashes, line breaks, escapes, marks."""
    plain = unicodedata.normalize("NFC", text).translate(_FOLDS)
    return re.sub(r"\s+", " ", re.sub(r"\\([\\*\[\]{}#>|-])", r"\1", plain)).replace("*", "")


def _all_texts(contract: Contract) -> Iterator[Text]:
    for owner in contract.numbered:
        yield from _inline_texts(owner.title)
        yield from chain.from_iterable(texts_of(block) for block in owner.blocks)
    yield from chain.from_iterable(article.title for article in contract.articles)
    yield from chain.from_iterable(exhibit.title for exhibit in contract.exhibits)


def _inline_texts(inlines: tuple[Inline, ...]) -> Iterator[Text]:
    for inline in inlines:
        match inline:
            case Value():
                yield from inline.pieces
            case Reference():
                yield from inline.lead
            case _:
                yield inline


@lru_cache(maxsize=4)
def _sources(catalog: Catalog) -> dict[str, str]:
    """Return the source of every clause version and contract type by the name its text carries."""
    versions = {version.key: version.file for clause in catalog for version in clause.versions}
    types = {
        f"{edition.name}@{edition.number}": edition.file
        for series in catalog.contract_types.values()
        for edition in series.editions
    }
    files = {key: Path(file).read_text(encoding="utf-8") for key, file in {**versions, **types}.items()}
    return {key: folded(re.sub(r"^\s*>", "", text, flags=re.MULTILINE)) for key, text in files.items()}


def _forms(kind: ParameterType, value: Any, choices: Mapping[str, str]) -> Iterator[str]:
    """Yield every form in which a single value may be printed, worked out by kind and not by the wording's filter."""
    match kind:
        case ParameterType.MONEY:
            yield from (formatting.money(value), formatting.money_words(value))
        case ParameterType.DATE:
            yield formatting.date(value)
        case ParameterType.INT | ParameterType.DAYS:
            number = int(value)
            shown = formatting.number(number)
            yield from (shown, f"{formatting.cardinal(number)} ({shown})", formatting.ordinal(number))
        case ParameterType.PCT:
            yield formatting.percent(value)
        case ParameterType.ENUM:
            yield choices[str(value)]
        case _:
            yield str(value)


def _printable(bound: Bound) -> set[str]:
    """Return every text that a parameter may print, folded, in lower case where a filter may lower it."""
    definition, value = bound.definition, bound.value
    if value is None:
        return set()
    forms: set[str] = set()
    if definition.type is ParameterType.TABLE:
        for row in value:
            for column in definition.columns:
                if row[column.name] is not None:
                    forms |= set(_forms(column.type, row[column.name], column.choices))
        for name in definition.total:
            (column,) = (column for column in definition.columns if column.name == name)
            total = sum(row[name] for row in value if row[name] is not None)
            forms |= set(_forms(column.type, total, column.choices))
    elif definition.type is ParameterType.LIST:
        for item in value:
            forms |= set(_forms(definition.items or ParameterType.STR, item, definition.choices))
    else:
        forms |= set(_forms(definition.type, value, definition.choices))
        if definition.type is ParameterType.TEXT:
            forms |= {part.strip() for part in re.split(r"\n\s*\n", value)}
    return {folded(form).strip().lower() for form in forms}


def texts_without_origin(assembly: Assembly, spec: Spec, catalog: Catalog) -> list[Text]:
    """Return every piece of the contract's text that its stated origin does not hold."""
    assert assembly.contract is not None
    sources = _sources(catalog)
    exhibits = [f"Exhibit {exhibit.number}, {exhibit.title[0].text}" for exhibit in assembly.contract.exhibits]
    values: dict[str, set[str]] = {}
    binder = Binder(spec, catalog)
    for decision in assembly.selection.included:
        for name, bound in binder.bind(decision).items():
            assert decision.version is not None
            forms = {form.lower() for form in exhibits} if bound.source == "deferred" else _printable(bound)
            values.setdefault(f"{decision.version.key}/{name}", set()).update(forms)
    lost = []
    for text in _all_texts(assembly.contract):
        origin = text.origin
        match origin.kind:
            case OriginKind.STRUCTURE:
                known = STRUCTURE.get(origin.source) == text.text
            case OriginKind.PARAMETER:
                known = folded(text.text).strip().lower() in values.get(origin.source, set())
            case OriginKind.WORDING:
                words = folded(text.text).strip()
                source = sources.get(origin.source, "")
                # the filter `count` makes the plural of the word it is given
                known = words in source or (words.endswith("s") and f"'{words[:-1]}'" in source)
        if not known:
            lost.append(text)
    return lost

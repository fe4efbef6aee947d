"""Compare two contracts, whole: from specs, from Word files made here, or from one of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fe_contracts import assembly, word
from fe_contracts.assembly.binding import as_fact
from fe_contracts.catalog import load_catalog
from fe_contracts.compare.burden import burden_change
from fe_contracts.compare.contract_changes import Side
from fe_contracts.compare.contract_views import ContractView, sections_of
from fe_contracts.compare.contracts import compare_views
from fe_contracts.compare.spec_fields import long_date, money
from fe_contracts.exceptions import AssemblyError, SourceError
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.facts import facts_of_fund
from fe_contracts.model.spec import Spec
from fe_contracts.pipeline.specs import load_spec
from fe_contracts.schedule.burden import burden_of
from fe_contracts.sources import write_atomic
from fe_contracts.word.views import view_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.catalog import Catalog
    from fe_contracts.compare.contract_changes import ContractDifference
    from fe_contracts.document.tree import Contract
    from fe_contracts.model.burden import Burden
    from fe_contracts.model.condition import Fact

__all__ = ["compare_contracts", "render_difference", "save_difference"]

_JSON: dict[str, Any] = {"indent": 2, "ensure_ascii": False}
_WORD = frozenset({".docx", ".dotx", ".docm", ".doc"})


def compare_contracts(
    old: Path | str | Spec,
    new: Path | str | Spec,
    *,
    catalog: Catalog | None = None,
    old_catalog: Catalog | None = None,
) -> ContractDifference:
    """Return what changed from one contract to another, at five levels.

    Each is a spec, or the path of a spec or of a Word contract made here. `catalog` is the library of the new one, and
    of the old one too unless `old_catalog` gives another; the bundled library if left out. Where only one side is a
    Word file, its words and values are compared with those of the contract that the spec describes.

    Raises:
        SourceError: if a file cannot be read, or a Word file was not made here (DIFF010).
        SpecError: with every problem of a spec.
        AssemblyError: if a contract cannot be assembled without losing text.
        ClauseNotInForceError: if a contract type is not in force on the effective date.
    """
    library = catalog or load_catalog()
    sides = (old, old_catalog or library), (new, library)
    both = not any(_is_word(source) for source, _ in sides)
    views = [_view(source, held, as_document=not both) for source, held in sides]
    if not all(view.tagged for view in views):  # one has lost the controls around its values: both are read without
        views = [_view(source, held, as_document=True, by_manifest=True) for source, held in sides]
    burden = None
    if both:
        counted = [_burden(view) for view in views]
        burden = burden_change(counted[0], counted[1])
    return compare_views(views[0], views[1], burden)


def render_difference(difference: ContractDifference, form: str = "text") -> str:
    """Return a difference as `text`, `json`, `markdown` or `html`: one page that needs nothing else.

    Raises:
        ValueError: if there is no such form.
    """
    match form:
        case "text":
            from fe_contracts.exchange.difference_text import difference_text

            return difference_text(difference)
        case "json":
            return json.dumps({**difference.to_dict(), "exit_code": int(bool(difference.changes))}, **_JSON) + "\n"
        case "markdown":
            from fe_contracts.exchange.difference_markdown import difference_markdown

            return difference_markdown(difference)
        case "html":
            from fe_contracts.exchange.difference_html import difference_html

            return difference_html(difference)
        case _:
            msg = f"{form!r} is no form of a difference: text, json, markdown or html"
            raise ValueError(msg)


def save_difference(
    difference: ContractDifference, path: Path | str, *, form: str = "text", overwrite: bool = False
) -> Path:
    """Write a difference to a file and return its path; an existing file is kept unless told otherwise.

    Raises:
        OutputError: if it cannot be written; nothing is left half written.
        ValueError: if there is no such form.
    """
    write_atomic(path, render_difference(difference, form).encode(), overwrite=overwrite)
    return Path(path)


def _is_word(source: Path | str | Spec) -> bool:
    return not isinstance(source, Spec) and Path(source).suffix.lower() in _WORD


def _view(source: Path | str | Spec, catalog: Catalog, *, as_document: bool, by_manifest: bool = False) -> ContractView:
    if not isinstance(source, Spec):
        if _is_word(source):
            return _of_document(Path(source), catalog, by_manifest=by_manifest)
        spec, label = load_spec(source), str(source)
    else:
        spec, label = source, source.contract.id
    view, contract = _of_spec(spec, label, catalog)
    if as_document:  # both sides are then read in the same way
        data = word.write(contract, word.load_house_style("plain"))
        return view_of(data, catalog, label=label, side=view.side, by_manifest=by_manifest)
    return view


def _of_spec(spec: Spec, label: str, catalog: Catalog) -> tuple[ContractView, Contract]:
    """Return the contract that a spec describes, laid out for comparison."""
    result = assembly.assemble(spec, catalog)
    contract = result.contract
    if contract is None:
        fatal = [finding for finding in result.findings if finding.code.startswith(assembly.FATAL)]
        raise AssemblyError(spec.contract.id, fatal)
    side = Side(
        label=label,
        contract_id=contract.contract_id,
        title=contract.title,
        term=f"{long_date(spec.term.start_date)} to {long_date(spec.term.end_date)}",
        total=money(spec.total_amount),
        library=f"{catalog.library.name} {catalog.library.version}",
        pins={item.instance: item.version.number for item in result.selection.included if item.version},
        made_from="spec",
        city=spec.city.name,
        agency=spec.agency.legal_name,
    )
    printed = contract.manifest.get("values")
    view = ContractView(
        side,
        sections_of(contract),
        printed if isinstance(printed, dict) else {},
        catalog=catalog,
        spec=spec,
        values=result.values,
        facts=_facts(spec, catalog, result, contract),
    )
    return view, contract


def _facts(
    spec: Spec, catalog: Catalog, result: assembly.Assembly, contract: Contract
) -> Mapping[str, Mapping[str, Fact]]:
    """Return what conditions are judged by, for each clause of a contract."""
    clauses = set(result.selection.clause_ids)
    shared: dict[str, Fact] = {
        **result.selection.facts,
        **{f"clause.{clause_id}": clause_id in clauses for clause_id in catalog.clauses},
    }
    for series in catalog.contract_types.values():
        for edition in series.editions:
            shared |= {f"exhibit.{exhibit.id}": False for exhibit in edition.content.exhibits}
    shared |= {f"exhibit.{exhibit.exhibit_id}": True for exhibit in contract.exhibits}
    found = {}
    for item in result.selection.included:
        names = item.version.front.parameters if item.version else ()
        values = result.values.get(item.instance, {})
        own = {f"parameter.{name}": as_fact(values[name]) if name in values else None for name in names}
        found[item.instance] = {**shared, **facts_of_fund(spec, item.fund), **own}
    return found


def _burden(view: ContractView) -> Burden:
    """Return what an agency has to report under a contract."""
    assert view.spec is not None  # noqa: S101 - only specs are counted
    duties = [
        duty
        for section in view.sections
        if not section.exhibit and (version := view.version_of(section))
        for duty in version.front.obligations
        if duty.applies_when.judge(view.facts[section.instance])
    ]
    return burden_of(view.spec, duties)


def _of_document(path: Path, catalog: Catalog, *, by_manifest: bool) -> ContractView:
    """Return a Word contract made here, laid out for comparison.

    Raises:
        SourceError: if this library did not make it.
    """
    view = view_of(path, catalog, label=str(path), by_manifest=by_manifest)
    if not view.sections:
        problem = Finding(
            "DIFF010",
            Severity.ERROR,
            "This Word file does not say which clauses it was made from, so that its clauses cannot be compared.",
            Where(file=str(path)),
            "Compare any two Word files word by word: fe-contracts redline OLD NEW -o OUT.docx",
        )
        raise SourceError(str(path), [problem])
    return view

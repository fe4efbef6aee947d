"""Assemble a contract: select, bind, fill, number, refer. A spec and a catalog go in, a document tree comes out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from fe_contracts.assembly import formatting
from fe_contracts.assembly.binding import Binder, Bound, as_fact
from fe_contracts.assembly.computed import DEFERRED
from fe_contracts.assembly.confirming import confirmations_of, facts_to_confirm
from fe_contracts.assembly.filling import Filled, Filler, label_anchor
from fe_contracts.assembly.front import cover_of, manifest_of, notices_of, signatories_of
from fe_contracts.assembly.numbering import Counters, exhibits_in, labels_in
from fe_contracts.assembly.references import Targets, anchor_name
from fe_contracts.assembly.relations import check_relations
from fe_contracts.assembly.selection import Selection, select
from fe_contracts.assembly.terms import check_terms
from fe_contracts.catalog.approvals import unapproved_in_words
from fe_contracts.catalog.terms import known_terms
from fe_contracts.document.structure import structure
from fe_contracts.document.tree import (
    Article,
    Clause,
    Contract,
    Exhibit,
    ExhibitPart,
    Origin,
    OriginKind,
    Text,
)
from fe_contracts.findings import Finding, Severity, Where
from fe_contracts.model.clause import Omission, ParameterType
from fe_contracts.model.facts import facts_of_fund

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fe_contracts.assembly.selection import Decision
    from fe_contracts.catalog import Catalog, ClauseVersion
    from fe_contracts.document.tree import Inline
    from fe_contracts.model.condition import Fact
    from fe_contracts.model.library import ArticleOutline, ExhibitOutline
    from fe_contracts.model.spec import Spec

__all__ = ["Assembly", "Outline", "PlacedClause", "assemble", "outline"]

_FUND_NAME = "fund_name"
"""The parameter that tells the sections of a clause apart where it stands once for each award or fund."""

FATAL = ("PARAM", "REF")
"""The beginnings of codes that no override can pass: text would be lost or invented."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """What came of one assembly: the contract, if one could be made, and everything found on the way."""

    contract: Contract | None
    selection: Selection
    findings: tuple[Finding, ...]
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The typed value of every parameter, by clause instance and name."""


@dataclass(frozen=True, slots=True)
class PlacedClause:
    """A clause instance in its place, its values known and its wording not yet written."""

    decision: Decision
    version: ClauseVersion
    number: str
    """The section's number, as the contract prints it."""
    values: Mapping[str, Any]
    """The typed value of every parameter, by name."""
    facts: Mapping[str, Fact]
    """What the clause's conditions are judged by."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Which clauses a contract has, where, and with what values: all but the words."""

    clauses: tuple[PlacedClause, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Section:
    """A clause instance with its place in the contract."""

    decision: Decision
    version: ClauseVersion
    number: str
    anchor: str
    title: tuple[Inline, ...] = ()
    filled: Filled | None = None


def assemble(spec: Spec, catalog: Catalog) -> Assembly:
    """Return the contract as a tree, or no contract and the findings that say why.

    Raises:
        ClauseNotInForceError: if the contract type itself is not in force on the effective date.
    """
    return _Assembler(spec, catalog).run()


def outline(spec: Spec, catalog: Catalog) -> Outline:
    """Return what a contract is made of, without writing its words: enough to know every duty, and four times as fast.

    Raises:
        ClauseNotInForceError: if the contract type itself is not in force on the effective date.
    """
    return _Assembler(spec, catalog).placed()


class _Assembler:
    """The state of one assembly, step by step."""

    def __init__(self, spec: Spec, catalog: Catalog) -> None:
        self.spec, self.catalog = spec, catalog
        self.selection = select(spec, catalog)
        self.outline = self.selection.contract_type.content
        self.binder = Binder(spec, catalog)
        self.targets = Targets()
        self.bound: dict[str, dict[str, Bound]] = {}
        self.facts: dict[str, dict[str, Fact]] = {}
        self.sections: list[_Section] = []
        self.letters: dict[str, str] = {}
        self.part_numbers: dict[tuple[str, str], str] = {}
        self.findings: list[Finding] = list(self.selection.findings)

    def placed(self) -> Outline:
        """Return the clauses with their numbers, values and facts, and what is wrong with them so far."""
        self._number_articles()
        self._bind()
        self._number_exhibits()
        clauses = tuple(
            PlacedClause(
                section.decision,
                section.version,
                section.number,
                {name: item.value for name, item in self.bound[section.decision.instance].items()},
                self.facts[section.decision.instance],
            )
            for section in self.sections
        )
        return Outline(clauses, tuple(dict.fromkeys(self.findings + self.binder.findings)))

    def run(self) -> Assembly:
        """Return the assembly; it holds a contract only if nothing fatal was found."""
        articles = self._number_articles()
        self._bind()
        self._number_exhibits()
        self.findings += self.binder.findings
        if not self._fatal():
            self._number_labels()
            self._fill()
        self.findings += check_relations(self.selection, self.facts)
        self.findings += facts_to_confirm(self.selection, self.bound)
        contract = None if self._fatal() else self._contract(articles)
        if contract is not None:
            self.findings += check_terms(contract, known_terms(self.catalog))
        values = {
            instance: {name: item.value for name, item in bound.items()} for instance, bound in self.bound.items()
        }
        return Assembly(contract, self.selection, tuple(dict.fromkeys(self.findings)), values)

    def _fatal(self) -> bool:
        """Return whether text would be lost or invented."""
        return any(finding.code.startswith(FATAL) for finding in self.findings)

    def _number_articles(self) -> list[tuple[ArticleOutline, str, list[_Section | Decision]]]:
        """Give articles and sections their numbers; an article without sections is left out."""
        articles: list[tuple[ArticleOutline, str, list[_Section | Decision]]] = []
        for article in self.outline.articles:
            placed: list[_Section | Decision] = []
            number = str(len(articles) + 1)
            for decision in (item for item in self.selection.decisions if item.article == article.id):
                if decision.included and decision.version is not None:
                    section = _Section(
                        decision,
                        decision.version,
                        f"{number}.{len(placed) + 1}",
                        anchor_name(decision.instance),
                    )
                    placed.append(section)
                    self.sections.append(section)
                    self.targets.add_section(decision.instance, section.anchor, section.number)
                    self.targets.add_section(decision.clause_id, section.anchor, section.number)
                    if decision.instance != decision.clause_id:
                        self.targets.by_fund.add(decision.clause_id)
                elif self.catalog[decision.clause_id].identity.omission is Omission.RESERVED:
                    placed.append(decision)
            if any(isinstance(item, _Section) for item in placed):
                articles.append((article, number, placed))
                self.targets.add_named(f"article:{article.id}", anchor_name("Article", article.id), f"Article {number}")
        return articles

    def _bind(self) -> None:
        included = {f"clause.{clause_id}": False for clause_id in self.catalog.clauses}
        included |= {f"clause.{clause_id}": True for clause_id in self.selection.clause_ids}
        shared: dict[str, Fact] = {**self.selection.facts, **included}
        for section in self.sections:
            decision = section.decision
            bound = self.binder.bind(decision)
            self.bound[decision.instance] = bound
            own = {f"parameter.{name}": as_fact(item.value) for name, item in bound.items()}
            missing = {f"parameter.{name}": None for name in section.version.front.parameters if name not in bound}
            self.facts[decision.instance] = {**shared, **facts_of_fund(self.spec, decision.fund), **missing, **own}

    def _number_exhibits(self) -> None:
        """Letter the exhibits that some clause fills, and number their parts in the order of the clauses."""
        wanted: dict[str, list[_Section]] = {exhibit.id: [] for exhibit in self.outline.exhibits}
        for section in self.sections:
            for name in exhibits_in(section.version.wording.nodes, self.facts[section.decision.instance]):
                if name not in wanted:
                    self._report_exhibit(
                        section,
                        f"fills the exhibit {name!r}, which this contract type does not have",
                        "Add the exhibit to the contract type, or put the block under a condition on contract.type.",
                    )
                elif section in wanted[name]:
                    self._report_exhibit(
                        section,
                        f"fills the exhibit {name!r} twice",
                        "Join the two blocks: a clause has one part in each.",
                    )
                else:
                    wanted[name].append(section)
        present: list[ExhibitOutline] = [exhibit for exhibit in self.outline.exhibits if wanted[exhibit.id]]
        for place, exhibit in enumerate(present):
            letter = formatting.letters(place + 1).upper()
            self.letters[exhibit.id] = letter
            self.targets.add_named(f"exhibit:{exhibit.id}", anchor_name("Exhibit", exhibit.id), f"Exhibit {letter}")
            for order, section in enumerate(wanted[exhibit.id], start=1):
                number = f"{letter}.{order}"
                instance = section.decision.instance
                self.part_numbers[instance, exhibit.id] = number
                anchor = anchor_name("Part", exhibit.id, instance)
                self.targets.add_section(f"{instance}@{exhibit.id}", anchor, number)
                self.targets.add_section(f"{section.decision.clause_id}@{exhibit.id}", anchor, number)
        self._tell_exhibits(tuple(f"Exhibit {self.letters[exhibit.id]}, {exhibit.title}" for exhibit in present))

    def _tell_exhibits(self, names: tuple[str, ...]) -> None:
        """Give every clause the facts and values that rest on which exhibits there are."""
        everywhere = {
            f"exhibit.{exhibit.id}": False
            for series in self.catalog.contract_types.values()
            for edition in series.editions
            for exhibit in edition.content.exhibits
        }
        here = {f"exhibit.{exhibit}": True for exhibit in self.letters}
        for section in self.sections:
            facts = self.facts[section.decision.instance]
            facts.update({**everywhere, **here})
            bound = self.bound[section.decision.instance]
            for name, item in bound.items():
                if item.source == "deferred":
                    bound[name] = replace(item, value=names, source=f"computed.{DEFERRED}")
                elif item.source == "default" and item.definition.items is ParameterType.REF:
                    # the library's own list names clauses that not every contract has
                    bound[name] = replace(
                        item, value=tuple(target for target in item.value if target in self.targets.known)
                    )
                else:
                    continue
                facts[f"parameter.{name}"] = as_fact(bound[name].value)

    def _report_exhibit(self, section: _Section, what: str, remedy: str) -> None:
        where = Where(section.version.file)
        self.findings.append(Finding("REF020", Severity.ERROR, f"{section.version.key} {what}.", where, remedy))

    def _part_number(self, instance: str, exhibit: str) -> str:
        return self.part_numbers.get((instance, exhibit), "")

    def _number_labels(self) -> None:
        """Find the number of every labelled paragraph, so that references can be filled in one go."""
        for section in self.sections:
            instance = section.decision.instance
            labels = labels_in(
                section.version.wording.nodes,
                self.facts[instance],
                self.bound[instance],
                Counters(section.number),
                partial(self._part_number, instance),
            )
            for label, number in labels:
                anchor = label_anchor(section.anchor, label)
                self.targets.add_section(f"{instance}#{label}", anchor, number)
                self.targets.add_section(f"{section.decision.clause_id}#{label}", anchor, number)

    def _fill(self) -> None:
        standing = Counter(section.decision.clause_id for section in self.sections)
        for section in self.sections:
            instance = section.decision.instance
            part_number = partial(self._part_number, instance)
            filler = Filler(
                section.version,
                instance,
                self.bound[instance],
                self.facts[instance],
                self.targets,
                part_number,
            )
            several = standing[section.decision.clause_id] > 1
            section.title = filler.title(apart_by=_FUND_NAME if several else "")
            section.filled = filler.fill(section.number)
            self.findings += section.filled.findings
        self.findings += self.targets.findings

    def _contract(self, articles: list[tuple[ArticleOutline, str, list[_Section | Decision]]]) -> Contract:
        spec, catalog = self.spec, self.catalog
        type_origin = Origin(
            OriginKind.WORDING, f"{self.selection.contract_type.name}@{self.selection.contract_type.number}"
        )
        drawn = tuple(
            Article(
                article.id,
                number,
                (Text(article.title, type_origin),),
                anchor_name("Article", article.id),
                tuple(self._clause(item, f"{number}.{place}") for place, item in enumerate(placed, start=1)),
            )
            for article, number, placed in articles
        )
        exhibits = tuple(
            self._exhibit(exhibit, type_origin) for exhibit in self.outline.exhibits if exhibit.id in self.letters
        )
        drafts = self._drafts()
        contract = Contract(
            contract_id=spec.contract.id,
            contract_type=spec.contract.type.value,
            title=spec.contract.title,
            subtitle=self.outline.document_name,
            language=catalog.library.language,
            cover=cover_of(spec),
            articles=drawn,
            exhibits=exhibits,
            signatories=signatories_of(spec),
            form_approval=spec.city.form_approval or "",
            confirmations=(),
            drafts=drafts,
            notices=notices_of(spec, catalog),
            manifest={},
        )
        contract = replace(contract, confirmations=confirmations_of(contract, self.bound))
        manifest = manifest_of(spec, catalog, self.selection, self.binder.framework, contract)
        return replace(contract, manifest=manifest)

    def _clause(self, item: _Section | Decision, number: str) -> Clause:
        if not isinstance(item, _Section):
            return Clause(
                item.instance,
                item.clause_id,
                "",
                number,
                (structure("reserved"),),
                anchor_name(item.instance),
                (),
                reserved=True,
            )
        filled = item.filled or Filled()
        return Clause(
            item.decision.instance,
            item.decision.clause_id,
            item.version.number,
            number,
            item.title,
            item.anchor,
            tuple(filled.blocks),
            draft=not item.version.published,
        )

    def _exhibit(self, exhibit: ExhibitOutline, origin: Origin) -> Exhibit:
        parts = tuple(
            ExhibitPart(
                section.decision.instance,
                section.decision.clause_id,
                section.version.number,
                self.part_numbers[section.decision.instance, exhibit.id],
                part.title,
                anchor_name("Part", exhibit.id, section.decision.instance),
                tuple(part.blocks),
            )
            for section in self.sections
            if section.filled
            for part in section.filled.parts
            if part.exhibit == exhibit.id
        )
        title = (Text(exhibit.title, origin),)
        return Exhibit(exhibit.id, self.letters[exhibit.id], title, anchor_name("Exhibit", exhibit.id), parts)

    def _drafts(self) -> tuple[str, ...]:
        """Return why the document is only a draft, in sentences: what is not published, and what is not approved."""
        names = [section.version.key for section in self.sections if not section.version.published]
        names += [
            f"{edition.name} {edition.number}" for edition in self.binder.framework.values() if not edition.published
        ]
        names += self.selection.contract_type.drafts
        told = [f"{name} is not published." for name in dict.fromkeys(names)]
        edited = [code for code, placed in self.catalog.requirements.items() if not placed.published]
        told += [f"The requirement {code} was edited and is not published again." for code in edited]
        unapproved = unapproved_in_words(self.catalog, (section.version for section in self.sections))
        return (*told, unapproved) if unapproved else tuple(told)

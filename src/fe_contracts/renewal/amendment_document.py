"""Write an amendment as a document tree: background, operative sentences by subject, closing terms, signatures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from fe_contracts.compare.spec_fields import long_date
from fe_contracts.document.structure import STRUCTURE
from fe_contracts.document.tree import (
    Article,
    Clause,
    Contract,
    Origin,
    OriginKind,
    Paragraph,
    Reference,
    Role,
    Row,
    Table,
    Text,
    Value,
    plain_text,
)
from fe_contracts.model.amendment import SentenceForm as F

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fe_contracts.document.tree import Block, Confirmation, ExhibitPart, Inline
    from fe_contracts.model.amendment import AmendmentSection, AmendmentTopic, Occasion
    from fe_contracts.renewal.amendment_facts import Facts
    from fe_contracts.renewal.amendment_instructions import Instruction
    from fe_contracts.renewal.amendment_wording import Wording

__all__ = ["AmendmentText", "document_of", "topic_of"]

CONTRACT_TYPE = "amendment"
_COVER = {value: name for name, value in STRUCTURE.items() if name.startswith("cover_")}


@dataclass(slots=True)
class AmendmentText:
    """What an amendment is written from."""

    wording: Wording
    facts: Facts
    names: Mapping[str, str]
    occasions: frozenset[Occasion]
    instructions: Sequence[Instruction]
    old: Contract
    new: Contract
    manifest: Mapping[str, Any] = field(default_factory=dict)


def topic_of(instruction: Instruction, topics: Sequence[AmendmentTopic]) -> AmendmentTopic:
    """Return the subject under which a sentence stands.

    What kind of sentence it is decides before the clause or line of the cover that it touches, and that before the
    clause's family or the exhibit; the last subject takes what no other does.
    """
    clause, cover = instruction.clause_id, _COVER.get(instruction.place, "")
    replaced = instruction.form is F.SECTION_REPLACED and bool(instruction.reason)
    of_kind = (topic for topic in topics if instruction.form in topic.forms or (topic.versions and replaced))
    named = (topic for topic in topics if clause in topic.clauses or cover in topic.cover)
    family = clause.partition("-")[0]
    near = (topic for topic in topics if family in topic.families or instruction.exhibit in topic.exhibits)
    return next(chain(of_kind, named, near), topics[-1])


def document_of(text: AmendmentText) -> Contract:
    """Return the amendment, ready to be written as the contract itself is."""
    forms, wording = text.wording.forms, text.wording
    sections = _Sections(text)
    articles = [
        sections.article("background", forms.background_title, map(sections.own, forms.background)),
        sections.article("changes", forms.changes_title, sections.changes()),
        sections.article("closing", forms.closing_title, map(sections.own, forms.closing)),
    ]
    contract = Contract(
        contract_id=text.old.contract_id,
        contract_type=CONTRACT_TYPE,
        title=wording.line(forms.title, text.names),
        subtitle=wording.line(forms.subtitle, text.names),
        language=text.new.language,
        cover=_cover(text),
        articles=tuple(article for article in articles if article.clauses),
        exhibits=(),
        signatories=text.new.signatories,
        form_approval=text.new.form_approval,
        confirmations=(),
        drafts=(*text.new.drafts, *_unpublished(wording)),
        notices=text.new.notices,
        manifest={},
    )
    contract = replace(contract, confirmations=tuple(_confirmations(contract, text.new)))
    return replace(contract, manifest={**text.manifest, "values": _printed(contract)})


def _unpublished(wording: Wording) -> Iterator[str]:
    if not wording.edition.published:
        yield f"The wording of amendments, {wording.origin.source}, is not published."


def _cover(text: AmendmentText) -> tuple[tuple[str, str], ...]:
    words, new = text.wording.forms.words, dict(text.new.cover)
    kept = {name: new.get(STRUCTURE[name], "") for name in ("cover_city", "cover_agency", "cover_initiative")}
    lines = (
        (words.cover_number, text.names["number"]),
        (words.cover_contract, f"{text.names['contract_id']}, {text.names['contract_title']}"),
        (words.cover_contract_date, text.names["contract_date"]),
        (STRUCTURE["cover_city"], kept["cover_city"]),
        (STRUCTURE["cover_agency"], kept["cover_agency"]),
        (words.cover_amount, new.get(STRUCTURE["cover_amount"], "")),
        (words.cover_term, new.get(STRUCTURE["cover_term"], "")),
        (words.cover_effective, long_date(text.facts.effective)),
    )
    return tuple((label, value) for label, value in lines if value)


@dataclass(slots=True)
class _Sections:
    """Number articles and sections as they are made."""

    text: AmendmentText
    articles: int = 0
    sections: int = 0

    def article(self, name: str, title: str, sections: Iterable[_Draft]) -> Article:
        """Return an article with the sections that have anything to say."""
        self.articles, self.sections = self.articles + 1, 0
        clauses = tuple(self._clause(draft) for draft in sections if draft.paragraphs)
        if not clauses:
            self.articles -= 1
        heading = (Text(title, self.text.wording.origin),)
        return Article(name, str(self.articles), heading, f"Amendment_{name}", clauses)

    def own(self, section: AmendmentSection) -> _Draft:
        """Return a section of the library's own text, with the paragraphs that fit the occasion."""
        wording = self.text.wording
        paragraphs = tuple(
            (wording.filled(paragraph.text, self.text.names), ())
            for paragraph in section.paragraphs
            if paragraph.when in self.text.occasions
        )
        return _Draft(section.id, section.title, paragraphs)

    def changes(self) -> Iterator[_Draft]:
        """Yield the operative sentences, by subject, and what is said of numbers behind them."""
        forms = self.text.wording.forms
        gathered: dict[str, list[Instruction]] = defaultdict(list)
        for instruction in self.text.instructions:
            gathered[topic_of(instruction, forms.topics).id].append(instruction)
        for topic in forms.topics:
            said = tuple((self.text.wording.sentence(item), tuple(self._restated(item))) for item in gathered[topic.id])
            yield _Draft(topic.id, topic.title, said)
        yield self.own(forms.numbering)

    def _restated(self, instruction: Instruction) -> Iterator[Block]:
        if instruction.form is F.SECTION_REPLACED:
            number = _number_after(instruction, self.text.new) or instruction.place
            yield _heading(number, (Text(instruction.new, self._source(instruction)),), self._source(instruction))
        yield from _quoted(instruction.blocks)
        for owner in instruction.sections:
            yield _heading(owner.number, owner.title, Origin(OriginKind.WORDING, f"{owner.clause_id}@{owner.version}"))
            yield from _quoted(owner.blocks)

    def _source(self, instruction: Instruction) -> Origin:
        owner = _owner_after(instruction, self.text.new)
        version = owner.version if owner else ""
        return Origin(OriginKind.WORDING, f"{instruction.clause_id}@{version}")

    def _clause(self, draft: _Draft) -> Clause:
        self.sections += 1
        number = f"{self.articles}.{self.sections}"
        blocks: list[Block] = []
        for place, (sentence, restated) in enumerate(draft.paragraphs, start=1):
            letter = _letters(place)
            blocks.append(Paragraph(sentence, Role.ITEM, 0, f"({letter})", f"{number}({letter})"))
            blocks += restated
        edition = self.text.wording.edition
        return Clause(
            f"{edition.name}:{draft.name}",
            edition.name,
            edition.number,
            number,
            (Text(draft.title, self.text.wording.origin),),
            f"Amendment_section_{draft.name}",
            tuple(blocks),
            draft=not edition.published,
        )


@dataclass(frozen=True, slots=True)
class _Draft:
    """A section before it has a number: each paragraph with what is restated below it."""

    name: str
    title: str
    paragraphs: tuple[tuple[tuple[Inline, ...], tuple[Block, ...]], ...]


def _owner_after(instruction: Instruction, new: Contract) -> Clause | ExhibitPart | None:
    """Return the section that an instruction speaks of, as it stands in the new contract."""
    if instruction.exhibit:
        parts = (part for item in new.exhibits if item.exhibit_id == instruction.exhibit for part in item.parts)
        return next((part for part in parts if part.instance == instruction.instance), None)
    return next((item for item in new.clauses if item.instance == instruction.instance), None)


def _number_after(instruction: Instruction, new: Contract) -> str:
    owner = _owner_after(instruction, new)
    return owner.number if owner else ""


def _heading(number: str, title: Sequence[Inline], origin: Origin) -> Paragraph:
    words = tuple(replace(item, bold=True) if isinstance(item, Text) else item for item in _plain(title))
    return Paragraph((Text(f"{number} ", origin, bold=True), *words), Role.QUOTATION)


def _quoted(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield restated text beside a line, each paragraph with the number it has in the contract."""
    for block in blocks:
        if isinstance(block, Table):
            yield replace(block, rows=tuple(Row(tuple(map(_plain, row.cells)), row.total) for row in block.rows))
            continue
        inlines = _plain(block.inlines)
        mark = block.number if block.role is Role.ITEM else "\N{BULLET}" if block.role is Role.BULLET else ""
        if mark:
            inlines = (Text(f"{mark} ", Origin(OriginKind.STRUCTURE, "number")), *inlines)
        yield Paragraph(inlines, Role.QUOTATION)


def _plain(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return the text with references as characters: what they point at stands in another document."""
    found: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Reference):
            found += inline.lead
            found.append(Text(inline.number, Origin(OriginKind.STRUCTURE, "number")))
        else:
            found.append(inline)
    return tuple(found)


def _letters(place: int) -> str:
    """Return a place in a row as Word letters it: a to z, then aa, bb."""
    turns, letter = divmod(place - 1, 26)
    return chr(ord("a") + letter) * (turns + 1)


def _values(contract: Contract) -> Iterator[tuple[Clause, Value | Table]]:
    for clause in contract.clauses:
        for block in clause.blocks:
            cells = [cell for row in block.rows for cell in row.cells] if isinstance(block, Table) else [block.inlines]
            yield from ((clause, inline) for cell in cells for inline in cell if isinstance(inline, Value))
            if isinstance(block, Table):
                yield clause, block


def _printed(contract: Contract) -> dict[str, str]:
    """Return every value of the contract that the amendment shows, as it shows it."""
    found: dict[str, str] = {}
    for _, item in _values(contract):
        if isinstance(item, Table):
            found[item.parameter] = "\n".join("\t".join(plain_text(cell) for cell in row.cells) for row in item.rows)
        else:
            found.setdefault(item.parameter, plain_text(item.pieces))
    return found


def _confirmations(contract: Contract, new: Contract) -> Iterator[Confirmation]:
    """Yield the facts still to be confirmed: first those in the amendment's own text, with where they stand there.

    The others stand in what it leaves as it is: no sentence of it names them, and only the first page does.
    """
    where: dict[str, Clause] = {}
    for clause, item in _values(contract):
        if isinstance(item, Value) and item.pending:
            clause_id, _, name = item.parameter.rpartition("/")
            where.setdefault(f"{clause_id.partition(':')[0]}.{name}", clause)
    for fact in new.confirmations:
        if fact.fact in where:
            yield replace(fact, target=where[fact.fact].anchor, number=where[fact.fact].number)
    yield from (replace(fact, target="") for fact in new.confirmations if fact.fact not in where)

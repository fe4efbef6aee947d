"""Say what a house style may print: the closed list of names that its tags can use."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from fe_contracts.document.tree import Signatory

if TYPE_CHECKING:
    from fe_contracts.document.tree import Contract

__all__ = ["NAMES", "About", "Fact", "Page", "Party", "page_of", "sample_pages"]


@dataclass(frozen=True, slots=True)
class About:
    """The contract itself: `contract.id`, `contract.type`, `contract.title`, `contract.subtitle`."""

    id: str
    type: str
    title: str
    subtitle: str
    language: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the cover: `fact.label` and `fact.value`."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Party:
    """One party and who signs for it: `party.role` is city or agency."""

    role: str
    organization: str
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything a house style can print, by name."""

    contract: About
    cover: tuple[Fact, ...]
    parties: tuple[Party, ...]
    signatories: tuple[Signatory, ...]
    city: str
    agency: str
    form_approval: str
    draft: bool
    drafts: tuple[str, ...]
    notices: tuple[str, ...]

    def names(self) -> dict[str, Any]:
        """Return the names and what they stand for."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


NAMES: Final = tuple(item.name for item in fields(Page))
"""The names that tags can use."""


def _organization(signatories: tuple[Signatory, ...], party: str) -> str:
    return next((item.organization for item in signatories if item.party == party), "")


def page_of(contract: Contract) -> Page:
    """Return what the house style can print of this contract."""
    signatories = contract.signatories
    keys = dict.fromkeys((item.party, item.organization) for item in signatories)
    return Page(
        contract=About(
            contract.contract_id, contract.contract_type, contract.title, contract.subtitle, contract.language
        ),
        cover=tuple(Fact(label, value) for label, value in contract.cover),
        parties=tuple(
            Party(party, name, tuple(item for item in signatories if (item.party, item.organization) == (party, name)))
            for party, name in keys
        ),
        signatories=signatories,
        city=_organization(signatories, "city"),
        agency=_organization(signatories, "agency"),
        form_approval=contract.form_approval,
        draft=bool(contract.drafts),
        drafts=contract.drafts,
        notices=contract.notices,
    )


def sample_pages() -> tuple[Page, ...]:
    """Return what a house style is tried on when it is loaded: everything given, and as little as may be."""
    signers = (
        Signatory("city", "City of Sample", "A. Sample", "Mayor", "Ordinance 1"),
        Signatory("city", "City of Sample", "B. Sample", "Director"),
        Signatory("agency", "Sample Agency & Co. <test>", "C. Sample", "Executive Director", "Board resolution"),
    )
    about = About("SAMPLE-1", "subcontract", "Sample & <title>", "Sample agreement", "en-US")
    facts = (Fact("Contract number", "SAMPLE-1"), Fact("Agency", "Sample Agency"))
    parties = (Party("city", "City of Sample", signers[:2]), Party("agency", signers[2].organization, signers[2:]))
    everything = Page(
        contract=about,
        cover=facts,
        parties=parties,
        signatories=signers,
        city="City of Sample",
        agency=signers[2].organization,
        form_approval="City Attorney",
        draft=True,
        drafts=("FE-01@1.0.0 is not published.",),
        notices=("Sample notice.", "Second notice."),
    )
    little = Page(
        contract=About("SAMPLE-2", "fe_rider", "Sample", "", "en-US"),
        cover=(),
        parties=(),
        signatories=(),
        city="",
        agency="",
        form_approval="",
        draft=False,
        drafts=(),
        notices=(),
    )
    return everything, little

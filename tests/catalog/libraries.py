"""Write small clause libraries for tests: two contract types, eight clauses, a framework, and the lock if wanted."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from fe_contracts.catalog import load_catalog
from fe_contracts.exceptions import CatalogError
from fe_contracts.governance import publish

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fe_contracts.catalog import Catalog
    from fe_contracts.findings import Finding

__all__ = ["FILES", "clause_files", "identity", "problems_of", "small_catalog", "version", "write_library"]

_FRONT: dict[str, Any] = {
    "title": "A clause",
    "effective": "2026-01-01",
    "reason": "First written for a test.",
    "summary": "What it means.",
    "applies": {"level": "mandatory"},
    "policy_basis": "Program policy.",
}


def version(wording: str, **front: Any) -> str:
    """Return a version's file: front matter, one field a line, and the wording; `None` leaves a field out."""
    fields = {name: value for name, value in {**_FRONT, **front}.items() if value is not None}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    return "\n".join(["---", *lines, "---", "", dedent(wording).strip("\n"), ""])


def identity(clause_id: str, **fields: Any) -> str:
    """Return a clause's identity file."""
    data = {
        "id": clause_id,
        "family": clause_id.partition("-")[0],
        "scope": "contract",
        "trigger": "subaward_date",
        "protection": "free",
        **fields,
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in data.items())


def clause_files(clause_id: str, versions: Mapping[str, str], **fields: Any) -> dict[str, str]:
    """Return the files of one clause by their path in the library."""
    folder = f"clauses/{clause_id.partition('-')[0]}/{clause_id}"
    files = {f"{folder}/clause.yaml": identity(clause_id, **fields)}
    return files | {f"{folder}/{number}.md": text for number, text in versions.items()}


def _int(default: int, **more: Any) -> dict[str, Any]:
    return {"type": "int", "help": "How many.", "default": default, **more}


_LIBRARY = """\
name: Small Library
version: 0.1.0
notice: This is no legal advice, and nobody has approved it.
roles:
  - {id: legal, title: City Attorney}
families:
  - {id: FORM, title: Formation}
  - {id: FE, title: Services}
  - {id: FED, title: Federal addendum}
"""

_SUBCONTRACT = """\
id: subcontract
title: Full sub-contract
document_name: Small Agreement
effective: 2026-01-01
reason: First version.
articles:
  - {id: formation, title: The parties, clauses: [{clause: FORM-01}]}
  - {id: services, title: Services, clauses: [{clause: FE-01}, {clause: FE-02}, {clause: FE-03}, {clause: FE-04}]}
  - {id: money, title: Money, clauses: [{clause: FE-05}]}
  - {id: federal, title: Federal terms, clauses: [{clause: FED-01}, {clause: FED-02}]}
exhibits:
  - {id: scope, title: Scope}
  - {id: federal, title: Federal awards}
"""

_RIDER = """\
id: fe_rider
title: Rider
document_name: Small Rider
effective: 2026-01-01
reason: First version.
articles:
  - {id: services, title: Services, clauses: [{clause: FE-01}, {clause: FE-02, unless_host_covers: monitoring}]}
exhibits:
  - {id: scope, title: Scope}
"""

_VALUES = """\
effective: 2026-01-01
reason: First version.
entries:
  - {id: dignity, title: Dignity, text: Every person is met with respect.}
  - {id: choice, title: Choice, text: The person decides.}
"""

FILES: dict[str, str] = {
    "library.yaml": _LIBRARY,
    "contract_types/subcontract/1.0.0.yaml": _SUBCONTRACT,
    "contract_types/fe_rider/1.0.0.yaml": _RIDER,
    "framework/values/1.0.0.yaml": _VALUES,
    "framework/vision/1.0.0.yaml": 'effective: 2026-01-01\nreason: First.\ntext: A city where "enough" is enough.\n',
    "framework/glossary/1.0.0.yaml": (
        "effective: 2026-01-01\nreason: First.\nterms:\n"
        "  - {term: Client, definition: A person who receives the services., source: The program.}\n"
    ),
    **clause_files(
        "FORM-01",
        {
            "1.0.0": version(
                """
                **"Agreement"** is between {{ city }} and {{ agency }}, for {{ total | money_words }}. A
                **"Session"** is a meeting under [[FE-01]].

                #. {#term} It begins {{ start }}.
                #. It may be renewed {{ renewals | words | count('time') }}, see paragraph [[#term]]
                   and [[article:services]].
                """,
                title="Parties",
                parameters={
                    "city": {"type": "str", "help": "The city.", "from": "city.name"},
                    "agency": {"type": "str", "help": "The agency.", "from": "agency.legal_name"},
                    "total": {"type": "money", "help": "The amount.", "from": "total_amount"},
                    "start": {"type": "date", "help": "The start.", "from": "term.start_date"},
                    "renewals": {"type": "int", "help": "Renewals.", "from": "term.renewals"},
                },
            )
        },
    ),
    **clause_files(
        "FE-01",
        {
            "1.0.0": version(
                """
                Each Session lasts {{ minutes | count('minute') }}.

                #. {#plan} The Agency must write a plan.
                   #. It belongs to the Client.
                      #. {#deep} All of it.
                #. More in [[FE-02@scope | the scope]].
                """,
                title="Counseling",
                applies={"level": "mandatory", "when": {"svc": {"contains": "COUNSEL"}}},
                serves=["dignity"],
                parameters={"minutes": _int(45, minimum=15, maximum=120, bound_by="2 CFR 200.1")},
            ),
            "2.0.0": version(
                """
                Each Session lasts at least {{ minutes | words }} minutes.

                #. {#plan} The Agency must write a plan.
                   #. It belongs to the Client.
                      #. {#deep} All of it.
                #. More in [[FE-02@scope | the scope]].
                """,
                title="Counseling",
                effective="2028-01-01",
                reason="Sessions grew longer.",
                applies={"level": "mandatory", "when": {"svc": {"contains": "COUNSEL"}}},
                serves=["dignity"],
                parameters={"minutes": _int(60, minimum=30, maximum=120)},
            ),
        },
        trigger="service_date",
        omission="reserved",
    ),
    **clause_files(
        "FE-02",
        {
            "1.0.0": version(
                """
                Services take place {{ modes | lower }} at the sites in [[exhibit:scope]].

                ::: exhibit scope | Sites
                ::: each site in sites
                - {{ site }}
                ::: end
                ::: table targets
                ::: end
                """,
                title="Sites",
                applies={"level": "recommended"},
                serves=["choice"],
                parameters={
                    "modes": {
                        "type": "list",
                        "items": "enum",
                        "help": "How.",
                        "default": ["in_person", "video"],
                        "choices": {"in_person": "In person", "video": "By video", "phone": "By telephone"},
                    },
                    "sites": {"type": "list", "items": "str", "help": "Where.", "from": "services.sites"},
                    "targets": {
                        "type": "table",
                        "help": "Targets by quarter.",
                        "from": "computed.deliverables",
                        "total": ["annual"],
                        "columns": [
                            {"name": "title", "title": "What", "help": "What."},
                            {"name": "q1", "title": "Quarter 1", "type": "int", "help": "Target."},
                            {"name": "q5", "title": "Quarter 5", "type": "int", "help": "Target.", "optional": True},
                            {"name": "annual", "title": "Year", "type": "int", "help": "Target."},
                        ],
                    },
                },
            )
        },
    ),
    **clause_files(
        "FE-03",
        {
            "1.0.0": version(
                "A rise of {{ points }} points counts. {{ hours }}\n\n{{ hours }}",
                title="Credit",
                applies={"level": "optional"},
                parameters={
                    "points": _int(
                        35, confirm={"what": "The rise that counts.", "who": "the funder", "source": "common use [M]"}
                    ),
                    "hours": {"type": "text", "help": "When.", "default": "On weekdays."},
                },
            )
        },
    ),
    **clause_files(
        "FE-04",
        {
            "1.0.0": version(
                "The fund {{ name }} pays for this.",
                title="Fund",
                applies={"level": "optional"},
                parameters={"name": {"type": "str", "help": "The fund.", "from": "fund.name"}},
            )
        },
        scope="fund",
    ),
    **clause_files(
        "FE-05",
        {
            "1.0.0": version(
                "Money is paid in arrears.",
                title="Payment",
                applies={"level": "mandatory", "when": {"fund.is_federal": True}, "otherwise": "recommended"},
            )
        },
    ),
    **clause_files(
        "FED-01",
        {
            number: version(
                f"{words} {{{{ fain }}}} binds the Agency. See [[FED-01@federal]] and [[FED-02 | its own rules]].\n\n"
                "::: exhibit federal | The award\nOf {{ day }}.\n::: end",
                title="Award",
                effective=effective,
                applies={"level": "mandatory", "when": {"fund.is_federal": True}},
                parameters={
                    "fain": {"type": "str", "help": "The award.", "from": "fund.federal_award.award_id_fain"},
                    "day": {"type": "date", "help": "The day.", "from": "fund.federal_award.award_date"},
                },
            )
            for number, effective, words in (("1.0.0", "2020-11-12", "Award"), ("2.0.0", "2024-10-01", "The award"))
        },
        scope="award",
        trigger="award_date",
    ),
    **clause_files(
        "FED-02",
        {
            "1.0.0": version(
                "The rules of the Continuum of Care bind the Agency.",
                title="Continuum of Care",
                effective="2020-11-12",
                applies={"level": "mandatory", "when": {"fund.sources": {"contains": "COC"}}},
            )
        },
        scope="award",
        trigger="award_date",
    ),
}
"""Every file of the small library by its path, but the lock."""


def write_library(
    folder: Path, changes: Mapping[str, str | bytes | None] | None = None, *, published: bool = False
) -> Path:
    """Write the small library into a folder, with some files changed or (`None`) left out; publish it if asked."""
    for path, content in {**FILES, **(changes or {})}.items():
        target = folder / path
        if content is None:
            target.unlink(missing_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    if published:
        publish(folder)
    return folder


def small_catalog(folder: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Catalog:
    """Return the small library, written with some changes, published and loaded."""
    return load_catalog(write_library(folder, changes, published=True))


def problems_of(folder: Path) -> tuple[Finding, ...]:
    """Return every problem that keeps a library from being loaded; none if it loads."""
    try:
        load_catalog(folder)
    except CatalogError as error:
        return error.problems
    return ()

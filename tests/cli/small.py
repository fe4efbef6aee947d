"""A small clause library and a small spec, so that the tests of commands and batches stay quick.

Five clauses: FE-04 has a second version from 2028, FE-05 a value to confirm, FE-06 is optional, FE-07 is a draft.
"""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import fe_contracts
from fe_contracts_cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).resolve().parents[2]

SPEC = """\
contract:
  id: SM-2027-001
  title: Small Pilot
  effective_date: 2027-01-01
  initiative: Small Steps
  fictional: true
city:
  name: City of Smallton
  department: Housing Department
  state: OH
  contract_manager:
    name: Ann Example
    title: Manager
    email: ann@smallton.example
    address: 1 Main Street, Smallton, OH 00000
  signers:
    - {name: Ann Example, title: Director}
agency:
  legal_name: Small Agency, Inc.
  ein: 00-0000000
  state_of_incorporation: OH
  contact:
    name: Bo Example
    title: Director
    email: bo@agency.example
    address: 2 Main Street, Smallton, OH 00000
  signers:
    - {name: Bo Example, title: Director}
funding:
  - {id: general-fund, source: LOCAL, name: General Fund, amount: 60000.00}
total_amount: 60000.00
relationship:
  determination: NOT_FEDERAL
  determined_by: Ann Example
  determined_on: 2026-11-12
term:
  start_date: 2027-01-01
  end_date: 2027-12-31
services:
  offered: [COUNSEL]
  population: people who use the City's shelters
  sites: [The shelter]
payment:
  model: REIMBURSE
  frequency: monthly
  backup: [General ledger]
budget:
  - {id: B1, fund: general-fund, activity: Personnel, amount: 60000.00, description: Counselor}
deliverables:
  - id: D1
    title: Clients counseled
    unit: Clients
    quarterly_targets: [10, 10, 10, 10]
    annual_target: 40
    funds: [general-fund]
outcomes:
  - id: O1
    title: Savings increased
    population: Clients with a savings goal
    baseline_rule: Savings in the Action Plan
    threshold: Savings higher by 2 percent
    target_percent: 30
    follow_up_days: 180
    evidence: Account statements
    source_system: The Agency's data system
reports:
  - id: R1
    title: Quarterly report
    kind: combined
    frequency: quarterly
    due_days: 30
    contents: [each Deliverable against its target]
"""

CONFIRMED = """\
confirmations:
  - {fact: FE-05.points, value: 35, confirmed_by: Cy Example, role: Funder, confirmed_on: 2026-11-16}
"""

LIBRARY = """\
name: Small Library
version: 0.1.0
notice: This is no legal advice, and nobody has approved it.
roles:
  - {id: legal, title: City Attorney}
families:
  - {id: FORM, title: Formation}
  - {id: FE, title: Services}
"""

CONTRACT_TYPE = """\
id: subcontract
title: Full sub-contract
document_name: Small Agreement
effective: 2026-01-01
reason: First version.
articles:
  - {id: formation, title: The parties, clauses: [{clause: FORM-01}]}
  - {id: services, title: Services, clauses: [{clause: FE-04}, {clause: FE-05}, {clause: FE-06}]}
exhibits: []
"""

CLAUSES = {
    "FORM-01/1.0.0": ("Parties", "2026-01-01", "mandatory", "The City of {{ city }} and the Agency agree."),
    "FE-04/1.0.0": ("Counseling", "2026-01-01", "mandatory", "Each Session lasts {{ minutes }} minutes."),
    "FE-04/2.0.0": ("Counseling", "2028-01-01", "mandatory", "A Session lasts {{ minutes }} minutes."),
    "FE-05/1.0.0": ("Credit", "2026-01-01", "recommended", "A rise of {{ points }} points counts."),
    "FE-06/1.0.0": ("Banking", "2026-01-01", "optional", "The Agency helps with accounts."),
    "FE-07/1.0.0": ("Savings", "2026-01-01", "optional", "The Agency helps with savings."),
}

PARAMETERS = {
    "FORM-01": "{city: {type: str, help: The city., from: city.name}}",
    "FE-04": "{minutes: {type: int, help: How long., unit: minutes, default: 45, minimum: 15, maximum: 120}}",
    "FE-05": (
        "{points: {type: int, help: The rise., default: 35, confirm: {what: The rise that counts., "
        "who: the funder, source: 'common use [M]'}}}"
    ),
}


def write_library(folder: Path) -> Path:
    """Write the small library, all but FE-07 published."""
    files = {"library.yaml": LIBRARY, "contract_types/subcontract/1.0.0.yaml": CONTRACT_TYPE}
    for key, (title, effective, level, wording) in CLAUSES.items():
        clause_id, number = key.split("/")
        family = clause_id.split("-", maxsplit=1)[0]
        home = f"clauses/{family}/{clause_id}"
        files[f"{home}/clause.yaml"] = dedent(f"""\
            id: {clause_id}
            family: {family}
            scope: contract
            trigger: subaward_date
            protection: guarded
            sources:
              24 CFR 578.53: {{confidence: V, as_of: 2025-01-27, note: Supportive services.}}
            """)
        files[f"{home}/{number}.md"] = dedent(f"""\
            ---
            title: {title}
            effective: {effective}
            reason: {"First version." if number == "1.0.0" else "Clearer."}
            summary: What {title.lower()} means here.
            applies: {{level: {level}}}
            legal_basis: [24 CFR 578.53]
            parameters: {PARAMETERS.get(clause_id, "{}")}
            ---

            {wording}
            """)
    draft = "clauses/FE/FE-07"
    for name, text in files.items():
        if not name.startswith(draft):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    fe_contracts.publish(folder)
    for name, text in files.items():
        if name.startswith(draft):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Leave the user's own cache alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FE_CONTRACTS_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small library; do not write to it."""
    return write_library(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="session")
def look(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a house style as a file."""
    return fe_contracts.new_house_style(tmp_path_factory.mktemp("look") / "look.docx")


@pytest.fixture
def spec_file(tmp_path: Path) -> Path:
    """Return a spec that can be assembled with the small library."""
    path = tmp_path / "small.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return path


def table(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write a table with these rows as CSV."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    lines = [",".join(headings)]
    lines += [",".join(f'"{row.get(heading, "")}"' for heading in headings) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def agencies(number: int) -> list[dict[str, str]]:
    """Return rows that each make a contract."""
    return [
        {"contract.id": f"SM-{place:03}", "agency.legal_name": f"Agency {place}", "term.renewals": ""}
        for place in range(1, number + 1)
    ]


def run(*arguments: object) -> Result:
    """Run the command in this process and return what it printed and how it ended."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def environment() -> dict[str, str]:
    """Return the environment for a real run of the command."""
    paths = [str(CHECKOUT / "src"), str(CHECKOUT / "cli")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}

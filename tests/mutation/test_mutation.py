"""The cases of each rule notice every date that moves by a day and every number that moves by one."""

from __future__ import annotations

import ast
import signal
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.assembly.specs import make_spec
from tests.compliance import casebook
from tests.compliance.test_engine import placed
from tests.mutation import demands, program
from tests.mutation.accepted import ACCEPTED
from tests.mutation.operators import Mutant, mutants

from fe_contracts.compliance import Breach, Demand, LawRule, all_rules
from fe_contracts.model.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fe_contracts.model.spec import Spec

DATED = [code for code, item in casebook.requirements().items() if item.requirement.parameters]


@pytest.mark.parametrize("code", DATED)
def test_no_date_or_number_of_a_requirement_moves_unnoticed(code: str) -> None:
    assert program.sound(code), "its cases do not agree with the program as it is"
    assert [name for name in demands.survivors(code) if name not in ACCEPTED] == []


@pytest.mark.parametrize("name", program.modules())
def test_the_program_as_it_is_changes_nothing(name: str) -> None:
    tree = ast.parse(program.modules()[name].source)
    assert program.codes_of(name)
    assert not program.noticed(name, Mutant("none", "", 0, tree))


def test_a_mutant_of_a_rule_is_noticed_by_the_cases_of_its_rule_and_leaves_no_trace() -> None:
    name = "fe_contracts.compliance.coherence"
    before = sys.modules[name], {item.code: item.check for item in all_rules()}
    wanted = "budget_adds_up: total != spec.total_amount -> total == spec.total_amount"
    (mutant,) = (item for item in mutants(program.modules()[name].source) if item.name == wanted)
    assert program.noticed(name, mutant)
    assert before == (sys.modules[name], {item.code: item.check for item in all_rules()})


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system cannot stop what does not end")
@pytest.mark.parametrize("body", ["pass", "while True: pass"])
def test_a_module_without_its_rules_or_without_an_end_is_noticed(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "SECONDS", 0.2)
    mutant = Mutant("broken", "", 0, ast.parse(body))
    assert program.noticed("fe_contracts.compliance.coherence", mutant)


def test_every_date_and_number_of_a_requirement_is_moved_both_ways() -> None:
    names = [name for name, _ in demands.mutants(placed().requirement)]
    assert names == [
        "TEST010.cap[0].from: 2020-01-01 -> 2020-01-02",
        "TEST010.cap[0].value: 10 -> 9",
        "TEST010.cap[0].value: 10 -> 11",
        "TEST010.cap[1].from: 2025-07-01 -> 2025-06-30",
        "TEST010.cap[1].from: 2025-07-01 -> 2025-07-02",
        "TEST010.cap[1].value: 12.50 -> 11.50",
        "TEST010.cap[1].value: 12.50 -> 13.50",
        "TEST010.cap[2].from: 2028-01-01 -> 2027-12-31",
        "TEST010.cap[2].from: 2028-01-01 -> 2028-01-02",
    ]


def test_a_mutant_differs_in_just_that_value() -> None:
    requirement = placed().requirement
    _, moved = next(item for item in demands.mutants(requirement) if item[0].endswith("12.50 -> 13.50"))
    values = moved.parameters["cap"].values
    assert [str(entry.value) for entry in values] == ["10", "13.50", "None"]
    restored = (
        values[0],
        values[1].model_copy(update={"value": requirement.parameters["cap"].values[1].value}),
        values[2],
    )
    again = moved.parameters["cap"].model_copy(update={"values": restored})
    assert moved.model_copy(update={"parameters": {"cap": again}}) == requirement


SOURCE = '''
from __future__ import annotations
if TYPE_CHECKING:
    x = 1
__all__ = ["f"]

@law("TEST010", 3)
def f(a: int = 2) -> bool:
    """Words."""
    if a and not a > 1 + a:
        return True
    for b in [c for c in a if c in a]:
        if b is None:
            continue
        yield b, f"{b:,.2f}"
    return a
'''

CHANGES = [
    "f: 2 -> 3",
    "f: 2 -> 1",
    "f: a and (not a > 1 + a) -> a or not a > 1 + a",
    "f: not a > 1 + a -> a > 1 + a",
    "f: a > 1 + a -> a >= 1 + a",
    "f: a > 1 + a -> a <= 1 + a",
    "f: 1 + a -> 1 - a",
    "f: 1 -> 2",
    "f: 1 -> 0",
    "f: True -> False",
    "f: for c in a if c in a -> for c in a",
    "f: c in a -> c not in a",
    "f: b is None -> b is not None",
    "f: continue -> break",
    "f: yield (b, f'{b:,.2f}') -> yield from ()",
    "f: return a -> return None",
]


def test_the_operators_change_one_thing_and_leave_words_and_types_alone() -> None:
    made = [*mutants(SOURCE)]
    assert sorted(item.name for item in made) == sorted(CHANGES)
    before = ast.unparse(ast.parse(SOURCE)).splitlines()
    for item in made:
        compile(item.tree, "mutant", "exec")
        after = ast.unparse(item.tree).splitlines()
        assert len(after) == len(before)
        assert sum(one != other for one, other in zip(before, after, strict=True)) == 1, item.name


def test_a_change_that_no_case_notices_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(spec: Spec, demand: Demand) -> Iterator[Breach]:
        cap = demand.value("cap", spec.contract.effective_date)
        assert isinstance(cap, int | Decimal)
        if spec.total_amount > cap * 6000:
            yield Breach("total_amount", "Too much.")

    specs = [
        (make_spec({"contract.effective_date": day, "total_amount": amount}), finds)
        for day, amount, finds in (
            ("2025-06-30", "60000.01", ["total_amount"]),
            ("2020-01-01", "60000.00", []),
            ("2025-07-01", "60000.01", []),
        )
    ]
    ready = tuple(
        demands.Prepared(casebook.Case("TEST010", {"finds": finds}), spec, facts_of(spec)) for spec, finds in specs
    )
    monkeypatch.setattr(demands, "prepared", lambda _: ready)
    monkeypatch.setattr(demands, "rules_of_law", lambda: {"TEST010": LawRule("TEST010", check)})
    monkeypatch.setattr(casebook, "requirements", lambda: {"TEST010": placed()})
    assert demands.survivors("TEST010") == [
        "TEST010.cap[1].value: 12.50 -> 11.50",
        "TEST010.cap[1].value: 12.50 -> 13.50",
        "TEST010.cap[2].from: 2028-01-01 -> 2027-12-31",
        "TEST010.cap[2].from: 2028-01-01 -> 2028-01-02",
    ]

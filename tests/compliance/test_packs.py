"""Rule packs: what an installed package brings is asked, and what it gets wrong is said."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from tests.assembly.specs import make_spec
from tests.compliance.test_engine import YAML, placed

from fe_contracts.compliance import check_spec, engine, packs, rules
from fe_contracts.compliance.packs import GROUP, Packs, load_packs
from fe_contracts.compliance.rules import law

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fe_contracts.findings import Finding

PACK = """\
from pathlib import Path
from fe_contracts.compliance import RulePack

PACK = RulePack("springfield", Path(__file__).parent / "requirements", module="{name}.rules")
"""
RULES = """\
from fe_contracts.compliance.rules import Breach, law


@law("SPRING010")
def fee(spec, demand):
    "The total stays under the cap."
    cap = demand.value("cap", spec.contract.effective_date)
    if spec.total_amount > cap:
        yield Breach("total_amount", f"The total is {spec.total_amount}; at most {cap} are paid.")
"""


def requirement(code: str = "SPRING010") -> str:
    """Return a requirement file."""
    return YAML.format(code=code, reads="spec", severity="error", confidence="V", when="always")


@pytest.fixture(autouse=True)
def _own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test begin without rules of law."""
    monkeypatch.setattr(engine, "_program_loaded", lambda: None)
    monkeypatch.setattr(rules, "_LAW", {})


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., EntryPoint]]:
    """Let a test write a package with a pack, and say where its entry point is."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)

    def package(name: str, **files: str | None) -> EntryPoint:
        texts: dict[str, str | None] = {
            "__init__.py": PACK.format(name=name),
            "rules.py": RULES,
            "requirements/SPRING/SPRING010.yaml": requirement(),
            **files,
        }
        for path, text in texts.items():
            if text is not None:
                (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name / path).write_text(text, encoding="utf-8")
        return EntryPoint(name, f"{name}:PACK", GROUP)

    yield package
    for name in set(sys.modules) - before:
        del sys.modules[name]


def found(loaded: Packs, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """Return what a validation finds with these packs, and a library with one requirement of its own."""
    monkeypatch.setattr(engine, "installed_packs", lambda: loaded)
    law("TEST010")(lambda *_: iter([packs_breach]))
    return [*check_spec(make_spec(), {"TEST010": placed()})]


packs_breach = rules.Breach("contract.id", "The program's own rule was asked.")


def test_a_pack_s_rules_are_asked(write: Callable[..., EntryPoint], monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load_packs([write("springfield_a")])
    assert loaded.problems == ()
    (requirement,) = loaded.requirements.values()
    assert (requirement.published, requirement.digest[:7]) == (False, "sha256:")
    assert requirement.file.endswith("SPRING010.yaml")
    assert [(item.code, item.message) for item in found(loaded, monkeypatch)] == [
        ("SPRING010", "The total is 60000.00; at most 12.50 are paid."),
        ("TEST010", "The program's own rule was asked."),
    ]


WITHOUT_CITE = requirement().replace("cite: 24 CFR 1.1(a), confidence", "confidence", 1)

BROKEN: list[tuple[str, dict[str, str | None], str, str]] = [
    ("does not compile", {"rules.py": "def"}, "RULE050", "cannot be imported: SyntaxError"),
    ("misses a module", {"__init__.py": "import nowhere_at_all"}, "RULE050", "No module named 'nowhere_at_all'"),
    ("raises", {"rules.py": "raise RuntimeError('no')"}, "RULE050", "RuntimeError: no"),
    ("has no PACK", {"__init__.py": ""}, "RULE050", "AttributeError"),
    ("is no pack", {"__init__.py": "PACK = {'name': 'x'}"}, "RULE051", "no RulePack but dict"),
    (
        "has no folder",
        {"__init__.py": PACK.replace('"requirements"', '"demands"')},
        "RULE051",
        "has no requirements at ",
    ),
    ("has an empty folder", {"requirements/SPRING/SPRING010.yaml": None}, "RULE051", "has no requirements at "),
    ("has text for a folder", {"__init__.py": PACK.replace("Path(__file__).parent / ", "")}, "RULE051", "at require"),
    ("cites nothing", {"requirements/SPRING/SPRING010.yaml": WITHOUT_CITE}, "RULE052", "sources[0].cite: "),
    ("is no YAML", {"requirements/SPRING/SPRING010.yaml": "a: [b"}, "RULE052", "springfield cannot be used"),
    ("misnames a file", {"requirements/SPRING/SPRING020.yaml": requirement()}, "RULE052", "code is SPRING010"),
    (
        "takes a code of sense",
        {
            "requirements/MONEY/MONEY010.yaml": requirement("MONEY010"),
        },
        "RULE053",
        "MONEY010, a code that is taken",
    ),
    ("takes a code of law", {"rules.py": RULES.replace("SPRING010", "TAKEN010")}, "RULE050", "code TAKEN010 is taken"),
    (
        "uses another's rule",
        {"requirements/TAKEN/TAKEN010.yaml": requirement("TAKEN010")},
        "RULE053",
        "TAKEN010, a code that is taken",
    ),
    (
        "demands without a rule",
        {"requirements/SPRING/SPRING020.yaml": requirement("SPRING020")},
        "RULE054",
        "SPRING020 has no rule",
    ),
    (
        "rules without a demand",
        {"rules.py": RULES + RULES.replace("SPRING010", "SPRING020")},
        "RULE054",
        "The rule SPRING020 (broken.rules.fee) has no requirement",
    ),
]


@pytest.mark.parametrize(("files", "code", "said"), [item[1:] for item in BROKEN], ids=[item[0] for item in BROKEN])
def test_a_pack_that_cannot_be_used_is_named_and_hides_nothing(
    write: Callable[..., EntryPoint],
    monkeypatch: pytest.MonkeyPatch,
    files: dict[str, str | None],
    code: str,
    said: str,
) -> None:
    law("TAKEN010")(lambda *_: iter(()))
    files = {name: text.replace("{name}", "broken") if text else text for name, text in files.items()}
    good = {
        "requirements/SPRING/SPRING010.yaml": None,
        "requirements/OTHER/OTHER010.yaml": requirement("OTHER010"),
        "rules.py": RULES.replace("SPRING010", "OTHER010"),
    }
    loaded = load_packs([write("broken", **files), write("good", **good)])
    assert {item.code for item in loaded.problems} == {code}
    (problem,) = loaded.problems
    assert said in problem.message
    assert "broken" in problem.message or "springfield" in problem.message
    assert problem.remedy
    assert [*loaded.requirements] == ["OTHER010"]
    assert sorted(rules.law_rules()) == ["OTHER010", "TAKEN010"]
    every = found(loaded, monkeypatch)
    assert {item.code for item in every} == {code, "OTHER010", "TEST010"}


def test_two_packs_with_one_code_leave_the_first(write: Callable[..., EntryPoint]) -> None:
    loaded = load_packs([write("first"), write("second")])
    assert [item.code for item in loaded.problems] == ["RULE053"]
    assert rules.law_rules()["SPRING010"].home == "first.rules.fee"


def test_a_pack_s_rules_are_those_of_its_module_not_of_one_with_a_longer_name(write: Callable[..., EntryPoint]) -> None:
    longer = {
        "__init__.py": PACK.format(name="town_hall"),
        "requirements/SPRING/SPRING010.yaml": None,
        "requirements/HALL/HALL010.yaml": requirement("HALL010"),
        "rules.py": RULES.replace("SPRING010", "HALL010"),
    }
    whole = {"__init__.py": PACK.replace("{name}.rules", "town")}
    loaded = load_packs([write("town_hall", **longer), write("town", **whole, **{"rules.py": ""})])
    assert [item.message for item in loaded.problems] == [
        "In the rule pack springfield: The requirement SPRING010 has no rule, so nobody looks for it."
    ]
    assert [*loaded.requirements] == ["HALL010"]


def test_every_problem_of_a_pack_s_files_is_told(write: Callable[..., EntryPoint]) -> None:
    files = {"requirements/SPRING/SPRING020.yaml": "a: [b", "requirements/SPRING/SPRING030.yaml": WITHOUT_CITE}
    loaded = load_packs([write("many", **files)])
    assert sorted(item.where.file.rpartition("/")[2] for item in loaded.problems) == [
        "SPRING020.yaml",
        "SPRING030.yaml",
    ]


def test_a_library_keeps_its_code_against_a_pack(
    write: Callable[..., EntryPoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = load_packs([write("springfield_b")])
    monkeypatch.setattr(engine, "installed_packs", lambda: loaded)
    ours = placed("SPRING010", severity="warning")
    every = [*check_spec(make_spec(), {"SPRING010": ours})]
    assert [(item.code, item.severity.value) for item in every] == [("RULE053", "error"), ("SPRING010", "warning")]


def test_entry_points_are_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def entry_points(**group: str) -> tuple[EntryPoint, ...]:
        asked.append(group)
        return ()

    packs.installed_packs.cache_clear()
    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
    assert packs.installed_packs() == packs.installed_packs() == Packs()
    assert asked == [{"group": GROUP}]
    packs.installed_packs.cache_clear()


def test_an_installed_pack_is_found(tmp_path: Path, write: Callable[..., EntryPoint]) -> None:
    """A package as pip installs it: a folder and its .dist-info, on the path of a new process."""
    write("springfield_c")
    info = tmp_path / "springfield_c-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: springfield-c\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\nspringfield = springfield_c:PACK\n", encoding="utf-8")
    code = dedent("""
        import sys
        sys.path.insert(0, sys.argv[1])
        from fe_contracts import load_spec
        from fe_contracts.compliance import check_spec
        spec = load_spec(sys.argv[2])
        print(*(f"{item.code} {item.where.field or item.message}" for item in check_spec(spec, {})), sep="\\n")
    """)
    base = Path(__file__).parent / "bases" / "local.yaml"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(base)], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.splitlines() == ["SPRING010 total_amount"]


def test_the_digest_of_packs_changes_with_each_requirement_and_each_rule(write: Callable[..., EntryPoint]) -> None:
    assert packs.digest_of_packs(Packs()) == ""
    first = load_packs([write("one_pack")])
    digest = packs.digest_of_packs(first)
    assert digest.startswith("sha256:")
    rule_file = Path(rules.law_rules()["SPRING010"].file)
    rule_file.write_text(rule_file.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert packs.digest_of_packs(first) != digest
    assert packs.digest_of_packs(Packs({}, first.problems)) == ""


def test_without_packs_there_is_nothing_to_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "installed_packs", Packs)
    assert engine.digest_of_installed_packs() == ""

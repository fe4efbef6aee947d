"""Every way in which a library can be wrong is told, with its file and what to do, and all at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.catalog.libraries import FILES, clause_files, identity, problems_of, version, write_library

from fe_contracts.catalog import load_catalog
from fe_contracts.exceptions import CatalogError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FE01 = "clauses/FE/FE-01"
TYPE = "contract_types/subcontract/1.0.0.yaml"
V1 = FILES[f"{FE01}/1.0.0.md"]


def test_the_small_library_has_no_problem(tmp_path: Path) -> None:
    assert problems_of(write_library(tmp_path)) == ()
    assert len(load_catalog(tmp_path)) == 8


def replaced(path: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[path]
    return {path: FILES[path].replace(old, new)}


CASES: dict[str, tuple[Mapping[str, str | bytes | None], str, str, int, str]] = {
    "a file without a place": ({"clauses/FE/FE-01/1.0.md": "x"}, "CATALOG010", "1.0.md", 0, "no place"),
    "a requirement in another family's folder": (
        {"requirements/CDBG/COC010.yaml": "x"},
        "CATALOG010",
        "requirements/CDBG/COC010.yaml",
        0,
        "no place",
    ),
    "a clause in another family's folder": (
        {f"clauses/FED/FE-01/{name}": "x" for name in ("1.0.0.md",)},
        "CATALOG010",
        "clauses/FED/FE-01/1.0.0.md",
        0,
        "no place",
    ),
    "a file that is far too large": ({f"{FE01}/3.0.0.md": b"x" * 1_000_001}, "CATALOG020", "3.0.0.md", 0, "1,000,000"),
    "an identity in the wrong folder": (
        {f"{FE01}/clause.yaml": identity("FE-09")},
        "CATALOG040",
        "clause.yaml",
        0,
        "FE-09",
    ),
    "a contract type in the wrong folder": (
        replaced(TYPE, "id: subcontract", "id: fe_rider"),
        "CATALOG040",
        TYPE,
        0,
        "the folder is subcontract",
    ),
    "a version without its identity": ({f"{FE01}/clause.yaml": None}, "CATALOG050", "1.0.0.md", 0, "no clause.yaml"),
    "a file that is not UTF-8": ({f"{FE01}/1.0.0.md": b"---\n\xff"}, "CATALOG060", "1.0.0.md", 0, "not UTF-8"),
    "a version without front matter": ({f"{FE01}/1.0.0.md": "Words."}, "CATALOG070", "1.0.0.md", 1, "not set off"),
    "a front matter that never ends": ({f"{FE01}/1.0.0.md": "---\ntitle: x\n"}, "CATALOG070", "1.0.0.md", 1, "set off"),
    "a contract type with an unknown clause": (
        replaced(TYPE, "{clause: FE-05}", "{clause: FE-55}"),
        "CATALOG110",
        TYPE,
        0,
        "FE-55",
    ),
    "a relation to an unknown clause": (
        replaced(
            f"{FE01}/1.0.0.md", "serves:", 'relations: {"requires": [{"clause": "FE-99", "reason": "R."}]}\nserves:'
        ),
        "CATALOG110",
        "1.0.0.md",
        0,
        "FE-99",
    ),
    "a contract type with a clause twice": (
        replaced(TYPE, "[{clause: FE-05}]", "[{clause: FE-05}, {clause: FE-01}]"),
        "CATALOG120",
        TYPE,
        0,
        "FE-01 twice",
    ),
    "two articles of one name": (
        replaced(TYPE, "id: money", "id: services"),
        "CATALOG120",
        TYPE,
        0,
        "two of the article 'services'",
    ),
    "two exhibits of one name": (
        replaced(TYPE, "exhibits:\n", "exhibits:\n  - {id: scope, title: The same}\n"),
        "CATALOG120",
        TYPE,
        0,
        "two of the exhibit 'scope'",
    ),
    "a clause without a version": (
        {"clauses/FE/FE-09/clause.yaml": identity("FE-09")},
        "CATALOG130",
        "clause.yaml",
        0,
        "no",
    ),
    "a family that the library does not know": (
        clause_files("GEN-01", {"1.0.0": version("Words.")}),
        "CATALOG140",
        "clauses/GEN/GEN-01/clause.yaml",
        0,
        "GEN",
    ),
    "two versions from the same day": ({f"{FE01}/1.1.0.md": V1}, "CATALOG150", "1.1.0.md", 0, "both take effect on"),
    "two contract types from the same day": (
        {"contract_types/subcontract/1.1.0.yaml": FILES[TYPE]},
        "CATALOG150",
        "1.1.0.yaml",
        0,
        "subcontract 1.1.0 and subcontract 1.0.0",
    ),
    "two glossaries from the same day": (
        {"framework/glossary/2.0.0.yaml": FILES["framework/glossary/1.0.0.yaml"]},
        "CATALOG150",
        "2.0.0.yaml",
        0,
        "glossary 2.0.0",
    ),
    "a later version with a lower number": (
        {f"{FE01}/0.9.0.md": V1.replace("2026-01-01", "2027-01-01")},
        "CATALOG155",
        "0.9.0.md",
        0,
        "run different ways",
    ),
    "a section that is not among the sources": (
        replaced(f"{FE01}/1.0.0.md", "policy_basis:", 'legal_basis: ["2 CFR 200.1"]\npolicy_basis:'),
        "CATALOG160",
        "1.0.0.md",
        0,
        "2 CFR 200.1",
    ),
    "a value that the framework does not have": (
        replaced(f"{FE01}/1.0.0.md", '"dignity"', '"thrift"'),
        "CATALOG170",
        "1.0.0.md",
        0,
        "thrift",
    ),
    "a requirement of nothing": (
        replaced(f"{FE01}/1.0.0.md", "serves:", "relations: {requires: [{reason: R.}]}\nserves:"),
        "CATALOG180",
        "1.0.0.md",
        0,
        "requires no clause",
    ),
    "a reference to an unknown clause": (
        replaced(f"{FE01}/1.0.0.md", "[[FE-02@scope |", "[[FE-77@scope |"),
        "CATALOG190",
        "1.0.0.md",
        V1[: V1.index("[[FE-02")].count("\n") + 1,
        "[[FE-77@scope]]",
    ),
    "a condition on an unknown clause": (
        {f"{FE01}/3.0.0.md": version("::: when {clause.FE-77: true}\nx\n::: end", effective="2029-01-01")},
        "CATALOG190",
        "3.0.0.md",
        10,
        "clause.FE-77",
    ),
    "a condition on an unknown exhibit": (
        {f"{FE01}/3.0.0.md": version("Words.\n\n::: when {exhibit.foo: true}\nx\n::: end", effective="2029-01-01")},
        "CATALOG190",
        "3.0.0.md",
        12,
        "exhibit.foo",
    ),
    "a block for an unknown exhibit": (
        {f"{FE01}/3.0.0.md": version("::: exhibit foo | Foo\nx\n::: end", effective="2029-01-01")},
        "CATALOG200",
        "3.0.0.md",
        10,
        "'foo'",
    ),
}


@pytest.mark.parametrize(("changes", "code", "file", "line", "said"), CASES.values(), ids=CASES.keys())
def test_a_library_is_refused_for(  # the name goes on in the case's own
    tmp_path: Path, changes: Mapping[str, str | bytes | None], code: str, file: str, line: int, said: str
) -> None:
    problems = problems_of(write_library(tmp_path, changes))
    assert {problem.code for problem in problems} == {code}
    problem = problems[0]
    assert problem.where.file.endswith(file)
    assert problem.where.line == line
    assert said in problem.message
    assert problem.remedy


def test_a_folder_without_a_library_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path)
    assert (problem.code, problem.where.file) == ("CATALOG030", str(tmp_path))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    write_library(tmp_path)
    (tmp_path / FE01 / "3.0.0.md").symlink_to(tmp_path / "nowhere.md")
    (problem,) = problems_of(tmp_path)
    assert (problem.code, "No such file" in problem.message) == ("CATALOG025", True)


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_library(tmp_path)
    scan = os.scandir

    def denied(path: str) -> object:
        if path == str(tmp_path / FE01):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", denied)
    found = [problem for problem in problems_of(tmp_path) if problem.where.file == str(tmp_path / FE01)]
    assert [(problem.code, "Permission denied" in problem.message) for problem in found] == [("CATALOG025", True)]


def test_a_link_back_to_its_own_folder_is_told(tmp_path: Path) -> None:
    write_library(tmp_path)
    (tmp_path / "clauses/FE/again").symlink_to("../FE")
    assert {problem.code for problem in problems_of(tmp_path)} == {"CATALOG010"}


@pytest.mark.parametrize("path", ["README.md", "clauses/README.md", f"{FE01}/.notes.txt"])
def test_what_belongs_beside_the_clauses_is_let_stand(tmp_path: Path, path: str) -> None:
    assert problems_of(write_library(tmp_path, {path: "words"})) == ()


def test_all_problems_of_all_files_come_at_once_by_file_and_line(tmp_path: Path) -> None:
    changes = {
        "clauses/FE/FE-03/1.0.0.md": version("{{ a }}\n\n{{ b }}"),
        f"{FE01}/1.0.0.md": version("[[x]]"),
        f"{FE01}/clause.yaml": "id: FE-01\nfamily: FE\nscope: often\n",
        TYPE: FILES[TYPE].replace("effective: 2026-01-01\n", ""),
    }
    with pytest.raises(CatalogError) as caught:
        load_catalog(write_library(tmp_path, changes))
    places = [(problem.where.file, problem.where.line) for problem in caught.value.problems]
    assert len({file for file, _ in places}) == 4
    assert places == sorted(places)
    assert str(caught.value).count("\n") == len(places)


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("---\ntitle: A\ntitle: B\n---\nx\n", "SOURCE030", 3),
        ("---\ntitle: [A\n---\nx\n", "SOURCE020", 2),
        ("---\n# A comment.\ntitle: 12.50\n---\nx\n", "MODEL", 3),
    ],
)
def test_a_problem_of_the_front_matter_names_the_line_of_the_file(
    tmp_path: Path, source: str, code: str, line: int
) -> None:
    problems = problems_of(write_library(tmp_path, {f"{FE01}/1.0.0.md": source}))
    assert [problem for problem in problems if problem.where.line == line and problem.where.file.endswith("1.0.0.md")]
    assert code == "MODEL" or problems[0].code == code


def test_a_version_may_end_without_a_last_line_break(tmp_path: Path) -> None:
    ended = version("", effective="2029-01-01", retires=True).rstrip("\n")
    assert ended.endswith("\n---")
    assert problems_of(write_library(tmp_path, {f"{FE01}/3.0.0.md": ended})) == ()


def test_clauses_come_in_the_order_of_the_librarys_families(tmp_path: Path) -> None:
    more = clause_files("FE-100", {"1.0.0": version("Words.")})
    ids = [clause.id for clause in load_catalog(write_library(tmp_path, more))]
    assert ids == ["FORM-01", "FE-01", "FE-02", "FE-03", "FE-04", "FE-05", "FE-100", "FED-01", "FED-02"]

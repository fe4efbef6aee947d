"""The measurements run, at a size at which their figures mean nothing."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from benchmarks import docxtemplater, measuring, reporting
from benchmarks.__main__ import NAMES, main, run
from benchmarks.measuring import Comparison, Options, Outcome
from benchmarks.peers import DOCXTEMPLATER, DOCXTPL, template_of, words_of
from benchmarks.settings import PILOT
from benchmarks.synthetic import VERSIONS_EACH, make_library

from fe_contracts import assemble, load_catalog, load_spec

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.peers import Dialect

QUICK = Options(quick=True)


@pytest.fixture(scope="module")
def pilot() -> bytes:
    return assemble(load_spec(PILOT), load_catalog()).to_bytes("plain")


@pytest.mark.parametrize("name", NAMES)
def test_every_benchmark_runs_and_each_of_its_lines_says_what_was_compared(name: str) -> None:
    outcome = run(name, QUICK)

    assert outcome.name == name
    assert outcome.lines
    assert all(line.what and line.against and line.ours > 0 and line.theirs > 0 for line in outcome.lines)
    assert any(line.target is not None for line in outcome.lines)


def test_the_figures_are_written_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figures.json"

    code = main(["catalog", "--quick", "--json", str(file)])

    written = json.loads(file.read_text(encoding="utf-8"))
    assert code == 0, "a quick run judges nothing"
    assert [item["name"] for item in written["benchmarks"]] == ["catalog"]
    assert written["versions"]["Python"]
    assert "second load" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["nothing"], ["--update-docs", "--quick"]])
def test_what_makes_no_sense_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        main(arguments)

    assert refusal.value.code == 2
    assert "error:" in capsys.readouterr().err


@pytest.mark.parametrize("dialect", [DOCXTPL, DOCXTEMPLATER], ids=lambda dialect: dialect.name)
def test_a_peers_template_holds_tags_for_values_loops_and_conditions(pilot: bytes, dialect: Dialect) -> None:
    template = template_of(pilot, dialect, inner_conditions=3)

    text = "\n".join(words_of(template.content))
    assert template.tags > 100
    assert template.loops > 5
    assert template.conditions > 40
    assert "Steady Ground Financial Counseling, Inc." in template.values.values()
    assert dialect.value.format("form_01_city_name") not in text, "tags carry the parameter's whole name"
    assert dialect.value.format("param_form_01_city_name") in text


def test_docxtemplater_is_left_out_where_node_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)

    with pytest.raises(docxtemplater.Unavailable, match="node is not installed"):
        docxtemplater.installed(fetch=False)


def test_a_synthetic_library_is_published_and_has_the_size_asked_for(tmp_path: Path) -> None:
    made = make_library(tmp_path / "library", 20)

    catalog = load_catalog(tmp_path / "library")
    versions = [version for clause in catalog for version in clause.versions]
    assert made == len(versions) == 20
    assert len(catalog) == 20 // VERSIONS_EACH
    assert all(version.published for version in versions)


def test_a_comparison_takes_its_ratio_round_by_round() -> None:
    line = Comparison.of("ours", "theirs", [1.0, 4.0, 9.0], [1.0, 2.0, 3.0], target=2.0)

    assert (line.ours, line.theirs, line.ratio, line.met) == (4000.0, 2000.0, 2.0, True)


@pytest.mark.parametrize(
    ("ratio", "at_least", "met"), [(1.7, True, True), (1.69, True, False), (1.7, False, True), (1.71, False, False)]
)
def test_a_target_is_met_up_to_and_including_its_figure(ratio: float, *, at_least: bool, met: bool) -> None:
    assert Comparison("ours", "theirs", 1, 1, ratio, target=1.7, at_least=at_least).met is met


def test_growth_is_told_as_a_power_of_the_size() -> None:
    assert measuring.exponent([1, 2, 4], [3, 6, 12]) == pytest.approx(1)
    assert measuring.exponent([1, 2, 4], [1, 4, 16]) == pytest.approx(2)


def test_the_page_takes_the_tables_in_their_places_and_says_where_one_is_missing() -> None:
    outcome = Outcome("catalog", (Comparison("ours", "theirs", 1, 2, 0.5, target=1.0),), ("A remark.",))
    page = "<!-- begin versions -->\n<!-- end versions -->\n<!-- begin catalog -->\nold\n<!-- end catalog -->\n"

    filled = reporting.into_page(page, [outcome])

    assert "| ours | 1.00 ms | theirs | 2.00 ms | 0.50 × | ≤ 1 × | met |" in filled
    assert "- A remark." in filled
    assert "old" not in filled
    with pytest.raises(LookupError, match="begin startup"):
        reporting.into_page(page, [Outcome("startup", ())])


def test_the_documentation_has_a_place_for_every_benchmark() -> None:
    page = reporting.PAGE.read_text(encoding="utf-8")

    assert reporting.into_page(page, [Outcome(name, ()) for name in NAMES])

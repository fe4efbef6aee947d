"""Which versions of a contract have been superseded: asked of its spec and of the Word file, for any day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from tests.assembly.specs import award, make_spec
from tests.catalog.libraries import FILES, clause_files, small_catalog, version
from tests.cli.small import CHECKOUT, SPEC

from fe_contracts import assemble, load_catalog, load_spec, next_start, outdated
from fe_contracts.exceptions import SourceError
from fe_contracts.renewal.superseded import Standing

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts import Catalog
    from fe_contracts.renewal.superseded import Superseded

OPTIONS = "  renewals: 2\n  renewal_months: 12\n  max_extent_date: 2029-12-31\n"
AWARDS = {
    "funding": [
        award("old", "COC", "2024-09-30", amount="30000.00"),
        award("new", "COC", "2024-10-01", amount="30000.00"),
    ],
    "relationship.determination": "SUBRECIPIENT",
}


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return small_catalog(tmp_path_factory.mktemp("library"))


def standings(
    catalog: Catalog, day: str, changes: dict[str, Any] | None = None
) -> tuple[dict[str, Standing], dict[str, Superseded]]:
    found = outdated(make_spec(changes), catalog, as_of=dt.date.fromisoformat(day))
    clauses = {item.instance: item for item in found.clauses}
    return {name: item.standing for name, item in clauses.items()}, clauses


def test_on_the_contract_s_own_day_every_clause_is_current_or_has_a_later_version(catalog: Catalog) -> None:
    found, clauses = standings(catalog, "2026-12-01")  # before the contract begins: its own day counts
    assert set(found.values()) == {Standing.CURRENT, Standing.LATER}
    assert (found["FE-01"], clauses["FE-01"].current) == (Standing.LATER, "2.0.0")
    assert clauses["FE-01"].since == dt.date(2028, 1, 1)


def test_from_its_day_on_a_version_is_superseded_with_reason_impact_and_law(catalog: Catalog) -> None:
    found, clauses = standings(catalog, "2028-01-01")
    assert [name for name, standing in found.items() if standing.outdated] == ["FE-01"]
    item = clauses["FE-01"]
    assert (item.standing, item.version, item.current) == (Standing.SUPERSEDED, "1.0.0", "2.0.0")
    assert (item.day_from, item.reason, item.bump) == ("first day of service", "Sessions grew longer.", "major")
    assert "Parameter minutes.default: 45 → 60" in item.impact
    assert "Wording: 1 place." in item.impact
    assert item.by_law == ""  # it rests on policy alone


def test_an_award_keeps_its_own_version_whatever_the_day(catalog: Catalog) -> None:
    found, clauses = standings(catalog, "2030-01-01", AWARDS)
    assert (found["FED-01:old"], found["FED-01:new"]) == (Standing.LATER, Standing.CURRENT)
    assert (clauses["FED-01:old"].day, clauses["FED-01:old"].current) == (dt.date(2024, 9, 30), "2.0.0")


def test_a_pinned_version_is_held_against_the_one_in_force(catalog: Catalog) -> None:
    found = outdated(make_spec({**AWARDS, "clauses.pins": {"FED-01:new": "1.0.0"}}), catalog, as_of=dt.date(2027, 1, 1))
    (item,) = found.outdated
    assert (item.instance, item.version, item.current) == ("FED-01:new", "1.0.0", "2.0.0")
    assert found.exit_code == 1
    assert [note.code for note in found.notes] == ["PIN020"]


def test_a_new_parameter_without_a_default_must_be_given(tmp_path: Path) -> None:
    text = version(
        "Money is paid by {{ method }}.",
        title="Payment",
        effective="2028-01-01",
        reason="How is said.",
        applies={"level": "mandatory", "when": {"fund.is_federal": True}, "otherwise": "recommended"},
        parameters={"method": {"type": "str", "help": "How money is paid."}},
    )
    catalog = small_catalog(tmp_path, {"clauses/FE/FE-05/2.0.0.md": text})
    _, clauses = standings(catalog, "2028-01-01")
    assert clauses["FE-05"].impact[0] == "The spec must give FE-05.method: How money is paid."


def test_clauses_that_end_come_or_go_are_told(tmp_path: Path) -> None:
    ended = version("", effective="2028-01-01", retires=True, reason="No longer needed.")
    contract_type = FILES["contract_types/subcontract/1.0.0.yaml"].replace("2026-01-01", "2028-01-01")
    contract_type = contract_type.replace("{clause: FE-02}, ", "{clause: FE-06}, ").replace(
        "First version.", "The sites are named elsewhere."
    )
    catalog = small_catalog(
        tmp_path,
        {
            "clauses/FE/FE-05/2.0.0.md": ended,
            "contract_types/subcontract/2.0.0.yaml": contract_type,
            "clauses/FE/FE-01/1.0.0.md": FILES["clauses/FE/FE-01/1.0.0.md"].replace(
                "[[FE-02@scope | the scope]]", "it"
            ),
            "clauses/FE/FE-01/2.0.0.md": FILES["clauses/FE/FE-01/2.0.0.md"].replace(
                "[[FE-02@scope | the scope]]", "it"
            ),
            **clause_files("FE-06", {"1.0.0": version("More.", effective="2028-01-01", reason="It was missing.")}),
        },
    )
    found, clauses = standings(catalog, "2028-01-01")
    assert (found["FE-05"], found["FE-02"], found["FE-06"]) == (Standing.ENDED, Standing.DROPPED, Standing.ADDED)
    assert "No longer needed." in clauses["FE-05"].reason
    assert "no place" in clauses["FE-02"].reason
    assert clauses["FE-06"].reason.endswith("It was missing.")
    before, later = standings(catalog, "2027-06-01")
    assert (before["FE-05"], later["FE-05"].current) == (Standing.LATER, "")


class TestOfAWordFile:
    @pytest.mark.parametrize("day", ["2027-01-01", "2028-06-01"])
    def test_the_contract_tells_of_its_clauses_what_the_spec_tells(self, tmp_path: Path, day: str) -> None:
        """On the bundled library, with two federal awards of different years."""
        catalog = load_catalog()
        path = CHECKOUT / "examples/esg-prevention.yaml"
        assemble(load_spec(path), catalog).save(tmp_path / "signed.docx")
        as_of = dt.date.fromisoformat(day)
        of_spec = outdated(path, catalog, as_of=as_of)
        of_file = outdated(tmp_path / "signed.docx", catalog, as_of=as_of)
        assert {(item.instance, item.standing, item.version, item.current) for item in of_file.clauses} == {
            (item.instance, item.standing, item.version, item.current) for item in of_spec.clauses
        }
        assert of_file.contract_id == of_spec.contract_id
        later = {item.instance: item for item in of_file.later}
        assert later["FED-02:cdbg"].by_law.startswith("Mandatory, where it applies, if the award date is 2024-10-01")

    def test_what_the_library_does_not_hold_is_unknown(self, tmp_path: Path, library: Path) -> None:
        assemble(load_spec(CHECKOUT / "examples/pilot.yaml"), load_catalog()).save(tmp_path / "signed.docx")
        found = outdated(tmp_path / "signed.docx", load_catalog(library), as_of=dt.date(2027, 1, 1))
        by_name = {item.instance: item for item in found.clauses}
        assert by_name["GEN-01"].standing is Standing.UNKNOWN
        assert found.exit_code == 1

    def test_a_file_without_a_record_is_refused(self, tmp_path: Path, library: Path) -> None:
        import docx

        docx.Document().save(str(tmp_path / "legacy.docx"))
        with pytest.raises(SourceError, match="PIN013"):
            outdated(tmp_path / "legacy.docx", load_catalog(library), as_of=dt.date(2027, 1, 1))


def test_the_next_term_s_first_day_can_be_asked_about(tmp_path: Path, library: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC.replace("end_date: 2027-12-31\n", "end_date: 2027-12-31\n" + OPTIONS), encoding="utf-8")
    day = next_start(load_spec(path))
    assert day == dt.date(2028, 1, 1)
    found = outdated(path, load_catalog(library), as_of=day)
    assert [item.instance for item in found.outdated] == ["FE-04"]
    path.write_text(SPEC, encoding="utf-8")
    assert next_start(load_spec(path)) == day
    for asked, noted in ((day, ["RENEW031"]), (dt.date(2027, 12, 31), [])):
        found = outdated(path, load_catalog(library), as_of=asked)
        assert [item.instance for item in found.outdated] == (["FE-04"] if noted else [])
        assert [note.code for note in found.notes] == noted
    assert (
        "a new contract from 2028-01-01 would differ"
        in outdated(path, load_catalog(library), as_of=day).notes[0].message
    )

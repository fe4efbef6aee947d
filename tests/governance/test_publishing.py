"""Publishing enters what is new into the lock, and nothing when anything is wrong or a number says too little."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.catalog.libraries import FILES, version, write_library

from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.lock import LOCK_NAME
from fe_contracts.compare import Bump
from fe_contracts.exceptions import CatalogError, GovernanceError
from fe_contracts.governance import publish

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.findings import Finding

CREDIT = "clauses/FE/FE-05"
PAID = "Money is paid in arrears."
APPLIES = {"level": "mandatory", "when": {"fund.is_federal": True}, "otherwise": "recommended"}


def drafts(folder: Path) -> list[str]:
    return [item.key for clause in load_catalog(folder) for item in clause.versions if not item.published]


def test_everything_is_a_draft_until_it_is_published(tmp_path: Path) -> None:
    write_library(tmp_path)
    assert len(drafts(tmp_path)) == 10
    publication = publish(tmp_path)
    assert drafts(tmp_path) == []
    assert publication.lock_file == str(tmp_path / LOCK_NAME)
    assert set(publication.added) == set(json.loads((tmp_path / LOCK_NAME).read_text(encoding="utf-8"))["published"])
    assert {"clauses/FE-01", "clauses/FE-01/1.0.0", "contract_type/fe_rider/1.0.0", "framework/vision/1.0.0"} <= set(
        publication.added
    )
    told = publication.to_dict()
    assert (told["lock_file"], told["added"], told["written"]) == (publication.lock_file, [*publication.added], True)
    assert [item["version"] for item in told["versions"]] == [item.version for item in publication.versions]


def test_publishing_again_adds_nothing_and_touches_nothing(tmp_path: Path) -> None:
    write_library(tmp_path, published=True)
    before = (tmp_path / LOCK_NAME).read_bytes()
    assert publish(tmp_path).added == ()
    assert (tmp_path / LOCK_NAME).read_bytes() == before


def test_publishing_adds_what_is_new_and_keeps_the_rest(tmp_path: Path) -> None:
    write_library(tmp_path, published=True)
    before = json.loads((tmp_path / LOCK_NAME).read_text(encoding="utf-8"))["published"]
    (tmp_path / "clauses/FE/FE-05/2.0.0.md").write_text(version("New.", effective="2029-01-01"), encoding="utf-8")
    assert publish(tmp_path).added == ("clauses/FE-05/2.0.0",)
    after = json.loads((tmp_path / LOCK_NAME).read_text(encoding="utf-8"))["published"]
    assert {name: digest for name, digest in after.items() if name in before} == before
    assert set(after) - set(before) == {"clauses/FE-05/2.0.0"}


def test_nothing_is_published_while_a_published_file_was_changed(tmp_path: Path) -> None:
    write_library(tmp_path, published=True)
    before = (tmp_path / LOCK_NAME).read_bytes()
    path = tmp_path / "clauses/FE/FE-05/1.0.0.md"
    path.write_text(path.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    (tmp_path / "clauses/FE/FE-05/2.0.0.md").write_text(version("New.", effective="2029-01-01"), encoding="utf-8")
    with pytest.raises(CatalogError, match="LOCK010"):
        publish(tmp_path)
    assert (tmp_path / LOCK_NAME).read_bytes() == before


def test_nothing_is_published_while_a_draft_has_a_problem(tmp_path: Path) -> None:
    write_library(tmp_path, {"clauses/FE/FE-05/2.0.0.md": version("{{ x }}", effective="2029-01-01")})
    with pytest.raises(CatalogError, match="WORDING040"):
        publish(tmp_path)
    assert not (tmp_path / LOCK_NAME).exists()


def draft(folder: Path, number: str, wording: str = PAID, **front: Any) -> None:
    """Write a version of FE-05, as its first one reads unless told otherwise."""
    fields: dict[str, Any] = {"title": "Payment", "effective": "2029-01-01", "applies": APPLIES, **front}
    (folder / f"{CREDIT}/{number}.md").write_text(version(wording, **fields), encoding="utf-8")


def refused(folder: Path, as_of: dt.date | None = None) -> tuple[Finding, ...]:
    before = (folder / LOCK_NAME).read_bytes()
    with pytest.raises(GovernanceError) as caught:
        publish(folder, as_of=as_of)
    assert (folder / LOCK_NAME).read_bytes() == before
    return caught.value.problems


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return write_library(tmp_path, published=True)


class TestNumbers:
    @pytest.mark.parametrize(
        ("number", "wording", "given_bump", "least"),
        [
            ("2.0.0", "Money must be paid in arrears.", Bump.MAJOR, Bump.MAJOR),
            ("1.1.0", f"{PAID}\n\nThis is the purpose.", Bump.MINOR, Bump.MINOR),
            ("1.0.1", "Money is paid, in arrears.", Bump.PATCH, Bump.PATCH),
            ("3.0.0", "Money is paid, in arrears.", Bump.MAJOR, Bump.PATCH),
            ("1.0.1", PAID, Bump.PATCH, Bump.NONE),
        ],
    )
    def test_a_number_that_says_enough_is_published_with_how_it_was_judged(
        self, library: Path, number: str, wording: str, given_bump: Bump, least: Bump
    ) -> None:
        draft(library, number, wording)
        (judged,) = publish(library).versions
        assert (judged.version, judged.before) == (f"FE-05@{number}", "1.0.0")
        assert (judged.given, judged.least) == (given_bump, least)
        assert judged.reason == "First written for a test."
        assert judged.to_dict()["least_bump"] == least.value

    @pytest.mark.parametrize(
        ("number", "wording", "wanted"),
        [
            ("1.1.0", "Money must be paid in arrears.", "2.0.0"),
            ("1.0.1", "Money must be paid in arrears.", "2.0.0"),
            ("1.0.1", f"{PAID}\n\nThis is the purpose.", "1.1.0"),
        ],
    )
    def test_a_number_that_says_too_little_is_refused_with_the_changes_that_demand_more(
        self, library: Path, number: str, wording: str, wanted: str
    ) -> None:
        draft(library, number, wording)
        (problem,) = refused(library)
        assert problem.code == "PUBLISH010"
        assert problem.where.file.endswith(f"{number}.md")
        assert problem.where.line > 0
        assert f"Name the file {wanted}.md" in problem.remedy
        assert "may bind somebody" in problem.message or "makes no duty" in problem.message or "must" in problem.message

    def test_one_number_that_says_too_little_keeps_the_others_from_being_published(self, library: Path) -> None:
        draft(library, "1.1.0", "Money must be paid in arrears.")
        (library / "clauses/FE/FE-03/2.0.0.md").write_text(version("New.", effective="2029-01-01"), encoding="utf-8")
        assert {problem.code for problem in refused(library)} == {"PUBLISH010"}

    def test_a_draft_is_judged_against_the_draft_before_it(self, library: Path) -> None:
        draft(library, "2.0.0", "Money must be paid in arrears.")
        draft(library, "2.0.1", "Money must be paid, in arrears.", effective="2030-01-01")
        first, second = publish(library).versions
        assert (first.least, second.before, second.least) == (Bump.MAJOR, "2.0.0", Bump.PATCH)

    def test_what_the_lock_holds_is_not_judged_again(self, library: Path) -> None:
        draft(library, "1.1.0", "Money must be paid in arrears.")
        lock = library / LOCK_NAME
        names = json.loads(lock.read_text(encoding="utf-8"))
        for clause in load_catalog(library):
            for item in clause.versions:
                names["published"][f"clauses/{item.clause_id}/{item.number}"] = item.digest
        lock.write_text(json.dumps(names), encoding="utf-8")
        assert publish(library).versions == ()

    def test_a_misspelling_is_known_by_the_words_of_the_library(self, tmp_path: Path) -> None:
        changed = {
            f"{CREDIT}/1.0.0.md": version("The minuttes are paid.", title="Payment", applies=APPLIES),
            f"{CREDIT}/1.0.1.md": version(
                "The minutes are paid.", title="Payment", applies=APPLIES, effective="2027-01-01"
            ),
        }
        with pytest.raises(GovernanceError, match="minuttes"):
            publish(write_library(tmp_path, changed))
        changed = {
            name: text.replace("minuttes", "Secssions").replace("The minutes", "The Sessions")
            for name, text in changed.items()
        }
        with pytest.raises(GovernanceError, match="PUBLISH010"):
            publish(write_library(tmp_path, changed))
        changed = {
            name: text.replace("Secssions", "bellongs").replace("Sessions", "belongs") for name, text in changed.items()
        }
        assert "clauses/FE-05/1.0.1" in publish(write_library(tmp_path, changed)).added


class TestReasons:
    @pytest.mark.parametrize(
        "reason",
        [
            "First version.",
            "TODO: say why this version exists.",
            "TODO",
            "tbd",
            "update",
            "Changes.",
            "n/a",
            "...",
            "-",
        ],
    )
    def test_a_reason_that_says_nothing_is_refused(self, library: Path, reason: str) -> None:
        draft(library, "2.0.0", "New.", reason=reason)
        (problem,) = refused(library)
        assert (problem.code, problem.where.field) == ("PUBLISH020", "reason")

    @pytest.mark.parametrize("reason", ["First version.", "The first version."])
    def test_a_first_version_may_say_that_it_is_the_first(self, tmp_path: Path, reason: str) -> None:
        changed = {f"{CREDIT}/1.0.0.md": version(PAID, reason=reason)}
        assert "clauses/FE-05/1.0.0" in publish(write_library(tmp_path, changed)).added

    def test_contract_types_and_framework_need_a_reason_too(self, library: Path) -> None:
        text = FILES["framework/vision/1.0.0.yaml"].replace("2026-01-01", "2029-01-01")
        (library / "framework/vision/2.0.0.yaml").write_text(text.replace("First.", "First version."), encoding="utf-8")
        (problem,) = refused(library)
        assert problem.code == "PUBLISH020"
        assert "framework vision 2.0.0" in problem.message

    @pytest.mark.parametrize(
        "left", [{"summary": "TODO: say."}, {"title": "TODO"}, {"policy_basis": "TODO"}, {"wording": "TODO: words."}]
    )
    def test_what_is_marked_to_be_written_is_not_published(self, library: Path, left: dict[str, Any]) -> None:
        draft(library, "2.0.0", **left)
        (problem,) = refused(library)
        assert problem.code == "PUBLISH050"


class TestDays:
    @pytest.mark.parametrize("effective", ["2027-01-01", "2027-12-31"])
    def test_nothing_is_put_before_a_published_later_version(self, library: Path, effective: str) -> None:
        path = library / "clauses/FE/FE-01"
        later = (path / "2.0.0.md").read_text(encoding="utf-8").replace("2028-01-01", effective)
        (path / "1.1.0.md").write_text(later, encoding="utf-8")
        codes = [problem.code for problem in refused(library)]
        assert "PUBLISH030" in codes

    @pytest.mark.parametrize(
        ("as_of", "codes"),
        [
            (None, []),
            (dt.date(2029, 1, 1), []),
            (dt.date(2029, 1, 2), ["PUBLISH040"]),
            (dt.date(2031, 1, 1), ["PUBLISH040"]),
        ],
    )
    def test_days_that_have_passed_are_not_rewritten(
        self, library: Path, as_of: dt.date | None, codes: list[str]
    ) -> None:
        draft(library, "2.0.0", "New.")
        if codes:
            assert [problem.code for problem in refused(library, as_of)] == codes
        else:
            assert publish(library, as_of=as_of).added == ("clauses/FE-05/2.0.0",)

    def test_a_first_version_rewrites_nothing(self, tmp_path: Path) -> None:
        assert publish(write_library(tmp_path), as_of=dt.date(2035, 1, 1)).added

    def test_a_gap_after_an_ended_version_may_be_filled_later(self, tmp_path: Path) -> None:
        ended = {f"{CREDIT}/1.0.0.md": version(PAID, title="Payment", applies=APPLIES, expires="2028-12-31")}
        library = write_library(tmp_path, ended, published=True)
        draft(library, "2.0.0", "New.")
        assert publish(library, as_of=dt.date(2031, 1, 1)).added == ("clauses/FE-05/2.0.0",)

    @pytest.mark.parametrize(("effective", "code"), [("2029-01-01", "PUBLISH040"), ("2025-01-01", "PUBLISH030")])
    def test_contract_types_and_framework_keep_their_days_too(self, library: Path, effective: str, code: str) -> None:
        number = "2.0.0" if code == "PUBLISH040" else "0.1.0"
        text = FILES["framework/vision/1.0.0.yaml"].replace("2026-01-01", effective)
        (library / f"framework/vision/{number}.yaml").write_text(text, encoding="utf-8")
        assert [problem.code for problem in refused(library, dt.date(2030, 1, 1))] == [code]


def test_a_dry_run_says_the_same_and_writes_nothing(library: Path) -> None:
    draft(library, "2.0.0", "New.")
    before = (library / LOCK_NAME).read_bytes()
    tried = publish(library, dry_run=True)
    assert (library / LOCK_NAME).read_bytes() == before
    assert not tried.written
    done = publish(library)
    assert done.written
    assert (done.added, done.versions) == (tried.added, tried.versions)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(["Money must be paid.", "Money may be paid.", PAID, f"{PAID} Soon."]), max_size=4))
def test_publishing_twice_changes_nothing(tmp_path_factory: pytest.TempPathFactory, wordings: list[str]) -> None:
    folder = write_library(tmp_path_factory.mktemp("library"), published=True)
    for place, wording in enumerate(wordings, start=2):
        draft(folder, f"{place}.0.0", wording, effective=f"20{place + 28}-01-01")
    assert len(publish(folder).added) == len(wordings)
    after = (folder / LOCK_NAME).read_bytes()
    assert publish(folder).added == ()
    assert (folder / LOCK_NAME).read_bytes() == after


_REQUIREMENT = """\
code: PAY010
title: Payment is made in time.
reads: spec
severity: warning
sources:
  - {cite: 2 CFR 200.305(b)(3), confidence: V, as_of: 2026-08-01}
why: A small agency cannot wait.
remedy: Pay sooner.
"""


def test_an_edited_requirement_is_published_anew_and_keeps_its_name(tmp_path: Path) -> None:
    file = "requirements/PAY/PAY010.yaml"
    library = write_library(tmp_path, {file: _REQUIREMENT}, published=True)
    assert load_catalog(library).requirements["PAY010"].published
    (library / file).write_text(_REQUIREMENT.replace("sooner", "at once"), encoding="utf-8")
    assert not load_catalog(library).requirements["PAY010"].published
    assert publish(library).added == ("requirements/PAY010",)
    assert load_catalog(library).requirements["PAY010"].published

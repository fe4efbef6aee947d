"""Approvals are recorded by role, bound to a text, and only ever added."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalog.libraries import FILES, problems_of, version, write_library

from fe_contracts.catalog import load_catalog
from fe_contracts.catalog.approvals import approval_state, digest_of_entry, unapproved_in_words
from fe_contracts.catalog.lock import LOCK_NAME, lock_text, parse_lock
from fe_contracts.exceptions import GovernanceError
from fe_contracts.governance import Decision, approve, check_standing
from fe_contracts.model.approval import ApprovalDecision

if TYPE_CHECKING:
    from pathlib import Path

    from fe_contracts.catalog.approvals import ApprovalState
    from fe_contracts.findings import Finding

ROLES = "roles:\n  - {id: legal, title: City Attorney}\n  - {id: council, title: City Council}\n"
LIBRARY = (
    FILES["library.yaml"]
    .replace("roles:\n  - {id: legal, title: City Attorney}\n", ROLES)
    .replace("title: Services}", "title: Services, approved_by: [legal, council]}")
    .replace("title: Formation}", "title: Formation, approved_by: [legal]}")
)
DAY = dt.date(2026, 11, 1)


def by(role: str, *, withdraw: bool = False, record: str = "Memo 2026-118") -> Decision:
    return Decision(role, "A. Example", DAY, record, withdraw)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return write_library(tmp_path, {"library.yaml": LIBRARY}, published=True)


def state(library: Path, name: str) -> ApprovalState:
    clause_id, _, number = name.partition("@")
    catalog = load_catalog(library)
    return approval_state(catalog, catalog[clause_id].version(number))


def record_of(library: Path, clause_id: str = "FE-01") -> Path:
    return library / f"clauses/{clause_id.partition('-')[0]}/{clause_id}/approvals.yaml"


def refused(library: Path, *targets: str, decision: Decision, every: bool = False) -> list[str]:
    before = {path: path.read_bytes() for path in library.rglob("approvals.yaml")}
    with pytest.raises(GovernanceError) as caught:
        approve(targets, decision, library, every=every)
    assert {path: path.read_bytes() for path in library.rglob("approvals.yaml")} == before
    return [problem.code for problem in caught.value.problems]


class TestState:
    def test_a_version_that_nobody_decided_on_lacks_every_role_of_its_family(self, library: Path) -> None:
        found = state(library, "FE-01@1.0.0")
        assert (found.version, found.roles, found.missing) == (
            "FE-01@1.0.0",
            ("legal", "council"),
            ("legal", "council"),
        )
        assert not found.approved

    def test_a_version_is_approved_once_every_role_approved_just_it(self, library: Path) -> None:
        done = approve(["FE-01@1.0.0"], by("legal"), library)
        assert done.missing == {"FE-01@1.0.0": ("council",)}
        assert not state(library, "FE-01@1.0.0").approved
        assert approve(["FE-01@1.0.0"], by("council"), library).missing == {}
        found = state(library, "FE-01@1.0.0")
        assert found.approved
        assert found.by_role["council"].by == "A. Example"
        assert state(library, "FE-01@2.0.0").missing == ("legal", "council")

    def test_an_approval_that_was_withdrawn_no_longer_stands_until_given_anew(self, library: Path) -> None:
        approve(["FORM-01"], by("legal"), library)
        assert approve(["FORM-01"], by("legal", withdraw=True), library).missing == {"FORM-01@1.0.0": ("legal",)}
        assert not state(library, "FORM-01@1.0.0").approved
        approve(["FORM-01"], by("legal", record="Memo 2"), library)
        assert state(library, "FORM-01@1.0.0").approved
        decisions = [entry.decision for entry in load_catalog(library).approvals["FORM-01"].record.approvals]
        assert decisions == [ApprovalDecision.APPROVED, ApprovalDecision.WITHDRAWN, ApprovalDecision.APPROVED]

    def test_a_family_that_names_no_role_needs_none(self, library: Path) -> None:
        assert state(library, "FED-01@1.0.0").approved


class TestRecording:
    def test_a_clause_alone_means_its_last_published_version(self, library: Path) -> None:
        (library / "clauses/FE/FE-01/3.0.0.md").write_text(version("New.", effective="2030-01-01"), encoding="utf-8")
        assert approve(["FE-01"], by("legal"), library).recorded == ("FE-01@2.0.0",)

    def test_all_of_a_family_or_a_library_is_decided_at_once_as_far_as_the_role_is_asked(self, library: Path) -> None:
        assert approve(["FORM"], by("legal"), library, every=True).recorded == ("FORM-01@1.0.0",)
        done = approve([], by("legal"), library, every=True)
        assert done.standing == ("FORM-01@1.0.0",)
        assert done.recorded == ("FE-01@1.0.0", "FE-01@2.0.0", *(f"FE-0{number}@1.0.0" for number in range(2, 6)))
        assert len(done.files) == 5
        council = approve([], by("council"), library, every=True)
        assert "FORM-01@1.0.0" not in council.recorded
        assert council.missing == {}
        assert council.to_dict()["recorded"] == list(council.recorded)

    def test_what_stands_already_is_not_recorded_twice(self, library: Path) -> None:
        approve(["FE-01@1.0.0"], by("legal"), library)
        before = record_of(library).read_bytes()
        done = approve(["FE-01@1.0.0"], by("legal"), library)
        assert (done.recorded, done.standing, done.files) == ((), ("FE-01@1.0.0",), ())
        assert record_of(library).read_bytes() == before

    @pytest.mark.parametrize("words", ['Memo: "2026" # 1', "It's {x} [y] & *z", "– “é” \\n", "true", "2026-11-01"])
    def test_whatever_words_are_given_come_back_as_they_were(self, library: Path, words: str) -> None:
        approve(["FE-01@1.0.0"], Decision("legal", words, DAY, words), library)
        entry = load_catalog(library).approvals["FE-01"].record.approvals[0]
        assert (entry.by, entry.record, entry.on, entry.previous) == (words, words, DAY, None)

    def test_a_file_laid_out_by_hand_is_added_to_as_it_is(self, library: Path) -> None:
        digest = load_catalog(library)["FE-01"].version("1.0.0").digest
        text = (
            f"clause: FE-01   # ours\napprovals:\n- {{version: 1.0.0, digest: '{digest}', role: legal, "
            "decision: approved,\n   by: Someone, on: 2026-10-01, record: Minutes}\n# the end"
        )
        record_of(library).write_text(text, encoding="utf-8")
        approve(["FE-01@1.0.0"], by("council"), library)
        after = record_of(library).read_text(encoding="utf-8")
        assert after.startswith(text)
        assert state(library, "FE-01@1.0.0").approved

    def test_a_file_with_no_place_for_an_entry_is_left_alone(self, library: Path) -> None:
        digest = load_catalog(library)["FE-01"].version("1.0.0").digest
        record_of(library).write_text(
            f"approvals: [{{version: 1.0.0, digest: '{digest}', role: legal, decision: approved, by: Someone, "
            "on: 2026-10-01, record: Minutes}]\nclause: FE-01\n",
            encoding="utf-8",
        )
        assert refused(library, "FE-01@1.0.0", decision=by("council")) == ["APPROVAL085"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("target", "decision", "code"),
        [
            ("FE-01@1.0.0", by("mayor"), "APPROVAL030"),
            ("FORM-01@1.0.0", by("council"), "APPROVAL030"),
            ("FE-99", by("legal"), "APPROVAL040"),
            ("FE", by("legal"), "APPROVAL040"),
            ("FE-01@9.0.0", by("legal"), "APPROVAL040"),
            ("FE-01@3.0.0", by("legal"), "APPROVAL050"),
            ("FE-01@1.0.0", Decision("legal", " ", DAY, "Memo"), "APPROVAL080"),
            ("FE-01@1.0.0", Decision("legal", "A\tB", DAY, "Memo"), "APPROVAL080"),
            ("FE-01@1.0.0", Decision("legal", "A\x07", DAY, "Memo"), "APPROVAL080"),
            ("FE-01@1.0.0", Decision("legal", "A", DAY, "x" * 20_001), "APPROVAL080"),
            ("FE-01@1.0.0", Decision("legal", "A", DAY, "Memo\nof"), "APPROVAL080"),
            ("FE-01@1.0.0", by("legal", withdraw=True), "APPROVAL090"),
        ],
    )
    def test_what_cannot_be_decided_on_is_refused_by_name(
        self, library: Path, target: str, decision: Decision, code: str
    ) -> None:
        (library / "clauses/FE/FE-01/3.0.0.md").write_text(version("New.", effective="2030-01-01"), encoding="utf-8")
        assert refused(library, target, decision=decision) == [code]

    def test_one_that_cannot_be_decided_on_keeps_all_from_being_recorded(self, library: Path) -> None:
        assert refused(library, "FE-01@1.0.0", "FE-99", decision=by("legal")) == ["APPROVAL040"]
        assert not record_of(library).exists()

    def test_nothing_named_is_nothing_decided(self, library: Path) -> None:
        assert refused(library, decision=by("legal")) == ["APPROVAL070"]


class TestTheRecordIsWhole:
    @pytest.fixture
    def recorded(self, library: Path) -> Path:
        for role in ("legal", "council"):
            approve(["FE-01@1.0.0", "FE-01@2.0.0"], by(role), library)
        return library

    def changed(self, library: Path, old: str, new: str, count: int = 1) -> tuple[Finding, ...]:
        path = record_of(library)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, count), encoding="utf-8")
        return problems_of(library)

    def test_each_entry_carries_the_digest_of_the_one_before_it(self, recorded: Path) -> None:
        entries = load_catalog(recorded).approvals["FE-01"].record.approvals
        assert [entry.previous for entry in entries] == [None, *map(digest_of_entry, entries[:-1])]
        assert problems_of(recorded) == ()

    @pytest.mark.parametrize(
        ("old", "new"),
        [("by: ", "by: Not "), ("on: 2026-11-01", "on: 2026-11-02"), ("decision: approved", "decision: withdrawn")],
    )
    def test_an_entry_that_was_changed_breaks_the_chain(self, recorded: Path, old: str, new: str) -> None:
        new = 'by: "Not ' if old == "by: " else new
        (problem,) = self.changed(recorded, 'by: "' if old == "by: " else old, new)
        assert (problem.code, problem.where.field) == ("APPROVAL020", "approvals[1].previous")
        assert problem.where.line > 1

    def test_an_entry_that_was_taken_out_breaks_the_chain(self, recorded: Path) -> None:
        lines = record_of(recorded).read_text(encoding="utf-8").splitlines(keepends=True)
        starts = [place for place, line in enumerate(lines) if line.startswith("  - ")]
        for first, last in ((starts[0], starts[1]), (starts[1], starts[2])):
            record_of(recorded).write_text("".join(lines[:first] + lines[last:]), encoding="utf-8")
            assert {problem.code for problem in problems_of(recorded)} == {"APPROVAL020"}

    def forget(self, library: Path) -> None:
        """Take the heads of the chains out of the lock, as a record has none that was written elsewhere."""
        lock = library / LOCK_NAME
        published, _ = parse_lock(lock.read_text(encoding="utf-8"), str(lock))
        kept = {name: digest for name, digest in published.items() if not name.startswith("approvals/")}
        assert len(kept) < len(published)
        lock.write_text(lock_text(kept), encoding="utf-8")

    def test_the_last_entry_cannot_be_changed_or_taken_out_unseen(self, recorded: Path) -> None:
        text = record_of(recorded).read_text(encoding="utf-8")
        last = text.rindex("  - version")
        for other in (text[:last], text[:last] + text[last:].replace("2026-11-01", "2031-01-01")):
            assert other != text
            record_of(recorded).write_text(other, encoding="utf-8")
            (problem,) = problems_of(recorded)
            assert problem.code == "LOCK040"
        record_of(recorded).unlink()
        assert [problem.code for problem in problems_of(recorded)] == ["LOCK020"]

    def test_an_entry_more_than_the_lock_knows_is_no_fault(self, recorded: Path) -> None:
        lock = recorded / LOCK_NAME
        before = lock.read_bytes()
        approve(["FE-01@1.0.0"], by("legal", withdraw=True), recorded)
        lock.write_bytes(before)  # as if the program had been stopped between the two files
        assert problems_of(recorded) == ()

    def test_decisions_are_recorded_in_their_order(self, library: Path) -> None:
        approve(["FE-01@1.0.0"], by("legal"), library)
        earlier = replace(by("legal", withdraw=True), on=dt.date(2026, 10, 31))
        with pytest.raises(GovernanceError) as caught:
            approve(["FE-01@1.0.0"], earlier, library)
        assert [problem.code for problem in caught.value.problems] == ["APPROVAL095"]

    def test_an_approval_of_a_text_that_does_not_exist_is_an_error(self, library: Path) -> None:
        approve(["FE-01@1.0.0"], by("legal"), library)
        self.forget(library)
        digest = load_catalog(library)["FE-01"].version("1.0.0").digest
        (problem,) = self.changed(library, digest, "sha256:" + "0" * 64)
        assert (problem.code, problem.where.field) == ("APPROVAL060", "approvals[0].digest")
        assert problem.where.line > 1

    def test_an_unknown_role_or_version_and_a_draft_are_errors(self, library: Path) -> None:
        (library / "clauses/FE/FE-01/3.0.0.md").write_text(version("New.", effective="2030-01-01"), encoding="utf-8")
        approve(["FE-01@1.0.0"], by("legal"), library)
        self.forget(library)
        for old, new, code in (
            ("role: legal", "role: mayor", "APPROVAL030"),
            ("version: 1.0.0", "version: 9.0.0", "APPROVAL040"),
            ("version: 1.0.0", "version: 3.0.0", "APPROVAL050"),
        ):
            before = record_of(library).read_bytes()
            assert [problem.code for problem in self.changed(library, old, new)] == [code]
            record_of(library).write_bytes(before)

    def test_approvals_of_no_clause_are_an_error(self, library: Path) -> None:
        approve(["FE-01@1.0.0"], by("legal"), library)
        other = record_of(library, "FE-77")
        other.parent.mkdir()
        other.write_text(record_of(library).read_text(encoding="utf-8").replace("FE-01", "FE-77"), encoding="utf-8")
        assert [problem.code for problem in problems_of(library)] == ["APPROVAL040"]


class TestStanding:
    def test_one_warning_says_how_many_versions_are_not_approved_and_by_whom(self, library: Path) -> None:
        catalog = load_catalog(library)
        versions = [clause.latest for clause in catalog]
        (finding,) = check_standing(catalog, versions)
        assert (finding.code, finding.severity) == ("APPROVAL010", "warning")
        assert finding.message == (
            "6 of 8 clause versions are not approved: FORM-01@1.0.0, FE-01@2.0.0, FE-02@1.0.0 and 3 more. Still to "
            "decide: City Attorney (6), City Council (5). The document is marked DRAFT."
        )

    def test_nothing_is_said_where_all_are_approved(self, library: Path) -> None:
        for role in ("legal", "council"):
            approve([], by(role), library, every=True)
        catalog = load_catalog(library)
        versions = [clause.latest for clause in catalog]
        assert list(check_standing(catalog, versions)) == []
        assert unapproved_in_words(catalog, versions) == ""

    def test_a_version_used_twice_counts_once(self, library: Path) -> None:
        catalog = load_catalog(library)
        told = unapproved_in_words(catalog, [catalog["FORM-01"].latest] * 2)
        assert told == "1 of 1 clause version is not approved: FORM-01@1.0.0. Still to decide: City Attorney (1)."


steps = st.lists(
    st.tuples(st.sampled_from(["legal", "council"]), st.sampled_from(["FE-01@1.0.0", "FE-01@2.0.0"]), st.booleans()),
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(steps)
def test_the_record_only_grows_and_the_last_decision_of_each_role_stands(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, bool]]
) -> None:
    folder = write_library(tmp_path_factory.mktemp("library"), {"library.yaml": LIBRARY}, published=True)
    approved: set[tuple[str, str]] = set()
    before = b""
    for role, target, withdraw in steps:
        if withdraw and (role, target) not in approved:
            continue
        approve([target], by(role, withdraw=withdraw), folder)
        (approved.discard if withdraw else approved.add)((role, target))
        after = record_of(folder).read_bytes()
        assert after.startswith(before)
        before = after
        assert {
            (role, target) for target in ("FE-01@1.0.0", "FE-01@2.0.0") for role in state(folder, target).by_role
        } == (approved)

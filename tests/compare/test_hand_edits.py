"""Documents that were edited after they were assembled: their words count, not what their manifests say."""

from __future__ import annotations

from tests.compare.laid_out import body, laid_out, section
from tests.compare.versions import made

from fe_contracts.compare.contract_changes import Level
from fe_contracts.compare.contracts import compare_views

PLAN = body("The Agency must write a plan within ", ("days", "5 days"), ".")
SOONER = body("The Agency must write a plan within ", ("days", "3 days"), ".")
FIRST, SECOND = made(), made(number="1.1.0", reason="Sooner.")
BOTH = (FIRST, SECOND)


def test_an_edit_that_reads_as_the_old_contract_is_no_change_and_no_news() -> None:
    """As a redline that was rejected: the words are those of the old version, the manifest is that of the new one."""
    old = laid_out(section("1.0.0", PLAN), versions=BOTH, printed={"FE-04/days": "5 days"})
    back = laid_out(
        section("1.1.0", PLAN, drift=True),
        versions=BOTH,
        printed={"FE-04/days": "5 days", "FE-04/sites": "only in the manifest"},
    )
    for sides in ((old, back), (back, old)):
        found = compare_views(*sides)
        assert (found.changes, found.notes) == ((), ())


def test_an_edit_that_reads_otherwise_is_a_change_and_somebody_must_look_at_it() -> None:
    old = laid_out(section("1.0.0", PLAN), versions=BOTH, printed={"FE-04/days": "5 days"})
    hand = laid_out(
        section("1.0.0", body("The Agency may write a plan within ", ("days", "5 days"), "."), drift=True),
        versions=BOTH,
        printed={"FE-04/days": "5 days"},
    )
    found = compare_views(old, hand)
    assert [(change.level, change.drift) for change in found.changes] == [(Level.WORDING, True)]
    (note,) = found.notes
    assert (note.code, note.where.file) == ("DIFF020", "a.docx")
    assert note.message.startswith("FE-04 1.0.0 does not read as it was written")


def test_an_edited_clause_that_is_gone_is_still_named() -> None:
    old = laid_out(section("1.0.0", PLAN, drift=True, exhibit="scope"), versions=BOTH)
    found = compare_views(old, laid_out(versions=BOTH))
    assert [note.message.partition(" does")[0] for note in found.notes] == ["FE-04 1.0.0 in exhibit scope"]


def test_another_version_that_nobody_edited_is_told_though_it_reads_the_same() -> None:
    old, new = (laid_out(section(number, PLAN), versions=BOTH) for number in ("1.0.0", "1.1.0"))
    assert [change.level for change in compare_views(old, new).changes] == [Level.VERSION]


def test_a_value_edited_by_hand_is_told() -> None:
    old = laid_out(section("1.0.0", PLAN), versions=BOTH, printed={"FE-04/days": "5 days"})
    hand = laid_out(section("1.0.0", SOONER, drift=True), versions=BOTH, printed={"FE-04/days": "3 days"})
    found = compare_views(old, hand)
    assert [(change.old, change.new) for change in found.changes] == [("5 days", "3 days")]
    assert [note.code for note in found.notes] == ["DIFF020"]


def test_where_a_whole_contract_reads_as_the_old_one_again_so_do_versions_with_the_same_words() -> None:
    other = {"instance": "FE-04:two", "number": "3.3"}
    old = laid_out(section("1.0.0", PLAN), section("1.0.0", PLAN, **other), versions=BOTH)
    back = laid_out(section("1.1.0", PLAN, drift=True), section("1.1.0", PLAN, **other), versions=BOTH)
    assert compare_views(old, back).changes == ()
    apart = laid_out(section("1.1.0", SOONER, drift=True), section("1.1.0", PLAN, **other), versions=BOTH)
    assert Level.VERSION in {change.level for change in compare_views(old, apart).changes}

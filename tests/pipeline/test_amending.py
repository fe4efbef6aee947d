"""An amendment from two specs: what it says, what refuses it, and the Word file that comes of it."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator
from tests.assembly.origins import folded
from tests.assembly.trees import lines_of
from tests.renewal.amended import blocks_below
from tests.tools import require_tool
from tests.word.opened import visible_text, xml_of

from fe_contracts import Amendment, Catalog, Spec, amend, inspect, load_catalog, load_spec, renew
from fe_contracts.document.structure import STRUCTURE
from fe_contracts.document.tree import OriginKind, Paragraph, Table, Text, plain_text, texts_of
from fe_contracts.exceptions import ClauseNotInForceError, RefusedError
from fe_contracts.model.amendment import SentenceForm as F
from fe_contracts.renewal.amendment_differences import Inexpressible
from fe_contracts.renewal.amendment_layout import layout_of
from fe_contracts.word import lint

ROOT = Path(__file__).resolve().parents[2]
AURORA = ROOT / "examples" / "aurora"
DAY = dt.date(2027, 1, 1)
WHY = "The City adds one counselor for a year"


@cache
def catalog() -> Catalog:
    return load_catalog(ROOT / "examples" / "exampleton")


@cache
def base() -> Spec:
    return load_spec(AURORA / "base.yaml")


@cache
def aurora() -> Amendment:
    return amend(AURORA / "base.yaml", AURORA / "amended.yaml", catalog())


def changed(**fields: Any) -> Spec:
    """Return the base spec with fields replaced; a field's name has its section in front: term__end_date."""
    spec = base()
    for name, value in fields.items():
        section, _, field = name.partition("__")
        update = {section: getattr(spec, section).model_copy(update={field: value}) if field else value}
        spec = spec.model_copy(update=update)
    return spec


def refused(old: Spec, new: Spec, **options: Any) -> set[str]:
    with pytest.raises(RefusedError) as error:
        amend(old, new, catalog(), **{"effective": DAY, "reason": WHY, **options})
    assert all(problem.remedy for problem in error.value.problems)
    return {problem.code for problem in error.value.problems}


def test_every_instruction_is_said_with_all_that_it_holds() -> None:
    made = aurora()
    said = dict(line.split(" ", 1) for line in made.sentences() if line.startswith("2."))
    for instruction in made.instructions:
        place = re.escape(instruction.place)
        fitting = [
            number
            for number, sentence in said.items()
            if re.search(rf"(?<![\w.]){place}(?![\w(])", sentence)
            and instruction.old in (sentence if instruction.form is not F.COVER_REPLACED else instruction.old)
            and instruction.new in sentence
        ]
        assert fitting, instruction
        if instruction.blocks:
            below = [block for number in fitting for block in blocks_below(made.contract, number)]
            tables = [block.rows for block in below if isinstance(block, Table)]
            assert all(block.rows in tables for block in instruction.blocks if isinstance(block, Table))


def test_the_recitals_name_the_parties_the_contract_its_day_and_the_reason() -> None:
    text = " ".join(aurora().sentences())
    for words in (
        "City of Aurora", "Fox Valley Family Prosperity, Inc.", "contract number FEC-2026-07", "July 1, 2026",
        "one counselor for a year", "has not been amended before", "as Section 9.5 of the Agreement allows",
        "raises the most that the City will pay by $62,000.00, from $239,454.00 to $301,454.00",
        "applies from January 1, 2027", "stays in force as it is", "this Amendment controls",
    ):  # fmt: skip
        assert words in text
    assert not re.search(r"\bshall\b", text, re.IGNORECASE)


def test_money_comes_first_and_the_last_section_says_how_things_are_numbered() -> None:
    titles = [plain_text(clause.title) for clause in aurora().contract.articles[1].clauses]
    assert titles[0] == "Money"
    assert titles[-1] == "Numbers and references"


def test_the_instrument_is_signed_by_the_same_people_in_the_same_house_style() -> None:
    made = aurora()
    assert made.contract.signatories == made.new.signatories
    assert made.contract.form_approval == "Corporation Counsel"
    assert made.contract.title == "Amendment No. 1"


@pytest.mark.parametrize("style", ["plain", "civic"])
def test_the_word_file_is_sound_and_the_same_every_time(style: str) -> None:
    data = aurora().to_bytes(style)
    assert data == amend(AURORA / "base.yaml", AURORA / "amended.yaml", catalog()).to_bytes(style)
    assert [str(finding) for finding in lint(data)] == []
    text = visible_text(xml_of(data, "word/document.xml"))
    for words in ("Amendment No. 1", "$301,454.00", "Salary and benefits of one more full-time counselor for a year"):
        assert words in text


def test_two_validators_find_nothing_in_the_word_file(tmp_path: Path) -> None:
    path = aurora().save(tmp_path / "amendment.docx")
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    ran = subprocess.run(
        [require_tool("ooxml-validator"), path], capture_output=True, text=True, check=False, timeout=120
    )
    assert json.loads(ran.stdout)["errors"] == []


def test_a_fact_that_nobody_has_confirmed_is_listed_with_its_place_in_the_amendment() -> None:
    spec = load_spec(ROOT / "examples" / "pilot-to-sign.yaml")
    new = with_value(spec, "FE-05", "success_delta_points", 40)
    made = amend(spec, new, catalog(), effective=dt.date(2027, 6, 1), reason=WHY)
    (fact,) = made.contract.confirmations
    assert fact.fact == "FE-05.success_delta_points"
    (section,) = [clause for clause in made.contract.clauses if clause.number == fact.number]
    assert section.anchor == fact.target
    (said,) = [sentence for sentence in made.sentences() if "[CONFIRM: " in sentence]
    assert said.endswith("the words “35 points” are replaced by “[CONFIRM: 40 points]”.")
    (told,) = [item for item in made.instructions if item.instance == "FE-05"]
    assert (told.old, told.new) == ("35 points", "40 points")
    text = visible_text(xml_of(made.to_bytes(), "word/document.xml"))
    assert "[CONFIRM: 40 points]" in text
    assert "values below stand in brackets in the text. Each" in text


def test_a_value_that_only_waits_to_be_confirmed_again_is_no_change() -> None:
    """A renewal sets the confirmations aside: the first page lists what must be asked again, each fact once."""
    spec = load_spec(ROOT / "examples" / "pilot-to-sign.yaml")
    waiting = spec.model_copy(update={"confirmations": ()})
    new = with_value(waiting, "FE-04", "caseload_cap", 60)
    for old in (spec, waiting):
        made = amend(old, new, catalog(), effective=dt.date(2027, 6, 1), reason=WHY)
        assert [(item.old, item.new) for item in made.instructions] == [("65 Clients", "60 Clients")]
        facts = [item.fact for item in made.contract.confirmations]
        assert sorted(facts) == sorted({item.fact for item in spec.confirmations})
        assert {item.target for item in made.contract.confirmations} == {""}
        text = visible_text(xml_of(made.to_bytes(), "word/document.xml"))
        assert "[CONFIRM: " not in text
        assert text.count("The rise in a credit score, in points, that counts as a result.") == 1
        assert "Agreement, Section 3.3" in text
    assert {item["stands_in"] for item in made.to_dict()["to_confirm"]} == {"agreement"}
    with pytest.raises(RefusedError, match="AMEND010"):
        amend(spec, waiting, catalog(), effective=dt.date(2027, 6, 1), reason=WHY)


def with_value(spec: Spec, clause: str, name: str, value: object) -> Spec:
    """Return the spec with one value of a clause."""
    given = {**spec.clauses.parameters, clause: {**spec.clauses.parameters.get(clause, {}), name: value}}
    return spec.model_copy(update={"clauses": spec.clauses.model_copy(update={"parameters": given})})


def test_every_character_comes_from_the_librarys_wording_or_from_what_the_contract_says() -> None:
    file = ROOT / "clause_library" / "instruments" / "amendment" / "1.0.0.yaml"
    library = folded(file.read_text(encoding="utf-8").replace('\\"', '"'))
    clauses = folded(
        " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "clause_library").glob("clauses/*/*/*.md"))
    )
    contract = folded(" ".join([*lines_of(aurora().old), *lines_of(aurora().new), *map(" ".join, aurora().new.cover)]))
    for clause in aurora().contract.clauses:
        for text in [*clause.title, *(text for block in clause.blocks for text in texts_of(block))]:
            assert isinstance(text, Text)
            kind, source, words = text.origin.kind, text.origin.source, folded(text.text)
            if kind is OriginKind.WORDING and source == "amendment@1.0.0":
                assert words.strip() in library, words
            elif kind is OriginKind.WORDING:
                assert words.strip() in clauses, words
            elif kind is OriginKind.STRUCTURE:
                assert text.text in STRUCTURE.values() or re.fullmatch(r"[\w.() \N{BULLET}]+", text.text), words
            else:
                name = source.partition("/")[2]
                settled = {"number", "effective", "reason", "difference", "earlier", "place", "table", "label"}
                assert name in settled or words.strip() in contract, (name, words)


def test_the_file_says_what_it_amends_and_every_section_reads_as_written() -> None:
    found = inspect(aurora().to_bytes())
    assert found.manifest is not None
    record: Any = found.manifest["amendment"]
    assert (record["number"], record["effective"]) == (1, "2027-01-01")
    assert record["amends"]["pins"] == record["gives"]["pins"]
    assert record["amends"]["values"] != record["gives"]["values"]
    assert len(record["instructions"]) == len(aurora().instructions)
    assert found.clauses
    assert all(item.matches for item in found.clauses)
    assert found.notes == ()


def test_the_same_contract_is_nothing_to_amend() -> None:
    assert refused(base(), base()) == {"AMEND010"}
    assert refused(base(), changed(agency__short_name="Prosperity")) == {"AMEND010"}


def test_day_and_reason_are_asked_for() -> None:
    new = changed(term__end_date=dt.date(2027, 12, 15))
    assert refused(base(), new, effective=None, reason=" ") == {"AMEND030", "AMEND031"}


def test_another_party_is_another_contract() -> None:
    other = base().agency.model_copy(update={"legal_name": "Other Agency", "ein": "00-0000099"})
    assert "AMEND021" in refused(base(), changed(agency=other))
    assert "AMEND021" in refused(base(), changed(city__name="City of Elsewhere"))


def test_a_new_name_of_the_same_agency_is_an_amendment() -> None:
    made = amend(base(), changed(agency__legal_name="Prosperity, Inc."), catalog(), effective=DAY, reason=WHY)
    assert any(item.old and item.new == "Prosperity, Inc." for item in made.instructions)


def test_a_day_outside_the_contract_is_refused() -> None:
    new = changed(services__sites=("Another site",))
    assert refused(base(), new, effective=dt.date(2026, 6, 30)) == {"AMEND033"}
    assert refused(base(), new, effective=dt.date(2028, 1, 1)) == {"AMEND033"}


def test_what_is_wrong_with_the_change_refuses_it() -> None:
    codes = refused(base(), changed(total_amount=base().total_amount + 1))
    assert codes
    assert not any(code.startswith("AMEND") for code in codes)


def test_numbers_follow_the_record_and_earlier_amendments_are_named() -> None:
    first = load_spec(AURORA / "amended.yaml")
    second = first.model_copy(
        update={"services": first.services.model_copy(update={"sites": ("Financial Empowerment Center", "Library")})}
    )
    made = amend(first, second, catalog(), effective=dt.date(2027, 3, 1), reason=WHY)
    assert made.number == 2
    assert any("amended before by Amendment No. 1 of January 1, 2027" in line for line in made.sentences())
    assert refused(first, second, number=1, effective=dt.date(2027, 3, 1)) == {"AMEND032"}
    skipped = amend(first, second, catalog(), number=4, effective=dt.date(2026, 12, 1), reason=WHY)
    assert {"AMEND034", "AMEND035"} <= {item.code for item in skipped.findings}


def test_a_record_that_was_rewritten_is_refused() -> None:
    first = load_spec(AURORA / "amended.yaml")
    (record,) = first.contract.amendments
    other = record.model_copy(update={"reason": "Something else."})
    new = first.model_copy(update={"contract": first.contract.model_copy(update={"amendments": (other,)})})
    assert "AMEND032" in refused(first, new, effective=dt.date(2027, 3, 1))


def test_the_agency_gets_its_days_to_read() -> None:
    (note,) = [item for item in aurora().findings if item.code == "AMEND040"]
    assert "Section 9.5 gives the agency 10 calendar days" in note.message


def test_a_library_without_the_wording_of_amendments_is_named(library: Path) -> None:
    from tests.cli.small import SPEC

    folder = library.parent / "specs"
    folder.mkdir(exist_ok=True)
    (folder / "old.yaml").write_text(SPEC, encoding="utf-8")
    (folder / "new.yaml").write_text(SPEC.replace("60000", "61000"), encoding="utf-8")
    with pytest.raises(ClauseNotInForceError, match="no instruments/amendment"):
        amend(folder / "old.yaml", folder / "new.yaml", load_catalog(library), effective=DAY, reason=WHY)


def test_an_older_library_under_the_contract_in_force_gives_the_reason_of_each_new_version() -> None:
    spec = load_spec(ROOT / "examples" / "pilot-to-sign.yaml")
    new = spec.model_copy(update={"services": spec.services.model_copy(update={"sites": ("One shelter",)})})
    made = amend(spec, new, catalog(), old_catalog=load_catalog(), effective=dt.date(2027, 6, 1), reason=WHY)
    text = " ".join(made.sentences())
    assert "This section has a new version, for this reason: The City Council wanted" in text
    assert "The following is added after Section 3.6" in text
    assert "is renumbered accordingly" in text
    quoted = [
        plain_text(block.inlines)
        for clause in made.contract.clauses
        for block in clause.blocks
        if isinstance(block, Paragraph) and not block.full_number
    ]
    assert "3.7 Counseling on the benefits cliff" in quoted


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 900_000), st.integers(0, 30), st.integers(5, 60))
def test_whatever_amount_day_or_count_changes_its_sentence_shows_both(more: int, days: int, due: int) -> None:
    spec = base()
    total = spec.total_amount + more
    end = dt.date(2027, 12, 31) - dt.timedelta(days=days)
    lines = (*spec.budget[:-1], spec.budget[-1].model_copy(update={"amount": spec.budget[-1].amount + more}))
    reports = (spec.reports[0].model_copy(update={"due_days": due}), *spec.reports[1:])
    new = changed(
        total_amount=total,
        funding=(spec.funding[0].model_copy(update={"amount": total}),),
        budget=lines,
        term__end_date=end,
        reports=reports,
    )
    try:
        made = amend(spec, new, catalog(), effective=DAY, reason=WHY)
    except RefusedError as error:
        assert not any(problem.code.startswith("AMEND") for problem in error.problems)  # noqa: PT017
        return
    text = " ".join(made.sentences())
    assert f"from $239,454.00 to ${total:,.2f}" in text
    assert layout_of(made.new).cover != layout_of(made.old).cover
    assert ("This Amendment changes the Term." in text) == (days > 0)


def test_a_rider_is_amended_in_its_own_words() -> None:
    spec = load_spec(ROOT / "examples" / "rider.yaml")
    new = spec.model_copy(update={"services": spec.services.model_copy(update={"sites": ("One shelter",)})})
    made = amend(spec, new, load_catalog(), effective=spec.contract.effective_date, reason=WHY)
    text = " ".join(made.sentences())
    assert "One shelter" in visible_text(xml_of(made.to_bytes(), "word/document.xml"))
    assert "of the Agreement allows" not in text  # what is said on amendments stands in the host contract
    assert not any(item.code == "AMEND040" for item in made.findings)


def test_a_contract_of_another_kind_is_refused() -> None:
    rider = load_spec(ROOT / "examples" / "rider.yaml")
    assert "AMEND020" in refused(base(), rider)


def test_the_officials_that_sign_by_amount_are_pointed_out() -> None:
    signers = {"GEN-05": {"signer_by_amount": [{"up_to": 50000, "signer": "Director"}, {"signer": "City Council"}]}}
    choices = base().clauses.model_copy(update={"parameters": {**base().clauses.parameters, **signers}})
    old = changed(clauses=choices)
    new = old.model_copy(update={"services": old.services.model_copy(update={"sites": ("Library",)})})
    made = amend(old, new, catalog(), effective=DAY, reason=WHY)
    assert {"AMEND040", "AMEND041"} <= {item.code for item in made.findings}


def test_a_change_that_sentences_cannot_say_is_refused_with_what_to_do_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    def unable(*_: object) -> None:
        message = "it differs in Services"
        raise Inexpressible(message)

    monkeypatch.setattr("fe_contracts.pipeline.amending.instructions_between", unable)
    assert refused(base(), changed(services__sites=("Library",))) == {"AMEND080"}


def test_the_second_amendment_of_a_renewed_contract_names_the_day_the_first_term_began(tmp_path: Path) -> None:
    """Each renewal sets the effective date of its term; what the parties signed first still took effect that day."""
    text = (ROOT / "examples" / "pilot-to-sign.yaml").read_text(encoding="utf-8")
    path, specs = tmp_path / "1.yaml", []
    path.write_text(text, encoding="utf-8")
    for number in (1, 2):
        path = renew(path, catalog()).save(tmp_path / f"{number + 1}.yaml")
        entry = f"    - {{number: {number}, effective_date: {2027 + number}-01-01, reason: The next term.}}\n"
        text = path.read_text(encoding="utf-8")
        before = "  initiative: Pathways to Stability\n" if number == 1 else "reason: The next term.}\n"
        path.write_text(
            text.replace(before, f"{before}{'  amendments:' if number == 1 else ''}\n{entry}"), encoding="utf-8"
        )
        specs.append(load_spec(path))
    made = amend(specs[0], specs[1], catalog())
    assert made.number == 2
    assert "which took effect on January 1, 2027." in made.sentences()[0]
    assert made.sentences()[1] == "1.1(b) The Agreement was amended before by Amendment No. 1 of January 1, 2028."
    assert ("Contract date", "January 1, 2027") in made.contract.cover

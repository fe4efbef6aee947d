"""Reading back provenance on whichever of its legs are left: tag, bookmark, fingerprint, manifest."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.tools import corpus
from tests.word.opened import edited, parts_of, zipped

from fe_contracts.exceptions import UnsafeFileError
from fe_contracts.word import inspect

if TYPE_CHECKING:
    from collections.abc import Callable

    from fe_contracts.document.tree import Contract

_MANIFEST = "customXml/item1.xml"


def _untag(xml: str) -> str:
    return re.sub(r"<w:tag [^>]*/>", "", xml)


def _unmark(xml: str) -> str:
    return re.sub(r"<w:bookmark(?:Start|End)[^>]*/>", "", xml)


def _uncontrolled(xml: str) -> str:
    """Drop every control and keep what stands in it, as some programs do on saving."""
    xml = re.sub(r"<w:sdtPr>.*?</w:sdtPr>", "", xml)
    return re.sub(r"</?w:sdt(?:Content)?>", "", xml)


def test_a_file_as_written_is_known_by_its_tags(written: bytes, contract: Contract) -> None:
    found = inspect(written)
    assert found.ours
    assert [(item.instance, item.version, item.exhibit) for item in found.clauses] == [
        ("FE-01", "1.0.0", ""),
        ("FE-02", "2.1.0", ""),
        ("FE-03", "", ""),
        ("FIN-01", "1.0.0", ""),
        ("FE-01", "1.0.0", "scope"),
        ("FIN-01", "1.0.0", "rates"),
    ]
    assert {item.found_by for item in found.clauses} == {"tag"}
    assert all(item.matches for item in found.clauses)
    assert found.changed == ()
    assert found.notes == ()
    assert found.manifest is not None
    assert found.manifest["engine"] == contract.manifest["engine"]


@pytest.mark.parametrize(
    ("saw", "leg"),
    [
        (_untag, "bookmark"),
        (_uncontrolled, "bookmark"),
        (lambda xml: _unmark(_untag(xml)), "fingerprint"),
        (lambda xml: _unmark(_uncontrolled(xml)), "fingerprint"),
        (_unmark, "tag"),
    ],
)
def test_a_clause_stands_on_the_legs_that_are_left(written: bytes, saw: Callable[[str], str], leg: str) -> None:
    found = inspect(edited(written, saw))
    assert [item.title for item in found.clauses] == [item.title for item in inspect(written).clauses]
    assert {item.found_by.value for item in found.clauses if item.exhibit or item.clause_id != "FIN-01"} == {leg}
    if "End_of" in saw('<w:bookmarkStart w:name="End_of_articles"/>'):
        assert {item.found_by.value for item in found.clauses} == {leg}
        assert all(item.matches for item in found.clauses)


@pytest.mark.parametrize("saw", [lambda xml: xml, _untag, _uncontrolled])
def test_an_edited_clause_is_told_apart(written: bytes, saw: Callable[[str], str]) -> None:
    document = edited(written, lambda xml: saw(xml).replace("within 30 days", "within 90 days"))
    found = inspect(document)
    assert [item.name for item in found.changed] == ["FE-01 1.0.0"]
    assert "within 90 days" in found.changed[0].text


def test_inserted_text_counts_and_deleted_text_does_not(written: bytes) -> None:
    run = '<w:t xml:space="preserve">Follow up within 30 days.</w:t></w:r>'
    inserted = f'{run}<w:ins w:id="900" w:author="x"><w:r><w:t> More.</w:t></w:r></w:ins>'
    deleted = f'{run}<w:del w:id="900" w:author="x"><w:r><w:delText> More.</w:delText></w:r></w:del>'
    assert [item.name for item in inspect(edited(written, lambda xml: xml.replace(run, inserted))).changed]
    assert not inspect(edited(written, lambda xml: xml.replace(run, deleted))).changed


def test_a_clause_that_is_gone_is_told(written: bytes) -> None:
    begins, follows = (f'<w:sdt><w:sdtPr><w:alias w:val="{name}"/>' for name in ("FE-02 2.1.0", "FE-03"))
    document = edited(written, lambda xml: xml.partition(begins)[0] + follows + xml.partition(follows)[2])
    found = inspect(document)
    assert [(item.name, item.found_by.value) for item in found.changed] == [("FE-02 2.1.0", "nothing")]
    assert [note.code for note in found.notes] == ["INSPECT020"]


def test_a_clause_that_came_from_elsewhere_is_told(written: bytes) -> None:
    found = inspect(edited(written, lambda xml: xml.replace('"clause:FE-02@2.1.0"', '"clause:FE-02@9.0.0"')))
    assert "clause:FE-02@9.0.0" in next(note.message for note in found.notes if note.code == "INSPECT021")


def test_values_are_read_from_their_controls(written: bytes) -> None:
    values = {item.parameter: item for item in inspect(written).values}
    assert values["FE-01/session_minutes"].texts == ("45 minutes",)
    assert values["FE-02/points"].texts == ("[CONFIRM: 35 points]",)
    assert "$18,400.50" in values["FIN-01/budget"].texts
    changed = edited(written, lambda xml: xml.replace("45 minutes", "20 minutes"))
    assert {item.parameter: item.texts for item in inspect(changed).values}["FE-01/session_minutes"] == ("20 minutes",)


def test_values_without_controls_are_those_of_the_manifest(written: bytes) -> None:
    values = inspect(edited(written, _untag)).values
    assert [(item.parameter, item.texts, item.found_by.value) for item in values] == [
        ("FE-01/session_minutes", ("45 minutes",), "manifest")
    ]


@pytest.mark.parametrize("text", ["", "no json", "[]", "[" * 90_000])
def test_a_manifest_that_cannot_be_read_is_told_and_tags_still_speak(written: bytes, text: str) -> None:
    parts = parts_of(written)
    parts[_MANIFEST] = f'<manifest xmlns="urn:fe-contracts:manifest:1">{text}</manifest>'.encode()
    found = inspect(zipped(parts))
    assert found.manifest is None
    assert [note.code for note in found.notes] == ["INSPECT011"]
    assert ("FE-02", "2.1.0") in {(item.instance, item.version) for item in found.clauses}
    assert {item.matches for item in found.clauses} == {None}
    assert ("scope", "part") in {(item.exhibit, "part") for item in found.clauses}


def test_a_file_without_manifest_is_read_against_the_one_that_was_kept(written: bytes) -> None:
    kept = inspect(written).manifest
    bare = zipped({name: data for name, data in parts_of(edited(written, _untag)).items() if name != _MANIFEST})
    assert inspect(bare).clauses == ()
    assert all(item.matches for item in inspect(bare, manifest=kept).clauses)


@pytest.mark.parametrize("fingerprints", [None, {}, [1, "x", {}], [{"tag": 1, "instance": None}]])
def test_a_manifest_with_nonsense_in_it_does_no_harm(written: bytes, fingerprints: object) -> None:
    parts = parts_of(written)
    record = json.dumps({"fingerprints": fingerprints, "values": [1]})
    parts[_MANIFEST] = f'<manifest xmlns="urn:fe-contracts:manifest:1">{record}</manifest>'.encode()
    assert inspect(zipped(parts)).manifest is not None


def test_the_inspection_is_plain_data(written: bytes) -> None:
    data = json.loads(json.dumps(inspect(written).to_dict()))
    assert data["ours"] is True
    assert data["changed"] == []
    assert data["clauses"][0] == {
        "instance": "FE-01",
        "clause": "FE-01",
        "version": "1.0.0",
        "exhibit": None,
        "title": "Services & scope",
        "found_by": "tag",
        "matches": True,
    }


def test_a_file_of_somebody_else_is_not_ours() -> None:
    found = inspect(corpus("odd-files") / "hello-world-unsigned.docx")
    assert not found.ours
    assert [note.code for note in found.notes] == ["INSPECT010"]
    assert found.to_dict()["manifest"] is None


def test_every_contract_of_the_corpus_can_be_inspected() -> None:
    for path in sorted(corpus("contracts").glob("*.docx"))[:6]:
        assert not inspect(path).ours


def test_an_unsafe_file_is_refused() -> None:
    with pytest.raises(UnsafeFileError):
        inspect(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

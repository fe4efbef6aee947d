"""Files from outside: what is refused before a parser sees it, what is named, and what is read."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from tests.tools import corpus
from tests.word.opened import edited, parts_of, zipped

from fe_contracts.exceptions import FEContractsError, SourceError, UnsafeFileError
from fe_contracts.word import Limits, read_package

if TYPE_CHECKING:
    from pathlib import Path


_LINK = '<Relationship Id="rX" Type="http://x/{kind}" Target="{target}" TargetMode="External"/></Relationships>'


def _codes(document: bytes, limits: Limits | None = None) -> set[str]:
    with pytest.raises(UnsafeFileError) as caught:
        read_package(document, limits=limits)
    assert all(problem.remedy for problem in caught.value.problems)
    return {problem.code for problem in caught.value.problems}


def test_our_own_file_is_read_whole(written: bytes) -> None:
    package = read_package(written, strict=True)
    assert dict(package.parts) == parts_of(written)
    assert package.main == "word/document.xml"
    assert package.notes == ()


def test_a_missing_file_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="FILE001"):
        read_package(tmp_path / "missing.docx")


def test_a_bomb_is_refused_before_it_goes_off(written: bytes) -> None:
    bomb = zipped({**parts_of(written), "word/media/big.xml": b"<a>" + b" " * 40_000_000 + b"</a>"})
    assert len(bomb) < 100_000
    assert _codes(bomb) == {"FILE019"}


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file_bytes=100), "FILE010"),
        (Limits(members=3), "FILE014"),
        (Limits(total_bytes=1000), "FILE015"),
        (Limits(part_bytes=100), "FILE018"),
        (Limits(ratio=2, ratio_from=1000), "FILE019"),
        (Limits(depth=1), "FILE016"),
        (Limits(name_length=5), "FILE016"),
    ],
)
def test_each_limit_holds(written: bytes, limits: Limits, code: str) -> None:
    assert code in _codes(written, limits)


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../outside.xml", "word/../../x", "C:/x", "word\\x.xml", "WORD/Document.XML"]
)
def test_crafted_names_are_refused(written: bytes, name: str) -> None:
    assert _codes(zipped({**parts_of(written), name: b"<x/>"})) == {"FILE016"}


def test_a_part_that_stands_twice_is_refused(written: bytes) -> None:
    target = BytesIO(zipped(parts_of(written)))
    with zipfile.ZipFile(target, "a") as box, pytest.warns(UserWarning, match="Duplicate name"):
        box.writestr("word/document.xml", b"<x/>")
    assert _codes(target.getvalue()) == {"FILE016"}


def test_an_encrypted_part_is_refused(written: bytes) -> None:
    data = bytearray(written)
    place = data.rindex(b"PK\x01\x02")
    struct.pack_into("<H", data, place + 8, 0x0801)
    assert "FILE017" in _codes(bytes(data))


def test_a_part_with_a_wrong_checksum_is_refused(written: bytes) -> None:
    data = bytearray(written)
    place = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, place + 16, 1)
    assert "FILE020" in _codes(bytes(data))


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "utf-16-be"])
def test_a_doctype_is_refused_in_every_encoding(written: bytes, code: str) -> None:
    xml = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode(code)
    assert "FILE021" in _codes(zipped({**parts_of(written), "customXml/item9.xml": xml}))


def test_an_encoding_that_hides_a_doctype_is_refused(written: bytes) -> None:
    ebcdic = '<?xml version="1.0" encoding="cp037"?><!DOCTYPE x><x/>'.encode("cp037")
    assert "FILE022" in _codes(zipped({**parts_of(written), "customXml/item9.xml": ebcdic}))
    named = b'<?xml version="1.0" encoding="utf-7"?><x/>'
    assert "FILE022" in _codes(zipped({**parts_of(written), "customXml/item9.xml": named}))


def test_a_spreadsheet_is_no_word_file(written: bytes) -> None:
    kind = "wordprocessingml.document.main+xml"
    document = edited(written, lambda xml: xml.replace(kind, "spreadsheetml.sheet.main+xml"), "[Content_Types].xml")
    assert _codes(document) == {"FILE024"}


def test_a_part_that_is_not_well_formed_is_refused_when_it_is_opened(written: bytes) -> None:
    package = read_package(zipped({**parts_of(written), "word/document.xml": b"<w:document"}))
    with pytest.raises(UnsafeFileError, match="FILE050"):
        package.xml(package.main)


def test_macros_links_and_objects_are_named_and_refused_where_it_matters(written: bytes) -> None:
    link = _LINK.format(kind="oleObject", target="file:///c:/x.xls")
    document = edited(written, lambda xml: xml.replace("</Relationships>", link), "word/_rels/document.xml.rels")
    document = zipped({**parts_of(document), "word/vbaProject.bin": b"x", "word/embeddings/a.bin": b"x"})
    notes = read_package(document).notes
    assert [note.code for note in notes] == ["FILE031", "FILE032", "FILE030"]
    assert "file:///c:/x.xls" in notes[0].message
    with pytest.raises(UnsafeFileError, match="FILE031"):
        read_package(document, strict=True)


def test_a_link_to_a_page_is_no_danger(written: bytes) -> None:
    link = _LINK.format(kind="hyperlink", target="https://example.org")
    document = edited(written, lambda xml: xml.replace("</Relationships>", link), "word/_rels/document.xml.rels")
    assert read_package(document, strict=True).notes == ()


@pytest.mark.parametrize("name", ["61787.docx", "Bug66988.docx", "WordWithAttachments.docx", "zero-length.docx"])
def test_odd_but_sound_files_are_read(name: str) -> None:
    assert read_package(corpus("odd-files") / name).main == "word/document.xml"


def test_every_odd_file_is_read_or_refused_and_never_a_crash() -> None:
    refused = {}
    for path in sorted(corpus("odd-files").iterdir()):
        try:
            package = read_package(path)
            for part in package.parts:
                if part.endswith((".xml", ".rels")):
                    package.xml(part)
        except FEContractsError as error:
            refused[path.name] = str(error)
    assert "encrypted or a legacy .doc" in refused["bug53475-password-is-solrcell.docx"]
    assert "FILE013" in refused["truncated62886.docx"]
    assert "437 times its size" in refused["poc-xmlbomb-empty.xlsx"]
    assert "hello-world-unsigned.docx" not in refused

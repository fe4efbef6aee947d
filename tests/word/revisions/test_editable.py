"""A Word file whose parts may be changed."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from tests.tools import corpus
from tests.word.revisions.documents import p, package, r, zipped

from fe_contracts.exceptions import SourceError, UnsafeFileError
from fe_contracts.word.revisions.editable import EditablePackage, Relation
from fe_contracts.word.xml import OFFICE_REL, w

if TYPE_CHECKING:
    from pathlib import Path

IMAGE = f"{OFFICE_REL}/image"


@pytest.fixture
def document() -> EditablePackage:
    parts = {"header": p(), "footnotes": "<w:footnote/>", "comments": "", "styles": ""}
    return EditablePackage.open(package(p(r("a")), parts), name="a.docx")


def again(document: EditablePackage) -> EditablePackage:
    return EditablePackage.open(document.to_bytes())


def test_a_file_that_is_not_touched_comes_back_with_every_part_equal(document: EditablePackage) -> None:
    document.tree("word/header.xml").append(document.tree("word/header.xml").makeelement(w("p")))  # not touched
    assert dict(again(document).parts) == dict(document.parts)
    assert document.to_bytes() == again(document).to_bytes()


def test_what_is_touched_is_written_back_and_nothing_else(document: EditablePackage) -> None:
    next(document.tree(document.main).iter(w("t"))).text = "ä & b"
    document.touch(document.main)
    written = again(document)
    assert "ä &amp; b".encode() in written.parts[document.main]
    assert written.parts[document.main].startswith(b"<?xml")
    assert [name for name in written.parts if written.parts[name] != document.parts[name]] == [document.main]


def test_untouched_parts_are_copied_as_they_were_packed() -> None:
    source = package(p(r("a" * 5000)))
    with zipfile.ZipFile(BytesIO(source)) as box:
        sizes = {info.filename: info.compress_size for info in box.infolist()}
    with zipfile.ZipFile(BytesIO(EditablePackage.open(source).to_bytes())) as box:
        assert {info.filename: info.compress_size for info in box.infolist()} == sizes
        assert box.testzip() is None


def test_parts_that_were_stored_unpacked_come_back_too() -> None:
    files = dict(EditablePackage.open(package(p())).parts)
    stored = EditablePackage.open(zipped(files, zipfile.ZIP_STORED))
    assert dict(again(stored).parts) == files


def test_the_stories_and_what_is_related(document: EditablePackage) -> None:
    assert document.stories() == ["word/document.xml", "word/header.xml", "word/footnotes.xml"]
    assert document.comments() == "word/comments.xml"
    assert document.related(document.main, "styles") == "word/styles.xml"
    assert document.related(document.main, "numbering") is None
    assert document.relations("word/header.xml") == {}


def test_a_relationship_is_made_once_and_kept(document: EditablePackage) -> None:
    document.add_part("word/media/image1.png", b"png", "image/png")
    made = document.relate("word/header.xml", "image", "word/media/image1.png")
    assert document.relate("word/header.xml", IMAGE, "word/media/image1.png") == made
    outside = document.relate("word/header.xml", "hyperlink", "https://example.org/?a=1&b", external=True)
    assert made != outside
    written = again(document)
    assert written.relations("word/header.xml") == {
        made: Relation(made, IMAGE, "word/media/image1.png", external=False),
        outside: Relation(outside, f"{OFFICE_REL}/hyperlink", "https://example.org/?a=1&b", external=True),
    }
    assert b'Target="media/image1.png"' in written.parts["word/_rels/header.xml.rels"]


def test_new_parts_have_their_type_and_a_free_name(document: EditablePackage) -> None:
    assert document.free_name("word/header{}.xml") == "word/header1.xml"
    document.add_part("word/header1.xml", b"<a/>", "application/x-a")
    document.add_part("word/plain.xml", b"<a/>", "application/xml")  # the default for its extension
    written = again(document)
    assert written.content_type("word/header1.xml") == "application/x-a"
    assert written.content_type("word/plain.xml") == "application/xml"
    assert b"plain.xml" not in written.parts["[Content_Types].xml"]
    assert written.content_type("word/none.bin") == ""
    assert document.free_name("word/Header{}.xml") == "word/Header2.xml"
    with pytest.raises(ValueError, match=r"'word/HEADER1.xml' is there already"):
        document.add_part("word/HEADER1.xml", b"", "")


def test_part_names_differ_by_more_than_their_case() -> None:
    files = dict(EditablePackage.open(package(p(), {"styles": ""})).parts)
    files["word/Styles.xml"] = files.pop("word/styles.xml")
    assert EditablePackage.open(zipped(files)).related("word/document.xml", "styles") == "word/Styles.xml"


def replaced(old: str, new: str) -> bytes:
    files = dict(EditablePackage.open(package(p())).parts)
    files["word/document.xml"] = files["word/document.xml"].decode().replace(old, new).encode()
    return zipped(files)


def test_strict_files_and_other_roots_are_refused_by_name() -> None:
    strict = replaced(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    with pytest.raises(UnsafeFileError, match=r"FILE025.*strict Open XML"):
        EditablePackage.open(strict)
    with pytest.raises(UnsafeFileError, match=r"FILE026.*'glossaryDocument'"):
        EditablePackage.open(replaced("w:document", "w:glossaryDocument"))
    with pytest.raises(UnsafeFileError, match="FILE050"):
        EditablePackage.open(replaced("</w:body>", ""))


def test_files_are_read_by_their_path_and_named_so(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(package(p()))
    assert EditablePackage.open(path).name == EditablePackage.open(str(path)).name == str(path)
    assert EditablePackage.open(path, name="mine").name == "mine"
    assert repr(EditablePackage.open(path, name="mine")) == "EditablePackage('mine', 4 parts, 0 touched)"
    with pytest.raises(SourceError, match="FILE001"):
        EditablePackage.open(tmp_path / "none.docx")


def test_all_word_files_of_the_corpus_come_back_whole() -> None:
    opened = 0
    for path in sorted(corpus("odd-files").parent.glob("*/**/*.docx")):
        try:
            document = EditablePackage.open(path)
        except UnsafeFileError:
            continue
        opened += 1
        assert dict(again(document).parts) == dict(document.parts), path
    assert opened > 100

"""What stands outside the clauses is compared too: the cover, and who signs."""

from __future__ import annotations

from pathlib import Path

import pytest

from fe_contracts import assemble, compare_contracts, load_catalog, load_spec
from fe_contracts.word.revisions import EditablePackage
from fe_contracts.word.xml import w

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    catalog = load_catalog(EXAMPLES / "exampleton")
    path = tmp_path_factory.mktemp("signed") / "signed.docx"
    return assemble(load_spec(EXAMPLES / "pilot-to-sign.yaml"), catalog).save(path)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("$260,000.00", "$999,000.00", "Cover and first pages"),
        ("December 31, 2027", "December 31, 2030", "Cover and first pages"),
        ("Thomas Bellweather", "Somebody Else", "Signature page"),
    ],
)
def test_a_change_on_a_page_outside_the_clauses_is_told(
    signed: Path, tmp_path: Path, old: str, new: str, place: str
) -> None:
    package = EditablePackage.open(signed)
    texts = [text for text in package.tree(package.main).iter(w("t")) if old in (text.text or "")]
    text = texts[-1] if place.startswith("Signature") else texts[0]
    text.text = (text.text or "").replace(old, new)
    package.touch(package.main)
    edited = tmp_path / "edited.docx"
    edited.write_bytes(package.to_bytes())
    catalog = load_catalog(EXAMPLES / "exampleton")
    told = [change for change in compare_contracts(signed, edited, catalog=catalog).changes if change.place == place]
    assert [(old in change.old, new in change.new) for change in told] == [(True, True)]
    assert not compare_contracts(signed, signed, catalog=catalog).changes

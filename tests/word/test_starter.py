"""The house styles that the library brings: made by the program, legible, and clean inside."""

from __future__ import annotations

import hashlib
import itertools
from typing import TYPE_CHECKING

import pytest
from tests.word.opened import parts_of, visible_text, xml_of

from fe_contracts.sources import bundled
from fe_contracts.word import lint, load_house_style, starter_house_style
from fe_contracts.word.looks import LOOKS, Look
from fe_contracts.word.xml import w

if TYPE_CHECKING:
    from fe_contracts.word.looks import LookName

_WHITE = "FFFFFF"


def _luminance(color: str) -> float:
    channels = [int(color[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_guideline_does() -> None:
    assert _contrast("000000", _WHITE) == pytest.approx(21)
    assert _contrast("777777", _WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.name)
def test_every_text_can_be_read_on_its_ground(look: Look) -> None:
    pairs = [
        (look.ink, _WHITE),
        (look.quiet, _WHITE),
        (look.on_band, look.band),
        ("9B1C1C", _WHITE),
        ("000000", "FFF2B3"),
    ]
    pairs.append(("0B4F8A", _WHITE))
    assert min(itertools.starmap(_contrast, pairs)) >= 4.5


def test_the_file_in_the_library_is_what_the_program_makes(look: LookName) -> None:
    on_disk = (bundled("clause_library") / "house_style" / f"{look}.docx").read_bytes()
    made = starter_house_style(look)
    digests = [
        {name: hashlib.sha256(content).hexdigest() for name, content in parts_of(document).items()}
        for document in (on_disk, made)
    ]
    command = f"fe-contracts house-style new clause_library/house_style/{look}.docx --look {look} --force"
    assert digests[0] == digests[1], f"Run: {command}"


def test_a_starter_can_be_used_as_it_is(look: LookName) -> None:
    style = load_house_style(starter_house_style(look))
    assert style.lent == ()
    assert style.text_width > 9000


def test_the_looks_differ_in_more_than_colour() -> None:
    plain, civic = (parts_of(starter_house_style(look)) for look in ("plain", "civic"))
    for part in ("word/document.xml", "word/styles.xml", "word/header_default.xml", "word/footer_default.xml"):
        assert plain[part] != civic[part]
    texts = [visible_text(xml_of(starter_house_style(look), "word/header_default.xml")) for look in ("plain", "civic")]
    assert "{{ contract.title }}" in texts[0]
    assert "{{ contract.id }}" in texts[1]


def test_nothing_is_left_over_inside(look: LookName) -> None:
    names = set(parts_of(starter_house_style(look)))
    assert not any("customXml" in name or "stylesWithEffects" in name for name in names)
    assert lint(starter_house_style(look)) == ()


def test_a_style_is_defined_once_and_based_on_one_that_there_is(look: LookName) -> None:
    styles = xml_of(starter_house_style(look), "word/styles.xml")
    ids = [item.get(w("styleId")) for item in styles.iter(w("style"))]
    assert len(ids) == len(set(ids))
    for tag in ("basedOn", "next"):
        assert {item.get(w("val")) for item in styles.iter(w(tag))} <= set(ids)
    used = {item.get(w("val")) for item in xml_of(starter_house_style(look)).iter(w("pStyle"), w("rStyle"))}
    assert used <= set(ids)

"""A deleted paragraph keeps the list that it had: the same definition, and never one that another list counts on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.word.revisions.carried import PNG, Sides, picture, sides

from fe_contracts.word.revisions.carrying_definitions import digest
from fe_contracts.word.xml import OFFICE_REL, w

_VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'


def _abstract(number: int, text: str = "%1.", extra: str = "", nsid: str = "0000000A") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{nsid}"/>{extra}'
        f'<w:lvl w:ilvl="0"><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
    )


def _num(number: int, abstract: int, extra: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{extra}</w:num>'


def _uses(*numbers: int) -> str:
    return "".join(f'<w:p><w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr></w:p>' for number in numbers)


def _lists(both: Sides) -> dict[str, str]:
    """Return the level texts of the lists of the new document, written and read again."""
    again = both.again()
    part = again.related(again.main, "numbering")
    if part is None:
        return {}
    abstracts = {item.get(w("abstractNumId")): item for item in again.tree(part).iter(w("abstractNum"))}
    return {
        num.get(w("numId"), ""): " ".join(
            item.get(w("val"), "") for item in abstracts[num[0].get(w("val"))].iter(w("lvlText"))
        )
        for num in again.tree(part).iter(w("num"))
    }


def test_a_list_that_says_the_same_keeps_its_id() -> None:
    old = _abstract(0, nsid="0000000B") + _num(1, 0)
    both = sides({"numbering": old}, {"numbering": _abstract(5) + _num(1, 5)}, _uses(1))
    assert both.carrier.numbering("1") == both.carrier.numbering_match("1") == "1"
    assert both.new._touched == set()


def test_no_list_stays_no_list() -> None:
    both = sides()
    assert (both.carrier.numbering("0"), both.carrier.numbering_match("0")) == ("0", "0")


def test_a_list_is_found_under_another_id() -> None:
    both = sides(
        {"numbering": _abstract(0) + _num(1, 0)},
        {"numbering": _abstract(0, "(%1)") + _abstract(1) + _num(1, 0) + _num(2, 1)},
        _uses(1),
    )
    assert both.carrier.numbering("1") == "2"
    assert both.new._touched == set()


def test_two_lists_that_say_the_same_do_not_become_one() -> None:
    both = sides(
        {"numbering": _abstract(0) + _abstract(1) + _num(1, 0) + _num(2, 1)},
        {"numbering": _abstract(0) + _num(7, 0)},
        _uses(2, 1),
    )
    assert both.carrier.numbering("2") == "7"
    assert both.carrier.numbering("1") == "1"
    assert _lists(both) == {"7": "%1.", "1": "%1."}


def test_a_missing_list_comes_under_its_id_into_a_part_made_for_it() -> None:
    both = sides({"numbering": _abstract(0, "(%1)") + _num(3, 0)}, None, _uses(3))
    assert both.carrier.numbering("3") == "3"
    assert _lists(both) == {"3": "(%1)"}


def test_another_list_under_the_same_id_is_not_disturbed() -> None:
    both = sides(
        {"numbering": _abstract(0, "old") + _num(1, 0)}, {"numbering": _abstract(0, "new") + _num(1, 0)}, _uses(1)
    )
    assert both.carrier.numbering_changed() == {"1"}
    assert both.carrier.numbering_match("1") is None
    assert both.carrier.numbering("1") == "2"
    assert _lists(both) == {"1": "new", "2": "old"}
    assert both.carrier.notes == []


def test_a_list_whose_definition_changed_throughout_is_kept_when_asked() -> None:
    both = sides(
        {"numbering": _abstract(0, "old") + _num(1, 0)}, {"numbering": _abstract(0, "new") + _num(1, 0)}, _uses(1)
    )
    both.carrier.numbering_kept |= {"1"}
    assert both.carrier.numbering("1") == "1"
    assert both.codes() == ["REDLINE023"]
    assert _lists(both) == {"1": "new"}


def test_what_a_list_overrides_makes_a_difference() -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    both = sides({"numbering": _abstract(0) + _num(1, 0, start)}, {"numbering": _abstract(0) + _num(1, 0)}, _uses(1))
    made = both.carrier.numbering("1")
    root = both.again().tree("word/numbering.xml")
    (carried,) = (item for item in root.iter(w("num")) if item.get(w("numId")) == made)
    assert made == "2"
    assert next(carried.iter(w("startOverride"))).get(w("val")) == "5"


def test_lists_that_count_on_together_still_do() -> None:
    both = sides({"numbering": _abstract(0, "old") + _num(1, 0) + _num(2, 0)}, {"numbering": ""}, _uses(1, 2))
    assert [both.carrier.numbering("1"), both.carrier.numbering("2")] == ["1", "2"]
    root = both.again().tree("word/numbering.xml")
    assert len(list(root.iter(w("abstractNum")))) == 1


def test_definitions_stand_before_lists_and_marks_are_their_own() -> None:
    new = _abstract(0, "new") + _num(1, 0) + '<w:numIdMacAtCleanup w:val="1"/>'
    both = sides({"numbering": _abstract(0, "old") + _num(1, 0)}, {"numbering": new}, _uses(1))
    both.carrier.numbering("1")
    root = both.again().tree("word/numbering.xml")
    order = [etree.QName(item).localname for item in root]
    assert order == ["abstractNum", "abstractNum", "num", "num", "numIdMacAtCleanup"]
    marks = [item.get(w("val"), "") for item in root.iter(w("nsid"))]
    assert len(set(marks)) == 2
    assert all(len(mark) == 8 and int(mark, 16) >= 0 for mark in marks)


def test_a_list_style_is_carried_with_its_levels() -> None:
    style = (
        '<w:style w:type="numbering" w:styleId="LS"><w:name w:val="LS"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="LS"/></w:abstractNum>'
        + _abstract(1, "styled", '<w:styleLink w:val="LS"/>')
        + _num(1, 0)
        + _num(2, 1)
    )
    both = sides({"numbering": numbering, "styles": style}, {"numbering": "", "styles": ""}, _uses(1))
    both.carrier.numbering("1")
    assert _lists(both)["1"] == "styled"


def test_a_level_lets_go_of_a_style_of_the_new_document() -> None:
    style = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="H"/></w:style>'
    numbering = _abstract(0, "old").replace("<w:lvlText", '<w:pStyle w:val="H"/><w:lvlText') + _num(1, 0)
    both = sides({"numbering": numbering, "styles": style}, {"numbering": "", "styles": style}, _uses(1))
    both.carrier.numbering("1")
    assert not list(both.again().tree("word/numbering.xml").iter(w("pStyle")))


def test_a_picture_before_list_items_comes_along() -> None:
    bullet = f'<w:numPicBullet w:numPicBulletId="0"><w:pict {_VML}><v:imagedata r:id="rId1"/></w:pict></w:numPicBullet>'
    numbering = bullet + _abstract(0, "*").replace("</w:lvl>", '<w:lvlPicBulletId w:val="0"/></w:lvl>') + _num(1, 0)
    both = sides({"numbering": numbering}, {"numbering": numbering}, _uses(1))
    for document, data in ((both.old, PNG), (both.new, PNG + b"2")):
        picture(document, data)
        assert document.relate("word/numbering.xml", "image", "word/media/image1.png") == "rId1"
    assert both.carrier.numbering("1") == "2"
    again = both.again()
    root = again.tree("word/numbering.xml")
    assert [etree.QName(item).localname for item in root][:2] == ["numPicBullet", "numPicBullet"]
    carried = next(item for item in root if item.get(w("numPicBulletId")) == "1")
    shown = again.relations("word/numbering.xml")[carried[0][0].get(f"{{{OFFICE_REL}}}id", "")]
    assert again.parts[shown.target] == PNG
    assert [item.get(w("val")) for item in root.iter(w("lvlPicBulletId"))] == ["0", "1"]


def test_a_list_that_nobody_defines_stays_without_definition() -> None:
    both = sides({"numbering": ""}, {"numbering": _abstract(0) + _num(1, 0)}, _uses(1, 9))
    assert both.carrier.numbering("9") == "9"
    assert both.carrier.numbering("1") not in {"0", "1", "9"}
    assert _lists(both) == {"1": "%1."}


_TEXTS = st.lists(st.tuples(st.integers(1, 6), st.sampled_from("abc")), unique_by=lambda item: item[0], max_size=6)


@given(_TEXTS, _TEXTS, st.randoms(use_true_random=False))
def test_every_list_keeps_what_it_says_and_its_own_place(
    old: list[tuple[int, str]], new: list[tuple[int, str]], random: st.DataObject
) -> None:
    def numbering(lists: list[tuple[int, str]]) -> str:
        return "".join(_abstract(n, t) for n, t in lists) + "".join(_num(n, n) for n, _ in lists)

    used = [number for number, _ in old]
    random.shuffle(used)  # type: ignore[attr-defined]  # Hypothesis types its randoms as data
    both = sides({"numbering": numbering(old)}, {"numbering": numbering(new)}, _uses(*used))
    carried = {number: both.carrier.numbering(str(number)) for number in used}
    assert {number: both.carrier.numbering(str(number)) for number in used} == carried
    lists = _lists(both)
    assert {number: lists[made] for number, made in carried.items()} == dict(old)
    assert len(set(carried.values())) == len(carried)
    assert {number: lists[str(number)] for number, _ in new} == dict(new)


def test_digests_know_no_ids() -> None:
    one, two = etree.fromstring("<a id='1'><b/></a>"), etree.fromstring("<a id='2'><b/></a>")
    assert digest(one) == digest(two) != digest(etree.fromstring("<a><c/></a>"))


def test_ids_beyond_what_word_counts_are_not_counted_on() -> None:
    new = _abstract(2_000_000_000) + _num(1, 2_000_000_000) + _num(2_000_000_000, 2_000_000_000)
    both = sides({"numbering": _abstract(0, "old") + _num(1, 0)}, {"numbering": new}, _uses(1))
    assert both.carrier.numbering("1") == "2"
    root = both.again().tree("word/numbering.xml")
    assert [item.get(w("abstractNumId")) for item in root.iter(w("abstractNum"))] == ["2000000000", "0"]


def test_a_list_style_that_leads_to_itself_ends() -> None:
    style = (
        '<w:style w:type="numbering" w:styleId="LS"><w:name w:val="LS"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    ring = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="LS"/></w:abstractNum>' + _num(1, 0)
    both = sides({"numbering": ring, "styles": style}, {"numbering": "", "styles": style}, _uses(1))
    assert both.carrier.numbering("1") == "1"
    assert _lists(both) == {"1": ""}

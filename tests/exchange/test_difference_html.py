from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.differences import HOSTILE, change, difference, empty, every_kind, hostile, many, renewal

from fe_contracts.compare.contract_changes import Affected, ContractDifference, Level, Segment, SegmentKind, Weight
from fe_contracts.exchange.difference_html import _part, _visible, difference_html

SAMPLES = [renewal, every_kind, many, hostile, empty]
VOID = {"meta", "link", "input", "br"}


class Reader(HTMLParser):
    """Reads a page strictly: every element is closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute stands twice in <{tag}>"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    @property
    def said(self) -> str:
        """Everything that a person reads on the page."""
        return "".join(text for place, text in self.texts if place not in {"style", "script", "title"})

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def inside(self, tag: str) -> list[str]:
        return [text for place, text in self.texts if place == tag]


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_page_is_well_formed_and_holds_only_its_own_style_and_script(sample: object) -> None:
    page = Reader(difference_html(sample()))  # type: ignore[operator]
    assert page.inside("style") == [_part("difference.css")]
    assert page.inside("script") == [_part("difference.js")]
    for tag, attributes in page.elements:
        assert tag not in {"img", "iframe", "object", "embed", "base", "video", "audio", "source"}
        assert not [
            name for name in attributes if name.startswith("on") or name in {"style", "src", "srcdoc", "action"}
        ]
        assert attributes.get("href", "#")[0] == "#" or attributes == {"rel": "icon", "href": "data:,"}


@pytest.mark.parametrize("sample", SAMPLES)
def test_ids_are_unique_and_everything_that_points_at_one_finds_it(sample: object) -> None:
    page = Reader(difference_html(sample()))  # type: ignore[operator]
    found = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(found) == len(set(found))
    for _, attributes in page.elements:
        for name in ("href", "aria-labelledby"):
            if name in attributes and attributes[name].lstrip("#") and not attributes[name].startswith("data:"):
                assert attributes[name].lstrip("#") in found


@pytest.mark.parametrize("sample", SAMPLES)
def test_headings_go_down_one_step_at_a_time(sample: object) -> None:
    page = Reader(difference_html(sample()))  # type: ignore[operator]
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_language_and_the_way_past_the_head_are_there() -> None:
    page = Reader(difference_html(renewal()))
    assert page.all("html") == [{"lang": "en"}]
    for landmark in ("header", "main", "nav", "footer", "h1", "title"):
        assert len(page.all(landmark)) == 1
    assert page.all("a")[0] == {"class": "skip", "href": "#changes"}
    assert "This page is no legal advice." in page.said


def test_the_policy_allows_this_style_and_this_script_and_nothing_from_anywhere() -> None:
    page = Reader(difference_html(renewal()))
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    digests = [
        "sha256-" + base64.b64encode(hashlib.sha256(page.inside(tag)[0].encode()).digest()).decode()
        for tag in ("style", "script")
    ]
    assert dict(part.strip().split(" ", 1) for part in policy.split(";")) == {
        "default-src": "'none'",
        "style-src": f"'{digests[0]}'",
        "script-src": f"'{digests[1]}'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_style_and_script_are_small_and_name_no_address() -> None:
    parts = [_part("difference.css"), _part("difference.js")]
    assert sum(len(part.encode()) for part in parts) < 25_000
    for part in parts:
        assert not re.search(r"https?:|@import|url\(|fetch|XMLHttp|import\(|Storage|cookie|innerHTML|eval\(", part)
        assert "</" not in part  # nothing in them can end the element that holds them


def test_everything_that_a_renewal_tells_stands_on_the_page() -> None:
    found = renewal()
    said = Reader(difference_html(found)).said
    for one in found.changes:
        for text in (one.what, one.title, one.old, one.new, one.reason, one.place, *one.notes, *one.stands):
            assert text in said
        for segment in one.segments:
            assert segment.text in said
    for text in (*found.summary, found.old.total, found.new.term, found.new.agency, found.new.city):
        assert text in said
    assert "Section 4.3 (was 4.2)" in said
    assert "Material: right, remedy and deadline" in said
    assert "Affects the agency, the city and clients" in said
    assert "Edited by hand" in said
    assert "Warning DIFF020:" in said
    assert "(signed.docx:3)" in said
    assert "Credit building" in said


def test_the_summary_counts_by_level_and_by_weight() -> None:
    said = Reader(difference_html(renewal())).said
    assert "9 changes: 3 clauses, 1 clause version, 1 value, 2 obligations and 2 changes of wording." in said
    assert "7 of them are material." in said


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([Weight.MONEY], "1 change: 1 value. It is material."),
        ([Weight.EDITORIAL], "1 change: 1 value. None is material."),
        ([Weight.MONEY, Weight.DATA], "2 changes: 2 values. All are material."),
        ([Weight.MONEY, Weight.EDITORIAL], "2 changes: 2 values. 1 of them is material."),
        ([Weight.EDITORIAL] * 2, "2 changes: 2 values. None is material."),
        ([], "No change."),
    ],
)
def test_the_count_is_a_sentence_for_few_and_for_many(weights: list[Weight], sentence: str) -> None:
    found = difference(*(change(number, weights=(weight,)) for number, weight in enumerate(weights, start=1)))
    assert sentence in Reader(difference_html(found)).said


def test_the_burden_is_counted_before_and_now_report_by_report() -> None:
    rows = re.sub("<[^>]*>", "|", difference_html(renewal()))
    for row in ("Reports in the whole term|5|9|+4", "Items that the reports must hold|22|20|\N{MINUS SIGN}2"):
        assert row in re.sub(r"\|+", "|", rows)
    for row in ("Savings report, in the term|0|4|+4", "Final report, in the term|1|1|0"):
        assert row in re.sub(r"\|+", "|", rows)


def test_a_difference_without_a_change_says_so_and_offers_nothing_to_filter() -> None:
    page = Reader(difference_html(empty()))
    assert "Nothing changed: the two contracts say the same." in page.said
    assert page.all("form") == []
    assert page.all("article") == []


def test_only_renumbered_sections_are_collapsed_and_counted() -> None:
    page = Reader(difference_html(renewal()))
    assert page.all("details") == [{}]
    assert "2 sections have another number and are not counted as changed for that" in page.said
    one = Reader(difference_html(difference(renumbered=renewal().renumbered[:1])))
    assert "1 section has another number and is not counted as changed for that" in one.said


def test_a_level_without_a_change_is_left_out() -> None:
    page = difference_html(difference(change(1, Level.OBLIGATION)))
    assert re.findall(r'class="level" aria-labelledby="level-(\w+)"', page) == ["obligation"]


def test_changes_stand_by_level_and_in_the_order_they_came() -> None:
    found = many(40)
    articles = [item["id"] for item in Reader(difference_html(found)).all("article")]
    assert articles == [one.id for changes in found.by_level().values() for one in changes]


@pytest.mark.parametrize(
    ("affected", "who", "said"),
    [
        ((Affected.AGENCY,), "agency", "Affects the agency"),
        ((Affected.BOTH,), "agency city", "Affects the agency and the city"),
        (
            (Affected.CLIENTS, Affected.BOTH, Affected.CITY),
            "agency city clients",
            "Affects the agency, the city and clients",
        ),
        ((), "", ""),
    ],
)
def test_what_affects_both_is_found_under_each(affected: tuple[Affected, ...], who: str, said: str) -> None:
    page = Reader(difference_html(difference(change(affected=affected))))
    assert page.all("article")[0]["data-who"] == who
    assert said in page.said
    assert ("Affects" in page.said) == bool(affected)


def test_a_title_of_ones_own_and_the_titles_it_has_otherwise() -> None:
    assert Reader(difference_html(empty(), title="Year 2 & <more>")).inside("title") == ["Year 2 & <more>"]
    assert Reader(difference_html(empty())).inside("title") == ["What changed from 2025-FE-014 to 2026-FE-031"]
    same = difference(old=empty().new)
    assert Reader(difference_html(same)).inside("title") == ["What changed in 2026-FE-031"]


def test_words_that_went_and_came_are_told_by_element_not_by_colour() -> None:
    page = Reader(difference_html(renewal()))
    assert "thirty (30) " in page.inside("del")
    assert "sixty (60) " in page.inside("ins")
    css = _part("difference.css")
    assert re.search(r"^ins \{[^}]*text-decoration: underline", css, re.MULTILINE)
    assert re.search(r"^del \{[^}]*text-decoration: line-through", css, re.MULTILINE)


def test_characters_that_nobody_sees_are_named() -> None:
    page = difference_html(difference(change(new="pay \u202e000,01$\u202c\x00\x0b\ud800\u2067")))
    assert "pay [U+202E]000,01$[U+202C][U+0000][U+000B][U+D800][U+2067]" in page
    page.encode("utf-8")  # no lone surrogate is left that could not be written


def test_marks_of_direction_that_hebrew_needs_and_joined_emoji_stay() -> None:
    text = "דוח\u200f (30)\u200e 👩🏽‍🦽\u00a0é"
    assert text in Reader(difference_html(difference(change(new=text)))).said


def test_the_same_difference_gives_the_same_page() -> None:
    assert difference_html(renewal()) == difference_html(renewal())


@given(st.text(st.characters(), max_size=60), st.text(max_size=60))
def test_any_text_is_shown_as_it_is_and_never_becomes_markup(before: str, after: str) -> None:
    segments = (Segment(SegmentKind.REMOVED, before), Segment(SegmentKind.ADDED, after))
    plain, filled = difference(change(1), change(2, Level.WORDING, segments=segments)), _filled(before, after, segments)
    first, second = Reader(difference_html(plain)), Reader(difference_html(filled))
    assert [tag for tag, _ in first.elements] == [tag for tag, _ in second.elements]
    for text in (before, after):
        assert _visible(text) in second.said


def _filled(before: str, after: str, segments: tuple[Segment, ...]) -> ContractDifference:
    """Return two changes with these texts, each with a letter so that no field is empty."""
    return difference(
        change(1, old=before + "a", new=after + "b", what=before + "c", title=after + "d", place=before + "e"),
        change(2, Level.WORDING, segments=segments, what=after),
    )


def test_hostile_values_reach_the_reader_as_text() -> None:
    said = Reader(difference_html(hostile())).said
    for text in HOSTILE:
        assert said.count(_visible(text)) >= 5


# ---- colours


def _schemes() -> dict[str, dict[str, str]]:
    """Return the colours of each scheme, by name."""
    found = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", block))
        for block in re.findall(r":root \{([^}]*)\}", _part("difference.css"))
    ]
    full = [scheme for scheme in found if "bg" in scheme]
    assert len(full) == 3
    return dict(zip(("light", "dark", "print"), full, strict=True))


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guidelines_do() -> None:
    assert _contrast("#000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(
    ("colour", "ground", "least"),
    [
        *((colour, ground, 4.5) for colour in ("text", "muted", "link") for ground in ("bg", "soft")),
        ("del", "del-bg", 4.5),
        ("ins", "ins-bg", 4.5),
        ("warn", "warn-bg", 4.5),
        ("edge", "bg", 3.0),
        ("edge", "soft", 3.0),
    ],
)
def test_every_pair_of_colours_reaches_aa(scheme: str, colour: str, ground: str, least: float) -> None:
    colours = _schemes()[scheme]
    assert _contrast(colours[colour], colours[ground]) >= least


def test_the_dark_scheme_names_every_colour_of_the_light_one() -> None:
    schemes = _schemes()
    assert set(schemes["light"]) == set(schemes["dark"]) == set(schemes["print"])


def test_where_a_value_stands_is_said_only_where_that_is_more_than_its_own_section() -> None:
    own, more = change(1, stands=("4.3",)), change(2, stands=("4.3", "A.7"))
    assert difference_html(difference(own)).count("<li>Stands in ") == 0
    assert difference_html(difference(own, more)).count("<li>Stands in ") == 1

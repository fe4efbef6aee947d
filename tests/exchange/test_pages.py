from __future__ import annotations

import base64
import hashlib

import pytest
from jinja2 import UndefinedError

from fe_contracts.exchange.pages import content_policy, page_environment, page_part, visible


def test_a_policy_names_the_style_and_the_script_by_their_digests() -> None:
    digest = base64.b64encode(hashlib.sha256(b"p {}").digest()).decode()
    policy = dict(part.strip().split(" ", 1) for part in content_policy("p {}").split(";"))
    assert policy == {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert f"script-src 'sha256-{digest}'" in content_policy("", "p {}")


def test_a_template_escapes_and_refuses_names_it_does_not_know() -> None:
    environment = page_environment()
    assert environment.from_string("{{ name }}").render(name="<b>\u202e") == "&lt;b&gt;[U+202E]"
    with pytest.raises(UndefinedError):
        environment.from_string("{{ nobody }}").render()


def test_only_texts_are_made_visible() -> None:
    assert visible("a\r\nb\x00") == "a\nb[U+0000]"
    assert visible(7) == 7


def test_a_part_has_the_line_ends_that_its_digest_is_taken_of() -> None:
    assert "\r" not in page_part("readiness.css")

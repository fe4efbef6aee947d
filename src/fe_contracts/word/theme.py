"""Draw the theme part of a starter house style: Word's colour and font menus read it, the contract's styles do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fe_contracts.word.xml import DECLARATION

if TYPE_CHECKING:
    from fe_contracts.word.looks import Look

__all__ = ["theme_xml"]

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ACCENTS: Final = ("2F6F8F", "7A8B3A", "9A5B2E", "6B4E8A", "3F7F6B", "8A3F4E")
_FILL: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE: Final = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{_FILL}<a:prstDash val="solid"/></a:ln>'
_EFFECT: Final = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def _color(name: str, value: str) -> str:
    return f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'


def _font(kind: str, font: str) -> str:
    return f'<a:{kind}Font><a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'


def theme_xml(look: Look) -> str:
    """Return the theme of a look: its ink, its rule, its fonts."""
    named = {"dk1": "000000", "lt1": "FFFFFF", "dk2": look.ink, "lt2": "EEF1F4"}
    named |= {f"accent{place}": color for place, color in enumerate((look.ink, look.rule, *_ACCENTS[:4]), start=1)}
    named |= {"hlink": "0B4F8A", "folHlink": "6B4E8A"}
    colors = "".join(_color(name, value) for name, value in named.items())
    fonts = _font("major", look.head_font) + _font("minor", look.body_font)
    shapes = (
        f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
    )
    return (
        f'{DECLARATION}<a:theme xmlns:a="{_DRAWING}" name="{look.name}"><a:themeElements>'
        f'<a:clrScheme name="{look.name}">{colors}</a:clrScheme>'
        f'<a:fontScheme name="{look.name}">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="{look.name}">{shapes}</a:fmtScheme></a:themeElements></a:theme>'
    )

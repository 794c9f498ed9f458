"""How a workbook looks: a few plain formats, each readable without its colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

TEXT, QUIET, RULE, HEAD, PANEL = "#0b0c0c", "#484b4d", "#b1b4b6", "#1d5a96", "#f3f4f5"
TWICE, STRANGER = "#e8dff5", "#dbeaf7"  # not the colours in which a workbook comes back marked
FONT = "Calibri"
CODES = {
    "id": "@",
    "text": "@",
    "list": "@",
    "free": "@",
    "date": "dd mmm yyyy",
    "count": "0",
    "number": "General",
}


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of one workbook; `cells` and `columns` by what may stand in them."""

    title: Format
    label: Format
    plain: Format
    quiet: Format
    note: Format
    heading: Format
    example: Format
    warn: Format
    cells: Mapping[str, Format]
    columns: Mapping[str, Format]
    twice: Format
    stranger: Format


def looks(book: Workbook) -> Looks:
    """The formats, made in one workbook."""

    def made(**said: Any) -> Format:
        return book.add_format(
            {"font_name": FONT, "font_size": 11, "font_color": TEXT, "valign": "top", **said}
        )

    edged = {"border": 1, "border_color": RULE}
    return Looks(
        title=made(bold=True, font_size=16, valign="vcenter"),
        label=made(bold=True),
        plain=made(text_wrap=True),
        quiet=made(font_color=QUIET, font_size=9),
        note=made(font_color=QUIET, font_size=9, text_wrap=True, valign="bottom"),
        heading=made(
            bold=True, font_color="#ffffff", bg_color=HEAD, text_wrap=True, valign="vcenter", **edged
        ),
        example=made(bg_color=PANEL, text_wrap=True, **edged),
        warn=made(bold=True, font_size=13),
        cells={kind: made(num_format=code, locked=False, **edged) for kind, code in CODES.items()},
        columns={kind: made(num_format=code, locked=False) for kind, code in CODES.items()},
        twice=book.add_format({"bg_color": TWICE, "bold": True}),
        stranger=book.add_format({"bg_color": STRANGER, "italic": True}),
    )

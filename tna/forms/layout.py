"""What each kind of workbook asks for: its sheets, their columns, and what is said of each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from tna.forms.lists import courses, roles
from tna.model import Board
from tna.sources import heads

KINDS = ("people", "headcounts", "sessions")


@dataclass(frozen=True, slots=True)
class Field:
    """A column to fill in: what it means to readers, its heading, what may stand in it, a hint and an example.

    `kind` is id, text, date, count, number, list (one of `offers`) or free (`offers` only help).
    """

    column: str
    heading: str
    kind: str
    width: int
    hint: str
    example: str | int
    offers: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to fill in: the register it is, what a row is, its columns, and those that make a row the same again.

    `among` is another sheet on which the first column must be found.
    """

    title: str
    register: str
    says: str
    unique: tuple[str, ...]
    fields: tuple[Field, ...]
    among: str = ""

    def index(self, column: str) -> int:
        """The position of a column, counted from 0."""
        return next(place for place, field in enumerate(self.fields) if field.column == column)


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of workbook for one board and agency: its title, what it asks, its sheets and the words to begin with."""

    kind: str
    board: Board
    agency: str
    as_of: date
    title: str
    about: str
    sheets: tuple[Sheet, ...]
    start: Mapping[str, Any]


@cache
def said() -> Mapping[str, Any]:
    """Everything written in forms.toml."""
    return tomllib.loads(files(__package__).joinpath("forms.toml").read_text("utf-8"))


def form(board: Board, agency: str, kind: str, as_of: date) -> Form:
    """A kind of workbook in the board's own words; columns for what the board does not have are left out."""
    words = facts(board, agency, as_of)
    own = said()[kind]
    sheets = tuple(sheet(one, board, words) for one in own["sheets"])
    titles = " and the sheet ".join(one.title for one in sheets)
    words = {**words, "sheets": titles, "about": own["about"].format(**words)}
    start = {
        key: [line.format(**words) for line in value] if isinstance(value, list) else value
        for key, value in said()["start"].items()
    }
    return Form(kind, board, agency, as_of, own["title"], words["about"], sheets, start)


def facts(board: Board, agency: str, as_of: date) -> dict[str, str]:
    """What the words in braces stand for."""
    framework = board.pack.framework
    levels = [level.label for level in framework.levels]
    return {
        "board": framework.board, "agency": agency, "level": framework.level_word, "Level": level_heading(board),
        "level_1": levels[min(1, len(levels) - 1)] if levels else "", "this": str(as_of.year), "last": str(as_of.year - 1),
        "role": next(iter(roles(board)), "Receptionist"), "course": next(iter(courses(board)), ""),
    }  # fmt: skip


def level_heading(board: Board) -> str:
    """The board's word for its levels as a heading, with "Level" before one that readers would not know."""
    word = board.pack.framework.level_word
    return word.capitalize() if heads("people", word) == "level" else f"Level ({word})"


def sheet(own: Mapping[str, Any], board: Board, words: Mapping[str, str]) -> Sheet:
    """One sheet in the board's words."""
    fields = tuple(field(one, words) for one in own["fields"])
    if not board.pack.framework.cohorts:
        fields = tuple(one for one in fields if one.offers != "cohorts")
    unique, says = tuple(own["unique"]), own["says"].format(**words)
    return Sheet(own["title"], own["register"], says, unique, fields, own.get("among", ""))


def field(own: Mapping[str, Any], words: Mapping[str, str]) -> Field:
    """One column in the board's words."""
    plain = Field(**own)
    example = plain.example.format(**words) if isinstance(plain.example, str) else plain.example
    return replace(
        plain, heading=plain.heading.format(**words), hint=plain.hint.format(**words), example=example
    )


def offered(form: Form) -> Iterator[str]:
    """The lists that a form's columns offer, each once."""
    yield from dict.fromkeys(one.offers for sheet in form.sheets for one in sheet.fields if one.offers)

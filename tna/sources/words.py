"""Reads the columns that hold one of a few fixed words, however agencies put them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import NamedTuple

from tna.names import plain, tidy
from tna.sources.texts import data, is_fault


class Said(NamedTuple):
    """What a cell says in our words, and why not when it does not: the last part of a problem's code."""

    value: str
    why: str = ""


@cache
def vocabulary(column: str) -> dict[str, str]:
    """Everything a column may say, by its loose key, to our word for it."""
    tables = tomllib.loads(data("words.toml"))
    known = {word_key(nothing): "" for nothing in tables["nothing"].get(column, ())}
    for word, synonyms in tables[column].items():
        known |= {word_key(synonym): word for synonym in [word, *synonyms]}
    return known


def word_key(text: str) -> str:
    """How fixed words are compared: letters and digits only, one space between words."""
    return " ".join(re.sub(r"[\W_]+", " ", plain(text).replace("'", "")).split())


def read_word(column: str, text: str) -> Said:
    """One of the words a column may hold; '' when nothing is stated or the word is unknown."""
    seen = tidy(text)
    if not seen:
        return Said("")
    if is_fault(seen):
        return Said("", "error-value")
    known = vocabulary(column).get(word_key(seen))
    return Said("", f"unknown-{column}") if known is None else Said(known)


def read_status(text: str) -> Said:
    """What happened; attended when nothing is stated."""
    said = read_word("status", text)
    return said if tidy(text) else Said("attended")


def read_booking(text: str) -> Said:
    """What became of a booking: a status, or that somebody came without one or waits for a place."""
    said, status = read_word("booking", text), read_word("status", text)
    return status if said.why and not status.why else said


def read_duties(text: str) -> Said:
    """The duties a cell names, sorted and joined by "|"; a known duty is kept beside an unknown one."""
    whole = read_word("duties", text)
    if not whole.why or whole.why == "error-value":
        return whole
    pieces = [
        read_word("duties", piece) for piece in re.split(r"[|;,/&+]|\band\b", tidy(text)) if piece.strip()
    ]
    why = next((piece.why for piece in pieces if piece.why), "")
    return Said("|".join(sorted({piece.value for piece in pieces if piece.value})), why)


def read_cohort(text: str) -> Said:
    """The cohorts a cell names, as written, sorted and joined by "|"."""
    seen = tidy(text)
    if is_fault(seen):
        return Said("", "error-value")
    return Said("|".join(sorted({piece.strip() for piece in re.split(r"[|;]", seen) if piece.strip()})))


def read_level(text: str) -> Said:
    """A level as an agency writes it; '' where it says that there is none to state, or draws a dash."""
    seen = tidy(text)
    if is_fault(seen):
        return Said("", "error-value")
    return Said("" if word_key(seen) in ("", *vocabulary("level")) else seen)

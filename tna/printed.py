"""Reads what boards print: the levels a cell names or begins with, and how often a course runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tna.names import NUMBERS, ROMAN, plain

NONE = frozenset({"na", "n/a", "none", "not applicable"})
NOTHING = NONE | {"", "-", "tbc"}
BETWEEN = frozenset({"-", "–", "—", "to"})
BESIDE = frozenset({"/", "&", ",", ";", "and", "or"})
WORD = r"(?:levels?|groups?|tiers?|stages?)"
UNSAID = re.compile(rf"(?:{WORD}|course|induction|only|[:.])\Z")
MARK = re.compile(r"^\s*[-•*·▪●◦–]\s+", re.MULTILINE)
PIECE = re.compile(r"\d+(?:\.\d+)?|[a-z]+|\S")
ABOVE = r"above|upwards?|up|over|higher"
UPWARD = re.compile(rf"\s*(?:\+|(?:and|or) (?:{ABOVE})\b)[\s:.]*\Z", re.IGNORECASE)
OTHERS = re.compile(rf"\s*(?:\+|(?:and|or) (?:{ABOVE}|below|under)\b)", re.IGNORECASE)
HEAD = re.compile(rf"\s*(?:(?:induction|course)\s+)*({WORD}\b)?[\s:.]*", re.IGNORECASE)
NEXT = re.compile(
    rf"(?:[ \t]*([-–—/&,]|to\b|and\b|or\b)[ \t]*(?:{WORD}[ \t]+)?)?([^\W_]+)(?!\.\d)", re.IGNORECASE
)
PARTED = re.compile(r"\s*(?:[-–—:;.,(\n]|\Z)")
SCALES = (tuple(str(number) for number in range(100)), tuple(map(str.upper, ROMAN)), tuple("ABCDEFGH"))
FORMS: tuple[Callable[[str], bool], ...] = (
    str.isdecimal,
    lambda word: word in NUMBERS,
    lambda word: word in ROMAN,
    lambda word: len(word) == 1 and word in "abcdefgh",
)
TIMES = re.compile(r"(\d{1,3}) ?(?:x|times)(?: (?:per|a) (year|month|week|term))?:?$", re.IGNORECASE)
SESSIONS = re.compile(r"(\d{1,3}) sessions?(?: (?:per|a) (year|month|week|term))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """The levels that a cell names: their numbers as the board writes them, and its word for them ("" for none).

    `unread` is what cannot be read; `upward`: it names what is above the last number too ("2+"); `name` and `rest`
    are the words of a cell that name the levels it begins with, and those after them.
    """

    numbers: tuple[str, ...] = ()
    word: str = ""
    unread: str = ""
    upward: bool = False
    name: str = ""
    rest: str = ""

    @property
    def interpreted(self) -> bool:
        """Whether it took a reading: a range means each level in it."""
        return self.upward or len(self.numbers) > 1


def levels(text: str) -> Named:
    """What a whole cell names: "Level 1-6", "Level 3/4", "2+"; "NA" names none, and a range backwards is not read."""
    if plain(text) in NOTHING:
        return Named()
    bare = MARK.sub(", ", re.sub(r"\(.*?\)", " ", text))
    upward = UPWARD.search(bare)
    numbers: list[str] = []
    joined = ""
    for piece in PIECE.findall(bare[: upward.start() if upward else None].casefold()):
        number = _number(piece)
        if number is None and not UNSAID.match(piece):
            if piece not in BETWEEN | BESIDE:
                return Named(unread=piece)
            joined = piece
        elif number is not None:
            more = _joined(numbers, joined, number)
            if not more:
                return Named(unread=f"{numbers[-1]}{joined}{number}")
            numbers, joined = [*numbers, *more], ""
    if not numbers:
        return Named(unread=text)
    return Named(tuple(dict.fromkeys(numbers)), board_word(text), upward=upward is not None)


def begun(text: str) -> Named:
    """What a cell begins with: "Level 1: Awareness", "Group 7 & 8 Senior managers", "Two (single agency)".

    A number without "level" or "group" before it has to be parted from the words after it.
    """
    head = HEAD.match(text)
    assert head is not None
    numbers, at = _first(text, head.end())
    name, after = text[:at], text[at:]
    if not numbers or OTHERS.match(after) or not _parted(head[1] or "", name, after):
        return Named(unread=text)
    line, _, others = after.partition("\n")
    rest = "\n".join(filter(None, (line.strip().lstrip(" :;,.-–—"), others)))
    return Named(tuple(dict.fromkeys(numbers)), board_word(name), name=name.strip(), rest=rest)


def _first(text: str, at: int) -> tuple[list[str], int]:
    """The numbers that stand at a place in a text, written alike and joined, and where they end; none when they go backwards."""
    numbers: list[str] = []
    form = -1
    while found := NEXT.match(text, at):
        joined, written = (found[1] or "").casefold(), found[2]
        number = _number(written)
        if number is None or bool(joined) != bool(numbers):
            break
        if numbers and (_form(written) != form or (joined in BETWEEN and number == numbers[-1])):
            break
        more = _joined(numbers, joined, number)
        if not more:
            return [], at  # it goes backwards, so it is asked
        numbers, form, at = [*numbers, *more], _form(written), found.end()
    return numbers, at


def _joined(numbers: Sequence[str], joined: str, number: str) -> list[str]:
    """What a number adds to those before it: itself, or all of a range; none when that does not go up."""
    return between(numbers[-1], number) if joined in BETWEEN and numbers else [number]


def _parted(word: str, name: str, after: str) -> bool:
    """Whether a name ends where its last number does, so that "A manager" is no level A and "Group E-learning" no E."""
    if not name[-1].isdigit() and re.match(r"-\w", after):
        return False
    return bool(PARTED.match(after)) or (bool(word) and not re.search(r"\ba\Z", name))


def board_word(text: str) -> str:
    """The board's word for a level, as it stands in a label: Level, Group, Tier or Stage."""
    found = re.search(rf"\b{WORD}\b", text, re.IGNORECASE)
    return found[0].casefold().removesuffix("s").capitalize() if found else ""


def _form(word: str) -> int:
    """How a number is written: in digits, in words, in roman ones or as a letter; -1 when it is no number."""
    return next((at for at, fits in enumerate(FORMS) if fits(word.casefold())), -1)


def _number(word: str) -> str | None:
    form = _form(word)
    if form == 0:
        return str(int(word))
    if form == 1:
        return str(NUMBERS.index(word.casefold()) + 1)
    return word.upper() if form > 1 else None


def between(first: str, last: str) -> list[str]:
    """The numbers after the first up to the last, written as they are; none when they do not go up."""
    for scale in SCALES:
        if first in scale and last in scale:
            return list(scale[scale.index(first) + 1 : scale.index(last) + 1])
    return []


def above(first: str, known: Iterable[str]) -> list[str]:
    """Those of the numbers that are known which come after one, in their order."""
    scale = next((scale for scale in SCALES if first in scale), ())
    every = set(known)
    return [number for number in scale[scale.index(first) + 1 :] if number in every] if scale else []


def place(number: str) -> tuple[int, int]:
    """Where a number comes among all: by how it is written, and how high it is."""
    return next(((at, scale.index(number)) for at, scale in enumerate(SCALES) if number in scale), (3, 0))


def frequency(printed: str) -> dict[str, Any]:
    """How often, as far as the words say: "4 x per year:", "8 sessions", "Annual", "When requested", "Unlimited access"."""
    text = " ".join(printed.split())
    if match := TIMES.match(text) or SESSIONS.match(text):
        return {"sessions": int(match[1]) or 1, **({"per": match[2].casefold()} if match[2] else {})}
    if plain(text) in ("annual", "annually", "yearly", "once a year"):
        return {"sessions": 1, "per": "year"}
    if plain(text) in ("when requested", "on request", "as requested", "by request"):
        return {"on_request": True}
    return {"unlimited": True} if plain(text) in ("unlimited access", "unlimited") else {}

"""Writes what a workbook said as the files of a pack: YAML that people read, each file with its schema beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tna.starting import beside, readme

IN_A_LINE = ({"document", "at"}, {"levels"}, {"cohorts"}, {"competencies"}, {"levels", "cohorts"})
PLAIN = re.compile(r"\d{4}-\d\d-\d\d\Z|[^\W\d_][\w ()/'&.-]*(?<! )\Z", re.ASCII)
WORDS = (
    "true",
    "false",
    "null",
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
)  # other readers of YAML take these for more than words
HEADS = {
    "framework": "the framework: levels, what they require, who is at them, and what the document leaves open.",
    "catalogue": "the courses. Only required_of makes a gap; open_to says who may come.",
    "plan": "the year's plan: lines that can be true or false on a date, or say that they cannot.",
    "rules": "rules: conditions on the facts of a job, one effect each ('tna guide how-a-rule-is-read').",
    "needs": "needs added by hand, such as a lesson from a review.",
}
EMPTY: Mapping[str, Any] = {"rules": {"rules": []}, "needs": {"needs": []}}


def files_of(data: Mapping[str, Any]) -> dict[str, str]:
    """Every file of the pack by name: YAML, what editors read beside it, and a page on how to go on."""
    board, name = data["framework"]["board"], data["framework"]["id"]
    written = {f"{kind}.yaml": as_yaml(kind, board, block) for kind, block in {**data, **EMPTY}.items()}
    return {**written, "README.md": readme(name, board), **beside()}


def as_yaml(kind: str, board: str, block: Mapping[str, Any]) -> str:
    """A file of a pack as text."""
    body = "".join(f"{line}\n" for line in _lines(block))
    told = " ".join(board.split())
    return f"# yaml-language-server: $schema=schemas/{kind}.json\n# {told}: {HEADS[kind]}\n\n{body}"


def _lines(block: Mapping[str, Any]) -> Iterator[str]:
    """A block, a line a key; what stands under a key stands further in."""
    for key, value in block.items():
        if _short(value):
            yield f"{key}: {_inline(value)}"
        else:
            yield f"{key}:"
            inner = _items(value) if isinstance(value, list) else _lines(value)
            yield from (f"  {line}" for line in inner)


def _items(values: list[Any]) -> Iterator[str]:
    for value in values:
        if _short(value):
            yield f"- {_inline(value)}"
        else:
            first, *rest = _lines(value)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)


def _short(value: Any) -> bool:
    """Whether a value stands in one line: words, lists of words, and a few small blocks."""
    if isinstance(value, dict):
        return set(value) in IN_A_LINE
    return not isinstance(value, list) or not any(isinstance(one, dict | list) for one in value)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, bool | int | float):
        return str(value).lower()
    plain = PLAIN.match(value) and value.casefold() not in WORDS
    return str(value) if plain else _quoted(value)


def _quoted(text: str) -> str:
    """Text in quotes, as JSON writes it, with what nobody can see written as its number."""
    shown = json.dumps(text, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08X}" for one in shown)

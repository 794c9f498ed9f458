"""What a file wrote in its own form, kept beside what a pack makes of it, so that it goes out as it came."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tna.exchange.harmless import harmless
from tna.exchange.statements import Facts, Item
from tna.exchange.texts import TAG, from_html, lines
from tna.exchange.trees import position

AS_WRITTEN = "as-written"  # the texts of an item that are more than lines, under the file's own names
PLACE = "place"  # what the file says of an item's place in its tree
KEPT = (AS_WRITTEN, PLACE)
SIMPLE = re.compile(r"</?(?:p|br|div|ul|li|span)\s*/?>|&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE)
REDUCED = "its HTML is reduced to lines in the pack; as written it is kept in exchange.yaml"
LEFT_OUT = "its HTML is reduced to lines, and what could run or hide something is left out"
JOINED = "its line breaks are blanks in the pack; as written it is kept in exchange.yaml"


def kept(
    raws: Mapping[str, str],
    form: Callable[[str], str],
    tell: Callable[[str], None],
    html: bool = True,
    joined: str = "",
) -> dict[str, Any]:
    """Those texts of a file that would not be written again as they came, to be kept among what the file said.

    `form` is how a text is written; `tell` is told of what the pack has less of; `joined` is the text that stands on
    one line in the pack. What could run is never kept.
    """
    found = {}
    for name, raw in raws.items():
        text = from_html(raw) if html else lines(raw)
        marked = html and bool(TAG.search(raw))
        if name == joined and "\n" in text:
            text = " ".join(text.split())
            tell(JOINED)
        if marked and not harmless(raw):
            tell(LEFT_OUT)
            continue
        if marked and TAG.search(SIMPLE.sub("", raw)):
            tell(REDUCED)
        if raw != form(text):
            found[name] = raw
    return {AS_WRITTEN: found} if found else {}


def as_it_came(said: Facts, name: str, text: str) -> str | None:
    """A text as the file wrote it, as long as the pack still says the same; else None."""
    raw = said.get(AS_WRITTEN, {}).get(name)
    if raw is None or text.split() not in (from_html(raw).split(), lines(raw).split()):
        return None
    return str(raw)


def rest(said: Facts) -> dict[str, Any]:
    """What the file says under names of its own, without what is kept only to be written again."""
    return {key: value for key, value in said.items() if key not in KEPT}


def place(item: Item) -> Mapping[str, Any] | None:
    """What the file said of the item's place; None when it came from no file."""
    found = item.said.get(PLACE)
    return found if isinstance(found, Mapping) else None


def numbered(siblings: Sequence[Item], given: Sequence[Any]) -> list[Any]:
    """The numbers that a file gave to siblings, "" for none, as long as they still say their order; else counted ones.

    `given` holds None for what came without a place.
    """
    last: dict[str, float] = {}
    orderly = any(number is not None for number in given)
    for item, number in zip(siblings, given, strict=True):
        at = position(number)
        orderly = orderly and at >= last.get(item.kind, at)
        last[item.kind] = at
    if not orderly:
        return list(range(1, len(siblings) + 1))
    return ["" if number is None else number for number in given]

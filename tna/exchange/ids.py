"""Ids that last: what a pack calls an imported item, and what other systems call a statement of a pack."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from tna.exchange.statements import Item

OURS = uuid5(NAMESPACE_URL, "tna:exchange")
LONGEST = 48
NAMED = (
    "level",
    "competency",
    "objective",
    "course",
    "line",
)  # how keys begin where a table has names and no ids
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z", re.IGNORECASE)
PACK_ID = re.compile(r"[a-z0-9][a-z0-9.-]*\Z")


def identifier(*names: str) -> str:
    """A UUID that is the same for the same names, on any machine and day."""
    return str(uuid5(OURS, "\n".join(names)))


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID as CASE asks for it, in small or capital letters."""
    return bool(UUID.match(text))


def slug(text: str) -> str:
    """A text as an id: small letters, digits, hyphens and dots; "" when nothing is left."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9.]+", "-", bare)[:LONGEST].strip("-.")


def inner(kind: str, name: str) -> str:
    """An id of the pack as it is known here: a line of the plan may have the id of a course."""
    return f"line/{name}" if kind == "line" else name


def bare(name: str) -> str:
    """An id as the pack has it."""
    return name.removeprefix("line/")


def named(items: Sequence[Item], ids: Mapping[str, str], taken: Iterable[str] = ()) -> tuple[Item, ...]:
    """The items with the ids that the pack knows them by, or new ones: from the code, the key or the label."""
    used = {*taken, *ids.values()}
    found = []
    for item in items:
        known = ids.get(item.key)
        name = known or _free(inner(item.kind, _wish(item)), used)
        used.add(name)
        found.append(replace(item, id=name))
    return tuple(found)


def _wish(item: Item) -> str:
    """The id an item would have if nothing else had it."""
    key = "" if is_uuid(item.key) or item.key.partition(":")[0] in NAMED else item.key
    for text in (item.code if item.kind != "line" else "", key, item.label):
        if (short := slug(text)) and not (short.isdigit() or (item.kind == "level" and is_number(text))):
            return short
        if short:
            return f"{item.kind}-{short}"
    return slug(item.key) or item.kind


def is_number(text: str) -> bool:
    """Whether a text is the bare number of a level: 3, IV or B."""
    return bool(re.fullmatch(r"\d{1,3}|[IVXivx]{1,5}|[A-Ha-h]", text.strip()))


def _free(wish: str, used: Iterable[str]) -> str:
    number, name = 1, wish
    while name in used:
        number += 1
        name = f"{wish}-{number}"
    return name

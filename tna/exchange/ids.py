"""Ids that last: what a pack calls an imported item, and what other systems call a statement of a pack."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, UUID, uuid5

from tna.exchange.statements import Item

OURS = uuid5(NAMESPACE_URL, "tna:exchange")
LONGEST = 48
PACK_ID = re.compile(r"[a-z0-9][a-z0-9.-]*\Z")


def identifier(*names: str) -> str:
    """A UUID that is the same for the same names, on any machine and day."""
    return str(uuid5(OURS, "\n".join(names)))


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID, however it is written."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def slug(text: str) -> str:
    """A text as an id: small letters, digits, hyphens and dots; "" when nothing is left."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9.]+", "-", bare)[:LONGEST].strip("-.")


def named(items: Sequence[Item], ids: Mapping[str, str], taken: Iterable[str] = ()) -> tuple[Item, ...]:
    """The items with the ids that the pack knows them by, or new ones: from the code, the key or the label."""
    used = {*taken, *ids.values()}
    found = []
    for item in items:
        known = ids.get(item.key)
        name = known or _free(_wish(item), used)
        used.add(name)
        found.append(replace(item, id=name))
    return tuple(found)


def _wish(item: Item) -> str:
    """The id an item would have if nothing else had it."""
    key = "" if is_uuid(item.key) else item.key
    for text in (item.code, key, item.label):
        if text and PACK_ID.match(text) and not text.isdigit():
            return text
        if (short := slug(text)) and not short.isdigit():
            return short
        if short:
            return f"{item.kind}-{short}"
    return slug(item.key) or item.kind


def _free(wish: str, used: Iterable[str]) -> str:
    number, name = 1, wish
    while name in used:
        number += 1
        name = f"{wish}-{number}"
    return name

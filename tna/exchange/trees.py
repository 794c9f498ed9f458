"""Items as a tree: each known once, each under a parent that is there, and nothing under itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any

from tna.exchange.ids import is_uuid
from tna.exchange.readings import Reading
from tna.exchange.statements import Item, Relation
from tna.exchange.texts import shown
from tna.problems import nearest

ORDERED = ("needs", "includes", "after")  # what may not lead back to where it began


def stand(items: Sequence[Item], reading: Reading) -> tuple[Item, ...]:
    """The items that can stand where the file puts them, in order; the others are refused, each with its reason."""
    single = _single(items, reading)
    _unknown_parents(single, reading)
    _circles(single, reading)
    _fallen(single, reading)
    return tuple(single.values())


def _single(items: Sequence[Item], reading: Reading) -> dict[str, Item]:
    """The items by key, the first of each."""
    found: dict[str, Item] = {}
    for item in items:
        first = found.setdefault(item.key, item)
        if first is not item:
            why = f"its id is that of {first.row}"
            reading.refuse(item, "exchange.duplicate-id", why, id=item.key, first=first.row)
    return found


def _unknown_parents(items: dict[str, Item], reading: Reading) -> None:
    named = {*items, *reading.refused}
    for item in [one for one in items.values() if one.parent and one.parent not in named]:
        near = nearest(item.parent, items)
        reading.refuse(item, "exchange.unknown-parent", "its parent is not in the file", id=item.key, parent=item.parent, near=near)  # fmt: skip
        del items[item.key]


def _circles(items: dict[str, Item], reading: Reading) -> None:
    """Refuse what stands under itself."""
    walked: dict[str, str] = {}
    for start in list(items):
        way, at = [], start
        while at in items and at not in walked:
            walked[at] = start
            way.append(at)
            at = items[at].parent
        if at in items and walked[at] == start:
            circle = way[way.index(at) :]
            path = " > ".join(_called(key, items) for key in [*circle, at])
            for key in circle:
                reading.refuse(items[key], "exchange.circle", "it stands under itself", path=path)
            for key in circle:
                del items[key]


def _called(key: str, items: Mapping[str, Item]) -> str:
    """What a person knows an item by: its id, or its name where that is a UUID."""
    return f"'{shown(items[key].label)}'" if is_uuid(key) and key in items else key


def _fallen(items: dict[str, Item], reading: Reading) -> None:
    """Refuse what stands, however far, under something refused."""
    while fallen := [one for one in items.values() if one.parent and one.parent not in items]:
        for item in fallen:
            why = f"'{item.parent}', which it stands under, was refused"
            reading.refuse(item, "exchange.parent-refused", why, id=item.key, parent=item.parent)
            del items[item.key]


def without_circles(
    relations: Sequence[Relation], items: Sequence[Item], reading: Reading
) -> tuple[Relation, ...]:
    """The relations in order, without any that would make something come before itself; those are refused."""
    kept: list[Relation] = []
    by_key = {item.key: item for item in items}
    steps: dict[tuple[str, str], list[str]] = {}
    for one in relations:
        if one.kind in ORDERED and (path := _way(one.kind, one.destination, one.origin, steps)):
            told = " > ".join(_called(key, by_key) for key in [one.origin, *path])
            reading.refuse(one, "exchange.circle", "it would lead round in a circle", path=told)
            continue
        kept.append(one)
        steps.setdefault((one.kind, one.origin), []).append(one.destination)
    return tuple(kept)


def _way(kind: str, start: str, end: str, steps: Mapping[tuple[str, str], Sequence[str]]) -> list[str]:
    """The way from one item to another along relations of a kind; empty when there is none."""
    seen, open_ways = {start}, [[start]]
    while open_ways:
        way = open_ways.pop()
        if way[-1] == end:
            return way
        for after in steps.get((kind, way[-1]), ()):
            if after not in seen:
                seen.add(after)
                open_ways.append([*way, after])
    return []


def depths(items: Sequence[Item]) -> dict[str, int]:
    """The depth of each item by key, 1 at the top; the items are a tree."""
    by_key = {item.key: item for item in items}
    found: dict[str, int] = {}
    for item in items:
        way = [item.key]
        while (parent := by_key[way[-1]].parent) and parent not in found:
            way.append(parent)
        below = found.get(parent, 0)
        found.update({key: below + step for step, key in enumerate(reversed(way), 1)})
    return found


def levels_over(items: Sequence[Item], relations: Sequence[Relation]) -> dict[str, list[str]]:
    """For each item by key, the nearest levels that it stands under: by its first parent, then by its further ones."""
    by_key = {item.key: item for item in items}
    parents = {item.key: [item.parent] if item.parent else [] for item in items}
    for one in relations:
        if one.kind == "isChildOf" and one.origin in by_key and one.destination in by_key:
            parents[one.origin].append(one.destination)
    return {key: list(_nearest(key, parents, by_key)) for key in by_key}


def _nearest(key: str, parents: Mapping[str, Sequence[str]], by_key: Mapping[str, Item]) -> Iterator[str]:
    """The levels first met on each way up from an item, each once, though ways may lead round."""
    seen, waiting = {key}, list(reversed(parents[key]))
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        if by_key[at].kind == "level":
            yield at
        else:
            waiting += reversed(parents[at])


def position(value: Any) -> float:
    """A sequence number, written as a number or as text."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return inf


def ordered(items: Sequence[Item], positions: Mapping[str, float]) -> list[Item]:
    """Items in the order of their sequence numbers under each parent; what has no way up keeps its place at the end."""
    below: dict[str, list[Item]] = {}
    for item in items:
        below.setdefault(item.parent, []).append(item)
    for some in below.values():
        some.sort(key=lambda item: positions.get(item.key, inf))
    found: dict[int, Item] = {}
    waiting = list(reversed(below.get("", [])))
    while waiting:
        item = waiting.pop()
        if id(item) not in found:
            found[id(item)] = item
            waiting += reversed(below.get(item.key, []))
    return [*found.values(), *(item for item in items if id(item) not in found)]

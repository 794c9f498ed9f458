"""Where each statement stands in another system's tree, so that the tree says no more than the pack does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tna.exchange.statements import Item, Package, Relation


def parents(package: Package, rows: Sequence[Item], loose: str | None = None) -> dict[str, str]:
    """Where each row can stand, by id: where the file it came from had it, unless that would say what the pack does not.

    What stands under a level is read as required at it. A competency that cannot stay where it was stands under the
    first level that requires it, else under `loose`; without `loose`, at the top.
    """
    levels = {item.id for item in rows if item.kind == "level"}
    requiring: dict[str, list[str]] = {}
    for one in package.relations:
        if one.kind == "requires" and one.origin in levels:
            requiring.setdefault(one.destination, []).append(one.origin)
    items = {item.id: item for item in rows}
    placed: dict[str, str] = {}
    for item in rows:
        way = _way_up(item, items, placed)
        for row in reversed(way):
            wanted = requiring.get(row.id, [])
            kept = _kept(row, placed, wanted, levels)
            found = (wanted[0] if wanted else loose) if kept is None and loose is not None else kept
            placed[row.id] = found or ""
    return placed


def _way_up(item: Item, items: dict[str, Item], placed: dict[str, str]) -> list[Item]:
    """The item and those above it that have no place yet, nearest first."""
    way: dict[str, Item] = {}
    at: Item | None = item
    while at and at.id not in placed and at.id not in way:
        way[at.id] = at
        at = items.get(at.parent)
    return list(way.values())


def _kept(item: Item, placed: dict[str, str], wanted: list[str], levels: set[str]) -> str | None:
    """The parent an item came with, if the pack agrees; None when it has to stand elsewhere."""
    stands = item.parent if item.parent in placed else ""
    over = stands
    while over and over not in levels:
        over = placed.get(over, "")
    if item.kind != "competency":
        return stands
    agrees = (over in wanted) if over else (not wanted and bool(stands or not levels))
    return stands if agrees else None


def holding(package: Package, placed: Mapping[str, str]) -> Iterator[Relation]:
    """The package's relations without further places under a level that does not, or no longer, require what is there."""
    items = package.by_id()
    required = {one.ends for one in package.relations if one.kind == "requires"}
    for one in package.relations:
        if one.kind == "isChildOf" and items[one.origin].kind == "competency":
            level = one.destination
            while level in items and items[level].kind != "level":
                level = placed.get(level, "")
            if level in items and ("requires", level, one.origin) not in required:
                continue
        yield one

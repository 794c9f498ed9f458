"""What a file would change in a pack: added, changed, tied, and left alone because a person or the pack says more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tna.exchange.ids import bare
from tna.exchange.packs import FIELDS
from tna.exchange.statements import TIES, Item, Package, Relation
from tna.exchange.texts import shown

What = Literal["add", "change", "tie", "untie", "by-hand", "both", "gone", "order", "terms"]
Open = frozenset[tuple[str, str, str]]
WHOLE = "framework"  # a change of the framework itself
OWN = {"title": "title", "edition": "edition", "text": "note"}  # its parts, and what the pack calls them
APPLIED: tuple[What, ...] = ("add", "change", "tie", "untie")
WORDS = {
    "requires": "requires", "includes": "includes", "needs": "builds on", "gives": "gives", "renews": "renews",
    "open-to": "is open to", "required-of": "is required of", "after": "comes after",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: an item that is new or gone, one part of an item, or a relation."""

    what: What
    item: Item
    part: str = ""
    before: str = ""
    after: str = ""
    relation: Relation | None = None

    @property
    def of(self) -> tuple[str, str, str]:
        """Which part of which item it is about."""
        return self.item.kind, self.item.id, self.part

    def __str__(self) -> str:
        name = WHOLE if self.item.id == WHOLE else f"{self.item.kind} {bare(self.item.id)}"
        if self.relation:
            tie = f"{name} {WORDS[self.relation.kind]} {self.relation.destination}"
            return TIED[self.what].format(tie=tie)
        told = {
            "name": name,
            "label": shown(self.item.label),
            "part": FIELDS.get(self.item.kind, {}).get(self.part, self.part),
        }
        return SAID[self.what].format(**told, before=shown(self.before), after=shown(self.after))


SAID: dict[What, str] = {
    "add": "add           {name}: '{label}'",
    "change": "change        {name}: {part} '{before}' -> '{after}'",
    "by-hand": "leave alone   {name}: {part} '{before}' was written by hand since; the file still has '{after}'",
    "both": "leave alone   {name}: {part} '{before}' in the pack, '{after}' in the file (--prefer file takes the file's)",
    "order": "leave alone   {name}: the file has the levels in the order {after}; put them so by hand if that is meant",
    "gone": "leave alone   {name}: '{label}' is not in the file; take it out by hand if it is to go",
}
TIED: dict[What, str] = {
    "tie": "add           {tie}",
    "untie": "take out      {tie}",
    "by-hand": "leave alone   {tie}: taken out by hand since the last import",
    "gone": "leave alone   {tie}: not in the file, as one of the two is not; take it out by hand with it",
    "terms": "leave alone   {tie}: the file says another interval or other modes of it; change them by hand if they are meant",
    "both": "leave alone   {tie}: in the pack and not in the file (--prefer file takes it out)",
}


def differences(
    before: Package, base: Package | None, after: Package, open: Open = frozenset()
) -> tuple[Change, ...]:
    """What a file (`after`) says otherwise than a pack as the file's format carries it (`before`).

    `base` is what the file said when it was last imported: what differs from it in the pack was written by hand.
    `open` are parts that both had changed then, and of which the pack's stood: they are asked of again.
    """
    base = base or Package()
    return (
        *_whole(before, base, after, open),
        *_order(before, after),
        *_items(before, base, after, open),
        *_gone(before, after),
        *_ties(before, base, after),
    )


def _whole(before: Package, base: Package, after: Package, open: Open) -> Iterator[Change]:
    """The framework's own title and edition."""
    item = Item(WHOLE, after.title, "heading", WHOLE)
    for part in OWN:
        was, then, now = (getattr(some, part) for some in (before, base, after))
        if (item.kind, WHOLE, OWN[part]) in open:
            then = ""
        if now and now != was:
            what: What = "by-hand" if now == then else "change" if then and was == then else "both"
            yield Change(what, item, OWN[part], was, now)


def _order(before: Package, after: Package) -> Iterator[Change]:
    """Levels in another order: the order is the rank, so it is told and left to a person."""
    was, now = ([item.id for item in some.of("level")] for some in (before, after))
    both = [name for name in was if name in now]
    if both != [name for name in now if name in was]:
        yield Change("order", Item(WHOLE, after.title, "heading", WHOLE), after=", ".join(now))


def _items(before: Package, base: Package, after: Package, open: Open) -> Iterator[Change]:
    here, once = before.by_id(), base.by_id()
    for item in after.items:
        if item.kind == "heading":
            continue
        if item.id in here:
            for part in FIELDS[item.kind]:
                then = None if (item.kind, item.id, part) in open else once.get(item.id)
                yield from _part(part, here[item.id], then, item)
        elif item.id in once:
            yield Change("by-hand", item, "the whole", "taken out", item.label)
        else:
            yield Change("add", item)


def _part(part: str, here: Item, once: Item | None, item: Item) -> Iterator[Change]:
    now, then = getattr(item, part), getattr(once, part) if once else None
    was = getattr(here, part)
    if now == was:
        return
    what: What = "both" if then is None or was != then else "change"
    yield Change("by-hand" if now == then else what, item, part, was, now)


def _gone(before: Package, after: Package) -> Iterator[Change]:
    left = after.by_id()
    yield from (
        Change("gone", item) for item in before.items if item.id not in left and item.kind != "heading"
    )


def _ties(before: Package, base: Package, after: Package) -> Iterator[Change]:
    """Relations between items that stay, and those of new items to old ones."""
    was, then, now = (
        {one.ends: one for one in some.relations if one.kind in TIES} for some in (before, base, after)
    )
    items, there = after.by_id(), before.by_id()
    order = {name: place for place, name in enumerate(items)}
    for ends, one in sorted(now.items(), key=lambda tie: [order.get(end, len(order)) for end in tie[0][1:]]):
        if ends not in was and one.origin in there and one.origin in items:
            yield Change("by-hand" if ends in then else "tie", items[one.origin], relation=one)
        elif ends in was and one.origin in items and _terms(one) != _terms(was[ends]):
            yield Change("terms", items[one.origin], relation=one)
    for ends, one in was.items():
        if ends not in now and not {one.origin, one.destination} <= set(items):
            yield Change("gone", items.get(one.origin) or there[one.origin], relation=one)
        elif ends not in now:
            yield Change("untie" if ends in then else "both", items[one.origin], relation=one)


def preferring(changes: tuple[Change, ...], side: str) -> tuple[Change, ...]:
    """The changes with those that both sides make settled for the file, when it is preferred."""

    def settled(one: Change) -> Change:
        if one.what != "both" or side != "file":
            return one
        return replace(one, what="untie" if one.relation else "change")

    return tuple(map(settled, changes))


def _terms(one: Relation) -> list[object]:
    """For how long, and by which modes."""
    return [one.more.get("months"), one.more.get("modes")]

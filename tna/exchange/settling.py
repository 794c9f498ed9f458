"""Settles what a file said: which rows are levels, what the pack calls them, and what a place in the tree means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tna.exchange.ids import named
from tna.exchange.readings import Reading
from tna.exchange.statements import REQUIRED, TIES, Item, Kind, Package, Relation
from tna.exchange.texts import shown
from tna.exchange.trees import depths, levels_over, stand, without_circles
from tna.names import plain
from tna.problems import nearest

UNDER, CROSSED, PART = "under-a-level-is-required", "crossed-is-required", "part-of-is-required"
MOVED = (
    "abbreviatedStatement",
    "listEnumeration",
)  # a level's short name and its number, where a file has them
KINDS: dict[str, Kind] = {
    "level": "level",
    "course": "course",
    "cohort": "cohort",
    "competency": "competency",
}


def settle(package: Package, reading: Reading) -> Package:
    """The package with every item that can stand, under the pack's ids; what is refused is said in the reading."""
    items = stand(package.items, reading)
    _tell_places(package.places, items, reading)
    items = tuple(map(_fitted, named(_sorted(items, reading), reading.known.ids)))
    ids = {**reading.known.ids, **{item.key: item.id for item in items}}
    known = _meant(_known_ends(package.relations, items, reading), items, reading)
    under = [] if package.explicit else under_levels(items, known)
    relations = without_circles([*known, *under], items, reading)
    return replace(
        package,
        places=(),
        items=tuple(_named_here(item, ids) for item in items),
        relations=tuple(
            replace(one, origin=ids[one.origin], destination=ids.get(one.destination, one.destination))
            for one in relations
        ),
    )


def _tell_places(places: Sequence[Relation], items: Sequence[Item], reading: Reading) -> None:
    """Say of the rows that place an item which was refused that they are refused with it."""
    left = {item.key for item in items}
    for one in places:
        if one.origin not in left:
            reading.told(
                one, "refused", f"'{shown(one.origin)}', which it places, was refused", one.destination
            )


def _named_here(item: Item, ids: Mapping[str, str]) -> Item:
    """The item with what it names under the pack's ids: its parent, and the course that a line of the plan is about."""
    course = ids.get(str(item.said.get("course", ""))) if item.kind == "line" else None
    more = {**item.more, "course": course} if course else item.more
    return replace(item, parent=ids.get(item.parent, ""), more=more)


def _sorted(items: Sequence[Item], reading: Reading) -> tuple[Item, ...]:
    """Each item as what it is: as the pack has it, as the planner says, as the file's own word has it."""
    depth = depths(items)
    asked = reading.known.levels.strip()
    by_depth = int(asked) if asked.isdigit() else 0

    def kind(item: Item) -> Kind:
        if by_depth:
            if depth[item.key] <= by_depth:
                return "level" if depth[item.key] == by_depth else "heading"
            return "competency" if item.kind == "level" else item.kind
        word = plain(item.word)
        if asked and word == plain(asked):
            return "level"
        return KINDS.get(word, item.kind)

    return tuple(replace(item, kind=_stays(item, kind(item), reading)) for item in items)


def _stays(item: Item, said: Kind, reading: Reading) -> Kind:
    """What an item is in the pack that has it, which stays so, and is told where the file's word is for another."""
    has = reading.known.kinds.get(item.key, said)
    if has != said and plain(item.word) in KINDS:
        facts = {"id": reading.known.ids[item.key], "word": item.word, "kind": has}
        reading.problems.add("exchange.kind-stays", item.where, **facts)
        reading.told(
            item, "changed", f"the file calls it {item.word}; in the pack it is a {has}, and stays one"
        )
    return has


def _fitted(item: Item) -> Item:
    """The item with its texts where a pack keeps them: a level has a short name, the others one note."""
    if item.kind == "line":
        return item
    if item.kind != "level":
        together = dict.fromkeys(one for one in (item.text, item.note) if one)
        return replace(item, text="\n".join(together), note="")
    said = {key: value for key, value in item.said.items() if key not in MOVED}
    short, number = (str(item.said.get(key, "")) for key in MOVED)
    if item.code:
        said["humanCodingScheme"] = item.code
    level = replace(item, said=said, code=number or item.code)
    if not short:
        return level
    return replace(level, label=short, text=item.label if item.label != short else "")


def _known_ends(relations: Sequence[Relation], items: Sequence[Item], reading: Reading) -> list[Relation]:
    """The relations between items of the file or the pack; what leads to neither is refused, or kept if it may."""
    keys = {item.key for item in items} | (set(reading.known.ids) - reading.known.gone)
    found = []
    for one in relations:
        if one.origin not in keys and not one.whole_row:
            continue  # its row was refused, and said to be
        missing = next((end for end in (one.origin, one.destination) if end not in keys), None)
        if missing is None or (_leads_out(one, missing, reading) and one.origin in keys):
            found.append(one)
        else:
            _refuse_end(one, missing, keys, reading)
    return found


def _leads_out(one: Relation, missing: str, reading: Reading) -> bool:
    """Whether a tie may lead to what is not in the file; what was refused is in it."""
    return one.outside and one.kind not in TIES and missing not in reading.refused


def _refuse_end(one: Relation, missing: str, keys: Iterable[str], reading: Reading) -> None:
    """Leave out a tie to what was left out itself, or is not in the file at all."""
    name = shown(reading.refused.get(missing, missing))
    named = f"'{name}', which it names,"
    if missing in reading.refused:
        reading.refuse(one, "exchange.end-refused", f"{named} was refused", id=name)
    else:
        near = nearest(missing, keys)
        reading.refuse(
            one, "exchange.unknown-end", f"{named} is not in the file", id=shown(missing), near=near
        )


def _meant(relations: Sequence[Relation], items: Sequence[Item], reading: Reading) -> list[Relation]:
    """Relations in tna's words where the kinds of what they tie tell which; each once, and what is joined is told.

    Those that tna has no word for are kept as the file has them, also where two between the same ends have ids of
    their own.
    """
    kinds = {**reading.known.kinds, **{item.key: item.kind for item in items}}
    found: dict[tuple[str, ...], Relation] = {}
    for one in relations:
        told = _told(one, (kinds.get(one.origin, ""), kinds.get(one.destination, "")))
        if told.kind == "related" and ("related", told.destination, told.origin) in found:
            continue  # it holds both ways, so nothing is lost
        own = () if told.kind in TIES else (str(told.said.get("identifier", "")),)
        first = found.setdefault((*told.ends, *filter(None, own)), told)
        if first is not told:
            where = "it" if first.row == told.row else first.row
            reading.told(one, "changed", f"{where} says the same already; the two are one", one.destination)
    required = {one.ends[1:] for one in found.values() if one.kind == "requires"}
    return [
        one
        for one in found.values()
        if one.kind != "related"
        or not {(one.origin, one.destination), (one.destination, one.origin)} & required
    ]


def _told(one: Relation, kinds: tuple[str, str]) -> Relation:
    """A cross-reference, a part or a predecessor, read by the kinds of its two ends; any other as it is."""
    if one.kind == "precedes" and kinds in (("competency", "competency"), ("course", "course")):
        kind = "needs" if kinds[0] == "competency" else "after"
        return replace(one, kind=kind, origin=one.destination, destination=one.origin)
    if one.kind not in ("crossed", "isPartOf"):
        return one
    policy = CROSSED if one.kind == "crossed" else PART
    reading = {**one.more, "basis": "interpreted", "policy": policy}
    if one.kind == "crossed" and not one.said.get(REQUIRED):
        return replace(one, kind="related")
    if kinds == ("level", "competency") and one.kind == "crossed":
        return replace(one, kind="requires", more=reading, said={})
    if kinds == ("competency", "level") and one.kind == "isPartOf":
        return replace(one, kind="requires", origin=one.destination, destination=one.origin, more=reading)
    if kinds == ("level", "level") and one.kind == "isPartOf":
        return replace(one, kind="includes", origin=one.destination, destination=one.origin, more=reading)
    return replace(one, kind="related") if one.kind == "crossed" else one


def under_levels(items: Sequence[Item], relations: Sequence[Relation]) -> list[Relation]:
    """What stands under a level is read as required at it, under each if it stands under several."""
    said = {one.ends for one in relations}
    levels = levels_over(items, relations)
    ties = [
        Relation("requires", level, item.key, {"basis": "interpreted", "policy": UNDER})
        for item in items
        if item.kind == "competency"
        for level in levels[item.key]
    ]
    return [tie for tie in ties if tie.ends not in said]

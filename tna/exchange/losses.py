"""What a format could not carry of a pack, found by reading back what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tna.exchange.blocks import number_of
from tna.exchange.differing import OWN, WORDS
from tna.exchange.ids import bare
from tna.exchange.packs import FIELDS
from tna.exchange.statements import TIES, Item, Package

MANY = {
    "level": "levels",
    "competency": "competencies",
    "course": "courses",
    "cohort": "cohorts",
    "line": "lines of the plan",
}
FILES = {"rules.yaml": "the rules", "needs.yaml": "the needs added by hand"}


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that stayed behind, and of which statements."""

    what: str
    ids: tuple[str, ...] = ()

    def __str__(self) -> str:
        few = ", ".join(self.ids[:6]) + (f" and {len(self.ids) - 6} more" if self.ids[6:] else "")
        return f"{self.what}{f' ({len(self.ids)}: {few})' if self.ids else ''}"


def losses(package: Package, carried: Package, files: Mapping[str, str]) -> tuple[Loss, ...]:
    """Everything of a package that is not in what a reader of the written file gets; `files` are the pack's others."""
    found: dict[str, dict[str, None]] = {}
    for what, name in (*_items(package, carried), *_relations(package, carried)):
        found.setdefault(what, {})[name] = None
    beside = [Loss(says) for file, says in FILES.items() if file in files]
    whole = [Loss(f"of the framework: {key}") for key in package.more if key not in carried.more]
    whole += [
        Loss(f"of the framework: {key}")
        for part, key in OWN.items()
        if getattr(package, part) != getattr(carried, part)
    ]
    return (*beside, *whole, *(Loss(what, tuple(map(bare, ids))) for what, ids in found.items()))


def _items(package: Package, carried: Package) -> Iterator[tuple[str, str]]:
    there = carried.by_id()
    for item in package.items:
        if item.kind == "heading":
            continue
        if item.id not in there:
            yield MANY[item.kind], item.id
            continue
        got = there[item.id]
        for part in FIELDS[item.kind]:
            if _part(item, part) != _part(got, part):
                yield f"'{FIELDS[item.kind][part]}' of {MANY[item.kind]}", item.id
        yield from ((f"'{key}' of {MANY[item.kind]}", item.id) for key in item.more if got.more.get(key) != item.more[key] and key not in ("source", "basis"))  # fmt: skip
        if any(item.more.get(key) != got.more.get(key) for key in ("source", "basis")):
            yield f"source and basis of {MANY[item.kind]}", item.id


def _part(item: Item, part: str) -> str:
    text: str = getattr(item, part)
    return text or number_of(item.label) if part == "code" and item.kind == "level" else text


def _relations(package: Package, carried: Package) -> Iterator[tuple[str, str]]:
    there = {one.ends: one for one in carried.relations}
    gone = {item.id for item in package.items} - {item.id for item in carried.items}
    for one in package.relations:
        name = f"{one.origin} {WORDS.get(one.kind, one.kind)} {one.destination}"
        if {one.origin, one.destination} & gone:
            continue
        if one.ends not in there:
            yield f"'{WORDS.get(one.kind, one.kind)}'", name
        elif one.kind in TIES and there[one.ends].more != one.more:
            yield f"source, basis, terms and policy of '{WORDS[one.kind]}'", name

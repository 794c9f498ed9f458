"""What a format could not carry of a pack, found by reading back what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tna.exchange.blocks import number_of
from tna.exchange.case_fields import DOCUMENT, ITEM, READ, TIE, link
from tna.exchange.differing import OWN, WORDS
from tna.exchange.ids import bare
from tna.exchange.packs import FIELDS
from tna.exchange.statements import TIES, Facts, Item, Package, Relation
from tna.exchange.written import KEPT

MANY = {
    "level": "levels",
    "competency": "competencies",
    "course": "courses",
    "cohort": "cohorts",
    "line": "lines of the plan",
}
FORMS = {**DOCUMENT, **ITEM, **TIE}
SAID = "'{key}' as the file had it"
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
        Loss(f"of the framework: {SAID.format(key=key)}") for key in _unsaid(package.said, carried.said)
    ]
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
        yield from (
            (f"{SAID.format(key=key)} of {MANY[item.kind]}", item.id) for key in _unsaid(item.said, got.said)
        )


def _part(item: Item, part: str) -> str:
    text: str = getattr(item, part)
    return text or number_of(item.label) if part == "code" and item.kind == "level" else text


def _relations(package: Package, carried: Package) -> Iterator[tuple[str, str]]:
    there: dict[tuple[str, str, str], list[Relation]] = {}
    for one in carried.relations:
        there.setdefault(one.ends, []).append(one)
    gone = {item.id for item in package.items} - {item.id for item in carried.items}
    for one in package.relations:
        name = f"{one.origin} {WORDS.get(one.kind, one.kind)} {one.destination}"
        if {one.origin, one.destination} & gone:
            continue
        word = f"'{WORDS.get(one.kind, one.kind)}'"
        if not there.get(one.ends):
            yield word, name
            continue
        got = there[one.ends].pop(0)
        if one.kind in TIES and got.more != one.more:
            yield f"source, basis, terms and policy of {word}", name
        yield from ((f"{SAID.format(key=key)} of {word}", name) for key in _unsaid(one.said, got.said))


def _unsaid(said: Facts, carried: Facts) -> Iterator[str]:
    """What a file said under names of its own and the written file says no more, or otherwise."""
    for key, value in said.items():
        other = carried.get(key)
        if isinstance(value, Mapping) and key in KEPT:
            yield from _unsaid(value, other if isinstance(other, Mapping) else {})
        elif value not in ("", None, [], {}) and not _same(key, value, other):
            yield key


def _same(key: str, value: object, other: object) -> bool:
    """Whether two values say the same in a form that CASE allows, such as a date with and without its zone."""
    if FORMS.get(key) == "node":
        ends = [link(value) or {}, link(other) or {}]
        return all(ends[0].get(part) == ends[1].get(part) for part in ("title", "uri"))
    if isinstance(value, Mapping) and isinstance(other, Mapping) and FORMS.get(key) not in ("link", "links"):
        return not list(_unsaid(value, other))
    form = READ[FORMS.get(key, "node")]
    return str(value) == str(other) or (form(value) is not None and form(value) == form(other))

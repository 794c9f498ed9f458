"""A pack's files as statements, and what earlier imports kept of them beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tna import documents
from tna.exchange import kept
from tna.exchange.ids import identifier, inner
from tna.exchange.readings import Known
from tna.exchange.statements import Item, Kind, Package, Relation
from tna.frameworks import load_pack
from tna.names import plain
from tna.problems import Problems

FIELDS: Mapping[Kind, Mapping[str, str]] = {  # what an item's parts are called in the pack
    "level": {"label": "label", "code": "number", "text": "descriptor", "note": "note"},
    "competency": {"label": "label", "text": "note"},
    "course": {"label": "title", "text": "note"},
    "cohort": {"label": "label", "text": "note"},
    "line": {"label": "says", "text": "update", "code": "lead", "note": "note"},
}
LISTS: Mapping[Kind, str] = {
    "level": "levels",
    "competency": "competencies",
    "cohort": "cohorts",
    "course": "courses",
    "line": "lines",
}
FILES: Mapping[Kind, str] = {"course": "catalogue", "line": "plan"}  # the others stand in the framework
TIED: Mapping[Kind, Mapping[str, str]] = {  # the keys of a pack that hold relations, and what they are called here
    "level": {"includes": "includes", "requires": "requires"},
    "competency": {"needs": "needs"},
    "cohort": {"requires": "requires"},
    "course": {
        "open_to": "open-to", "required_of": "required-of", "gives": "gives", "renews": "renews", "after": "after",
    },
    "line": {},
}  # fmt: skip
ENDS = ("levels", "cohorts", "competencies")  # the keys of a link or grant that hold ids
WHOLE = ("id", "board", "title", "edition", "note", "levels", "competencies", "cohorts")


def read(folder: Path, name: str, problems: Problems) -> Package:
    """What a pack's framework and catalogue say. Raises `Unusable` when the pack cannot be loaded."""
    pack = load_pack(folder, problems, name)
    problems.stop_on_errors()
    assert pack is not None
    files = {
        kind: _data(pack.files.get(f"{kind}.yaml", ""), kind) for kind in ("framework", "catalogue", "plan")
    }
    framework = files["framework"]
    found: list[Item] = []
    ties: list[Relation] = []
    for kind, key in LISTS.items():
        for block in files[FILES.get(kind, "framework")].get(key, ()):
            found.append(_item(kind, block))
            ties += _relations(kind, block)
    return Package(
        title=framework["title"],
        key=framework["id"],
        by=framework["board"],
        edition=str(framework["edition"]),
        dated=_dated(framework),
        text=str(framework.get("note", "")),
        items=tuple(found),
        relations=tuple(ties),
        more={key: value for key, value in framework.items() if key not in WHOLE},
    )


def _data(text: str, name: str) -> Mapping[str, Any]:
    document = documents.parse_text(text, name, Problems()) if text else None
    return document.data if document else {}


def _dated(framework: Mapping[str, Any]) -> str:
    """The day the edition is of: from when it applies, else the year it is named after; "" when neither is said."""
    if "effective_from" in framework:
        return str(framework["effective_from"])
    years = [word for word in str(framework["edition"]).replace("/", "-").split("-") if word.isdigit() and len(word) == 4]  # fmt: skip
    return f"{years[0]}-01-01" if years else ""


def _item(kind: Kind, block: Mapping[str, Any]) -> Item:
    fields = FIELDS[kind]
    taken = {"id", *fields.values(), *TIED[kind]}
    more = {key: value for key, value in block.items() if key not in taken}
    return Item(
        key=inner(kind, block["id"]),
        id=inner(kind, block["id"]),
        kind=kind,
        label=str(block[fields["label"]]),
        text=str(block.get(fields.get("text", ""), "")),
        code=str(block.get(fields.get("code", ""), "")),
        note=str(block.get(fields.get("note", ""), "")),
        more=more,
    )


def _relations(kind: Kind, block: Mapping[str, Any]) -> Iterator[Relation]:
    """The relations of one block, one for each id it names, with what the pack says of them."""
    for key, name in TIED[kind].items():
        for one in block.get(key, ()):
            if isinstance(one, str):
                yield Relation(name, block["id"], one)
                continue
            more = {part: value for part, value in one.items() if part not in ENDS}
            yield from (Relation(name, block["id"], end, more) for ends in ENDS for end in one.get(ends, ()))


def as_known(package: Package, imports: Sequence[kept.Import], kind: str) -> Package:
    """The package as a format knows it: with the keys, places in the tree and extras that its last import left."""
    mine = next((one for one in imports if one.kind == kind), None)
    every = [*([mine] if mine else []), *(one for one in imports if one is not mine)]
    places = {item.id: item.parent for one in reversed(every) for item in one.package.items}
    had = {item.id: item for item in mine.ever} if mine else {}
    here = package.by_id()
    items = [
        replace(
            item,
            parent=places.get(item.id, ""),
            key=had[item.id].key if item.id in had else item.key,
            said=had[item.id].said if item.id in had else {},
            word=had[item.id].word if item.id in had and had[item.id].kind == item.kind else "",
            code=item.code or (had[item.id].code if item.id in had else ""),
        )
        for item in package.items
    ]
    if not mine:
        return replace(package, items=tuple(items))
    told = {one.ends: one.said for one in mine.package.relations}
    relations = [replace(one, said=told.get(one.ends, {})) for one in package.relations]
    headings = [item for item in mine.package.items if item.kind == "heading"]
    others = [one for one in mine.package.relations if one.kind not in TIED_KINDS and one.origin in here]
    return replace(
        package,
        key=mine.package.key or package.key,
        said=mine.package.said,
        items=(*headings, *items),
        relations=(*relations, *others),
    )


TIED_KINDS = frozenset(name for keys in TIED.values() for name in keys.values())


def known(package: Package, levels: str = "") -> Known:
    """What a pack has of a file's items: by the file's keys, its own ids, the identifiers it writes and its names."""
    ids: dict[str, str] = {}
    kinds: dict[str, Kind] = {}
    for item in package.items:
        for key in (*_names(item), item.id, identifier(package.key, item.id), item.key):
            ids[key], kinds[key] = item.id, item.kind
    for key, item in _by_table(package):
        ids[key], kinds[key] = item.id, item.kind
    return Known(ids, kinds, levels)


def _names(item: Item) -> Iterator[str]:
    """What tables without ids call an item."""
    yield f"{item.kind}:{plain(item.label)}"
    if item.kind == "level":
        yield f"level:{plain(item.code or item.id)}"


def _by_table(package: Package) -> Iterator[tuple[str, Item]]:
    """What tables call what stands in a row with something else: objectives, activities of a group and their lines."""
    here, lines = package.by_id(), {str(line.more.get("course", "")): line for line in package.of("line")}
    for one in package.relations:
        if one.kind == "gives" and one.destination in here:
            yield objective_key(here[one.origin].label, here[one.destination].label), here[one.destination]
        if one.kind == "open-to" and one.destination in here:
            course = here[one.origin]
            ends = [end.destination for end in package.from_(course.id, "open-to")]
            every = "-".join(here[end].code for end in ends if end in here)
            for group in (group_of(package, here[one.destination]), every):
                yield f"course:{group}:{plain(course.label)}", course
                if course.id in lines:
                    yield f"line:{group}:{plain(course.label)}", lines[course.id]


def group_of(package: Package, level: Item) -> str:
    """The numbers of the levels that share a row with a level, as a plan's table names the row."""
    row = str(level.more.get("row", ""))
    some = [one.code for one in package.of("level") if "&" in row and one.more.get("row") == row]
    return "-".join(some or [level.code])


def objective_key(course: str, objective: str) -> str:
    """What a table calls one objective of a course."""
    return f"objective:{plain(course)}:{plain(objective)}"

"""Statements as the blocks of a pack's files: what the file says is stated, what we read into it has its policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tna.documents import schema
from tna.exchange.ids import bare
from tna.exchange.packs import FIELDS, LISTS, TIED
from tna.exchange.packs import FILES as HOMES
from tna.exchange.settling import CROSSED, PART, UNDER
from tna.exchange.statements import Facts, Item, Kind, Package, Relation

NOT_STATED = "not stated"
SAYS = {
    UNDER: "What stands under a level in the file is required at that level.",
    CROSSED: "What a level refers to in the file and marks as required is required at that level.",
    PART: "What is part of a level in the file is required at it; a level that is part of another is included in it.",
    "level-ranges": "A printed range means each level in it. Open to is not required of.",
    "objectives-are-competencies": "Each line printed as an objective of a course is a competency that the course gives.",
    "examples-are-roles": "A named example that is a name of just one role is that role.",
    "row-is-required": "The competencies printed in the row of a target group are required of that group.",
    "row-is-given": "The activities printed in the row of a target group are open to it and give the competencies of the row.",
}
TOP_ENDS: Mapping[str, Mapping[Kind, str]] = {  # under which key of a link or grant an end stands
    name: {"level": "levels", "cohort": "cohorts", "competency": "competencies"}
    for name in ("includes", "requires", "open-to", "required-of", "gives", "renews")
}


NUMBER = re.compile(r"(?:^|\W)(\d{1,3}|[IVX]{1,5}|[A-H])$")


@dataclass(frozen=True, slots=True)
class Document:
    """The imported file as a document of the pack."""

    id: str
    title: str
    file: str
    kind: str
    by: str = ""
    dated: str = ""


def framework(package: Package, board: str, name: str, document: Document) -> dict[str, Any]:
    """A whole framework.yaml for a new pack."""
    more = _known(package.more, schema("framework")["properties"])
    lists = {LISTS[kind]: items(package, kind, document.id) for kind in LISTS if kind not in HOMES}
    sources = [*more.pop("documents", ())]
    policies = [*more.pop("policies", ())]
    own = package.explicit and bool(sources)  # a pack's own file: what it leaves open, it says itself
    questions = [*more.pop("questions", ())] or ([] if own else list(asked(package, document.id)))
    policies += new_policies(package, document.id, {one["id"] for one in policies})
    there = any(one["id"] == document.id for one in sources)  # a pack that was once imported from such a file
    used = not there and f"'document': '{document.id}'" in str((lists, policies, questions))
    found = {
        "id": name,
        "board": board,
        "title": package.title or board,
        "edition": package.edition or NOT_STATED,
        "level_word": "level",
        **more,
        "note": package.text,
        "documents": [*sources, *([document_block(document)] if used or not sources else [])],
        "policies": policies,
        "levels": lists["levels"],
        "competencies": lists["competencies"],
        "cohorts": lists["cohorts"],
        "questions": questions,
    }
    return {key: value for key, value in found.items() if value or key == "levels"}


def document_block(document: Document) -> dict[str, Any]:
    """The file as an entry of `documents`."""
    found = {"id": document.id, "title": document.title or document.file}
    found |= {key: value for key, value in (("by", document.by), ("dated", document.dated)) if value}
    return found | {"note": f"Imported from {document.file} ({document.kind})."}


def number_of(label: str) -> str:
    """The number at the end of a level's label, as the board writes it; the label itself when there is none."""
    match = NUMBER.search(label.strip())
    return match[1] if match else label


def items(package: Package, kind: Kind, document: str) -> list[dict[str, Any]]:
    """The blocks of every item of a kind, in order."""
    kinds = {one.id: one.kind for one in package.items}
    tied: dict[str, list[Relation]] = {}
    for relation in package.relations:
        tied.setdefault(relation.origin, []).append(relation)
    return [block(item, tied.get(item.id, ()), kinds, document) for item in package.of(kind)]


def block(
    item: Item, relations: Sequence[Relation], kinds: Mapping[str, Kind], document: str
) -> dict[str, Any]:
    """One statement as the pack writes it, with its source: the row of the file, unless it brings its own."""
    where = HOMES.get(item.kind, "framework")
    known = schema(where)["$defs"][item.kind]["properties"]
    parts = {key: getattr(item, part) for part, key in FIELDS[item.kind].items()}
    if item.kind == "level":
        parts["number"] = item.code or number_of(item.label)
    found: dict[str, Any] = {"id": bare(item.id), **{key: text for key, text in parts.items() if text}}
    if item.kind == "course":
        found |= {"kind": _course_kind(item), "audience": "workforce", "mode": NOT_STATED.replace(" ", "-")}
    found |= _known(item.more, known)
    for key, name in TIED[item.kind].items():
        ties = [one for one in relations if one.kind == name and one.destination in kinds]
        if ties:
            found[key] = list(grouped(ties, kinds))
    return {**found, "source": {"document": document, "at": item.row}, "basis": "stated"} | {
        key: item.more[key] for key in ("source", "basis") if key in item.more
    }


def _course_kind(item: Item) -> str:
    return re.sub(r"\W+", "-", item.word.casefold()).strip("-") or "course"


def grouped(relations: Iterable[Relation], kinds: Mapping[str, Kind]) -> Iterator[Any]:
    """Relations of one kind from one item as links or grants: those said on the same footing together."""
    grants: list[tuple[Facts, dict[str, list[str]]]] = []
    for one in relations:
        if one.kind not in TOP_ENDS:
            yield one.destination
            continue
        ends = next((ends for more, ends in grants if more == one.more), None)
        if ends is None:
            grants.append((one.more, ends := {}))
        ends.setdefault(TOP_ENDS[one.kind][kinds[one.destination]], []).append(one.destination)
    yield from ({**ends, **more} for more, ends in grants)


def _known(more: Facts, known: Mapping[str, Any]) -> dict[str, Any]:
    """What else is said, as far as the pack has a key for it."""
    return {key: value for key, value in more.items() if key in known}


def new_policies(package: Package, document: str, there: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The policies that our readings of the file belong to, unless the pack has them."""
    examples = [one for item in package.items for one in item.more.get("examples", ())]
    said = [*(one.more for one in package.relations), *(one.more for one in package.items), *examples]
    used = {str(more["policy"]) for more in said if "policy" in more}
    return [
        {"id": one, "kind": "switch", "value": "on", "says": SAYS[one], "source": {"document": document, "at": "the file as a whole"}, "basis": "interpreted"}
        for one in SAYS
        if one in used - set(there)
    ]  # fmt: skip


def asked(package: Package, document: str) -> Iterator[dict[str, Any]]:
    """What the file does not say, as questions, and how each is treated until somebody answers."""
    kinds = {one.kind for one in package.relations}
    courses, levels = package.of("course"), package.of("level")
    here = {one.id: one.kind for one in package.items}
    refers = any(
        one.kind == "related" and {"level", "competency"} == {here.get(one.origin), here.get(one.destination)}
        for one in package.relations
    )
    open_ones = (
        (not levels, "levels", "Which levels are there, and what does each require?", "None is made up; nobody can be placed until they are written."),
        (bool(levels) and "requires" not in kinds, "requirements", "What does each level require?", "Nothing."),
        (len(levels) > 1 and "includes" not in kinds, "inclusion", "Does a level include what others require?", "No, as it is not written."),
        (bool(levels) and not any(one.more.get("examples") for one in levels), "placing", "Who is at each level?", "People are at the level that their agency states; the others are asked."),
        (refers, "references", "Is what a level refers to in the file required at it?", "No; a reference only says that the two are related."),
        (not courses, "courses", "Which courses give these competencies?", "None is known, so none is advised and no training closes a gap."),
        (bool(courses) and "gives" not in kinds, "giving", "Which competencies does each course give?", "None, so no training closes a gap."),
        (not any("months" in one.more for one in package.relations), "interval", "For how long does training hold?", "No interval is stated: held once is held."),
    )  # fmt: skip
    source = {"document": document, "at": "the file is silent"}
    for is_open, name, asks, treatment in open_ones:
        if is_open:
            yield {"id": f"imported-{name}", "asks": asks, "treatment": treatment, "source": source}

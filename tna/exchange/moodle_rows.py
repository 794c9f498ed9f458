"""In which order, under which parents and with which cross-references a framework stands in Moodle's file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

from tna.exchange.placing import parents
from tna.exchange.statements import Item, Package

COLUMNS = (
    "Parent ID number", "ID number", "Short name", "Description", "Description format", "Scale values",
    "Scale configuration", "Rule type (optional)", "Rule outcome (optional)", "Rule config (optional)",
    "Cross-referenced competency ID numbers", "Exported ID (optional)", "Is framework", "Taxonomy",
)  # fmt: skip
SHORT = 100  # characters of an ID number or a short name; the importer cuts what is longer
RULES = {
    "core_competency\\competency_rule_all": "all",
    "core_competency\\competency_rule_points": "points",
}
OUTCOMES = {
    "0": "none",
    "1": "evidence",
    "2": "complete",
    "3": "recommend",
}  # competency.php; links count otherwise
SCALE = {
    "scale_values": "Not yet competent,Competent",
    "scale_configuration": '[{"scaleid":"1"},{"id":1,"scaledefault":1,"proficient":0},{"id":2,"scaledefault":0,"proficient":1}]',
}
NOT_REQUIRED = "tna-not-required"


REQUIRES = re.compile(r"\s*<!-- tna requires: ([^<>]*) -->")


def marked(keys: Iterable[str]) -> str:
    """What says, unseen at the end of a description, which of the row's references are requirements; "" for none."""
    listed = " ".join(quote(key, safe="") for key in keys)
    return f"<!-- tna requires: {listed} -->" if listed else ""


def unmarked(text: str) -> tuple[str, frozenset[str]]:
    """A description without that mark, and the keys that it names: of other references nobody says they are required."""
    found = [unquote(key) for keys in REQUIRES.findall(text) for key in keys.split()]
    return REQUIRES.sub("", text), frozenset(found)


def arranged(package: Package) -> Iterator[tuple[Item, str, str, str]]:
    """Each row with the keys of its parent and of what it refers to and its mark, parents before children.

    A competency stands where the file it came from had it, unless that would make it required at a level that does
    not require it; else under the first level that does; else, where there are levels, under a heading of its own.
    """
    rows = [item for item in package.items if item.kind in ("level", "competency", "heading")]
    placed = parents(package, rows, NOT_REQUIRED)
    if NOT_REQUIRED in placed.values() and NOT_REQUIRED not in placed:
        rows.append(Item(NOT_REQUIRED, "Required by no level", "heading", NOT_REQUIRED))
        placed[NOT_REQUIRED] = ""
    by_id = {item.id: item for item in rows}
    crossed = _crossed(package, placed)
    below: dict[str, list[Item]] = {}
    for item in rows:
        below.setdefault(placed[item.id], []).append(item)
    waiting = list(reversed(below.get("", [])))
    while waiting:
        item = waiting.pop()
        parent = by_id.get(placed[item.id])
        ends = {by_id[one].key: kind for one, kind in crossed.get(item.id, {}).items() if one in by_id}
        keys = ",".join(key.replace(",", "%2C") for key in ends)
        mark = marked(key for key, kind in ends.items() if kind == "requires")
        yield item, parent.key if parent else "", keys, mark
        waiting += reversed(below.get(item.id, []))


def _crossed(package: Package, placed: dict[str, str]) -> dict[str, dict[str, str]]:
    """What each row refers to and how: what its level requires beyond what stands under it, and whatever is related."""
    found: dict[str, dict[str, str]] = {}
    for one in package.relations:
        under = one.kind == "requires" and _is_under(one.destination, one.origin, placed)
        if not under and one.kind in ("requires", "includes", "needs", "related"):
            ends = found.setdefault(one.origin, {})
            if one.kind == "requires" or one.destination not in ends:
                ends[one.destination] = one.kind
    return found


def _is_under(name: str, level: str, placed: dict[str, str]) -> bool:
    while name := placed.get(name, ""):
        if name == level:
            return True
    return False

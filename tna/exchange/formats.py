"""The kinds of file that a framework is moved in and out by, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tna.exchange.packs import known
from tna.exchange.readings import Reading
from tna.exchange.settling import settle
from tna.exchange.statements import Package
from tna.problems import Problems


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: the room that reads and writes it, the suffix it is written with, and what it is.

    Where it cannot say under which policy something stands, what a policy that is off would add is not written.
    """

    room: str
    suffix: str
    says: str
    policies: bool = False
    lines: bool = False

    def read(self, reading: Reading) -> Package:
        """The package in a file, settled. Raises `Unusable` when the file cannot be read at all."""
        found: Callable[[Reading], Package] = import_module(self.room).read
        return settle(found(reading), reading)

    def write(self, package: Package, problems: Problems) -> bytes:
        """The bytes of a file; what the format's rules forbid is a problem."""
        found: Callable[[Package, Problems], bytes] = import_module(self.room).write
        items = package.items if self.lines else tuple(item for item in package.items if item.kind != "line")
        carried = replace(package, items=items)
        return found(carried if self.policies else in_force(carried), problems)

    def carried(self, package: Package, levels: str = "") -> Package:
        """What a reader of the written file gets: the package as this format carries it."""
        with TemporaryDirectory(prefix="tna-") as scratch:
            path = Path(scratch) / f"written{self.suffix}"
            path.write_bytes(self.write(package, Problems()))
            return self.read(Reading(path, path.name, Problems(), known(package, levels)))


def in_force(package: Package) -> Package:
    """The package without the statements of policies that are off: nobody says them."""
    off = {one["id"] for one in package.more.get("policies", ()) if one.get("value") == "off"}
    items = tuple(item for item in package.items if item.more.get("policy") not in off)
    kept = {item.id for item in items}
    gone = {item.id for item in package.items} - kept
    ties = [one for one in package.relations if one.more.get("policy") not in off]
    return replace(
        package,
        items=tuple(replace(item, parent="" if item.parent in gone else item.parent) for item in items),
        relations=tuple(one for one in ties if not {one.origin, one.destination} & gone),
    )


FORMATS: Mapping[str, Format] = {
    "levels": Format("tna.exchange.levels_table", ".csv", "a board's own table of level descriptors"),
    "offer": Format(
        "tna.exchange.offer",
        ".csv",
        "a board's own table of courses: title, objectives, target group, level, frequency",
    ),
    "plan": Format(
        "tna.exchange.plan_table",
        ".csv",
        "a board's own plan: target groups, competencies, activity, lead, dated update",
        lines=True,
    ),
    "moodle": Format("tna.exchange.moodle", ".csv", "Moodle's competency framework CSV"),
    "opensalt": Format("tna.exchange.opensalt", ".xlsx", "OpenSALT's workbook"),
    "compeito": Format("tna.exchange.compeito", ".csv", "COMPEITO's CSV"),
    "case": Format("tna.exchange.case", ".json", "a CASE package, 1.0 or 1.1, as JSON", policies=True),
}

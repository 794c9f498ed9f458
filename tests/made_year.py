"""A made-up year of a small board, the same for the same seed: agencies with registers or returns, sessions, forms, meetings."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.small import SAID, course, few_roles, level, write_pack
from tna import boards, plugins, policies, shelves
from tna.analysis import analyse
from tna.frameworks import load_pack
from tna.model import AnnualReview, Board
from tna.problems import Problems
from tna.review import Sent, review

AS_OF = date(2016, 1, 31)
COURSES = ("c1", "c2", "c3")
Row = Mapping[str, Any]
PLAN = [
    {"id": "eight", "kind": "sessions", "says": "8 sessions.", "course": "c1", "target": 8, "unit": "sessions", "comparison": "exactly"},
    {"id": "on-day", "kind": "evaluation", "says": "All before and after.", "course": "c1", "target": 100, "unit": "percent", "comparison": "exactly"},
    {"id": "met-again", "kind": "follow-up", "says": "A quarter met again.", "course": "c1", "target": 25, "unit": "percent",
     "supported_by": "line manager", "comparison": "at-least"},
    {"id": "referrals", "kind": "outcome", "says": "Referrals made."},
    {"id": "talks", "kind": "activity", "says": "Talks are held.", "course": "c2"},
]  # fmt: skip


def board(folder: Path, settings: Mapping[str, str] | None = None) -> Board:
    """Three levels, three courses and a plan of a few lines."""
    pack = write_pack(
        folder / "pack",
        levels=[level(number, [f"k{number}"]) for number in (1, 2, 3)],
        competencies=["k1", "k2", "k3"],
        courses=[course(name, [f"k{number}"]) for number, name in enumerate(COURSES, 1)],
    )
    lines = [{**line, **SAID} for line in PLAN]
    (pack / "plan.yaml").write_text(json.dumps({"lines": lines}), "utf-8")
    problems = Problems()
    read = load_pack(pack, problems)
    assert read is not None, list(map(str, problems))
    common = policies.common(shelves.rule_files("policies.yaml"), problems)
    found = boards.assemble(
        read, few_roles(), policies.in_force(read, common, settings or {}, problems), problems
    )
    problems.stop_on_errors()
    return found


def write(path: Path, rows: Iterable[Row]) -> list[Path]:
    """A CSV file; nothing when there are no rows."""
    some = list(rows)
    if some:
        columns = list(dict.fromkeys(name for row in some for name in row))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(some)
    return [path] if some else []


def few(chance: random.Random, most: int) -> int:
    """A number that is often nought or small."""
    return chance.choice(
        (0, 0, 1, 2, 3, chance.randint(0, most), chance.randint(0, most), chance.randint(4, most))
    )


def people_and_records(chance: random.Random) -> tuple[list[Row], list[Row]]:
    """Agencies A to D with registers; each person has one job at one level."""
    people: list[Row] = []
    records: list[Row] = []
    for agency in "ABCD"[: chance.randint(1, 4)]:
        for number in range(1, 4):
            for _ in range(few(chance, 14)):
                person = f"PERSON-{len(people):04d}"
                people.append({"person_id": person, "agency": agency, "role": "Worker", "level": number})
                if chance.random() < 0.6:
                    day = date(2015, 4, 10) + timedelta(days=chance.randint(0, 290))
                    records.append({"person_id": person, "course": f"c{number}", "completed": day})
    return people or [{"person_id": "PERSON-0000", "agency": "A", "role": "Worker", "level": 1}], records


def returns(chance: random.Random) -> list[Row]:
    """Headcounts of other agencies, now and then of one with a register too: stated, estimated, or of people only."""
    rows: list[Row] = []
    for agency in chance.sample("DEFGH", chance.randint(0, 4)):
        for number in chance.sample((1, 2, 3), chance.randint(1, 3)):
            required = few(chance, 40)
            held = chance.randint(0, required)
            row: dict[str, Any] = {
                "agency": agency,
                "level": number,
                "required": required,
                "as_at": "2015-12-31",
            }
            kind = chance.choice(("stated", "stated", "estimated", "bounded", "people", "trained"))
            if kind in ("stated", "estimated", "bounded"):
                row["in_date"] = held
            if kind == "trained":
                row["trained"] = held
            if kind in ("estimated", "bounded"):
                row["estimated"] = "yes"
            if kind == "bounded":
                row |= {
                    "low": max(0, held - chance.randint(0, 6)),
                    "high": min(required, held + chance.randint(0, 6)),
                }
            rows.append(row)
    return rows


def bookings(chance: random.Random) -> list[Row]:
    """By session and agency, of this year and the one before; they always add up."""
    rows: list[Row] = []
    for name in COURSES[: chance.randint(1, 3)]:
        for _ in range(chance.randint(1, 4)):
            when = date(2015, 4, 10) + timedelta(days=chance.choice((-200, 0, 20, 60, 100, 150, 200, 250)))
            if any(row["course"] == name and row["date"] == when for row in rows):
                continue
            for agency in chance.sample("ABCDEF", chance.randint(1, 4)):
                attended, cancelled, no_show = few(chance, 15), few(chance, 8), few(chance, 8)
                walked_in = chance.randint(0, attended) if chance.random() < 0.4 else 0
                rows.append({
                    "course": name, "date": when, "agency": agency, "booked": attended - walked_in + cancelled + no_show,
                    "cancelled": cancelled, "no_show": no_show, "unscheduled": walked_in, "attended": attended,
                })  # fmt: skip
    return rows


def sessions(chance: random.Random, booked: list[Row]) -> list[Row]:
    """The bookings added up, with places now and then; and one session of which only bookings are known."""
    found: dict[tuple[str, date], dict[str, Any]] = {}
    for row in booked:
        whole = found.setdefault((row["course"], row["date"]), {"course": row["course"], "date": row["date"]})
        for name in ("booked", "cancelled", "no_show", "unscheduled", "attended"):
            whole[name] = whole.get(name, 0) + row[name]
    for whole in found.values():
        whole["places"] = chance.choice(("", whole["booked"] + 4, 24))
        whole["status"] = "held" if whole["attended"] else ""
    return list(found.values())


def forms(chance: random.Random, held: list[Row]) -> list[Row]:
    """Forms of some who came, some of them late or with one answer only, on two questions."""
    rows: list[Row] = []
    for session in held:
        for number in range(chance.randint(0, session["attended"])):
            late, lacks = chance.random() < 0.1, chance.random()
            for question in ("signs", "whom to tell")[: chance.choice((1, 2, 2))]:
                pre = chance.randint(1, 4)
                rows.append({
                    "form_id": f"{session['course']}-{session['date']}-{number}", "course": session["course"], "session": session["date"],
                    "date": session["date"] + timedelta(days=5 if late else 0), "question": question,
                    "pre": "" if lacks < 0.08 else pre, "post": "" if lacks > 0.95 else min(5, pre + chance.choice((0, 1, 1, -1))),
                })  # fmt: skip
    return rows


def met(chance: random.Random, records: list[Row]) -> list[Row]:
    """Some of those trained on the first course, met after a while, with the line manager or not."""
    return [
        {"person_id": one["person_id"], "course": "c1", "completed": one["completed"],
         "followed_up": min(AS_OF, one["completed"] + timedelta(days=chance.choice((40, 100, 120)))),
         "line_manager": chance.choice(("yes", "yes", "yes", "no", ""))}
        for one in records
        if one["course"] == "c1" and chance.random() < 0.4
    ]  # fmt: skip


def outcomes(chance: random.Random) -> list[Row]:
    """Quarters and, now and then, their sum."""
    counts = [few(chance, 30) for _ in range(3)]
    rows: list[Row] = [
        {"period": f"Quarter {number}", "measure": "referrals", "count": count, "source": "police"}
        for number, count in enumerate(counts, 1)
    ]
    return (
        [*rows, {**rows[0], "period": "All three", "count": sum(counts)}] if chance.random() < 0.7 else rows
    )


def files(seed: int, folder: Path) -> tuple[dict[str, list[Path]], dict[str, list[Path]]]:
    """The registers of people, and those of the year, written to a folder."""
    chance = random.Random(seed)
    people, records = people_and_records(chance)
    booked = bookings(chance)
    held = sessions(chance, booked)
    expected = [{"agency": agency} for agency in "ABCDEFGHI"[: chance.randint(4, 9)]]
    registers = {"people": people, "records": records, "agencies": expected}
    year = {"returns": returns(chance), "sessions": held, "bookings": booked if chance.random() < 0.8 else [],
            "evaluations": forms(chance, held), "followups": met(chance, records), "outcomes": outcomes(chance)}  # fmt: skip
    written = [
        {name: write(folder / f"{name}.csv", rows) for name, rows in some.items()}
        for some in (registers, year)
    ]
    return written[0], written[1]


def reviewed(seed: int, folder: Path) -> tuple[AnnualReview, AnnualReview]:
    """A review for all and one for the team only, of the same made-up year; every other one with last year's people."""
    chance = random.Random(seed + 1000)
    settings = {
        "returns.silent": chance.choice(("leave-out", "widen")),
        "single-agency.counts": chance.choice(("register", "statement")),
        **({"returns.estimate-margin": "10"} if chance.random() < 0.4 else {}),
        **({"refresh.months": "36"} if chance.random() < 0.5 else {}),
        **({"coverage.target": "80", "coverage.floor": "60"} if chance.random() < 0.5 else {}),
    }
    whole = board(folder, settings)
    for name in ("now", "last"):
        (folder / name).mkdir()
    registers, year = files(seed, folder)
    analysed(whole, registers, folder / "now")
    (folder / "before").mkdir()
    before, _ = files(seed + 5000, folder / "before")
    analysed(whole, before, folder / "last")
    sent = Sent(year, folder / "now", folder / "last" if seed % 2 else None)
    one, other = (
        review(whole, "2015-16", sent, as_of=AS_OF, internal=internal, plugins=plugins.find())
        for internal in (False, True)
    )
    return one, other


def analysed(whole: Board, registers: Mapping[str, list[Path]], folder: Path) -> None:
    """The analysis of these registers, in a folder."""
    found = analyse(
        whole, registers["people"], registers["records"], as_of=AS_OF, agencies=registers["agencies"],
        plugins=plugins.find(), database=folder / "analysis.duckdb",
    )  # fmt: skip
    found.connection.close()

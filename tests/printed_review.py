"""A made-up review as it is printed, what a reader may know of it beside the numbers, and what is true."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.attack import Reader
from tests.made_year import reviewed
from tna.reports import as_review

SPREAD = ("booked", "cancelled", "no_show", "unscheduled", "attended")
COUNTS = {
    "returns": ("required", "held", "low", "high", "evidenced"),
    "delivery": (*SPREAD, "take_up_attended", "attendance_of", "attendance_booked"),
    "sessions": SPREAD,
    "agency_mix": ("booked", "no_show", "attended"),
    "no_shows": ("booked", "cancelled", "no_show", "attended", "rate_no_show", "rate_kept"),
    "places": ("people_to_train", "places", "yield_attended"),
    "evaluation": ("forms", "paired", "pre_only", "post_only", "conflicting", "improved", "same", "worse", "late", "on_day",
                   "early", "day_not_known"),
    "evaluation_change": ("forms",),
    "evaluated": ("attended", "both_on_day", "elsewhere"),
    "follow-up": ("trained", "sample", "needed", "due", "done", "done_without_manager", "too_early", "manager_not_stated",
                  "done_not_drawn", "not_matched"),
    "outcomes": ("count",),
}  # fmt: skip
BOUNDS = ("unsure", "low lacks", "high lacks")  # how far a bound is off counts nobody
PEOPLE = r"(?:people|person|attendances?|forms?|individuals?|practitioners?|trained|more were)"
Cells = list[dict[str, str]]


@dataclass
class Printed:
    """A review as it was written twice: for all, and for the team."""

    shown: Path
    internal: Path
    year: tuple[date, date]

    def rows(self, name: str, internal: bool = False) -> Cells:
        with ((self.internal if internal else self.shown) / f"{name}.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            return list(csv.DictReader(file))

    def both(self, name: str) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
        """Each row as printed for all, and as it is."""
        shown, every = self.rows(name), self.rows(name, internal=True)
        return zip(shown, every, strict=True) if name != "agency_mix" else iter(())


def made(seed: int, folder: Path) -> Printed:
    shown, internal = reviewed(seed, folder)
    for name, one in (("shown", shown), ("internal", internal)):
        (folder / name).mkdir()
        as_review.write(one, folder / name)
        one.connection.close()
    return Printed(folder / "shown", folder / "internal", (shown.first, shown.last))


def place(row: Mapping[str, str], what: str) -> str:
    wide = " with those unknown" if row["basis"] == "no-return" and row["agency"] == "*" else ""
    return f"{what} {row['agency']} {row['level']}{wide}"


def truth_of_people(printed: Printed) -> dict[str, str]:
    return {
        place(row, what): row[what]
        for row in printed.rows("returns", internal=True)
        for what in COUNTS["returns"]
    }


def in_date(printed: Printed) -> Reader:
    """Levels add up to an agency, agencies to the board, open and held to required, and silence widens by the rest.

    Nobody of these made-up people has two jobs, so that all of it adds up and a reader may know that.
    """
    reader = Reader()
    rows = printed.rows("returns", internal=True)
    for shown in printed.rows("returns"):
        for what in COUNTS["returns"]:
            reader.reads(place(shown, what), shown[what])
        for what in ("held", "low", "high"):
            reader.knows(place(shown, "required"), [place(shown, what), place(shown, f"{what} lacks")])
        reader.knows(place(shown, "held"), [place(shown, "evidenced"), place(shown, "reported")])
        reader.knows(place(shown, "held"), [place(shown, "low"), place(shown, "unsure")])
    known = [row for row in rows if row["held"] and row["required"]]
    unknown = [row for row in rows if not row["held"] and row["required"]]
    for row in known:
        if row["basis"] == "register":
            reader.reads(place(row, "reported"), 0)
            reader.reads(place(row, "unsure"), 0)
        elif "*" not in (row["agency"], row["level"]):
            reader.reads(place(row, "evidenced"), 0)
    whats = ("required", "held", "low", "high", "evidenced", "reported")
    for row in known:
        for parts in lines(row, known):
            if parts and sum(int(one["required"]) for one in parts) == int(row["required"]):
                for what in whats:
                    reader.knows(place(row, what), [place(one, what) for one in parts])
    for wide in (row for row in unknown if row["agency"] == "*"):
        own = [one for one in known if (one["agency"], one["level"]) == ("*", wide["level"])]
        more = [one for one in unknown if one["level"] == wide["level"] and one["agency"] != "*"]
        reader.knows(place(wide, "required"), [place(one, "required") for one in (*own, *more)])
        for what in ("low", "high"):
            reader.knows(place(wide, what), [place(one, what) for one in (*own, *more)])
    for whole in (row for row in unknown if row["level"] == "*" and row["agency"] != "*"):
        parts = [
            one
            for one in rows
            if one["agency"] == whole["agency"] and one["level"] != "*" and one["required"]
        ]
        for what in ("required", "low", "high"):
            reader.knows(place(whole, what), [place(one, what) for one in parts])
    return reader


def lines(row: Mapping[str, str], rows: Cells) -> Iterator[Cells]:
    if row["level"] == "*":
        yield [one for one in rows if one["agency"] == row["agency"] and one["level"] != "*"]
    if row["agency"] == "*":
        yield [one for one in rows if one["level"] == row["level"] and one["agency"] != "*"]


def truth_of_sessions(printed: Printed) -> dict[str, str]:
    found = {
        f"{name} {row['course']} {row['date']}": row[name]
        for row in printed.rows("sessions", internal=True)
        for name in SPREAD
    }
    found |= {
        f"{name} {row['course']}": row[name]
        for row in printed.rows("delivery", internal=True)
        for name in SPREAD
    }
    return found | {
        f"{name} {row['agency']}": row[name]
        for row in printed.rows("no_shows", internal=True)
        for name in COUNTS["no_shows"][:4]
    }


def balances(reader: Reader, key: str) -> None:
    """What follows within one row: who was kept, who came of those booked, and who came at all."""
    reader.knows(f"booked {key}", [f"kept {key}", f"cancelled {key}"])
    reader.knows(f"kept {key}", [f"came {key}", f"no_show {key}"])
    reader.knows(f"attended {key}", [f"came {key}", f"unscheduled {key}"])


def came(printed: Printed) -> Reader:
    """Sessions add up to courses, courses and agencies to the same whole; rates and yields tell their parts."""
    reader = Reader()
    first, last = (one.isoformat() for one in printed.year)
    sessions = printed.rows("sessions")
    for row in sessions:
        key = f"{row['course']} {row['date']}"
        for name in SPREAD:
            reader.reads(f"{name} {key}", row[name])
        balances(reader, key)
    counted = [
        row for row in sessions if first <= row["date"] <= last and row["state"] in ("held", "not-known")
    ]
    for row in printed.rows("delivery"):
        balances(reader, row["course"])
        held = [
            f"{one['course']} {one['date']}"
            for one in counted
            if one["course"] == row["course"] and one["state"] == "held"
        ]
        placed = [
            key
            for key, one in ((f"{one['course']} {one['date']}", one) for one in counted)
            if key in held and one["places"]
        ]
        for name in SPREAD:
            reader.reads(f"{name} {row['course']}", row[name])
            reader.knows(f"{name} {row['course']}", [f"{name} {key}" for key in held])
        for column, name, keys in (
            ("take_up_attended", "attended", placed),
            ("attendance_of", "came", held),
            ("attendance_booked", "kept", held),
        ):
            reader.reads(f"{column} {row['course']}", row[column])
            reader.knows(f"{column} {row['course']}", [f"{name} {key}" for key in keys])
    agencies = printed.rows("no_shows")
    for row in agencies:
        key = row["agency"]
        for name in COUNTS["no_shows"][:4]:
            reader.reads(f"{name} {key}", row[name])
        for column, name in (("rate_no_show", "no_show"), ("rate_kept", "kept")):
            reader.reads(f"{name} {key}", row[column])
        balances(reader, key)
    if agencies:
        for name in SPREAD:
            reader.knows(f"{name} of all", [f"{name} {row['agency']}" for row in agencies])
            reader.knows(f"{name} of all", [f"{name} {row['course']} {row['date']}" for row in counted])
    for row in printed.rows("evaluated"):
        reader.reads(f"attended {row['course']}", row["attended"])
    return with_yields(printed, reader)


def with_yields(printed: Printed, reader: Reader) -> Reader:
    """The yields that places needed rest on: attendances at sessions held with places, of any year."""
    held = [row for row in printed.rows("sessions") if row["state"] == "held" and row["places"]]
    for row in printed.rows("places"):
        own = row["yield_from"].startswith("this course")
        keys = [
            f"attended {one['course']} {one['date']}"
            for one in held
            if not own or one["course"] == row["course"]
        ]
        if row["yield_attended"]:
            reader.reads(f"yield {row['course']}", row["yield_attended"])
            reader.knows(f"yield {row['course']}", keys)
    return reader


def truth_of_forms(printed: Printed) -> dict[str, str]:
    found = {
        f"{name} {row['course']} {row['question']}": row[name]
        for row in printed.rows("evaluation", internal=True)
        for name in COUNTS["evaluation"]
    }
    return found | {
        f"{name} {row['course']}": row[name]
        for row in printed.rows("evaluated", internal=True)
        for name in COUNTS["evaluated"]
    }


def filled_in(printed: Printed) -> Reader:
    """Forms by pairing, by day and by change; complete ones are some of those paired and of those on the day."""
    reader = Reader()
    for row in printed.rows("evaluated"):
        for name in COUNTS["evaluated"]:
            reader.reads(f"{name} {row['course']}", row[name])
        reader.knows(
            f"complete {row['course']}", [f"{name} {row['course']}" for name in ("both_on_day", "elsewhere")]
        )
        if reader_may_subtract(printed, row["course"]):
            reader.knows(
                f"attended {row['course']}", [f"both_on_day {row['course']}", f"not complete {row['course']}"]
            )
    steps = printed.rows("evaluation_change")
    for row in printed.rows("evaluation"):
        key = f"{row['course']} {row['question']}"
        for name in COUNTS["evaluation"]:
            reader.reads(f"{name} {key}", row[name])
        for total, parts in (
            ("forms", COUNTS["evaluation"][1:5]),
            ("paired", COUNTS["evaluation"][5:8]),
            ("forms", COUNTS["evaluation"][8:]),
        ):
            reader.knows(f"{total} {key}", [f"{name} {key}" for name in parts])
        mine = [one for one in steps if (one["course"], one["question"]) == (row["course"], row["question"])]
        for one in mine:
            reader.reads(f"change {one['change']} {key}", one["forms"])
        for name, sign in (("improved", 1), ("same", 0), ("worse", -1)):
            some = [
                f"change {one['change']} {key}"
                for one in mine
                if (float(one["change"]) > 0) - (float(one["change"]) < 0) == sign
            ]
            reader.knows(f"{name} {key}", some)
    for row in printed.rows("plan"):
        if row["kind"] == "evaluation":
            reader.reads("both_on_day c1", row["actual"])
            reader.reads("attended c1", row["denominator"])
    return reader


def reader_may_subtract(printed: Printed, course: str) -> bool:
    [row] = [one for one in printed.rows("evaluated", internal=True) if one["course"] == course]
    return bool(row["attended"]) and int(row["attended"]) >= int(row["both_on_day"])


def truth_of_followed(printed: Printed) -> dict[str, str]:
    return {
        name: row[name] for row in printed.rows("follow-up", internal=True) for name in COUNTS["follow-up"]
    }


def met_again(printed: Printed) -> Reader:
    """People trained are drawn or not, met or not; people drawn are due or not; the plan's line says some of it again."""
    reader = Reader()
    [row] = printed.rows("follow-up")
    for name in COUNTS["follow-up"]:
        reader.reads(name, row[name])
    reader.knows("trained", ["sample", "not drawn"])
    reader.knows("sample", ["due", "not due"])
    reader.knows("due", ["drawn and done", "outstanding"])
    reader.knows("done", ["drawn and done", "done_not_drawn"])
    reader.knows("trained", ["done", "done_without_manager", "too_early", "manager_not_stated", "not met"])
    reader.knows("not drawn", ["done_not_drawn", "neither"])
    [line] = [one for one in printed.rows("plan") if one["line"] == "met-again"]
    reader.reads("done", line["actual"])
    reader.reads("trained", line["denominator"])
    for name, pattern in (
        ("sample", r"drawn: (\d+)"),
        ("due", r"of whom (\d+) are due"),
        ("needed", r"25% is (\d+)"),
    ):
        for number in re.findall(pattern, line["because"]):
            reader.reads(name, number)
    return reader

"""Risks: what the board should look at. Outside the team flags are told without numbers of people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tna.reports.papers.material import Material
from tna.reports.sections import Cell, Section, table

MOST = 6
OF_PEOPLE = re.compile(
    r"\b(\d[\d,]*|one)((?: more)? of (?:the )?\d[\d,]*)? (people|persons?|jobs?|rows?|records?|attendances?|titles?|cells?|forms?|individuals|practitioners)\b"
)
LOOSE = re.compile(r"\b\d[\d,]* of \d[\d,]*\b")
BESIDE = re.compile(r" \((?:\d[\d,]*)\)")  # a count after a name
FLAGS = """select severity, code, subject, message, source from flags
           where severity in ('act', 'check') and subject not in (select person_id from people)
           order by severity, rowid"""


def told(material: Material, message: str) -> str:
    """A message as it may be told: without numbers of people unless to the team; "" when it is about a few people only."""
    if material.internal:
        return message
    counts = [int(one.replace(",", "")) if one != "one" else 1 for one, _, _ in OF_PEOPLE.findall(message)]
    if counts and any(material.small(count) for count in counts):
        return ""
    return BESIDE.sub("", LOOSE.sub("some", OF_PEOPLE.sub(lambda found: f"some {found[3]}", message)))


def _short(material: Material, words: str) -> str:
    """What is said first; all of it to the team."""
    return words if material.internal else words.split(". ")[0].rstrip(".") + "."


def sections(material: Material) -> Iterator[Section]:
    """Flags to act on, then to check; the first of each kind."""
    seen: set[str] = set()
    rows = []
    for severity, code, subject, message, source in material.rows(FLAGS):
        if code in seen and not material.internal:
            continue
        seen.add(code)
        rows.append(
            (
                Cell(subject, code),
                "to act on" if severity == "act" else "to check",
                told(material, message),
                source or "not stated",
            )
        )
    shown = rows if material.internal else rows[:MOST]
    says = () if len(shown) == len(rows) else (f"The first {len(shown)} of {len(rows)} kinds.",)
    made = (
        (
            table(
                "What to look at",
                ("About", "How pressing", "What", "Source"),
                shown,
                "flags.csv" if material.internal else "",
            ),
        )
        if shown
        else ()
    )
    yield Section("risks", "Risks: what to look at", says or (() if made else ("No flag was raised.",)), made)

"""Risks: what the board should look at. Outside the team flags are told without numbers of people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tna.reports.papers.material import Material
from tna.reports.sections import Cell, Section, table

MOST = 6
OF_PEOPLE = re.compile(
    r"\b(\d[\d,]*|one)((?: more)? of (?:the )?\d[\d,]*)? "
    r"(people|persons?|jobs?|rows?|records?|attendances?|titles?|cells?|forms?|individuals|practitioners)\b"
)
LOOSE = re.compile(r"\b\d[\d,]* of \d[\d,]*\b")
BESIDE = re.compile(r" \(\d[\d,]*\)")  # a count after a name
FLAGS = """select severity, code, subject, message, source from flags
           where severity in ('act', 'check') and subject not in (select person_id from people)
           order by severity, rowid"""
PRESSING = {"act": "to act on", "check": "to check"}


def told(material: Material, message: str) -> str:
    """A message as it may be told: without numbers of people unless to the team; "" when it is about a few people only."""
    if material.internal:
        return message
    counts = [1 if one == "one" else int(one.replace(",", "")) for one, _, _ in OF_PEOPLE.findall(message)]
    if any(material.small(count) for count in counts):
        return ""
    return BESIDE.sub("", LOOSE.sub("some", OF_PEOPLE.sub(lambda found: f"some {found[3]}", message)))


def sections(material: Material) -> Iterator[Section]:
    """Flags to act on, then to check; to others than the team the first of each kind, and what it says first."""
    rows = list(_rows(material))
    shown = rows if material.internal else rows[:MOST]
    left = f"The first {len(shown)} of {len(rows)} kinds." if len(shown) < len(rows) else ""
    says = (left,) if left else () if shown else ("No flag was raised.",)
    headings = ("About", "How pressing", "What", "Source")
    made = table("What to look at", headings, shown, "flags.csv" if material.internal else "")
    yield Section("risks", "Risks: what to look at", says, (made,) if shown else ())


def _rows(material: Material) -> Iterator[tuple[str | Cell, ...]]:
    seen: set[str] = set()
    for severity, code, subject, message, source in material.rows(FLAGS):
        words = told(material, message)
        if words and (material.internal or code not in seen):
            seen.add(code)
            said = words if material.internal else words.split(". ")[0].rstrip(".") + "."
            yield Cell(subject, code), PRESSING[severity], said, source or "not stated"

"""Risks: what the board should look at. Outside the team flags are told without numbers of people."""

from __future__ import annotations

from collections.abc import Iterator

from tna.reports.papers.material import Material
from tna.reports.papers.telling import Teller, few
from tna.reports.sections import Cell, Section, table

MOST = 6
FLAGS = """select severity, code, subject, message, source from flags
           where severity in ('act', 'check') and subject not in (select person_id from people)
           order by severity, rowid"""
PRESSING = {"act": "to act on", "check": "to check"}


def sections(material: Material) -> Iterator[Section]:
    """Flags to act on, then to check; to others than the team the first of each kind, and what it says first."""
    rows = list(_rows(material))
    shown = rows if material.internal else rows[:MOST]
    left = f"The first {len(shown)} of {len(rows)} kinds." if len(shown) < len(rows) else ""
    says = (left,) if left else () if shown else ("No flag was raised.",)
    headings = ("About", "How pressing", "What", "Source")
    made = table(
        "What to look at", headings, shown, "flags.csv" if material.internal else "", sheet="What to look at"
    )
    yield Section("risks", "Risks: what to look at", says, (made,) if shown else ())


def _rows(material: Material) -> Iterator[tuple[str | Cell, ...]]:
    teller = Teller(material)
    seen: set[str] = set()
    for severity, code, subject, message, source in material.rows(FLAGS):
        words = "" if few(material, subject) else teller.tell(message)
        if words and (material.internal or code not in seen):
            seen.add(code)
            yield Cell(subject, code), PRESSING[severity], words, source or "not stated"

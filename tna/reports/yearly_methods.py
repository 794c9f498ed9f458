"""What the board should look at after a review, and how its numbers came about."""

from __future__ import annotations

from collections.abc import Iterator

from tna.model import AnnualReview
from tna.reports.sections import Cell, Section, Table, table
from tna.reports.yearly_delivery import rows
from tna.review.delivery import ATTENDANCE, NO_SHOWS, TAKE_UP
from tna.wording import number

SEVERITIES = {"act": "To act on", "check": "To check", "note": "To note"}


def sections(review: AnnualReview) -> Iterator[Section]:
    """Flags by severity; then files, rows, policies, plugins and definitions."""
    yield Section("flags", "What to look at", (), tuple(_flags(review)))
    yield Section("methods", "How this was computed", (f"Seed of the follow-up sample: {review.about['seed']}.",), (
        _definitions(), _files(review), _rows(review), _policies(review), _plugins(review)))  # fmt: skip


def _flags(review: AnnualReview) -> Iterator[Table]:
    for severity, heading in SEVERITIES.items():
        found = rows(review, "from flags where severity = $severity", severity=severity)
        if found:
            yield table(heading, ("About", "What", "Source"), [
                (Cell(one["subject"], one["code"]), one["message"], one["source"] or "not stated") for one in found], "flags.csv")  # fmt: skip


def _definitions() -> Table:
    named = {"Take-up of places": TAKE_UP, "Attendance of bookings": ATTENDANCE, "No-shows": NO_SHOWS}
    return table("What each rate means", ("Rate", "Meaning"), list(named.items()))


def _files(review: AnnualReview) -> Table:
    return table("Files read", ("File", "Register of", "#Rows", "SHA-256"), [
        (one["file"], one["kind"], number(one["rows"]), one["sha256"]) for one in review.about["inputs"]])  # fmt: skip


def _rows(review: AnnualReview) -> Table:
    found = review.about["ledger"]
    return table(
        "What became of every row",
        ("Outcome", "#Rows"),
        [(name.replace("-", " "), number(found[name])) for name in sorted(found)],
        "ledger.csv",
    )


def _policies(review: AnnualReview) -> Table:
    return table("Policies in force", ("Policy", "Value", "Basis"), [
        (Cell(one["says"], one["id"]), one["value"] or "not declared", one["basis"]) for one in review.about["policies"]])  # fmt: skip


def _plugins(review: AnnualReview) -> Table:
    return table("Plugins that took part", ("Plugin", "Version"), [
        (one["name"], f"{one['distribution']} {one['version']}".strip()) for one in review.about["plugins"]])  # fmt: skip

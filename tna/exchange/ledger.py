"""The account of an import: what became of every row of the file, and why; it sums to the rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Literal

from tna.exchange.texts import guarded, shown

Outcome = Literal["accepted", "changed", "refused"]
WORST: tuple[Outcome, ...] = ("refused", "changed", "accepted")
COLUMNS = ("file", "sheet", "row", "outcome", "reason", "value")


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one row: `row` is its number, or the path of a JSON object."""

    sheet: str
    row: str
    outcome: Outcome
    reason: str = ""
    value: str = ""


@dataclass(slots=True)
class Ledger:
    """One line for each row of a file, in their order; a row keeps its worst outcome and every reason."""

    file: str
    lines: dict[tuple[str, str], Line] = field(default_factory=dict)

    def note(self, row: str, outcome: Outcome, reason: str = "", value: str = "", sheet: str = "") -> None:
        """Say what became of a row; said again, the worse outcome stands with all reasons."""
        new = Line(sheet, row, outcome, reason, shown(value))
        old = self.lines.get((sheet, row))
        if old:
            reasons = dict.fromkeys(one for one in (*old.reason.split("; "), reason) if one)
            worst = min(old.outcome, outcome, key=WORST.index)
            new = replace(new, outcome=worst, reason="; ".join(reasons), value=old.value or new.value)
        self.lines[(sheet, row)] = new

    def counts(self) -> dict[Outcome, int]:
        """Rows by outcome; they sum to the rows read."""
        found = Counter(line.outcome for line in self.lines.values())
        return {outcome: found[outcome] for outcome in reversed(WORST)}

    def written(self) -> str:
        """The ledger as CSV, every row of the file in its place."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for line in self.lines.values():
            writer.writerow(
                (
                    guarded(self.file),
                    guarded(line.sheet),
                    line.row,
                    line.outcome,
                    line.reason,
                    guarded(line.value),
                )
            )
        return out.getvalue()

"""Writes a paper as CSV (one long table of every cell) and as JSON (its sections as they are)."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from pathlib import Path

from tna.reports.sections import Paper

HEADINGS = ("section", "table", "row", "column", "value", "beside", "state")
RISKY = ("=", "+", "-", "@", "\t", "\r")


def write_csv(paper: Paper, path: Path) -> None:
    """A line for each cell of each table, and for each sentence; text that a spreadsheet would compute is guarded."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        for line in (*paper.banner, paper.finding):
            writer.writerow(("", "", "", "", _safe(line), "", ""))
        for section in paper.sections:
            for line in (*section.says, *section.fill_in):
                writer.writerow((section.title, "", "", "", _safe(line), "", ""))
            for table in section.tables:
                for row in table.rows:
                    for column, cell in zip(table.columns[1:], row[1:], strict=True):
                        state = cell.mark.word if cell.mark else ""
                        writer.writerow([_safe(one) for one in (
                            section.title, table.caption, " ".join(filter(None, (row[0].text, row[0].quiet))), column.label,
                            cell.text, cell.quiet, state)])  # fmt: skip


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(RISKY) else text


def write_json(paper: Paper, path: Path) -> None:
    """The paper as it is, keys sorted."""
    text = json.dumps(asdict(paper), indent=2, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")

"""Fills the workbook of a framework as a planner would, for tests: rows by sheet and heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook

from tna.authoring import write_template

HEAD, FIRST = 4, 6  # rows of the headings, and the first under the example
Rows = Mapping[str, Sequence[Mapping[str, object]]]

FIVE: Rows = {
    "Board": [
        {"Board": "Made-up Vale Partnership", "Framework": "Training framework", "Edition": "2026", "Word for a level": "tier",
         "Applies from": "01/04/2026", "Review by": "31/03/2031", "Review, as printed": "Looked at again in five years"},
    ],
    "Documents": [{"Document": "Training framework 2026", "Short name": "tf", "Issued by": "The sub-group"}],
    "Levels": [
        {"Level": f"Tier {n}", "Number": n, "Includes levels": "; ".join(f"Tier {m}" for m in range(1, n)), "Where in the document": f"page {n}"}
        for n in range(1, 6)
    ],
    "Competencies": [
        {"Competency": f"Knows what tier {n} asks", "Short name": f"c{n}", "Where in the document": f"page {n}"} for n in range(1, 6)
    ],
    "Requires": [
        {"Level or cohort": f"Tier {n}", "Must have": f"c{n}", "Renewed every (months)": 36 if n == 5 else "", "Where in the document": f"page {n}"}
        for n in range(1, 6)
    ],
    "Examples": [
        {"Level": "1", "Who, as printed": "Receptionists", "Where in the document": "page 1"},
        {"Level": "Tier 2", "Who, as printed": "Teachers", "Where in the document": "page 2"},
        {"Level": "tier-3", "Who, as printed": "School nurses and the like", "Jobs": "School nurse", "Where in the document": "page 3"},
        {"Level": "Tier 4", "Who, as printed": "Social workers", "Where in the document": "page 4"},
        {"Level": "Tier 5", "Who, as printed": "Paediatricians", "Basis": "interpreted", "Because": "Named in the annex only",
         "Where in the document": "annex"},
    ],
    "Courses": [
        {"Course": f"Course {n}", "Kind": "course", "Audience": "workforce", "Mode": "face-to-face", "Gives": f"c{n}",
         "Open to": "; ".join(f"Tier {m}" for m in range(n, 6)), "Dates": "12/05/2026; 10/11/2026", "Where in the document": "page 9"}
        for n in range(1, 6)
    ],
    "Plan": [{"Line": "Course 1 runs four times.", "Kind": "sessions", "Course": "Course 1", "Target": 4, "Counted in": "sessions",
              "Where in the document": "page 10"}],
    "Decisions": [{"Decision": "Nine in ten are in date.", "Short name": "coverage.target", "Value": "90", "Where in the document": "page 11"}],
    "Questions": [{"Question": "What of volunteers?", "Treated meanwhile as": "They are asked about.", "Where in the document": "nowhere"}],
}  # fmt: skip


def filled(path: Path, rows: Rows = FIVE, cells: Mapping[str, Mapping[str, object]] | None = None) -> Path:
    """The template with rows written under its headings, and then single cells by sheet and reference."""
    write_template(path)
    book = load_workbook(path)
    for title, said in rows.items():
        page = book[title]
        heads = {str(cell.value).removesuffix(" (needed)"): cell.column_letter for cell in page[HEAD]}
        for at, row in enumerate(said, FIRST):
            for heading, value in row.items():
                page[f"{heads[heading]}{at}"] = value or None  # type: ignore[assignment]
    for title, changed in (cells or {}).items():
        page = book[title] if title in book.sheetnames else book.create_sheet(title)
        for reference, value in changed.items():
            page[reference] = value  # type: ignore[assignment]
    book.save(path)
    return path

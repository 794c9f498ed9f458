"""Every cell that something is said of, so that an agency can be shown the place in its own workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tna.sources.texts import letters

if TYPE_CHECKING:
    from tna.sources.intake import Intake


def make_marks(intake: Intake) -> None:
    """Make `marks` (`year_marks` for a year) from what was noted; `cell` is '' where a row as a whole is meant.

    And `headings` (`year_headings`), which column of which sheet was read as what.
    """
    intake.make("spots", 'source INTEGER, "column" VARCHAR, letters VARCHAR')
    for table in intake.tables:
        columns = table.headings.meaning
        spots = [letters(index) for index in columns.values()]
        intake.run("INSERT INTO spots SELECT ?, unnest(?), unnest(?)", [table.source, list(columns), spots])
    intake.run(f"CREATE TABLE {intake.account}marks AS {MARKS}")
    intake.run(
        f'CREATE TABLE {intake.account}headings AS SELECT file, sheet, "column", title AS heading, letters'
        ' FROM spots JOIN sources USING (source) JOIN titles USING (source, "column")'
    )


MARKS = """
SELECT s.file, s.sheet, n.row, coalesce(p.letters || n.row, '') AS cell, coalesce(p.letters, '') AS letters,
    coalesce(t.title, n."column") AS heading, n.reason, r.outcome, r.said, coalesce(n.value, '') AS value,
    CASE WHEN NOT regexp_matches(n.reason, '^(unknown|unreadable|ambiguous|error)-') THEN ''
        ELSE coalesce(w.why, '') END AS why,
    coalesce((SELECT any_value(f.facts) FROM particulars f WHERE f.source = n.source AND f.row = n.row
        AND f."column" = n."column" AND f.reason = n.reason), map([]::VARCHAR[], []::VARCHAR[])) AS facts
FROM (FROM verdicts UNION FROM changes) n JOIN sources s USING (source) JOIN reasons r USING (reason)
LEFT JOIN spots p ON p.source = n.source AND p."column" = n."column"
LEFT JOIN whys w ON w.source = n.source AND w.row = n.row AND w."column" = n."column"
LEFT JOIN titles t ON t.source = n.source AND t."column" = n."column"
ORDER BY s.file, s.sheet, n.row, p.letters, n.reason
"""

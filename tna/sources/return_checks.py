"""Looks for returns whose numbers do not fit each other: parts above their whole, percentages, totals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tna.duck import literal
from tna.sources.checks import Check, check_rows
from tna.sources.year_registers import MEASURES

if TYPE_CHECKING:
    from datetime import date

    from tna.sources.intake import Intake

# A part can never be more than its whole: both are counts of the same people.
PARTS = (
    ("required", "headcount"), ("trained", "headcount"), ("trained", "required"), ("in_date", "trained"),
    ("in_date", "headcount"), ("in_date", "required"), ("overdue", "headcount"), ("overdue", "required"),
)  # fmt: skip
SHARES = (
    ("trained", "required"),
    ("trained", "headcount"),
    ("in_date", "required"),
    ("in_date", "headcount"),
)
WORDED = {"headcount": "in the headcount", "in_date": "in date"}


def check_returns(intake: Intake, as_of: date) -> None:
    """Check every return that is used, and the totals that agencies state."""
    relation = intake.named("used_returns")
    intake.run(f"CREATE TEMP TABLE {relation} AS SELECT * FROM joined WHERE odd = ''")
    check_rows(intake, relation, [*parts(), overdue(), percentage()])
    for table in intake.of("returns"):
        if table.has("as_at"):
            late = after_review(table.source, table.headings.cell("as_at", 0).rstrip("0"), as_of)
            check_rows(intake, relation, [late])
    check_totals(intake)


def worded(measure: str) -> str:
    """A measure as it follows its number: "12 in date"."""
    return WORDED.get(measure, measure)


def parts() -> Iterator[Check]:
    """Parts above their whole; each is said once, of the nearest whole it is above."""
    said: dict[str, str] = {}
    for part, of in PARTS:
        wrong = f"coalesce({part} > {of}, false)"
        facts = {
            "agency": "agency",
            "part": f"{part} || ' {worded(part)}'",
            "whole": f"{of} || ' {worded(of)}'",
        }
        before = f" AND NOT ({said[part]})" if part in said else ""
        yield Check("part-above-whole", part, wrong + before, f"{part}_spot", facts)
        said[part] = f"{said[part]} OR {wrong}" if part in said else wrong


def overdue() -> Check:
    """More people in date and overdue, together, than training is required of."""
    whole = "coalesce(required, headcount)"
    wrong = f"coalesce(in_date + overdue > {whole} AND in_date <= {whole} AND overdue <= {whole}, false)"
    facts = {
        "agency": "agency",
        "in_date": "in_date",
        "overdue": "overdue",
        "whole": f"{whole} || CASE WHEN required IS NULL THEN ' in the headcount' ELSE ' required' END",
    }
    return Check("overdue-does-not-fit", "overdue", wrong, "overdue_spot", facts)


def percentage() -> Check:
    """Percentages that are not what any of the row's own parts give, rounded up or down to the places printed."""
    near = " OR ".join(
        f"coalesce(abs(percent * {of} - 100 * {part}) < {of} * {PLACES}, false)" for part, of in SHARES
    )
    known = " OR ".join(f"coalesce({part} >= 0 AND {of} > 0, false)" for part, of in SHARES)
    told = " ".join(
        f"WHEN {part} >= 0 AND {of} > 0 THEN {part} || ' {worded(part)} of ' || {of} || ' {worded(of)} is '"
        f" || format('{{:.1f}}', floor(1000.0 * {part} / {of}) / 10) || '%'"
        for part, of in SHARES
    )
    facts = {"agency": "agency", "percent": "format('{:g}', percent)", "told": f"CASE {told} END"}
    wrong = f"percent IS NOT NULL AND ({known}) AND NOT ({near})"
    return Check("percentage-does-not-fit", "percent", wrong, "percent_spot", facts)


# One unit of the last place printed: 1 for 85, 0.1 for 84.6.
PLACES = """CASE WHEN percent = round(percent) THEN 1 WHEN abs(percent * 10 - round(percent * 10)) < 1e-7 THEN 0.1
    WHEN abs(percent * 100 - round(percent * 100)) < 1e-6 THEN 0.01 ELSE 0.001 END"""


def after_review(source: int, column: str, as_of: date) -> Check:
    """Returns dated after the day of the review."""
    day = literal(as_of.isoformat())
    wrong = f"table_no = {source} AND coalesce(as_at > DATE {day}, false)"
    return Check(
        "after-review", "as_at", wrong, f"'{source} {column}' || row", {"value": "as_at", "as_of": day}
    )


def check_totals(intake: Intake) -> None:
    """Check each row that is a total over levels, roles or agencies against the rows it is the total of.

    Its rows stand in the same table, have the same course and date, and are no totals themselves. It is not
    checked when some of them do not state the figure, could not be used, have other dates, or mix rows with and
    without a level or role.
    """
    own = "table_no, agency, level, role, course, as_at"
    figures = ", ".join(f"max({name}) AS {name}" for name in MEASURES)
    intake.run(
        f"""CREATE TEMP TABLE {intake.named("finest")} AS SELECT {own}, {figures} FROM return_rows
        WHERE '*' NOT IN (agency, level, role) GROUP BY {own}"""
    )
    intake.run(
        f"""CREATE TEMP TABLE {intake.named("totals")} AS
        SELECT row_number() OVER (ORDER BY table_no, row) AS id, * FROM return_rows t
        WHERE '*' IN (agency, level, role) AND NOT EXISTS (SELECT 1 FROM unusable u
            WHERE u.table_no = t.table_no AND (t.agency = '*' OR u.agency IN ('', t.agency)))"""
    )
    either = (sums("t.agency <> '*' AND c.agency = t.agency"), sums("t.agency = '*'"))
    intake.run(
        f"CREATE TEMP TABLE {intake.named('summed')} AS SELECT * FROM totals JOIN ({' UNION ALL '.join(either)}) USING (id)"
    )
    check_rows(intake, "summed", [total(name) for name in MEASURES])


def sums(agencies: str) -> str:
    """The question that adds up the rows of each total, where the agencies of both fit."""
    added = ", ".join(
        f"CASE WHEN count(*) = count(c.{name}) THEN sum(c.{name})::BIGINT END AS {name}_sum"
        for name in MEASURES
    )
    same = "c.table_no = t.table_no AND c.course = t.course AND (t.as_at IS NULL OR c.as_at = t.as_at)"
    inner = " AND ".join(f"(c.{name} = t.{name} OR t.{name} IN ('*', ''))" for name in ("level", "role"))
    return f"""SELECT t.id, {added} FROM totals t JOIN finest c ON {same} AND {agencies} AND {inner} GROUP BY t.id
        HAVING count(DISTINCT c.level = '') = 1 AND count(DISTINCT c.role = '') = 1
        AND count(DISTINCT coalesce(c.as_at, DATE '1900-01-01')) = 1"""


def total(measure: str) -> Check:
    """Totals that are not the sum of their rows."""
    facts = {
        "who": "CASE WHEN agency = '*' THEN 'all agencies' ELSE agency END",
        "stated": f"{measure} || ' {worded(measure)}'",
        "sum": f"{measure}_sum",
    }
    return Check(
        "total-does-not-add-up",
        measure,
        f"coalesce({measure} <> {measure}_sum, false)",
        f"{measure}_spot",
        facts,
    )

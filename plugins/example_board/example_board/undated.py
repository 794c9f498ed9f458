"""Flags agencies in which so many people's training has lost its date that nothing can be said of them."""

from __future__ import annotations

from collections.abc import Iterator

from tna.model import Analysis, Flag

SHARE = "example.undated-percent"  # our own policy: shelf/policies.yaml declares it

# The tables of an analysis are DuckDB's: those written as CSV, and more (`tna.model.Analysis`). Ask them in SQL, so
# that a million people cost no more than ten. Count people, never rows, and let no person's id into an answer.
UNDATED = """
    select agency, required, people
    from (select agency, required from coverage where level = '*' and competency = '*' and agency <> '*' and required > 0)
    join (select agency, count(distinct person_id) as people from gaps where status = 'undated' group by agency)
      using (agency)
    where people * 100 > required * $share
    order by agency
"""


def flags(analysis: Analysis) -> Iterator[Flag]:
    """One flag an agency; a board that has no such policy (an analysis made without our shelf) is asked nothing."""
    policy = analysis.board.policies.get(SHARE)
    if policy is None or not policy.value:
        return
    asked = {"share": int(policy.value)}
    for agency, required, people in analysis.connection.execute(UNDATED, asked).fetchall():
        message = (
            f"At {agency}, training without a date is all that speaks for {people:,} of the {required:,} of whom something "
            "is required. It counts for nothing until somebody finds the attendance lists: ask the agency for them."
        )
        yield Flag("example.undated", "check", agency, message, f"policy {SHARE}={policy.value}")

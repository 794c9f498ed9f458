"""Needs that a planner added by hand: each once, with why and on whose word, and how many people it is asked of."""

from __future__ import annotations

from collections.abc import Iterator

from tna.model import Analysis, Flag
from tna_coverage.words import people, rows

BY_HAND = "added by hand"
COUNTED = """select count(distinct person_id) from job_reasons join kind_needs using (kind)
             where competency in (select unnest($competencies::VARCHAR[]))
               and (scope, competency) in (select (scope, competency) from needs where because like $label)"""


def flags(analysis: Analysis) -> Iterator[Flag]:
    """A note for each need added by hand that is in force."""
    for rule in analysis.board.pack.rules:
        if rule.note == BY_HAND:
            why, source = rule.then.says["why"], str(rule.origin.source)
            label = f"{BY_HAND}: {why} (%"
            [(asked,)] = rows(
                analysis, COUNTED, competencies=list(rule.then.says["competencies"]), label=label
            )
            said = f"Added by hand: {str(why).rstrip('.')}. It is asked of {people(asked)}."
            yield Flag("coverage.need-added", "note", rule.id, said, source)

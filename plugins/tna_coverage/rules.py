"""What the board's own rules flag, each with the number of people it is about."""

from __future__ import annotations

from collections.abc import Iterator

from tna.model import Analysis, Flag
from tna_coverage.words import people, rows

TABLE = "select count(*) from information_schema.tables where table_name = 'rule_flags'"


def flags(analysis: Analysis) -> Iterator[Flag]:
    """One flag for each rule that held for somebody, under the rule's own code: `rule.` stands before a bare one."""
    if rows(analysis, TABLE) == [(0,)]:
        return
    for rule, code, severity, message, source, count in rows(
        analysis, "select rule, code, severity, message, source, people from rule_flags order by all"
    ):
        if count:
            known_as = code if "." in code else f"rule.{code}"
            yield Flag(
                known_as, severity, rule, f"{message.rstrip('.')}. This is so of {people(count)}.", source
            )

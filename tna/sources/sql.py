"""How names, texts and tidying are written in SQL, so that whole columns are cleaned as one text would be."""

from __future__ import annotations

import re

from tna.duck import literal
from tna.names import BLANKS, GUARD, INVISIBLE
from tna.sources.texts import FAULTS


def in_sql(characters: str) -> str:
    """A set of characters as DuckDB's patterns write it."""
    return "[" + re.sub(r"[^!-~]", lambda found: f"\\x{{{ord(found[0]):x}}}", characters) + "]"


def tidy_sql(column: str) -> str:
    """The same as `tidy` for an SQL expression, never NULL; only cells that need it pay for it."""
    seen = f"regexp_replace(nfc_normalize({column}), {literal(in_sql(INVISIBLE))}, '', 'g')"
    seen = f"trim(regexp_replace({seen}, {literal(in_sql(BLANKS) + '+')}, ' ', 'g'))"
    seen = f"regexp_replace({seen}, {literal(GUARD)}, '\\1')"
    return when_untidy(column, "^ | $|  |[^ -~]|^'[-=+@]", seen)


def ident_sql(column: str) -> str:
    """A person's id as written, without outer blanks and guard: ids that differ inside stay different."""
    outer = in_sql(BLANKS + INVISIBLE)
    seen = f"regexp_replace({column}, {literal(f'^{outer}+|{outer}+$')}, '', 'g')"
    seen = f"regexp_replace({seen}, {literal(GUARD)}, '\\1')"
    return when_untidy(column, "^[^!-~]|[^!-~]$|^'[-=+@]", seen)


def when_untidy(column: str, pattern: str, tidied: str) -> str:
    """`tidied` where the column matches the pattern, the column itself elsewhere, '' for NULL."""
    match = f"regexp_matches({column}, {literal(pattern)})"
    return f"CASE WHEN {column} IS NULL THEN '' WHEN {match} THEN {tidied} ELSE {column} END"


def fault_sql(column: str) -> str:
    """Whether an SQL expression holds a spreadsheet's error or an uncalculated formula."""
    known = ", ".join(map(literal, FAULTS))
    return f"(contains({column}, '#') AND upper({tidy_sql(column)}) IN ({known}))"

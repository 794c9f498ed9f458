"""The year under review as a planner writes it: "2015-16", "2015/16" or "2016"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from tna.model import Policy
from tna.problems import Place, refuse
from tna.review.year import Year

WRITTEN = re.compile(r"(\d{4})(?:\s*[-/–]\s*(\d{4}|\d{2}))?")
BEGINS = {"april": 4, "january": 1, "september": 9}


def year_of(text: str, as_of: date, policies: Mapping[str, Policy]) -> Year:
    """The first and the last day of a year as written: two years joined begin in the board's month, one in January.

    Raises `Unusable` for what names no year, or a year that has not begun on the as-of date.
    """
    found = WRITTEN.fullmatch(text.strip())
    first = int(found[1]) if found else 0
    then = found[2] if found else None
    if not found or not 1950 <= first < 2200 or (then and int(then) != (first + 1) % 10 ** len(then)):
        refuse("options.year", Place("--year"), found=text)
    begins = date(first, BEGINS[policies["year.begins"].value] if then else 1, 1)
    if begins > as_of:
        refuse("options.year-to-come", Place("--year"), found=text, as_of=as_of.isoformat())
    return Year(begins, begins.replace(year=first + 1) - timedelta(days=1), as_of)

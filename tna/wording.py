"""Numbers as words, each made in one place, so that every report says the same."""

from __future__ import annotations


def people_words(count: int) -> str:
    """"1 person", "2 people"."""
    return f"{count:,} {'person' if count == 1 else 'people'}"


def percent(part: int, whole: int) -> str:
    """A share in whole per cent, rounded down so that it never says more than is true; "" when nothing is asked."""
    return f"{part * 100 // whole}%" if whole else ""

"""How names are compared: without case, doubled spaces, or the dashes and quotation marks a program chose."""

from __future__ import annotations

DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})  # fmt: skip


def plain(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.translate(DASHES).casefold().split())

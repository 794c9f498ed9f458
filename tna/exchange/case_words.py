"""CASE's words beside tna's: types of items and associations, and what stands in extensions."""

from __future__ import annotations

from typing import Any

from tna.exchange.statements import Kind

EXTENSION = "tna"
OURS = {
    f"ext:tna.{kind}": kind for kind in ("requires", "includes", "gives", "renews", "open-to", "required-of")
}
TYPES: dict[Kind, str] = {
    "level": "Level",
    "competency": "Competency",
    "course": "Course",
    "cohort": "Cohort",
    "heading": "Heading",
}
STANDARD = (
    "isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo", "replacedBy", "exemplar",
    "hasSkillLevel", "isTranslationOf",
)  # fmt: skip


def text_at(one: Any, key: str) -> str:
    """A text of an object, "" when it has none."""
    value = one.get(key, "")
    return str(value) if isinstance(value, str | int | float) else ""


def title_of(value: Any) -> str:
    """The title of a URI that is an object; one that is a plain string has none."""
    return text_at(value, "title") if isinstance(value, dict) else ""

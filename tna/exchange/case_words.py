"""CASE's words beside tna's: types of items and associations, and what stands in extensions."""

from __future__ import annotations

from typing import Any

from tna.exchange.statements import Item, Kind
from tna.exchange.texts import unmistaken
from tna.exchange.written import as_it_came

EXTENSION = "tna"
HTML = ("fullStatement", "abbreviatedStatement", "notes")  # fields in which others write HTML
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


def fields(item: Item) -> dict[str, str]:
    """The fields that every file of CASE's family has for an item, those that are empty left out.

    A level's descriptor is its full statement and its name the short one; its number is its place in the list. An item
    that came without a type has none.
    """
    level = item.kind == "level"
    code = "" if level else item.code
    none = item.said.get("CFItemType") == "" and (item.word or item.kind == "competency")
    found = {
        "fullStatement": (item.text if level else "") or item.label,
        "abbreviatedStatement": item.label if level and item.text else "",
        "humanCodingScheme": str(item.said.get("humanCodingScheme", "")) or code or item.id,
        "listEnumeration": item.code if level else "",
        "CFItemType": "" if none else item.word or TYPES[item.kind],
        "notes": item.note if level else item.text,
    }
    return {key: value for key, value in found.items() if value}


def written(item: Item) -> dict[str, str]:
    """The fields of an item in the form they are written in: as they came where they still say the same."""
    return {
        key: (as_it_came(item.said, key, text) or unmistaken(text)) if key in HTML else text
        for key, text in fields(item).items()
    }

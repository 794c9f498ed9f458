"""The fields of CASE 1.1 and how each is written, so that what came in loosely goes out by the standard."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from tna.exchange.ids import is_uuid

WHEN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:\d{2})?)?\Z")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
URI = re.compile(r"[a-z][a-z0-9+.-]*:.+\Z")
OTHERS = "other-fields"  # where fields that the standard does not know are kept, among the extensions

DOCUMENT = {
    "identifier": "text", "uri": "uri", "frameworkType": "text", "caseVersion": "text", "creator": "text", "title": "text",
    "lastChangeDateTime": "when", "officialSourceURL": "uri", "publisher": "text", "description": "text", "subject": "words",
    "subjectURI": "links", "language": "text", "version": "text", "adoptionStatus": "text", "statusStartDate": "day",
    "statusEndDate": "day", "licenseURI": "link", "notes": "text", "extensions": "object", "CFPackageURI": "link",
}  # fmt: skip
ITEM = {
    "identifier": "text", "fullStatement": "text", "alternativeLabel": "text", "CFItemType": "text", "CFItemTypeURI": "link",
    "uri": "uri", "humanCodingScheme": "text", "listEnumeration": "text", "abbreviatedStatement": "text",
    "conceptKeywords": "words", "conceptKeywordsURI": "link", "notes": "text", "subject": "words", "subjectURI": "links",
    "language": "text", "educationLevel": "words", "licenseURI": "link", "statusStartDate": "day", "statusEndDate": "day",
    "lastChangeDateTime": "when", "extensions": "object", "CFDocumentURI": "link",
}  # fmt: skip
TIE = {
    "identifier": "text", "uri": "uri", "associationType": "text", "sequenceNumber": "number", "originNodeURI": "node",
    "destinationNodeURI": "node", "CFAssociationGroupingURI": "link", "lastChangeDateTime": "when", "notes": "text",
    "extensions": "object",
}  # fmt: skip


def uri_of(name: str) -> str:
    """An identifier as a URI."""
    if URI.match(name):
        return name
    return f"urn:uuid:{name}" if is_uuid(name) else f"urn:name:{name or 'none'}"


def link(value: Any) -> dict[str, str] | None:
    """A URI as the object that the standard asks for, from an object or a plain string."""
    if isinstance(value, str) and value:
        name = value.rstrip("/").rpartition("/")[2].removeprefix("urn:uuid:")
        return {"title": "", "identifier": name, "uri": uri_of(value)}
    if isinstance(value, Mapping) and (name := str(value.get("identifier") or value.get("uri") or "")):
        return {
            "title": str(value.get("title", "")),
            "identifier": name,
            "uri": uri_of(str(value.get("uri") or name)),
        }
    return None


def _when(value: Any) -> str | None:
    match = WHEN.match(str(value))
    return f"{match[1]}T{match[2] or '00:00:00'}{match[3] or '+00:00'}" if match else None


def _words(value: Any) -> list[str] | None:
    some = value if isinstance(value, list) else [value]
    return [str(one) for one in some if isinstance(one, str | int) and str(one)] or None


def _number(value: Any) -> int | None:
    text = str(value).strip()
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None


def _links(value: Any) -> list[dict[str, str]] | None:
    some = value if isinstance(value, list) else [value]
    return [found for one in some if (found := link(one))] or None


READ: Mapping[str, Callable[[Any], Any]] = {
    "text": lambda value: str(value) if isinstance(value, str | int | float) and str(value) else None,
    "uri": lambda value: uri_of(value) if isinstance(value, str) and value else None,
    "when": _when,
    "day": lambda value: str(value) if DAY.match(str(value)) else None,
    "words": _words,
    "links": _links,
    "link": link,
    "number": _number,
    "node": lambda value: value,
    "object": lambda value: value or None,
}


def proper(
    found: Mapping[str, Any], fields: Mapping[str, str], extension: Mapping[str, Any], name: str
) -> dict[str, Any]:
    """An object by the standard: each field in its form, the others and what cannot be put so under extensions.

    `extension` is what tna itself has to say there, under `name`.
    """
    read = {key: READ[fields[key]](value) for key, value in found.items() if key in fields}
    others = {
        key: value for key, value in found.items() if value not in ("", None, []) and read.get(key) is None
    }
    beside = read.pop("extensions", None)
    extensions = dict(beside) if isinstance(beside, Mapping) else {}
    others.pop("extensions", None)
    extensions |= {OTHERS: others} if others else {}
    extensions |= {name: dict(extension)} if extension else {}
    full = {key: value for key, value in read.items() if value is not None}
    return full | ({"extensions": extensions} if extensions else {})

"""Reads YAML so that every word keeps its line and column, and refuses what is dangerous or ambiguous."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from tna.problems import Place, Problem, Problems, nearest

LARGEST = 16 * 2**20  # bytes; two thousand competencies and five hundred courses are about one
DEEPEST = 40
KEPT = 2**20  # characters of a file that is kept in mind once read
Path_ = tuple[str | int, ...]

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")  # longer ones are reference numbers: text
_DECIMAL = re.compile(r"-?[0-9]{1,17}\.[0-9]{1,17}\Z")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_TYPES = {"object": "a block of keys", "array": "a list", "string": "text", "integer": "a whole number",
          "number": "a number", "boolean": "true or false", "null": "empty"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file, read: plain data, the place of every key and item, its text and its checksum."""

    name: str
    data: Any
    places: Mapping[Path_, tuple[int, int]]
    text: str
    checksum: str

    def place(self, *path: str | int) -> Place:
        """Where the thing at a path of keys and indexes is written; its nearest parent where it has no place."""
        while path and path not in self.places:
            path = path[:-1]
        line, column = self.places.get(path, (1, 1))
        return Place(self.name, line, column)


def read(path: Path, schema: str, problems: Problems, name: str = "") -> Document | None:
    """A file that keeps to one of tna's schemas, or None with the problems noted; `name` is what to call it."""
    name = name or str(path)
    if (found := _text(path, problems, name)) is None:
        return None
    text, checksum = found
    reading = _checked if len(text) <= KEPT else _checked.__wrapped__
    document, wrong = reading(text, schema, name, checksum)
    problems.extend(wrong)
    return document


@lru_cache(maxsize=32)
def _checked(text: str, schema: str, name: str, checksum: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """A text that keeps to a schema, and what is wrong; the same text is read once, as a walk loads a board often."""
    problems = Problems()
    document = parse_text(text, name, problems, checksum)
    whole = document is not None and conforms(document, schema, problems)
    return document if whole else None, tuple(problems)


def parse(path: Path, problems: Problems, name: str = "") -> Document | None:
    """A file as plain data with places, whatever its schema; None when it cannot be read."""
    name = name or str(path)
    found = _text(path, problems, name)
    return parse_text(found[0], name, problems, found[1]) if found else None


def _text(path: Path, problems: Problems, name: str) -> tuple[str, str] | None:
    """What a file says, and its checksum; None with a problem when it cannot be read."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            problems.add("yaml.too-large", Place(name), size=size, limit=LARGEST)
            return None
        raw = path.read_bytes()
    except OSError as error:
        problems.add("paths.cannot-read", Place(name), why=error.strerror or str(error))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add("yaml.not-utf8", Place(name), byte=error.start)
        return None
    return text, sha256(raw).hexdigest()


def parse_text(text: str, name: str, problems: Problems, checksum: str = "") -> Document | None:
    """Text as plain data with places; None with a problem when it is not YAML that tna accepts."""
    import yaml

    try:
        data, places = _built(name, text)
    except _Refused as refused:
        problems.add(refused.code, refused.place, **refused.facts)
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        problems.add("yaml.syntax", place, why=error.problem or "this is not YAML")
        return None
    except yaml.YAMLError as error:
        problems.add("yaml.syntax", Place(name), why=str(error).splitlines()[0])
        return None
    return Document(name, data, places, text, checksum)


def _built(name: str, text: str) -> tuple[Any, dict[Path_, tuple[int, int]]]:
    """Data and places; what libyaml itself finds too deep is read again without it, up to where our own limit is."""
    import yaml

    try:
        return _Builder(name).build(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        if "nesting depth" not in (error.problem or ""):
            raise
        return _Builder(name).build(text, yaml.SafeLoader)


class _Refused(Exception):
    def __init__(self, code: str, place: Place, **facts: object) -> None:
        self.code, self.place, self.facts = code, place, facts


class _Builder:
    """Builds data from parse events one by one, so that depth is known before anything is composed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[Path_, tuple[int, int]] = {}
        self.anchors: dict[str, Any] = {}

    def build(self, text: str, loader: Any) -> tuple[Any, dict[Path_, tuple[int, int]]]:
        import yaml

        events = iter(yaml.parse(text, Loader=loader))
        data: Any = None
        for count, _ in enumerate(event for event in events if isinstance(event, yaml.DocumentStartEvent)):
            if count:
                raise _Refused("yaml.several-documents", Place(self.name))
            data = self._value(next(events), events, ())
        return data, self.places

    def _value(self, event: Any, events: Iterator[Any], path: Path_) -> Any:
        import yaml

        place = self._place(event)
        self.places.setdefault(path, (place.line, place.column))
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                raise _Refused("yaml.alias", place, anchor=event.anchor)
            return self.anchors[event.anchor]
        if event.tag and event.tag != "!":
            raise _Refused("yaml.tag", place, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))
        if len(path) >= DEEPEST:
            raise _Refused("yaml.too-deep", place, limit=DEEPEST)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        value = event.value if event.style else _scalar(event.value)
        if event.anchor:
            self.anchors[event.anchor] = value
        return value

    def _mapping(self, events: Iterator[Any], path: Path_) -> dict[str, Any]:
        import yaml

        found: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            place = self._place(event)
            if not isinstance(event, yaml.ScalarEvent) or event.value == "<<":
                raise _Refused("yaml.key", place)
            key = event.value
            if key in found:
                first = Place(self.name, *self.places[(*path, key)])
                raise _Refused("yaml.duplicate-key", place, key=key, line=first.line)
            self.places[(*path, key)] = (place.line, place.column)
            found[key] = self._value(next(events), events, (*path, key))
        return found

    def _sequence(self, events: Iterator[Any], path: Path_) -> list[Any]:
        import yaml

        found: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            found.append(self._value(event, events, (*path, len(found))))
        return found

    def _place(self, event: Any) -> Place:
        return Place(self.name, event.start_mark.line + 1, event.start_mark.column + 1)


def _scalar(text: str) -> Any:
    """Plain text stays text: only whole numbers, decimals, true, false and nothing are read (`no`, `010` are words)."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _DECIMAL.match(text) else text


@cache
def schema(kind: str) -> Mapping[str, Any]:
    """The JSON Schema of one kind of file. Raises KeyError for an unknown kind."""
    if kind not in kinds():
        raise KeyError(kind)
    found: Mapping[str, Any] = json.loads(files("tna.schemas").joinpath(f"{kind}.json").read_text("utf-8"))
    return found


@cache
def kinds() -> tuple[str, ...]:
    """The kinds of file that have a schema, in order."""
    return tuple(
        sorted(file.name[:-5] for file in files("tna.schemas").iterdir() if file.name.endswith(".json"))
    )


@cache
def _validator(kind: str) -> Any:
    from jsonschema import Draft202012Validator

    whole = schema(kind)
    return Draft202012Validator(_written_out(whole, whole.get("$defs", {}), ()))


def _written_out(part: Any, known: Mapping[str, Any], above: tuple[str, ...]) -> Any:
    """A schema with each reference replaced by what it names: following them takes most of the time of a large file."""
    if isinstance(part, list):
        return [_written_out(one, known, above) for one in part]
    if not isinstance(part, dict):
        return part
    name = str(part.get("$ref", "")).removeprefix("#/$defs/")
    if name in known and name not in above:
        return _written_out(known[name], known, (*above, name))
    return {key: one if key == "$defs" else _written_out(one, known, above) for key, one in part.items()}


def conforms(document: Document, kind: str, problems: Problems) -> bool:
    """Whether a document keeps to a schema; every departure is noted at its own place."""
    errors = list(_validator(kind).iter_errors(document.data))
    for error in errors:
        _tell(error, document, problems)
    return not errors


def _tell(error: Any, document: Document, problems: Problems) -> None:
    path: Path_ = tuple(error.absolute_path)
    where = ".".join(str(step) for step in path if isinstance(step, str)) or "this file"
    place = document.place(*path)
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        for key in sorted(set(error.instance) - set(known)):
            problems.add("schema.unknown-key", document.place(*path, key), key=key, near=nearest(key, known),
                         known=", ".join(sorted(known)))  # fmt: skip
    elif error.validator == "required":
        for key in sorted(set(error.validator_value) - set(error.instance)):
            problems.add("schema.missing-key", place, key=key, where=where)
    elif error.validator == "type":
        wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
        problems.add("schema.wrong-type", place, where=where, found=_shown(error.instance),
                     wanted=" or ".join(_TYPES[one] for one in wanted))  # fmt: skip
    elif error.validator == "enum":
        problems.add("schema.unknown-word", place, where=where, found=_shown(error.instance),
                     near=nearest(str(error.instance), map(str, error.validator_value)),
                     known=", ".join(map(str, error.validator_value)))  # fmt: skip
    else:
        problems.add("schema.not-allowed", place, where=where, found=_shown(error.instance),
                     wanted=error.schema.get("description", error.message))  # fmt: skip


def _shown(value: object) -> str:
    if value is None:
        return "empty"
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else f"'{value}'"
    return text if len(text) <= 60 else text[:57] + "..."

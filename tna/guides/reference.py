"""Lists every key of every kind of file, with what it means and what may stand there, as the schemas say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tna.documents import kinds, schema

WORDS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "object": "block",
         "array": "list", "null": "nothing"}  # fmt: skip
LIMITS = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than"}
Schema = Mapping[str, Any]


def every_kind() -> str:
    """The reference of all kinds of file, one after the other."""
    head = "# Every key of every file\n\nMade from the schemas that tna itself reads files by.\n"
    return "\n".join([head, *map(reference, kinds())])


def reference(kind: str) -> str:
    """The keys of one kind of file, block by block. Raises KeyError for an unknown kind."""
    whole = schema(kind)
    defined = whole.get("$defs", {})
    blocks = {name: block for name, block in defined.items() if "properties" in block}
    words = [
        f"- {name}: {_sentence(word.get('description', ''))}"
        for name, word in defined.items()
        if name not in blocks
    ]
    lines = [
        *_block(f"## {kind}.yaml", whole),
        *(line for name, block in blocks.items() for line in _block(f"### {name}", block)),
    ]
    return (
        "\n".join([*lines, *(["### What the words in brackets mean", "", *words, ""] if words else [])])
        + "\n"
    )


def _block(heading: str, block: Schema) -> Iterator[str]:
    yield heading
    yield ""
    yield f"{_sentence(block.get('description', ''))}\n"
    needed = block.get("required", ())
    for key, value in block["properties"].items():
        must = ", needed" if key in needed else ""
        yield f"- `{key}` ({what(value)}{must}): {_sentence(value.get('description', ''))}"
    yield ""


def what(value: Schema) -> str:
    """What may stand under a key: text, one of some words, a list of blocks, a number within limits."""
    if "$ref" in value:
        return str(value["$ref"]).rpartition("/")[2]
    if "enum" in value:
        return " | ".join(map(str, value["enum"]))
    if value.get("type") == "array":
        return f"list of {what(value.get('items', {}))}"
    named = value.get("type", "anything")
    plain = (
        " or ".join(WORDS[one] for one in ([named] if isinstance(named, str) else named) if one in WORDS)
        or named
    )
    limits = [f"{words} {value[key]:,}" for key, words in LIMITS.items() if key in value]
    return ", ".join([plain, *limits])


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', ')')) else '.'}" if text else ""

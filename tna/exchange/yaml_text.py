"""Writes a pack's YAML as a person would, and changes what is written without losing a comment."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

FLOW = ("source",)
SWITCHES = ("on", "off", "yes", "no")  # words that other readers of YAML take for true and false
OFFSET = re.compile(r"^( *)- ", re.MULTILINE)
ODD = re.compile(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufeff\u2028\u2029\x85]")


def _yaml(offset: int = 2) -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000  # lines stay as they were written
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def written(data: Mapping[str, Any], schema: str, says: str) -> str:
    """A new file: a line for editors, a line that says what it is, and the data."""
    out = io.StringIO()
    _yaml().dump(styled(data), out)
    return _head(schema, says) + out.getvalue()


def kept(data: Mapping[str, Any], schema: str, says: str) -> str:
    """A new file that programs write and read, of any length: quick, and each value written out where it stands."""
    import yaml

    class Plainly(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        """Writes no references."""

        def ignore_aliases(self, data: Any) -> bool:
            """Every value is written out."""
            return True

    text = yaml.dump(data, Dumper=Plainly, sort_keys=False, allow_unicode=True, width=1_000_000)
    return _head(schema, says) + str(text)


def _head(schema: str, says: str) -> str:
    return f"# yaml-language-server: $schema=schemas/{schema}.json\n# {says}\n\n"


def loaded(text: str) -> Any:
    """The text of a file as data that remembers its comments; the file was read by `tna.documents` before."""
    return _yaml().load(text)


def dumped(data: Any, text: str) -> str:
    """Changed data as text, indented as the text it was loaded from."""
    found = OFFSET.search(text)
    out = io.StringIO()
    _yaml(len(found[1]) if found else 2).dump(data, out)
    return out.getvalue()


def styled(value: Any, key: str = "") -> Any:
    """Plain data with the styles a person would choose: short things on one line, long texts as blocks."""
    if isinstance(value, Mapping):
        mapping = CommentedMap((name, styled(one, name)) for name, one in value.items())
        if key in FLOW:
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list | tuple):
        sequence = CommentedSeq(styled(one) for one in value)
        if all(not isinstance(one, Mapping | list | tuple) for one in value):
            sequence.fa.set_flow_style()
        return sequence
    if (
        isinstance(value, str)
        and "\n" in value
        and not ODD.search(value.replace("\n", ""))
        and value == value.strip()
    ):
        return LiteralScalarString(value)
    if isinstance(value, str) and value in SWITCHES:
        return DoubleQuotedScalarString(value)
    return value

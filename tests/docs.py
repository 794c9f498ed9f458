"""Keeps the README's tables true: commands, hooks and messages are written from the code, and checked."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tna.cli import main
from tna.messages import catalogue
from tna.plugins import hooks_known

README = Path(__file__).parent.parent / "README.md"


def commands() -> Iterator[str]:
    yield "| command | what it does |"
    yield "|---|---|"
    context = main.make_context("tna", [], resilient_parsing=True)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        usage = " ".join(command.collect_usage_pieces(command.make_context(name, [], resilient_parsing=True)))
        yield f"| `tna {name} {usage}` | {command.get_short_help_str(200)} |".replace(
            "[OPTIONS] ", ""
        ).replace(" [OPTIONS]", "")


def hooks() -> Iterator[str]:
    yield "| hook | what it is asked for |"
    yield "|---|---|"
    yield from (f"| `{name}` | {says} |" for name, says in hooks_known().items())


def problems() -> Iterator[str]:
    yield "| code | what is wrong | what to do |"
    yield "|---|---|---|"
    for code, message in catalogue().items():
        yield f"| `{code}` | {_cell(message.sentence)} | {_cell(message.remedy)} |"


def _cell(text: str) -> str:
    return (
        re.sub(r"\{\w+[^{}]*\}", "…", text)
        .replace("|", "\\|")
        .replace("\n", " ")
        .replace("{{", "{")
        .replace("}}", "}")
    )


def written(text: str) -> str:
    """The README with its tables as the code has them."""
    for name, table in (("commands", commands), ("hooks", hooks), ("problems", problems)):
        body = "\n".join(table())
        text = re.sub(
            f"<!-- {name} -->.*?<!-- /{name} -->",
            lambda _, name=name, body=body: f"<!-- {name} -->\n{body}\n<!-- /{name} -->",
            text,
            flags=re.DOTALL,
        )
    return text


def run(word: str) -> int:
    """Write the README's tables, or say whether they are up to date."""
    now = README.read_text("utf-8")
    true = written(now)
    if word == "--write":
        README.write_text(true, "utf-8")
    elif now != true:
        print("README.md is out of date: run 'make docs'.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1] if len(sys.argv) > 1 else "--check"))

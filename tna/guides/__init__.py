"""Short guides that come with tna, and the reference of every key of every file, made from the schemas."""

from __future__ import annotations

from importlib.resources import files

from tna.guides.reference import every_kind, reference

__all__ = ["REFERENCE", "every_kind", "guide", "names", "reference"]

REFERENCE = "reference"
ORDER = ("add-your-board", "how-a-rule-is-read", "training-evidence", "write-a-plugin")


def names() -> tuple[str, ...]:
    """The guides by name, in the order to read them, the reference last."""
    return (*ORDER, REFERENCE)


def guide(name: str) -> str:
    """A guide as Markdown. Raises KeyError for a name that is none."""
    if name == REFERENCE:
        return every_kind()
    if name not in ORDER:
        raise KeyError(name)
    return files(__package__).joinpath(f"{name}.md").read_text("utf-8")


def title(name: str) -> str:
    """What a guide is about, in its first line."""
    return guide(name).splitlines()[0].removeprefix("# ")

"""Named examples of who is at a level, each read as a role where its words name just one, and kept as printed where not."""

from __future__ import annotations

from typing import Any

from tna import roles, shelves, titles
from tna.problems import Problems

POLICY = "examples-are-roles"


def example(printed: str) -> dict[str, Any]:
    """One example as a pack writes it; a post function in it, or a second job, leaves it to a person to read."""
    known = roles.load(shelves.rule_files("roles.yaml"), Problems())
    found = titles.read(printed, titles.vocabulary(known), suggest=False)
    alone = (
        found.certain and not found.several and not found.post and not found.posts and len(found.roles) == 1
    )
    if not alone or found.how == "head":
        return {"printed": printed}
    return {"printed": printed, "roles": list(found.roles), "basis": "interpreted", "policy": POLICY}

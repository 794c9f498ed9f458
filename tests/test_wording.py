"""Numbers of people in words agree with the verb that follows, whether there are many or one."""

from __future__ import annotations

import pytest

from tna.wording import have, people_share


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (3, 40, "3 of 40 people have"),
        (1, 40, "1 of 40 people has"),
        (1, 1, "1 of 1 person has"),
        (0, 1, "0 of 1 person has"),
    ],
)
def test_a_share_of_people_agrees_with_its_verb(part: int, whole: int, said: str) -> None:
    assert f"{people_share(part, whole)} {have(part, whole)}" == said

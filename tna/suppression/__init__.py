"""Small numbers are hidden in what is published, with the fewest others that would give them away."""

from tna.suppression.attack import audit
from tna.suppression.choice import Choice, choose, hidden
from tna.suppression.grids import EVERY, Grid, Position, small, words_for_hidden
from tna.suppression.linked import hidden_together
from tna.suppression.remainders import Line, remainders, withheld

__all__ = [
    "EVERY",
    "Choice",
    "Grid",
    "Line",
    "Position",
    "audit",
    "choose",
    "hidden",
    "hidden_together",
    "remainders",
    "small",
    "withheld",
    "words_for_hidden",
]

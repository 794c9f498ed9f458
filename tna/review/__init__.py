"""A year of a board: what was planned, what happened, how sure we are, and what to decide."""

from __future__ import annotations

from tna.review.walk import Sent, review

__all__ = ["Sent", "review"]

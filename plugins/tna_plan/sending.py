"""For each kind of line that registers do not show: what is not known, and what to send to know it."""

from __future__ import annotations

from collections.abc import Mapping

NOT_A_TARGET = "a risk is watched, not met"

TO_KNOW: Mapping[str, str] = {
    "sessions": "how many sessions ran",
    "dates": "which sessions ran",
    "availability": "whether it could be had",
    "evaluation": "who evaluated themselves before and after",
    "follow-up": "who was followed up",
    "quality": "what observers saw",
    "activity": "whether it was done",
    "review": "whether it was reviewed",
    "outcome": "how the numbers stand",
    "ambition": "how far it has come",
    "coverage": "who was trained",
}

SEND: Mapping[str, str] = {
    "sessions": "the sessions: course, date, places, booked, attended",
    "dates": "the sessions: course, date, places, booked, attended",
    "availability": "for each, from when it could be had, and for what runs on request the requests and the dates they were met",
    "evaluation": "the evaluation forms: form or person, course, date, question, before, after",
    "follow-up": "the follow-up list: who was drawn, the date of the course, and the date of the talk with the line manager",
    "quality": "the observations: course, date, each thing looked at, seen or not",
    "activity": "a dated word on each: done, under way or not begun, and how that is known",
    "review": "the date of the review and who made it",
    "outcome": "the counts by period; they stand beside the training and are never said to come of it",
    "ambition": "a lead, a date and a measure for each",
    "coverage": "the registers of people and records",
}

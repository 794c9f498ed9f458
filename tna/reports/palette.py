"""The colours of a report, each with what it must stand out from; none carries a meaning by itself."""

from __future__ import annotations

COLOURS = {
    "text": "#0b0c0c",
    "quiet": "#484b4d",
    "page": "#ffffff",
    "panel": "#f3f4f5",
    "rule": "#b1b4b6",
    "link": "#1a5596",
    "focus": "#ffdd00",
    "banner": "#fff7bf",
    "banner-edge": "#7a6400",
    "green": "#e0f2e7",
    "green-edge": "#00703c",
    "amber": "#fff0cc",
    "amber-edge": "#8f5400",
    "red": "#fbe3e1",
    "red-edge": "#b0261d",
    "quarter-0": "#c9dcf0",
    "quarter-1": "#dbe8f5",
    "quarter-2": "#ebf2fa",
    "quarter-3": "#f8fbfe",
    "quarter-edge": "#1d5a96",
    "unknown": "#ececee",
    "unknown-edge": "#54595d",
}
QUARTERS = ("quarter-0", "quarter-1", "quarter-2", "quarter-3")
FILLS = ("page", "panel", "banner", "green", "amber", "red", *QUARTERS, "unknown")
TEXT_ON = (
    *((text, fill) for text in ("text", "quiet") for fill in FILLS),
    *(("link", fill) for fill in ("page", "panel")),
    ("text", "focus"),
)
EDGE_ON = tuple(
    (f"{edge}-edge", fill)
    for edge, fills in {
        "banner": ("banner",), "green": ("green",), "amber": ("amber",), "red": ("red",), "unknown": ("unknown",),
        "quarter": QUARTERS,
    }.items()
    for fill in (*fills, "page")
)  # fmt: skip
LEAST_TEXT, LEAST_EDGE = 4.5, 3.0


def variables() -> str:
    """The colours as a style sheet reads them."""
    return ":root{" + ";".join(f"--{name}:{value}" for name, value in COLOURS.items()) + "}"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

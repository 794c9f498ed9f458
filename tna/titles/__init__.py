"""Job titles as agencies write them, read as roles of the graph: certainly, or not at all."""

from tna.titles.reading import Reading, Suggestion, read
from tna.titles.vocabularies import Vocabulary, vocabulary
from tna.titles.words import normalise

__all__ = ["Reading", "Suggestion", "Vocabulary", "normalise", "read", "vocabulary"]

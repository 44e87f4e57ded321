"""The labels that the network learns, in the order of its outputs."""

from __future__ import annotations

WORD_CLASSES = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
    *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
)
NAME_TYPES = ("PER", "ORG", "LOC", "MISC")
NAME_TAGS = ("O", *(f"{at}-{kind}" for kind in NAME_TYPES for at in "BI"))
ROLES = ("source", "cue", "content")
ATTRIBUTION_TAGS = ("O", *(f"{at}-{role}" for role in ROLES for at in "BI"))
UNKNOWN = -100  # nothing is to be learned of this word

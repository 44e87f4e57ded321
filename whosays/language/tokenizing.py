"""spaCy's English tokeniser, with the few things that English treebanks keep in one word and it does not."""

from __future__ import annotations

import re
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

# A run of one mark is one word: "!!!", "****", "____", ">>".
_RUNS: Final = (r"[!?]+", r"\*+", r"_+", r"=+", r"<+", r">+")
_SINGLE: Final = frozenset((r"\!", r"\?", r"\*", "_", "=", "<", ">"))
# Telephone numbers, and days as "01-Feb-02".
_WHOLE: Final = re.compile(r"(?:\d{3}-)?\d{3}-\d{4}|\d{1,2}-[A-Z][a-z]{2}-\d{2,4}")
# Behind these a hyphen does not part a word (Universal Dependencies, EWT 2.13 and later).
_PREFIXES: Final = (
    "e non pre mid re anti post co pro multi ex counter semi ultra neo pan sub un over inter mis bi tri".split()
)
_BETWEEN_LETTERS: Final = "(?:-|–|—|--|---|——|~)"  # how spaCy's rule of hyphens within words begins its middle


def blank() -> Language:
    """An English pipeline of the tokeniser alone: the one that the model was trained with."""
    nlp = spacy.blank("en")
    defaults: Any
    found: Any
    defaults, found = nlp.Defaults, nlp.tokenizer
    prefixes = [*_RUNS, *(p for p in defaults.prefixes or () if p not in _SINGLE)]
    suffixes = [*_RUNS, *(s for s in defaults.suffixes or () if s not in _SINGLE)]
    found.prefix_search = compile_prefix_regex(prefixes).search
    found.suffix_search = compile_suffix_regex(suffixes).search
    found.infix_finditer = compile_infix_regex([_unprefixed(i) for i in defaults.infixes or ()]).finditer
    found.token_match = _WHOLE.fullmatch
    found.add_special_case("etc.", [{"ORTH": "etc."}])
    return nlp


def _unprefixed(infix: str) -> str:
    """The rule of hyphens between letters, but not behind a prefix; any other rule as it is."""
    if _BETWEEN_LETTERS not in infix:
        return infix
    bars = "".join(rf"(?<!\b(?i:{prefix}))" for prefix in _PREFIXES)
    return infix.replace(_BETWEEN_LETTERS, bars + _BETWEEN_LETTERS, 1)

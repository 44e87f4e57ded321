"""One article as it has been read: its marked text and its statements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from whosays.language.places import Place
from whosays.language.times import Time
from whosays.statements.statement import Statement
from whosays.text.article import Article
from whosays.text.layout import Layout
from whosays.text.span import Span

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Analysis:
    """``doc`` holds every token of ``article.text``, with word classes, parse, sentence starts and names.

    ``embed`` gives the sentence embeddings, of length 1, of stretches of the prose, [stretches, width]. ``voice`` lists
    the sentences, or what is left of them beside the statements, in which the outlet speaks for itself. ``times`` and
    ``places`` are those that the article names, the dateline's among them.
    """

    article: Article
    layout: Layout
    doc: Doc
    statements: tuple[Statement, ...]
    voice: tuple[Span, ...]
    embed: Callable[[Sequence[Span]], Vectors]
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()

    def told(self) -> bytearray:
        """By character of the text, 1 where it is part of what a statement says."""
        found = bytearray(len(self.article.text))
        for statement in self.statements:
            for start, end in statement.content:
                found[start:end] = b"\1" * (end - start)
        return found

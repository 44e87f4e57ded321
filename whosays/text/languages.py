"""Which language a text is in, and whether it is in any. The only home of py3langid."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from py3langid import langid

# py3langid's code for "no linguistic content".
_NONE: Final = "zxx"

# Words of a text that is too short to be judged, and how many of them must have no capital.
FEWEST_WORDS: Final = 20
_FEWEST_PLAIN: Final = 12
# Scripts without spaces are counted in letters: about as many as make a word in English.
_LETTERS_PER_WORD: Final = 5

# But for the letters of Vietnamese, which are never most of a text.
_BEYOND_LATIN: Final = re.compile("[^\0-\u024f]")

# Frequent words of English that are no frequent words of the languages around it (so no "in", "was", "is", "he").
_ENGLISH: Final = frozenset(
    "the of and to that for with by from be said are have this which not but they were their will been she its "
    "about would has who".split()
)
# In 1,049 articles of American news their share of the words without a capital is never under this. Above it
# py3langid's model, half a second to load, is not asked.
_PLAINLY_ENGLISH: Final = 0.12

# Three stretches of this many characters stand for the whole, so that a long text takes no longer than a short.
_STRETCH: Final = 2000
_WORD: Final = re.compile(r"[^\W\d_]+")


def judge(text: str) -> str | None:
    """The ISO 639-1 (else 639-3) code of the language, ``"zxx"`` for no language, ``None`` for too short to say.

    Words with a capital are left out, so that a report from Győr full of names is not taken for Hungarian.
    """
    words = _WORD.findall(_sample(text))
    letters = "".join(words)
    if len(_BEYOND_LATIN.findall(letters)) > len(letters) / 2:
        return str(_identifier().classify(" ".join(words))[0])  # however short: another script is no English
    if max(len(words), sum(map(len, words)) // _LETTERS_PER_WORD) < FEWEST_WORDS:
        return None
    if sum(word.isupper() for word in words) > len(words) / 2:
        words = [word.lower() for word in words]
    words = [word for word in words if not word[0].isupper()]
    if max(len(words), sum(map(len, words)) // _LETTERS_PER_WORD) < _FEWEST_PLAIN:
        return None
    if sum(word in _ENGLISH for word in words) >= _PLAINLY_ENGLISH * len(words):
        return "en"
    language, _ = _identifier().classify(" ".join(words))
    return str(language)


def name_or_none(language: str) -> str | None:
    """The code, or ``None`` where it says that there is no language."""
    return None if language == _NONE else language


def _sample(text: str) -> str:
    if len(text) <= 3 * _STRETCH:
        return text
    middle = (len(text) - _STRETCH) // 2
    return "\n".join((text[:_STRETCH], text[middle : middle + _STRETCH], text[-_STRETCH:]))


@cache
def _identifier() -> langid.LanguageIdentifier:
    from py3langid import langid  # a tenth of a second that plainly English articles do not need

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)

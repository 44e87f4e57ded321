"""Words of a label that judge whom it names, or hold the name at arm's length.

An own list in classes, so that a reader can be told why a word is marked: words that condemn or belittle, words that
praise, words that doubt ("so-called") and words that heighten. Words that are loaded in one story and a plain
description in the next (conservative, militant, far-right) are left out. In the 3,680 sentences of BABE
annotators marked 3 % of all words as loaded, and 60 % of the 741 occurrences of these. Words that they marked in fewer
than one of five places were struck out, but for "regime", the usual word for a government that one does not accept.
"""

from __future__ import annotations

import re
from typing import Final

from whosays.statements import nouns
from whosays.text.span import Span

_CONDEMN: Final = """
dictator dictatorial dictatorship tyrant tyrannical tyranny despot despotic autocrat autocratic strongman strongmen
warlord butcher thug thuggish goon henchman henchmen crony stooge puppet lackey minion regime junta mob horde cult
terrorist jihadist extremist extremism fanatic fanatical zealot bigot bigoted racist fascist fascistic nazi hateful
hate-filled hatemonger demagogue demagogic radical radicalized ultra-left ultra-right leftist hard-line hardline
hardliner ultraconservative ultra-conservative ultraliberal ultra-liberal socialistic marxist commie crook crooked
corrupt fraudster charlatan liar lying cheat cheater traitor treasonous traitorous turncoat villain villainous monster
monstrous savage barbaric barbarian brutal brutish cruel vicious ruthless merciless murderous bloodthirsty heinous
evil wicked vile despicable depraved disgraced disgraceful shameful shameless infamous notorious rogue lawless
reckless incompetent inept bumbling clueless hapless hypocrite hypocritical cowardly coward unhinged deranged crazed
crazy insane lunatic maniac madman nutty wacky kooky bizarre absurd ridiculous laughable ludicrous pathetic feckless
embattled scandal-ridden beleaguered divisive incendiary inflammatory toxic polarizing polarising draconian oppressive
repressive totalitarian militaristic imperialist warmonger warmongering propagandist propaganda sham phony phoney
bogus fake hoax witch-hunt illegals alien invader infidel heretic apostate subversive provocateur agitator
rabble-rouser looter degenerate predator pervert creep sleazy sleaze shady slimy greedy fat-cat elitist deep-state
obstructionist do-nothing anti-american un-american anti-gay homophobic homophobe transphobic transphobe islamophobic
islamophobe xenophobic xenophobe misogynist misogynistic sexist anti-semite anti-semitic antisemitic white-nationalist
nativist conspiracist firebrand ideologue loony crank disastrous catastrophic dangerous harsh cruelest
"""
_PRAISE: Final = """
hero heroic heroine beloved legendary visionary courageous brave bravest fearless valiant gallant patriot patriotic
martyr noble freedom-loving freedom-fighter brilliant genius revered inspiring inspirational triumphant unstoppable
saintly saint selfless tireless principled fantastic terrific wonderful
"""
_DOUBT: Final = """
so-called self-styled self-proclaimed self-described self-appointed self-titled self-identified would-be ostensible
pseudo quasi purported wannabe
"""
_HEIGHTEN: Final = """
senseless horrific horrendous horrifying horrible appalling atrocious ghastly gruesome grisly shocking stunning
outrageous unconscionable unthinkable unspeakable sickening disgusting nightmarish bombshell blistering scathing
whopping sprawling skyrocketing egregious blatant brazen rampant runaway fiery feisty ardent staunch rabid die-hard
diehard
"""
CLASSES: Final = {
    "condemns": frozenset(_CONDEMN.split()),
    "praises": frozenset(_PRAISE.split()),
    "doubts": frozenset(_DOUBT.split()),
    "heightens": frozenset(_HEIGHTEN.split()),
}
_LOADED: Final = frozenset().union(*CLASSES.values())
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_MARKED: Final = re.compile(r"[“\"‘]([^“”\"‘’]+)[”\"’]")
LONGEST_MARKED: Final = 3  # words between quotation marks that an outlet keeps away from; longer is a quotation


def words(label: str, quoted: bool) -> tuple[str, ...]:
    """The loaded words of a label, verbatim, in its order.

    Where the label is the outlet's own (not ``quoted``), the one to three words that it puts between quotation marks
    count as well: 'the "student"'. A capitalised word within a label is part of a name and does not count.
    """
    found = [Span(*m.span()) for m in _WORD.finditer(label) if _is_loaded(m.group(), first=m.start() == 0)]
    if not quoted:
        held = [Span(*m.span(1)) for m in _MARKED.finditer(label) if len(m.group(1).split()) <= LONGEST_MARKED]
        found = [f for f in found if not any(f.overlaps(h) for h in held)] + held
    return tuple(dict.fromkeys(span.of(label) for span in sorted(found)))


def _is_loaded(word: str, first: bool) -> bool:
    if word[0].isupper() and not first:
        return False
    small = word.lower().replace("’", "'")
    return small in _LOADED or nouns.singular(small) in _LOADED

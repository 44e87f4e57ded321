"""Lines on a page that are not the article's prose, told by their wording alone.

Precision goes first: a line counts only when all of it is furniture, because a sentence that is lost here is lost to
the report. What introduces words of somebody's ("One user tweeted:") is prose, and so are list items and quotations.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from . import dates

Reason = Literal[
    "headline", "dateline", "byline", "link", "comments", "caption", "subscription", "credit", "address", "time",
    "label", "ornament",
]  # fmt: skip

# Longer lines that open like furniture are prose with a lively beginning.
_LONGEST: Final = 500

_LONGEST_CAPTION: Final = 300

_NAME: Final = r"(?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|der|den|al|el|bin|la)"
_NAMES: Final = rf"{_NAME}(?: {_NAME}){{1,4}}(?:(?:,| and|, and| &) {_NAME}(?: {_NAME}){{1,4}}){{0,4}}"
_ROLE: Final = r"(?:\s*[,|/–—-]\s*[^.!?]{2,70}|\s+(?:for|of|in|at)\s+[A-Z][^.!?]{2,60})?"
_SHARED: Final = r"(?:Twitter|Facebook|Instagram|X|Telegram|YouTube|WhatsApp|TikTok|Snapchat|LinkedIn|Google(?: News)?)"
_PHOTO_CREDIT: Final = (
    r"(?:\((?:AP |File |AFP |EPA |Reuters )?(?:Photos?|Images?|Picture|Pic)(?: credit| by|\s*:|/)[^()]{2,90}\)"
    r"|\((?:Getty Images|AP Photo|Reuters|AFP|EPA)(?:/|\s+via\s+)[^()]{2,60}\)"
    r"|\([^()]{2,60}/(?:Getty Images|AP|AFP|Reuters|EPA|Bloomberg|AP Images|Getty)\)"
    r"|REUTERS/[A-Z][\w.'’ -]{2,40}(?:/File Photo)?"
    r"|AP Photo/[A-Z][\w.'’ -]{2,40}"
    r"|[\w.'’ -]{2,40}/(?:AFP/)?Getty Images|(?:AFP )?via Getty Images|[|—–-]\s*Getty(?: Images)?)"
)

# Where a line reports or quotes somebody's words, an opening such as "More:" or "Subscribe" is not enough.
_UNSAID: Final = r"(?!.*(?:\b(?:said|says|told|tells|urged?s?|wrote|added|asked)\b|[\"“”]))"
_POINTER: Final = (
    r"(?:(?:SEE|READ|WATCH|VIEW|LISTEN)(?: ALSO| MORE| NEXT| NOW| LIVE)?|RELATED|MORE|ALSO (?:READ|SEE)|DON['’]T MISS"
    r"|(?:See|Read) (?:also|more|Also|More)|Also (?:read|see)|(?:More|MORE) (?:from|on|FROM|ON) [^:.]{2,50}"
    rf"|(?:More|Related(?: \w+)?|Recommended|Trending|Up next|Watch(?: live| now| this)?|Listen(?: now)?"
    rf"|Don['’]t miss|Most (?:read|popular)|In case you missed it|Previously on [^:.]{{2,40}}){_UNSAID})"
)
_LOOK: Final = r"(?i:read|see|view|watch|listen to|check out|scroll down)\b" + _UNSAID
# "Associated Press writers Ines Holm in Velden and Rolf Aas": names and what joins them, so that no sentence that
# stands before a credit goes with it.
_CREDITED: Final = (
    r"(?:(?:[A-ZÀ-Þ][\w.'’-]*|and|also|the|in|of|for|at|from|with|staff|news|agency|writers?|reporters?|editors?"
    r"|correspondents?|journalists?|researchers?|producers?)[,;]?\s+){1,30}"
)
_CONTRIBUTED: Final = r"contributed (?:reporting|to this (?:report|story|article|post))\b"
# A line is furniture when one of these matches all of it. (?i:...) where capitals do not matter.
_LINES: Final[dict[Reason, tuple[str, ...]]] = {
    # Where a page points away from itself.
    "link": (
        r"(?:SEE|READ|WATCH|VIEW) ALSO\b.{0,250}",
        _POINTER + r"\s*(?::|\||»|>)(?:\s.{0,250})?",
        r"(?i:(?:see|read) (?:also|more|next)|also (?:read|see)|most (?:read|popular)|recommended for you|up next):?",
        r"(?i:related (?:articles|stories|coverage|topics|links)|more top stories|you (?:may|might) also like):?",
        r"(?i:more from|also on|more on) [A-Z][\w ]{2,30}:",
        r"(?i:also on) (?:HuffPost|WorldPost)",
        r"(?i:click|tap) here\b.{0,120}",
        rf"{_LOOK} [^.!?]{{1,110}}\b(?:here|below|above|(?:via|at) [A-Z][\w ]{{1,20}})\s*[.:]?",
        rf"(?:{_LOOK}|(?i:continue reading))(?: more| the (?:full|whole|entire|rest|original))\b[^.!?]{{0,80}}[.:]?",
    ),
    "comments": (
        r"(?i:(?:(?:view|show|hide|read|see|load|add|post|leave|write) )?(?:(?:a|your|the|all|\d[\d,]*) )?comments?)",
        r"(?i:comments? \(\d[\d,]*\)|comments? (?:are )?(?:closed|off|disabled)\.?|be the first to comment\.?)",
        r"(?i:please let us know if you['’]re having issues with commenting)\.?",
        r"(?i:join the (?:conversation|discussion)|have your say|sign in to (?:comment|join))\b.{0,60}",
        r"(?i:(?:share|tell us) (?:your thoughts|what you think))\b.{0,100}",
        r"(?i:what do you think\? (?:share|tell|leave))\b.{0,100}",
        r"(?i:flag|reply|share|like)|.{0,40}FlagShareLikeReply.{0,100}",
    ),
    "caption": (
        r"(?i:(?:file )?(?:photo|photograph|image|picture|video|graphic|credit|caption)s?)\s*:\s*\S.{0,250}",
        r"(?i:(?:photo|image|picture|video|illustration)s? (?:credit|courtesy))\s*:\s*\S.{0,250}",
        r"(?i:(?:photo|photograph|image|picture|video|illustration)s? by)\s+[A-Z][^.!?]{2,100}\.?",
        r"(?:FILE PHOTO\s*:|FILE\s+[-–—])\s*\S.{0,290}",
        r"(?:Getty Images|AP Photo|AP Images|REUTERS|AFP|EPA|Shutterstock|iStock)(?:/[\w.'’ /-]{2,60})?",
        _PHOTO_CREDIT,
    ),
    "subscription": (
        rf"(?i:sign up|subscribe)\b{_UNSAID}(?: (?i:now|here|today))?(?: (?:for|to|and|with) .{{2,200}}|[.!:]?)",
        rf"(?i:register) (?i:now|here|today|for free)\b{_UNSAID}.{{0,80}}",
        r"(?i:get|receive) (?:our|the|all|more|daily|news)\b[^.!?]{0,120}\b(?:newsletters?|inbox|alerts)\b.{0,80}",
        rf"(?i:like|find|join) us on {_SHARED}\b.{{0,120}}",
        rf"(?:Follow|FOLLOW) (?:[^.!?]{{2,100}} (?i:on) {_SHARED}|@\w+|us\b)(?!,).{{0,120}}",
        r"(?:Do you support|Are you on) .{2,60}\? Like the page:?",
        r"(?i:for more, sign up for)\b[^.!?]{2,80}\.?",
        r"(?i:want to receive this in your inbox)\?.{0,150}",
        r"(?i:download (?:our|the)) .{0,30}\bapp\b.{0,80}",
        r"(?i:share this(?: \w+)?:?|print|email|e-mail|tweet|advertisement|(?:our )?newsletters?|most viewed)",
        r"(?i:(?:story|article) continues below(?: advertisement)?|continue reading (?:below|the main story))",
        r"(?i:site mobile navigation|skip to (?:main )?content|support (?:our|independent) journalism\b.{0,100})",
        r"(?:(?:Copyright|COPYRIGHT)(?: ?©| \([cC]\)|\s+\d{4}|\s*:)|©|\([cC]\) ?\d{4}).{0,280}",
        r"(?i:all rights reserved)\.?(?: .{0,200})?",
        r"This material may not be published, broadcast, rewritten,? or redistributed.{0,60}",
        r"Our Standards: .{0,80}",
    ),
    "credit": (
        rf"{_CREDITED}{_CONTRIBUTED}[^!?]{{0,120}}",
        r"\(?(?i:(?:additional |further )?(?:reporting|writing|editing) by) [A-Z][^!?]{2,450}\)?",
        _CREDITED + r"contributed(?: from [A-Z][^.!?]{2,60})?\.?",
        rf"(?:{_NAMES}|{_NAME}) reported from [A-Z][^.!?]{{2,80}}\.?(?: [A-Z][^!?]{{2,100}} contributed\b.{{0,90}})?",
    ),
    "byline": (
        rf"(?:By|BY|by)\s+{_NAMES}{_ROLE}",
        r"(?:By|BY)\s+(?i:the )?(?i:associated press|reuters|afp|ap|upi)(?: (?i:staff|writers?|reporters?))?",
        r"(?:By|BY)\s+[A-Z][\w ]{2,30} (?i:staff|newsroom|reporters?|correspondents?)(?: (?i:writers?|reporters?))?",
    ),
    "address": (r"(?:https?://|www\.)\S+", r"\S+@\S+\.[a-z]{2,}"),
    "time": (r"(?i:\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?\s?m\.?|GMT|UTC))(?:\s+[A-Z]{2,4})?\s*:?",),
    "label": (
        r"(?:UPDATED?|CORRECTIONS?|CLARIFICATION|EDITOR['’]S NOTE|PREVIOUSLY)(?: (?:\d|[IVX])+)?\s*:?",
        r"(?:Updated?|Corrections?|Clarification|Published|Posted)\s*:",
        r"This (?:story|article|post|piece|report) (?:has been|was) (?:updated|corrected|revised)\b.{0,300}",
        r"(?i:updated?|corrections?|published|posted)\s*:?\s*[A-Z][a-z]+\.? \d{1,2},? \d{4}.{0,30}",
    ),
    # Rules, stars, numbers of a gallery; and a page's style sheet that went along with its text.
    "ornament": (
        r"[\W_]+|\d{1,3}",
        r"[.#@]?[\w-]+(?:[ ,.#][\w.#-]+){0,3} \{",
        r"[a-z-]{3,30}:\s?[^;!?]{1,80};",
    ),
}
_COMPILED: Final = tuple(
    (why, re.compile("|".join(f"(?:{form})" for form in forms), re.DOTALL)) for why, forms in _LINES.items()
)
_WRAPPED: Final = re.compile(r"^[\[(>»*•|\s]+(.*?)[\])<«*|\s]*$", re.DOTALL)
_IN_CREDITS: Final = ("(", "/", "Getty")  # each photo credit has one of these
_ENDS_IN_CREDIT: Final = re.compile(rf"{_PHOTO_CREDIT}\.?$")
# Credits that stand at the end of a paragraph of prose.
_TAIL: Final = re.compile(
    r"(?<=[.!?”\"])\s+(?P<tail>\((?:Additional )?[Rr]eporting by [^()]{2,400}\)"
    rf"|{_CREDITED}{_CONTRIBUTED}\.?)$"
)


def reason(line: str) -> Reason | None:
    """Why a line, without the space around it, is not prose; ``None`` for prose and for what cannot be told."""
    if len(line) > _LONGEST:
        return None
    wrapped = _WRAPPED.match(line)
    for words in (line, wrapped[1]) if wrapped and wrapped[1] else (line,):
        for why, pattern in _COMPILED:
            if pattern.fullmatch(words):
                return why
    if _is_date(line):
        return "time"
    if len(line) > _LONGEST_CAPTION or not any(mark in line for mark in _IN_CREDITS):
        return None
    return "caption" if _ENDS_IN_CREDIT.search(line) else None


def opens_links(line: str) -> bool:
    """Whether the line is a link's heading ("SEE ALSO:") with the link itself on the next line."""
    return len(line) <= 30 and line.endswith(":") and reason(line) == "link"


def tail(paragraph: str) -> int | None:
    """Where a credit begins that ends a paragraph of prose."""
    found = _TAIL.search(paragraph)
    return found.start("tail") if found else None


def _is_date(line: str) -> bool:
    if len(line) > 80 or not any(letter.isdigit() for letter in line):
        return False
    try:
        dates.iso(line)
    except ValueError:
        return False
    return True

"""When a value is accepted without a person: the one table of that policy.

Digital text is accepted when its codec is certain and its place is unique. Recognised text is accepted only when two
recognisers that were trained apart read the same value and both are sure of every character: one alone reads "Il1O0" as
"11100" at 0.95. Both may read a rare character alike as a common one: a name must have no letter as which one of
another name was read so surely, and a rare one only where none ever was, or the roster has to have it.
"""

import re
from dataclasses import dataclass, replace

from extractors.asread import as_read, has_dirt, has_odd_blank, lacks_beginning, lacks_end, lacks_figure, proposed
from extractors.misread import has_strange_letter, letters_of_others, may_be_another_name
from extractors.numbering import lacks_mark_of_item
from extractors.sureness import SURE_OF_RARE, SURE_OF_USUAL
from extractors.words import in_words
from gengang.characters import is_old_form
from gengang.codecs import HAN, Parsed, Value, parse
from gengang.form import FieldType
from gengang.reading import SURE_OF_NAME, FieldReading, Status
from gengang.sheet import Medium, Place, squeezed
from gengang.surnames import is_usual_name, may_be_name

DIGITAL: frozenset[Medium] = frozenset({"word", "pdf", "sheet"})

SURE_OF_FIGURES = 0.80  # a hand's 7 was read as 1 at 0.6 by three looks, and nothing in a day or a count tells

# Of letters that their words tell, as `python -m benchmarks.scans.texts --letters` counts; others need more
# (extractors.sureness).
SURE_OF_WORDS = 0.80

# Lowest confidence of the least certain character that either recogniser read of a field, by codec, where both read the
# same. Taken from `python -m benchmarks.scans --reliability`: what was read alike and wrong there lay below.
RECOGNISED_FLOOR = {
    "id_number": 0.80,  # the check digit catches ten misreadings in eleven by itself
    "tick": 0.0,  # its boxes are measured from pixels; a box in doubt never reaches the text
    "date": SURE_OF_FIGURES,
    "month": SURE_OF_FIGURES,
    "period": SURE_OF_FIGURES,
    "choice": 0.80,
    "phone": SURE_OF_FIGURES,
    "count": SURE_OF_FIGURES,
    "days": SURE_OF_FIGURES,
    "score": SURE_OF_FIGURES,
    "money": SURE_OF_FIGURES,
    "text": SURE_OF_WORDS,
    "prose": SURE_OF_WORDS,
}
_LIKE_NAME = re.compile(rf"[{HAN}·]{{1,4}}")  # of a surname that is in no table

_CROSSES = frozenset("Xx×✕✗乂メ")
# Marks and figures of either width are one; 黃, 於 and 薑 are how one recogniser writes 黄, 于 and 姜.
_NARROW = "".join(map(chr, range(0x21, 0x7F)))
SAME_WIDTH = {ord(narrow) + 0xFEE0: narrow for narrow in _NARROW} | str.maketrans(
    "–—―－～“”‘’【】〔〕《》•‧・￥黃於薑", "----~\"\"''[][]<>···¥黄于姜"
)
_PAIRS = (("‘", "’"), ("《", "》"), ("(", ")"), ("[", "]"))
_PAIRED = str.maketrans("（）【】〔〕＂", '()[][]"')
_NUMBERING = re.compile(r"(?m)(?:^\s*|(?<=[。；，：、;,:]))(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)")
WRAP_IN_DOUBT = "\u2028"  # stands in a text where a line may have been broken by the page or by its writer


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a text was come by.

    confidence: of its least certain character, None if digital; agreed: two recognisers read the same value.
    """

    medium: Medium
    sure_place: bool
    confidence: float | None = None
    agreed: bool = False
    unread_ink: bool = False


def field_reading(kind: FieldType, text: str, parsed: Parsed, evidence: Evidence, place: Place | None) -> FieldReading:
    """The reading of one field from what its codec made of the text and how the text was come by."""
    status = _status(kind, text, parsed, evidence)
    waits = status == "review" and evidence.medium not in DIGITAL
    value = proposed(kind, text, parsed) if waits else parsed.value if status in ("accepted", "review") else None
    surest = _status(kind, text, parsed, replace(evidence, confidence=1.0))
    return FieldReading(status, value, text.strip(), _confidence(kind, text, (status, surest), evidence), place)


def _status(kind: FieldType, text: str, parsed: Parsed, evidence: Evidence) -> Status:
    if evidence.unread_ink:
        return "review" if parsed.state != "blank" else "unread"
    if parsed.state == "blank":
        return "blank" if evidence.sure_place else "review"
    if parsed.state == "doubt" or not evidence.sure_place or WRAP_IN_DOUBT in text:
        return "review"
    if evidence.medium in DIGITAL:
        return "accepted"
    if kind.codec in ("text", "prose") and not any(map(str.isalnum, text)):
        return "review"  # dirt is read as a mark
    if kind.codec in ("text", "prose") and (has_dirt(text) or lacks_beginning(text) or _has_odd_pair(text)):
        return "review"
    if kind.codec == "text" and (has_odd_blank(text) or lacks_figure(text)):
        return "review"
    if kind.codec == "prose" and (lacks_end(text) or lacks_mark_of_item(text)):
        return "review"
    if kind.codec in ("text", "prose") and any(map(is_old_form, text)):
        return "review"  # both recognisers learnt old forms too, and see them in a poor copy of today's
    if kind.codec == "text" and may_be_name(squeezed(text)):
        return "accepted" if evidence.agreed and is_sure_name(squeezed(text), evidence.confidence or 0.0) else "review"
    if kind.codec == "text" and squeezed(text) in _CROSSES:
        return "review"  # a letter under two strokes of a pen is read as a cross
    if kind.codec == "money" and squeezed(text).startswith("4"):
        return "review"  # a hand's ¥ is read as one by both
    short = kind.codec == "text" and _LIKE_NAME.fullmatch(squeezed(text)) and not _is_word(squeezed(text))
    floor = SURE_OF_NAME if short else RECOGNISED_FLOOR.get(kind.codec)
    certain = floor is not None and evidence.agreed and (evidence.confidence or 0.0) >= floor
    return "accepted" if certain else "review"


def _has_odd_pair(text: str) -> bool:
    """Whether a quotation mark or a bracket stands without the other of its pair: small ones at a line's end are lost.

    A straight quotation mark may be either; 1) is a number and lacks nothing.
    """
    marks = _NUMBERING.sub("", text.translate(_PAIRED))
    straight = marks.count('"')
    quoted = abs(marks.count("“") - marks.count("”"))
    odd = quoted > straight or (straight - quoted) % 2
    return bool(odd) or any(marks.count(one) != marks.count(two) for one, two in _PAIRS)


def is_sure_name(name: str, confidence: float) -> bool:
    """Whether a name that two recognisers read alike, at least so surely, is taken as it was read without a roster.

    A lone surname is what is left of a name, and never sure; nor is one with a letter that was read so surely for one
    of another's. One that given names seldom have must never have been read for any (媺 is read as 嫩), and be rare
    elsewhere too. Of what looks like a name and is a word all is known.
    """
    if len(name) < 2 or may_be_another_name(name):
        return False
    seldom = bool(letters_of_others(name))
    if is_usual_name(name):
        return confidence >= (SURE_OF_RARE if seldom else SURE_OF_USUAL)
    return confidence >= SURE_OF_RARE and (_is_word(name) or not (seldom or has_strange_letter(name)))


def _is_word(text: str) -> bool:
    return len(in_words(text)) == len(text)


def _confidence(kind: FieldType, text: str, now_and_surest: tuple[Status, Status], evidence: Evidence) -> float | None:
    """What waits for another reason than its confidence, or the roster, says no more than an even chance.

    now_and_surest: its status, and the one that it had if all its letters were sure.
    """
    status, surest = now_and_surest
    if status in ("blank", "missing", "unread"):
        return None
    if evidence.confidence is None:
        return 0.99 if status == "accepted" else 0.5
    named = evidence.agreed and evidence.sure_place and not evidence.unread_ink and may_be_name(squeezed(text))
    kept = surest == "accepted" or (named and kind.codec == "text")
    return round(evidence.confidence if kept else min(evidence.confidence, 0.5), 4)


def agree(kind: FieldType, parsed: Parsed, second: str | None) -> bool:
    """Whether a second reading says the same value, marks being of either width."""
    if second is None or parsed.value is None:
        return False
    other = parse(kind.codec, as_read(kind.codec, second), kind.options)
    return other.state == parsed.state and _folded(other.value) == _folded(parsed.value)


def _folded(value: Value | None) -> Value | None:
    """Marks that are typed in either width are one."""
    return folded(value) if isinstance(value, str) else value


def folded(text: str) -> str:
    """A text without blanks, its marks in one width: how two readings are compared."""
    return squeezed(text).translate(SAME_WIDTH)


def asked_about(found: FieldReading) -> FieldReading:
    """The same for a person to look at; what was not accepted waits already."""
    return replace(found, status="review", confidence=0.5) if found.status == "accepted" else found

"""How sure a letter that was recognised is for a value of a field: what its width, its rarity and its place say.

Letters of a value are looked at one by one; a value is as sure as the least sure of them (extractors.policy).
"""

import re
from collections.abc import Sequence

from extractors.asread import dashes_in
from extractors.misread import UNKNOWN, has_strange_letter, letters_of_others, printed_for, thinned_to
from extractors.numbering import numbers_of_items
from extractors.words import before_schools, in_words, is_told_by_word, likelier_by, word_at
from gengang.codecs import CODECS, HAN
from gengang.reading import SURE_OF_NAME
from gengang.surnames import is_name, is_usual_name, may_be_name

SUREST = 0.9999  # of a doubted letter: one that was read with 1.0 must still be told from one that was not read at all
# By how much likelier the word must be that another letter would make: one that was read as this one, one like it in a
# short text, or in a long one of which some letters are in doubt, one of which this one is left without its lying
# strokes, and one like it in any other.
LIKELIER_LISTED, LIKELIER_IN_POOR, LIKELIER_THINNED, LIKELIER = 3.0, 30.0, 200.0, 1000.0
SHORT_TEXT = 5  # letters: a subject, a post
POOR_FROM = 0.04  # share of a text's letters in doubt; of a long one some always are
LEAST_DOT = 0.9
# What a lone letter before the word for a school is: of a place, or which of several.
_OF_PLACES = frozenset(
    "省市州县区旗乡镇村街路里庄屯堡寨沟湾口岭坡坪坝塘桥集店营铺山河湖江东西南北中新老城郊直属一二三四五六七八九十完"
)
SURE_OF_RARE = 0.99  # of any other, as `python -m benchmarks.scans.names` counts
SURE_OF_USUAL = 0.95  # of a name whose characters usual names have: a rare one read for another seldom becomes such
EVEN = 0.5  # says nothing for a letter and nothing against it

_FIGURES_ALONE = re.compile(r"[0-9０-９〇○零一二三四五六七八九十廿百元正Xx]")
_FIGURES_BY_THEMSELVES = re.compile(r"(?<![0-9A-Za-z_@])[0-9]+(?:\.[0-9]+)?(?![0-9A-Za-z_@])")
_OF_DAY = re.compile(r"(?<=\d)月(?=\d{1,2}日)|(?<=月\d)日|(?<=月\d\d)日")  # between figures it is no other letter
_DOT = re.compile(rf"(?<=[{HAN}])·(?=[{HAN}])")  # between the parts of a name it is no other letter
_CHINESE = re.compile(f"[{HAN}]")
_MAY_HOLD_BLANK = re.compile(r"[A-Za-z].*[ !-/:-?]|[ !-/:-?].*[A-Za-z]|[a-z][A-Z0-9]|\d[A-Za-z]{2}")
_ADDRESS = re.compile(r"[@_]")  # holds none
# Of a mark in a long text: dirt is read as one, or makes ： of 、, at 0.75. Black and white leaves little of the ring
# of a 。, and of the stroke of a 、 no more than of dirt.
LEAST_OF_MARK, LEAST_OF = 0.8, {"。": 0.0, "、": 0.6}
_NO_LETTER = re.compile(r"[\s至到～—–~/:：()（）,，、-]")
# Names before a title, perhaps with a letter more before them, those whose parts a dot joins, and figures: any other
# makes a word as well, and the strokes of 三 run into 二.
_TITLE = "(?=老师|同志|同学|教师|学员|校长|主任)"
_HARD = re.compile(rf"[{HAN}]+(?:·[{HAN}]+)+|[{HAN}]{{2,4}}{_TITLE}")
_SAID = frozenset("〇零一二三四五六七八九十两")
_REMARK = re.compile(rf"(?<=[(（])[{HAN}]{{2,4}}(?=[)）])")
_TITLED = re.compile(rf"[{HAN}]{{1,4}}{_TITLE}")


def doubted(sure: float) -> float:
    """The confidence of a letter that was read so surely, but of whose width, or of the blank beside it, nobody knows.

    That matters to what is typed again as it stands, not to a date or a number.
    """
    return sure if sure < 0 else min(sure, SUREST) - 1.0


def sure_of(each: float, closed: bool) -> float:
    """How sure a letter is for a value: of a closed codec its width does not count."""
    return each if each >= 0 else each + 1.0 if closed else 0.0


def letters_for(codec: str, text: str, each: Sequence[float]) -> list[float]:
    """How sure every letter of a text without blanks is for a value of the codec, 0-1; 1 for one that says nothing.

    each: as of a `ReadText`. In free text a letter has to be as sure as a name's, or it says nothing; but where it
    makes a word with those beside it, none of a person's name, that no letter which was ever read as it would make; is
    one of a name before a title as usual names are; or is one of a number, or numbers an item. A letter however sure
    says nothing where one that looks like it would make a much likelier word, and that of a name before a title that no
    usual name has; so does a mark in a long text that is in doubt, since dirt makes one (PPT和·GeoGebra), or another of
    it (浓厚：管理 for 、).
    """
    closed = CODECS[codec].closed
    long = codec == "prose"
    sure = [sure_of(own, closed or (long and _is_of_spacing(text, at))) if counts(codec, char) else 1.0
            for at, (char, own) in enumerate(zip(text, each, strict=True))]  # fmt: skip
    if closed:
        dashes = dashes_in(text) if codec == "period" else ()
        return [1.0 if at in dashes else own for at, own in enumerate(sure)]
    hard = _of_names_or_figures(text)
    easy = {at for found in _FIGURES_BY_THEMSELVES.finditer(text) for at in range(*found.span())}
    sure = [1.0 if _DOT.match(text, at) and own >= LEAST_DOT else own for at, own in enumerate(sure)]
    sure = [1.0 if _OF_DAY.match(text, at) and own >= EVEN else own for at, own in enumerate(sure)]
    usual = _of_usual_names(text)
    easy |= {at for at in usual if sure[at] >= SURE_OF_USUAL} | numbers_of_items(text)
    strange = _of_rare_names(text, sure)
    if not long:
        strange |= {at for at in before_schools(text) if text[at] not in _OF_PLACES} | _of_strange_remarks(text)
    poor = len(text) <= SHORT_TEXT or sum(own < SURE_OF_NAME for own in sure) > POOR_FROM * len(sure)
    told = [own if at not in strange and (at in easy or _is_believed(text, at, own, poor, at in hard))
            else min(own, EVEN) for at, own in enumerate(sure)]  # fmt: skip
    return [min(sure_of(own, True), EVEN) if long and _is_mark_in_doubt(char, sure_of(own, True)) else found
            for char, own, found in zip(text, each, told, strict=True)]  # fmt: skip


def of_name(text: str, each: Sequence[float]) -> list[float]:
    """How sure every letter of what may be a person's name is for it, 0-1: as sure as it was read, by both.

    each: as of a `ReadText`. The dots of a name of another people, which few characters write, are no other letters.
    """
    dots = is_usual_name(text)
    return [1.0 if dots and char == "·" and own > 0 else sure_of(own, False)
            for char, own in zip(text, each, strict=True)]  # fmt: skip


def _is_mark_in_doubt(char: str, sure: float) -> bool:
    return not char.isalnum() and sure < LEAST_OF.get(char, LEAST_OF_MARK)


def _is_of_spacing(text: str, at: int) -> bool:
    """Whether a doubt is of a blank, which counts in no long text; between two Chinese letters a mark may be lost."""
    return not (_CHINESE.match(text, at) and _CHINESE.match(text, at + 1))


def _of_names_or_figures(text: str) -> frozenset[int]:
    """The places of figures, and of what may be a name: letters that a dot joins, or before a title of which they make
    no word (正高级教师).
    """
    places = {at for at, char in enumerate(text) if char in _SAID}
    for found in _HARD.finditer(text):
        start, word = word_at(text, found.end() - 1)
        if not start + len(word) > found.end() > start + 1:
            places.update(range(*found.span()))
    return frozenset(places)


def _of_usual_names(text: str) -> frozenset[int]:
    """The places in names, or surnames, before a title, that have none but usual characters; none of what may be
    another name's.
    """
    places: set[int] = set()
    for found in _TITLED.finditer(text):
        names = (text[at : found.end()] for at in range(found.start(), found.end()))
        name = next(filter(_is_usual, names), "")
        others = letters_of_others(name)
        places.update(found.end() - len(name) + at for at, own in enumerate(name) if own not in others)
    return frozenset(places)


def _of_rare_names(text: str, sure: Sequence[float]) -> frozenset[int]:
    """The places of names before a title with a letter that usual names do not have, and that are no words; but of
    those that are as sure as such a name has to be, and which no other was ever read as.
    """
    places: set[int] = set()
    for found in _TITLED.finditer(text):
        ends = [text[max(found.start(), found.end() - long) : found.end()] for long in (1, 2, 3, 4)]
        names = [name for name in ends if is_name(name) and len(in_words(name)) < len(name)]
        own = range(found.end() - len(names[0]), found.end()) if names else range(0)
        if own and not any(map(_is_usual, ends)) and not _is_sure_of_rare(names[0], [sure[at] for at in own]):
            places.update(own)
    return frozenset(places)


def _of_strange_remarks(text: str) -> frozenset[int]:
    """The places of a remark in brackets that is neither words nor a usual name: （函投）, which was 函授."""
    remarks = ((found.start(), found.group()) for found in _REMARK.finditer(text))
    return frozenset(start + at for start, said in remarks for at in range(len(said))
                     if not in_words(said) and not is_usual_name(said))  # fmt: skip


def _is_sure_of_rare(name: str, sure: Sequence[float]) -> bool:
    return min(sure) >= SURE_OF_RARE and not letters_of_others(name) and not has_strange_letter(name)


def _is_usual(name: str) -> bool:
    return is_usual_name(name) or (len(name) == 1 and may_be_name(name))


def _is_believed(text: str, at: int, sure: float, poor: bool, hard: bool) -> bool:
    if sure >= SURE_OF_NAME:
        return not _is_likelier_word(text, at, poor)
    others = printed_for(text[at])
    return not hard and UNKNOWN not in others and is_told_by_word(text, at, others)


def _is_likelier_word(text: str, at: int, poor: bool) -> bool:
    """Whether a letter is rather one that looks like it: a hand's 材料 was read 材科 by both, and surely.

    poor: too many letters of the text were not read surely.
    """
    others = printed_for(text[at])
    if others and likelier_by(text, at, None if UNKNOWN in others else others) >= LIKELIER_LISTED:
        return True
    if likelier_by(text, at, thinned_to(text[at])) >= LIKELIER_THINNED:
        return True
    return likelier_by(text, at) >= (LIKELIER_IN_POOR if poor else LIKELIER)


def may_hold_blank(text: str) -> bool:
    """Whether a blank between Latin letters may have been lost in a text, or read where there is none."""
    return not _ADDRESS.search(text) and _MAY_HOLD_BLANK.search(text) is not None


def counts(codec: str, char: str) -> bool:
    """Whether how surely a character was read says anything of a value: of a day the figures do, not 年 or a dash.

    Of a long text its letters do: two readings may differ in how wide a mark is, which print hardly shows.
    """
    if codec == "prose":
        return char.isalnum()
    if codec in ("date", "month", "period"):
        return _FIGURES_ALONE.match(char) is not None
    return not (CODECS[codec].closed and _NO_LETTER.match(char))

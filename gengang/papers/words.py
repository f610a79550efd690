"""Words that several papers print alike: dates, the programme's name, a person's subject, masked numbers."""

import re
from datetime import date

from gengang.roster import Person
from gengang.scheme import Scheme

_ID_NUMBER = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?![\dXx])", re.ASCII)
_ANNEX = re.compile(r"^(附件\d+)\s+")
_NAMED_ANNEX = re.compile(r"(附件\d+)\s+([^\s：，、。；（）《》]+)")
_FULL_WIDTH = str.maketrans(",;:()", "，；：（）")
_MOBILE = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)", re.ASCII)


def chinese_date(day: date) -> str:
    """`2016年12月9日`, no zeros before."""
    return f"{day.year}年{day.month}月{day.day}日"


def programme_of(scheme: Scheme) -> str:
    """`安和县2016年农村中小学骨干教师跟岗研修`."""
    return f"{scheme.organisation.county}{f'{scheme.year}年' if scheme.year else ''}{scheme.programme}"


def stage_subject(person: Person) -> str:
    """`初中数学`."""
    return f"{person.stage}{person.subject}"


def masked(text: str) -> str:
    """The text with the middle of every ID number and mobile number as asterisks."""
    return _MOBILE.sub(r"\1****\2", _ID_NUMBER.sub(r"\1********\2", text))


def paper_name(document: str) -> str:
    """The scheme's name of a paper as printed: `附件1 研修日志` without the space."""
    return _ANNEX.sub(r"\1", document)


def plain_name(document: str) -> str:
    """The same without the number of its attachment: `研修日志`."""
    return _ANNEX.sub("", document)


def in_titles(text: str) -> str:
    """A sentence with each attachment named as the office writes it: `《研修日志》（附件1）：收到1份，应交10份`."""
    return _NAMED_ANNEX.sub(r"《\2》（\1）", text)


def clause_words(scheme: Scheme, clause: str, most: int = 0) -> str:
    """What a clause says, in the scheme's own words; empty for one that it has not.

    most: characters, what is beyond left out with …… from the last comma on; 0 for all.
    """
    found = next((one for one in scheme.clauses if one.id == clause), None)
    words = (found.quote or found.reading).translate(_FULL_WIDTH) if found else ""
    if not most or len(words) <= most:
        return words
    begin = words[:most]
    end = max(begin.rfind(mark) for mark in "，；。")
    return f"{begin[: end if end > 0 else most].rstrip('，；。…')}……"

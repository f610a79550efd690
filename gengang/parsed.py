"""What a text means to a codec: a value in normal form, a doubt with a proposal, or an empty place."""

import re
from dataclasses import dataclass
from typing import Literal

from gengang.numerals import CHINESE_NUMBER, half_width

Options = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both `YYYY-MM-DD` and both included."""

    start: str
    end: str


Value = str | int | Period


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text means.

    state: value (certain), doubt (value is a proposal or None; a person decides), blank (nobody wrote anything).
    code, note: for a doubt, a stable name and a Chinese sentence.
    """

    state: Literal["value", "doubt", "blank"]
    value: Value | None = None
    code: str = ""
    note: str = ""


BLANK = Parsed("blank")


def value(found: Value) -> Parsed:
    """A certain value."""
    return Parsed("value", found)


def doubt(proposal: Value | None, code: str, note: str) -> Parsed:
    """A value that a person decides on."""
    return Parsed("doubt", proposal, code, note)


_CONTROLS = "\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\ud800-\udfff\ufffe\uffff"
INVISIBLE = re.compile(f"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad{_CONTROLS}]")
_BLANKS = re.compile(r"[\s_＿﹍]+")
_NUMERAL = rf"(?:\d|{CHINESE_NUMBER.removesuffix('+')})"
_APART = re.compile(rf"(?<={_NUMERAL})[\s_＿﹍]+(?={_NUMERAL})")
_MARKS = str.maketrans({"／": "/", "－": "-", "＋": "+", "．": ".", "﹣": "-", "−": "-", "‐": "-", "‑": "-"})


def parts_apart(text: str) -> list[str]:
    """A text cut at the white space that has a numeral at either side: 12 and 3 on two lines are not 123."""
    return _APART.split(INVISIBLE.sub("", text))


def compact(text: str) -> str:
    """A closed value as it is compared: no blanks and ruled lines, letters, digits and signs half-width.

    Between two numerals one blank stays: only who knows what is written can tell whether they are one number.
    """
    kept = " ".join(_BLANKS.sub("", half_width(part).translate(_MARKS)) for part in parts_apart(text))
    return kept.lstrip("'’‘`")  # what told a spreadsheet to leave a number alone


_PROMPT_NOTE = "这里还是填表提示或示例，没有填写，请核对。"
_PROMPT = re.compile(
    r"[(（\[【<《]?(?:(?:例如?|示例|样例|如|格式|格式如)[:：].{1,24}|(?:填写|填表)?(?:示例|样例)"
    r"|(?:请在|请|点击|单击|轻触|请点击|请单击)?(?:在?(?:此处|这里|此栏|本栏))(?:填写|输入|填入|键入|添加|插入)?.{0,40}"
    r"|(?:单击|点击|轻触).{0,12}(?:输入|选择|填写).{0,12}"
    r"|请(?:填写|输入|填入|键入|选择|据实填写|如实填写).{0,12}|选择一项|待填写?|未填写?)[。.…]*[)）\]】>》]?"
    r"|[Xx×＊*…]{2,10}|[(（]?(?:签名|签字|盖章|公章)[)）]?"
)


def prompt_in(text: str) -> Parsed | None:
    """The doubt of a place where the form's own prompt or example still stands; None for anything else."""
    return doubt(None, "prompt_left", _PROMPT_NOTE) if _PROMPT.fullmatch(text) else None

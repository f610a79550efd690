"""The table of codecs: for each kind of field, text to value and value to text, with one normal form.

The filter of a tag names the codec; what it prints, the same name parses. Normal forms are those of
`docs/read.schema.json`. A codec knows nothing of forms, papers or persons.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gengang.codec_dates import parse_date, parse_month, parse_period, show_date, show_month, show_period
from gengang.codec_numbers import (
    day_of,
    id_check_character,
    parse_count,
    parse_days,
    parse_id_number,
    parse_money,
    parse_phone,
    parse_score,
)
from gengang.full_width import full_width
from gengang.numerals import half_width
from gengang.parsed import BLANK, INVISIBLE, Options, Parsed, Period, Value, prompt_in

__all__ = ["CODECS", "HAN", "Codec", "Options", "Parsed", "Period", "Value", "day_of", "id_check_character", "parse",
           "prose_normal", "show", "text_normal"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Codec:
    """parse: text as it stood -> Parsed; show: value in normal form, or None for an empty place -> printed text.

    closed: whether its texts are told apart from any neighbouring free text by their shape alone.
    sample: a value for stress prints and documentation.
    """

    name: str
    parse: Callable[[str, Options], Parsed]
    show: Callable[[Value | None, Options], str]
    closed: bool
    sample: Value


# --- text and prose ---

HAN = r"々〇〻\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_MIDDLE_DOTS = re.compile("[•‧・⋅∙･·]")
_SPACE = re.compile(r"\s+")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}·])\s+(?=[{HAN}·])")
_BREAK_AT_HAN = re.compile(rf"(?<=[{HAN}·])[^\S\n]*\n\s*|\s*\n[^\S\n]*(?=[{HAN}·])")
# ____ or □ or 年  月  日 as a form prints them for somebody to fill in
_RULED_BLANK = re.compile(r"[\s_＿﹍□]*(?:年[\s_＿﹍]{2,}月(?:[\s_＿﹍]{2,}日)?[\s_＿﹍]*)?")


_PLAIN_HAN = re.compile("[\u4e00-\u9fff]+")


def text_normal(text: str) -> str:
    """One line: white space outside and between Han characters gone, letters and digits half-width, dots as ·."""
    if _PLAIN_HAN.fullmatch(text):
        return text
    text = _MIDDLE_DOTS.sub("·", half_width(INVISIBLE.sub("", text)))
    text = _BREAK_AT_HAN.sub("", text.strip())
    return _SPACE.sub(" ", _BETWEEN_HAN.sub("", text)).strip()


def prose_normal(text: str) -> str:
    """Paragraphs joined by a line feed, other white space one blank, none between Han characters."""
    paragraphs = re.split(r"[\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+", INVISIBLE.sub("", text))
    tidy = (_SPACE.sub(" ", _BETWEEN_HAN_PROSE.sub("", paragraph)).strip() for paragraph in paragraphs)
    return "\n".join(paragraph for paragraph in tidy if paragraph)


_BETWEEN_HAN_PROSE = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")


# What people type for a character that their input method lacks: 郭□, 郭*, 郭口, 郭jun, 郭(金匀).
_HOLE = re.compile(
    rf"[{HAN}]{{1,12}}[□*](?![{HAN}]{{2}}).*|[□*][{HAN}]|[{HAN}]{{1,2}}口|[{HAN}]{{1,2}}[a-z]{{2,6}}|[{HAN}][(（][{HAN}]{{2}}[)）]"
)
# ××县XX小学: an example's gaps with printed words around them.
_TYPED_DOT = re.compile(rf"[{HAN}]{{2,}}(?:[.．。][{HAN}]{{2,}})+")


_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
# One of these stands in every prompt, example, hole and dot of a text; most names have none.
_SUSPECT = re.compile('[例样如格式请此这栏本单点轻选待未签盖公同〃″"＂Xx×＊*…□口a-z(（.．。\ue000-\uf8ff\ufffd]')
_DITTO = re.compile('[(（]?同[上前左][)）]?|[〃″"＂“”]{1,2}')


def is_ditto(text: str) -> bool:
    """Whether somebody wrote, instead of a value, that it is the one above: 同上, 〃."""
    return _DITTO.fullmatch("".join(text.split())) is not None


def _parse_text(text: str, _options: Options) -> Parsed:
    if _RULED_BLANK.fullmatch(text):
        return BLANK
    value = text_normal(text)
    if not value:
        return BLANK
    if not _SUSPECT.search(value):
        return Parsed("value", value)
    prompt = prompt_in(value)
    if prompt is not None:
        return prompt
    if is_ditto(value):
        return Parsed("doubt", None, "ditto", "写的是“同上”一类的记号，请核对指的是什么。")
    if _HOLE.fullmatch(value):
        return Parsed("doubt", value, "placeholder", "像是有打不出的字用别的字符代替了，请对照原件补正。")
    if _TYPED_DOT.fullmatch(value):
        name = re.sub("[.．。]", "·", value)
        return Parsed("doubt", name, "typed_dot", "姓名中的间隔号像是用句点代替了，请核对。")
    if _PRIVATE.search(value):
        return Parsed("doubt", value, "private_character", "有电脑上显示不出的字，请对照原件补正。")
    return Parsed("value", value)


def _parse_prose(text: str, _options: Options) -> Parsed:
    value = prose_normal(text)
    if not value or _RULED_BLANK.fullmatch(text):
        return BLANK
    return prompt_in(value) or Parsed("value", value)


def _show_string(value: Value | None, _options: Options) -> str:
    return "" if value is None else str(value)


# --- closed choices ---

TICKED = "☑✓✔√■☒●▣⊠🗹◉"
UNTICKED = "□☐○◻▢◯❏❑"
_BOXES = re.compile(rf"[{TICKED}{UNTICKED}]|[(（]\s*[{TICKED}]?\s*[)）]")


# Signs of an attendance sheet's legend as keyboards and input methods give them.
_SAME_SIGN = str.maketrans({"✓": "√", "✔": "√", "☑": "√", "〇": "○", "◯": "○", "⭕": "○", "✕": "×", "✖": "×", "✗": "×",
                            "✘": "×", "╳": "×", "∆": "△", "Δ": "△", "▵": "△", "☆": "★"})  # fmt: skip
_LOOKS_LIKE = {"O": "○", "o": "○", "0": "○", "X": "×", "x": "×", "V": "√", "v": "√"}
_DAY_OF_WEEK = re.compile("(?:周|礼拜|星期)(?=[一二三四五六日天])")


def _parse_choice(text: str, options: Options) -> Parsed:
    value = text_normal(text)
    named = _named(value, options)
    if named:
        return Parsed("value", named)
    if _RULED_BLANK.fullmatch(value) or re.fullmatch(rf"[{UNTICKED}\s]*", value):
        return BLANK
    if _BOXES.search(value) and not any(_is_sign(option) for option in options):
        return _parse_tick(text, options)
    inside = [option for option in options if option in value]
    inside = [option for option in inside if not any(option in other and option != other for other in inside)]
    proposal = inside[0] if len(inside) == 1 else _named(_LOOKS_LIKE.get(value, ""), options) or None
    return Parsed("doubt", proposal, "choice_outside", f"这里应填{'、'.join(options)}中的一个，请核对。")


def _named(value: str, options: Options) -> str:
    """The option that a text names: as it is printed, with another form of its sign, or another word for weekday."""
    if value in options:
        return value
    if not value:
        return ""
    sign = value.translate(_SAME_SIGN)
    alike = [option for option in options if _is_sign(option) and option.translate(_SAME_SIGN) == sign]
    if len(alike) == 1:
        return alike[0]
    same = [option for option in options if full_width(option) == full_width(value)]
    if len(same) == 1:
        return same[0]
    weekday = _DAY_OF_WEEK.sub("星期", value).replace("星期天", "星期日")
    return weekday if weekday in options else ""


def _is_sign(option: str) -> bool:
    return len(option) == 1 and not option.isalnum()


def _show_tick(value: Value | None, options: Options) -> str:
    return " ".join(("☑" if option == value else "□") + option for option in options)


_MARK_BETWEEN = re.compile(rf"(?<=\w)[(（]?[{TICKED}][)）]?(?=\w)")


def _parse_tick(text: str, options: Options) -> Parsed:
    kept = re.sub(r"\s+", "", half_width(INVISIBLE.sub("", text)))
    if not kept:
        return BLANK
    if kept in options:
        return Parsed("value", kept)
    chosen, rest = _ticked_options(kept, options)
    note = f"应在{'、'.join(options)}中只勾选一项，请核对。"
    if rest:
        return Parsed("doubt", chosen[0] if len(chosen) == 1 else None, "tick_extra", note)
    if _MARK_BETWEEN.search(kept) and len(_BOXES.findall(kept)) < len(options):
        return Parsed("doubt", None, "tick_between", note)  # 合格√不合格: before or behind its word, nobody can tell
    if not chosen and len(_BOXES.findall(kept)) < len(options):
        return Parsed("doubt", None, "tick_box_gone", note)  # the box that is gone may have been the ticked one
    if not chosen:
        return BLANK
    if len(chosen) > 1:
        return Parsed("doubt", None, "tick_several", note)
    return Parsed("value", chosen[0])


def _ticked_options(kept: str, options: Options) -> tuple[list[str], str]:
    """Options whose box is ticked, and what of the text is neither box nor option. `□√` is one ticked box."""
    words = "|".join(re.escape(re.sub(r"\s+", "", option)) for option in sorted(options, key=len, reverse=True))
    box = rf"(?:{_BOXES.pattern})+"
    after = re.fullmatch(rf"(?:(?:{words}){box}[、，,;；]?)+", kept) is not None
    pair = rf"(?P<o>{words})(?P<b>{box})" if after else rf"(?P<b>{box})?(?P<o>{words})"
    chosen = []
    for match in re.finditer(pair, kept):
        if match["b"] and any(char in TICKED for char in match["b"]):
            chosen.append(next(option for option in options if re.sub(r"\s+", "", option) == match["o"]))
    return chosen, re.sub(r"[、，,;；/]", "", re.sub(pair, "", kept))


def _parse_picture(text: str, _options: Options) -> Parsed:
    return Parsed("value", "present") if text.strip() == "present" else BLANK


def _show_picture(_value: Value | None, _options: Options) -> str:
    """A picture is placed by the writer, never as words."""
    return ""


_CODECS = (
    Codec("text", _parse_text, _show_string, False, "张村小学"),
    Codec("prose", _parse_prose, _show_string, False, "听课认真。\n收获很大。"),
    Codec("id_number", parse_id_number, _show_string, True, "00000019760305123X"),
    Codec("phone", parse_phone, _show_string, True, "13800138000"),
    Codec("date", parse_date, show_date, True, "2016-09-05"),
    Codec("month", parse_month, show_month, True, "1976-03"),
    Codec("period", parse_period, show_period, True, Period("2016-09-01", "2016-11-30")),
    Codec("count", parse_count, _show_string, True, 20),
    Codec("days", parse_days, _show_string, True, "9.5"),
    Codec("score", parse_score, _show_string, True, "92.5"),
    Codec("money", parse_money, _show_string, True, "120.5"),
    Codec("choice", _parse_choice, _show_string, True, "合格"),
    Codec("tick", _parse_tick, _show_tick, True, "合格"),
    Codec("picture", _parse_picture, _show_picture, True, "present"),
)
CODECS: Mapping[str, Codec] = {codec.name: codec for codec in _CODECS}


def parse(codec: str, text: str, options: Options = ()) -> Parsed:
    """What `text` means to the codec. Raises KeyError for a codec that is not in the table."""
    return CODECS[codec].parse(text, options)


def show(codec: str, value: Value | None, options: Options = ()) -> str:
    """What the codec prints for a value in normal form, or for an empty place (None)."""
    return CODECS[codec].show(value, options)

"""Marks beside Chinese words as print has them: full-width, and no blank between a word and its figures.

Half-width marks come from keyboards; in a Chinese sentence they are the same marks. Where no Chinese stands beside one
(10:30, 3.5, p.12, A,B) it stays, and a full stop is only mended in prose: in a name it may be a dot (阿卜杜.买买提).
"""

import re

_HAN = r"々〇〻\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
# What Chinese ends or begins with: a word, or a mark that print has full-width.
_ENDS, _BEGINS = f"[{_HAN}，。；：？！、）》”]", f"[{_HAN}《“（]"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_TYPED = re.compile(r"[,;:?!()\".\s]")
_MARK = re.compile(rf"(?<={_ENDS})[,;:?!]|[,;:?!](?={_BEGINS})")
_BRACKETS = re.compile(r"\(([^()\n]*)\)")
_QUOTES = re.compile(r'"([^"\n]*)"')
_GAP = re.compile(rf"(?<=[{_HAN}])[^\S\n]+(?=\d)|(?<=\d)[^\S\n]+(?=[{_HAN}])")
_STOP = re.compile(rf"(?<=[{_HAN}])\.(?=[{_HAN}]|\Z|\n)")
_CHINESE = re.compile(f"[{_HAN}]")
_ROUNDS = 8


def full_width(text: str, prose: bool = False) -> str:
    """The text with the marks of print. Doing it again changes nothing. prose: full stops are mended too."""
    if not _TYPED.search(text):  # most texts have nothing to mend, and are many
        return text
    for _ in range(_ROUNDS):  # a mark that became full-width makes its neighbour one
        mended = _once(text, prose)
        if mended == text:
            break
        text = mended
    return text


def _once(text: str, prose: bool) -> str:
    text = _GAP.sub("", text)
    text = _BRACKETS.sub(lambda pair: _paired(pair, "（）"), text)
    text = _QUOTES.sub(lambda pair: _paired(pair, "“”"), text)
    text = _MARK.sub(lambda mark: _FULL[mark[0]], text)
    return _STOP.sub("。", text) if prose else text


def _paired(pair: re.Match[str], marks: str) -> str:
    """Brackets or quotes are Chinese where a Chinese word stands in them or at either side."""
    around = pair.string[max(0, pair.start() - 1) : pair.end() + 1]
    return f"{marks[0]}{pair[1]}{marks[1]}" if _CHINESE.search(around) else pair[0]

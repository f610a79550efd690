"""Sentences of the library, which name a command's options, as a page says them."""

import re
from collections.abc import Iterable

_OPTION = re.compile(r"用 --[a-z-]+ (?=写明)|：--[a-z]+ 姓名(?=。)|：gengang [^。；]*(?=[。；])|用 gengang [^。；]*。")
_WRITTEN = re.compile(r"--[a-z-]+ (?=写的)")
_RUN = "请先运行 gengang run"
_LATER = re.compile("(?:，|(?<=。)|^)下次运行起按此计算(?=。)")


def at_desk(sentence: str) -> str:
    """The sentence without what only a command line needs."""
    return _WRITTEN.sub("日期", _OPTION.sub("", sentence)).replace(_RUN, "请先在今日要点里处理一次")


def told(lines: Iterable[str]) -> tuple[str, ...]:
    """What a function says was done; here it counts at once, and not from the next run on."""
    said = (_LATER.sub("", at_desk(one)).replace("。。", "。").strip() for one in lines)
    return tuple(line for line in said if line != "。")

"""Sentences of the library, which name a command's options, as a page says them."""

import re
from collections.abc import Iterable

_OPTION = re.compile(r"用 --[a-z-]+ (?=写明)|：--[a-z]+ 姓名(?=。)|：gengang [^。；]*(?=[。；])|用 gengang [^。；]*。")
_EXAMPLE = re.compile(r"(?<=[如、]) ?--[a-z]+ |；详情写在 --note")
_WRITTEN = re.compile(r"--[a-z-]+ (?=写的)")
_INSTEAD = (
    (re.compile(r"请先运行 gengang run"), "请先在今日要点里处理一次"),
    (re.compile(r"运行 gengang issue [^。；（]*"), "在登记册里换发"),
    (re.compile(r"请运行 gengang backup"), "请管理员备份"),
    (re.compile(r"请运行 gengang doctor 查看缺什么，装好"), "请管理员看缺什么程序，装好"),
    (re.compile(r"（gengang papers offset 校准）"), "（可以先校准）"),
    (re.compile(r"（加 --all 全部写出）"), "（可勾选“学时未定的也写出”）"),
    (re.compile(r"会议信息\.xlsx "), "会议信息"),
)  # what a command line would do, and where the desk does it
_LATER = re.compile("(?:，|(?<=。)|^)下次运行起按此计算(?=。)")


def at_desk(sentence: str) -> str:
    """The sentence without what only a command line needs."""
    for command, here in _INSTEAD:
        sentence = command.sub(here, sentence)
    return _WRITTEN.sub("日期", _EXAMPLE.sub("", _OPTION.sub("", sentence)))


def told(lines: Iterable[str]) -> tuple[str, ...]:
    """What a function says was done; here it counts at once, and not from the next run on."""
    said = (_LATER.sub("", at_desk(one)).replace("。。", "。").strip() for one in lines)
    return tuple(line for line in said if line != "。")

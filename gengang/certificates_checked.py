"""`gengang verify certificate`: whether the office signed what a certificate's code says, and whether it still holds.

Nothing is changed. A file whose pages hold text is held against it too: a name altered on a PDF is seen.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.codes import CodePage, pages_of_codes
from extractors.opening import load
from gengang.certificate_numbers import REGISTER_KINDS, NumberLine, number_lines
from gengang.errors import WorkspaceError
from gengang.facts import Fact
from gengang.findings import Finding
from gengang.in_force import scheme_in_force
from gengang.keyring import KEY_KIND, PublicKey, is_genuine, keys_known
from gengang.ledger import kept_ledger
from gengang.numbering import words_of_number
from gengang.scheme import Scheme
from gengang.settings import Settings
from gengang.signed import TITLES, Signed, is_signed_text, signed_of_text


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, in sentences for the terminal. exit_code: 0 genuine and in force, 1 not, for each of them."""

    lines: tuple[str, ...]
    exit_code: int


@dataclass(frozen=True, slots=True)
class Register:
    """What a certificate is held against. words: subject -> number as printed."""

    keys: dict[str, PublicKey]
    lines: tuple[NumberLine, ...]
    words: dict[str, str]


def checked_certificate(settings: Settings, given: str) -> Checked:
    """Checks a picture or PDF by its path, or the text of a code. WorkspaceError when there is nothing to check."""
    if not given.strip():
        raise WorkspaceError("请写明证书的照片、扫描件或PDF，也可以直接写方块码扫出的文字。")
    with kept_ledger(settings) as ledger:
        facts = tuple(ledger.read(kinds=(*REGISTER_KINDS, KEY_KIND, "scheme")))
    register = register_of(settings, facts)
    pages = _pages(given)
    codes = [(text, page) for page in pages for text in page.codes if is_signed_text(text)]
    if not codes:
        raise WorkspaceError(f"“{given}”上没有找到证书的方块码。请把证书左下角拍清楚、拍正，或用扫描仪扫描后再试。")
    found = [one_checked(register, text, page) for text, page in codes]
    lines = tuple(line for one in found for line in one.lines)
    return Checked(lines, max(one.exit_code for one in found))


def register_of(settings: Settings, facts: tuple[Fact, ...]) -> Register:
    """What the workspace knows."""
    scheme: Scheme | None = scheme_in_force(facts)
    lines = number_lines(facts)
    words = {one.subject: words_of_number(scheme, one.series, one.number) for one in lines} if scheme else {}
    return Register(keys_known(settings.keys, facts), lines, words)


def _pages(given: str) -> tuple[CodePage, ...]:
    if is_signed_text(given):
        return (CodePage((given,)),)
    data = load(given)
    if isinstance(data, Finding):
        raise WorkspaceError(f"“{given}”：{data.message}")
    pages = pages_of_codes(data)
    if isinstance(pages, Finding):
        raise WorkspaceError(f"“{Path(given).name}”：{pages.message}")
    return pages


def one_checked(register: Register, text: str, page: CodePage) -> Checked:
    """One code, and the page on which it stands."""
    said = signed_of_text(text)
    if said is None:
        return Checked(("核验不通过：方块码的内容不完整或被改动过。",), 1)
    genuine = is_genuine(said, register.keys)
    if genuine is None:
        return Checked((f"核验不通过：签名所用的密钥（{said.key}）不是本单位的，不能证明是本单位发的。",), 1)
    if not genuine:
        return Checked(("核验不通过：内容与签名不符，证书被改动过或者是假的。",), 1)
    faults = tuple(_faults(register, said, page))
    head = f"{TITLES[said.series]}　{said.number}"
    shown = tuple(f"  {label}：{fact}" for label, fact in said.lines if fact)
    last = "签名是真的，编号有效。请把上面各项与纸质证书逐项核对。"
    return Checked((head, *shown, *(faults or (last,))), int(bool(faults)))


def _faults(register: Register, said: Signed, page: CodePage) -> Iterator[str]:
    """Why a genuine code is not enough."""
    line = next((one for one in register.lines if register.words.get(one.subject) == said.number), None)
    if line is None:
        yield "核验不通过：签名是真的，但登记册里没有这个编号，请查清来历。"
    elif line.void_on:
        instead = f"，已由{register.words[line.replaced_by]}代替" if line.replaced_by in register.words else ""
        yield f"这份证书已作废（{line.void_on}，{line.why}{instead}）。"
    elif line.code and (kept := signed_of_text(line.code)) is not None and kept.facts != said.facts:
        yield "核验不通过：内容与登记册里留存的不同，请查清来历。"
    printed = _comparable(page.text)
    absent = [label for label, fact in said.lines if fact and _comparable(fact) not in printed] if printed else []
    if absent:
        yield f"核验不通过：证书上印的与签名的内容不同：{'、'.join(absent)}。"


def _comparable(text: str) -> str:
    """Without white space, and marks of one width: a text layer has its own where a line ends."""
    return "".join(unicodedata.normalize("NFKC", text).split())

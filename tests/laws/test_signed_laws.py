"""The code of a certificate: every fact comes back, no altered letter passes, and the page agrees with the program."""

import json
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from gengang.keyring import PublicKey, SigningKey, is_genuine, new_key
from gengang.papers.certificate_page import Known, VoidNumber, known_json, script
from gengang.signed import FACTS, MARK, Series, Signed, is_signed_text, signed_of_text

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
TRAINEE = (
    "安教训结字〔2016〕第0001号", "阿卜杜热合曼·买买提", "000000198001011259", "2016年9月1日至2016年11月30日",
    "安和县2016年农村中小学骨干教师跟岗研修", "初中数学", "安和县实验学校", "完成规定的研修任务，经考核合格", "60",
    "安和县教育体育局", "安和县教师进修学校", "2016年12月9日",
)  # fmt: skip
printable = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
said = st.sampled_from(tuple(FACTS)).flatmap(
    lambda series: st.builds(
        Signed, st.just("0123456789"), st.just(series), st.tuples(*[printable] * len(FACTS[series])),
        st.binary(min_size=64, max_size=64),
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    """A key made for the tests."""
    return new_key(tmp_path_factory.mktemp("keys"), "2016-12-09T01:00:00Z")


def keys_of(*keys: SigningKey) -> dict[str, PublicKey]:
    return {key.public.id: key.public for key in keys}


def signed(key: SigningKey, facts: tuple[str, ...] = TRAINEE, series: Series = "J") -> Signed:
    return key.signed(Signed("", series, facts))


@given(said)
def test_a_code_gives_back_every_fact(one: Signed) -> None:
    assert signed_of_text(one.text) == one
    assert signed_of_text(f"  {one.text[:40].lower()}\n {one.text[40:]} ") == one
    assert set(one.text.removeprefix(MARK)) <= {*LETTERS}


@pytest.mark.parametrize("text", ["", MARK, f"{MARK}A", f"{MARK}1", "GG1/A/B/C/1", f"{MARK}{'A' * 300}", "张三"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert signed_of_text(text) is None


def test_a_code_is_told_from_other_texts() -> None:
    assert is_signed_text(f" ggz1/{'a' * 20}")
    assert not is_signed_text("GG1/APPRAISAL/0123456789AB/P-1/1")


def test_a_signed_code_is_genuine_and_a_key_that_nobody_knows_is_said_so(key: SigningKey) -> None:
    one = signed(key)
    assert is_genuine(one, keys_of(key)) is True
    assert is_genuine(one, {}) is None


def test_any_altered_letter_of_a_code_fails(key: SigningKey) -> None:
    text, known = signed(key).text, keys_of(key)
    for place in range(len(MARK), len(text)):
        other = LETTERS[(LETTERS.index(text[place]) + 1 + place % 31) % 32]
        if other == text[place]:
            continue
        found = signed_of_text(f"{text[:place]}{other}{text[place + 1 :]}")
        assert found is None or not is_genuine(found, known), place


@settings(max_examples=60)
@given(st.integers(0, len(TRAINEE) - 1), printable)
def test_any_altered_fact_fails(key: SigningKey, place: int, other: str) -> None:
    facts = (*TRAINEE[:place], other, *TRAINEE[place + 1 :])
    forged = replace(signed(key), facts=facts)
    assert is_genuine(forged, keys_of(key)) is (facts == TRAINEE)
    assert is_genuine(replace(signed(key), series="X"), keys_of(key)) is False


def test_no_signature_of_the_key_for_anything_else_fits(key: SigningKey) -> None:
    one = signed(key)
    assert is_genuine(replace(one, signature=key.private.sign(b"\x00" + one.message)), keys_of(key)) is False


# --- the page ---

VOID = VoidNumber("安教训结字〔2016〕第0002号", "2016-12-10", "遗失", "安教训结字〔2016〕第0003号")


def asked_of_page(known: Known, texts: list[str], more: str = "null") -> tuple[list[dict[str, Any]], Any]:
    """What the page's own script says of texts, run by Node, and the value of a further expression."""
    program = f"""{script()}
const known = {known_json(known)};
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify([texts.map((text) => checked(text, known)), {more}]));"""
    ran = subprocess.run(["node", "-e", program], input=json.dumps(texts), capture_output=True, text=True, check=True)
    answers, further = json.loads(ran.stdout)
    return answers, further


def cut(text: str) -> list[str]:
    """The text with up to eight letters less at its end, and one more."""
    return [text[:-number] for number in range(1, 9)] + [f"{text}A"]


def known_of(*keys: SigningKey) -> Known:
    issued = (TRAINEE[0],)
    public = {key.public.id: key.public.raw.hex() for key in keys}
    return Known("安和县教师进修学校", date(2016, 12, 10), public, issued, (VOID,))


def test_the_page_says_of_every_certificate_what_the_program_says(key: SigningKey, tmp_path: Path) -> None:
    stranger = new_key(tmp_path, "2016-12-09T01:00:00Z")
    rare = ("李𬱖", "䶮·〇", "A&B<\"'", "（）：，“”")
    good, void = signed(key), signed(key, (VOID.number, *TRAINEE[1:]))
    later = signed(key, ("安教训结字〔2016〕第0009号", *TRAINEE[1:]))
    odd = signed(key, (TRAINEE[0], *rare, *TRAINEE[5:]))
    hours = signed(key, tuple(f"事实{n}" for n in range(12)), "X")
    forged = replace(good, facts=(TRAINEE[0], "李四", *TRAINEE[2:]))
    whole = [one.text for one in (good, odd, void, later, forged, signed(stranger), hours)]
    answers, _ = asked_of_page(known_of(key), [*whole, good.text[:60], "", good.text.lower(), *cut(good.text)])
    states = [answer["state"] for answer in answers]
    assert states[:7] == ["valid", "valid", "void", "later", "altered", "unknown", "later"]
    assert states[7:10] == ["unreadable", "unreadable", "valid"]
    assert {*states[10:]} <= {"unreadable", "altered"}
    assert [tuple(map(tuple, answers[place]["lines"])) for place in (0, 1, 2)] == [good.lines, odd.lines, void.lines]
    assert "2016-12-10" in answers[2]["words"]
    assert VOID.instead in answers[2]["words"]
    assert [answers[place]["lines"] for place in (4, 5)] == [[], []]


def test_the_page_lets_no_altered_letter_pass(key: SigningKey) -> None:
    text = signed(key).text
    altered = [
        f"{text[:place]}{LETTERS[(LETTERS.index(text[place]) + 7) % 32]}{text[place + 1 :]}"
        for place in range(len(MARK), len(text), 9)
    ]
    answers, _ = asked_of_page(known_of(key), altered)
    assert {answer["state"] for answer in answers} <= {"altered", "unknown", "unreadable"}


def test_the_pages_own_cryptography_is_the_standard_one() -> None:
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes_raw()
    assert public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    rounds = [(bytes([n] * n), private.sign(bytes([n] * n))) for n in (0, 1, 63, 111, 112, 127, 128, 239, 240, 255)]
    order = 2**252 + 27742317777372353535851937790883648493
    message, good = rounds[1]
    stretched = good[:32] + (int.from_bytes(good[32:], "little") + order).to_bytes(32, "little")
    cases = [*((m, s, True) for m, s in rounds), (message + b"x", good, False), (message, stretched, False),
             (message, b"\xff" * 32 + good[32:], False), (message, bytes(64), False)]  # fmt: skip
    asked = json.dumps([[list(public), list(m), list(s)] for m, s, _ in cases])
    more = f"{asked}.map((one) => isSigned(...one.map((bytes) => new Uint8Array(bytes))))"
    _, answers = asked_of_page(known_of(), [], more)
    assert answers == [right for _, _, right in cases]

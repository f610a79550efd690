"""Certificates of a whole season: numbered, signed, checked, replaced, voided; the key kept, lost and handed on."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from extractors.codes import pages_of_codes
from gengang.certificates_checked import checked_certificate, one_checked, register_of
from gengang.errors import WorkspaceError
from gengang.issuing import Written, issue_papers, renew_key, void_certificate
from gengang.ledger import open_ledger
from gengang.papers.certificate_page import FILE
from gengang.papers.print_proof import page_texts
from gengang.settings import Settings
from gengang.signed import Signed, signed_of_text
from tests.whole.samples import FEW_PEOPLE, copied, issued, request


@pytest.fixture
def settings(few_issued: Path, tmp_path: Path) -> Settings:
    """A season with two certificates, of one's own."""
    return copied(few_issued, tmp_path / "w")


def finals(settings: Settings) -> list[Path]:
    """The PDFs that bear a number."""
    return sorted((settings.outbox / "证书").rglob("*号.pdf"))


def code_on(path: Path) -> Signed:
    pages = pages_of_codes(path.read_bytes())
    assert isinstance(pages, tuple)
    [code] = pages[0].codes
    said = signed_of_text(code)
    assert said is not None
    return said


def again(settings: Settings, name: str, why: str) -> Written:
    return issue_papers(request(settings), (name,), why)


def test_every_final_certificate_prints_what_its_code_says_and_is_genuine(settings: Settings) -> None:
    assert len(finals(settings)) == 2
    for path in finals(settings):
        text = "".join("".join(page_texts(path.read_bytes())).split())
        assert [fact for _, fact in code_on(path).lines if "".join(fact.split()) not in text] == []
        done = checked_certificate(settings, str(path))
        assert (done.exit_code, done.lines[-1][:9]) == (0, "签名是真的，编号有")
        assert checked_certificate(settings, code_on(path).text) == done


def test_a_photo_of_a_certificate_is_checked_too(settings: Settings, tmp_path: Path) -> None:
    path = finals(settings)[0]
    page = pypdfium2.PdfDocument(path)[0]
    page.render(scale=3).to_pil().convert("RGB").rotate(8, expand=True, fillcolor=(90, 80, 70)).save(tmp_path / "a.jpg")
    assert checked_certificate(settings, str(tmp_path / "a.jpg")).exit_code == 0


def test_a_file_without_a_code_cannot_be_checked(settings: Settings) -> None:
    with pytest.raises(WorkspaceError, match="没有找到证书的方块码"):
        checked_certificate(settings, str(next((settings.outbox / "鉴定表").rglob("*.pdf"))))
    with pytest.raises(WorkspaceError, match="找不到这个文件"):
        checked_certificate(settings, "没有.pdf")


def test_a_certificate_of_another_is_not_its_own(settings: Settings) -> None:
    first, second = finals(settings)
    said = code_on(first)
    forged = replace(said, facts=(said.facts[0], "李四", *said.facts[2:])).text
    assert checked_certificate(settings, forged).exit_code == 1
    assert "签名不符" in checked_certificate(settings, forged).lines[0]
    assert "不完整" in checked_certificate(settings, said.text[:60]).lines[0]
    assert [checked_certificate(settings, said.text[:-cut]).exit_code for cut in range(1, 9)] == [1] * 8
    assert code_on(second).number != said.number


def test_a_name_altered_on_the_paper_is_seen_where_the_file_holds_text(settings: Settings) -> None:
    path = finals(settings)[0]
    pages = pages_of_codes(path.read_bytes())
    assert isinstance(pages, tuple)
    said = code_on(path)
    ledger = open_ledger(settings)
    register = register_of(settings, tuple(ledger.read()))
    ledger.close()
    altered = replace(pages[0], text=pages[0].text.replace(said.facts[1], "李四"))
    assert one_checked(register, said.text, pages[0]).exit_code == 0
    done = one_checked(register, said.text, altered)
    assert (done.exit_code, done.lines[-1].endswith("不同：姓名。")) == (1, True)


def test_a_lost_certificate_is_replaced_and_void_everywhere_though_the_key_was_lost_too(settings: Settings) -> None:
    old = finals(settings)[0]
    before, copy = code_on(old), old.read_bytes()
    name = before.facts[1]
    shutil.rmtree(settings.keys)
    told = again(settings, name, "遗失")
    assert any("密钥不见了" in line for line in told.lines)
    assert len({code_on(path).key for path in finals(settings)}) == 2
    assert all(checked_certificate(settings, str(path)).exit_code == 0 for path in finals(settings))
    new = next(path for path in finals(settings) if code_on(path).facts[1] == name)
    assert not old.exists()
    assert [path.read_bytes() for path in (settings.outbox / "已作废").rglob("*.pdf")] == [copy]
    assert code_on(new).number.endswith("第0002号")
    checked = checked_certificate(settings, before.text)
    assert (checked.exit_code, code_on(new).number in checked.lines[-1]) == (1, True)
    assert "遗失" in checked.lines[-1]
    assert checked_certificate(settings, str(new)).exit_code == 0
    page = (settings.outbox / FILE).read_text(encoding="utf-8")
    known = json.loads(page.partition("const KNOWN = ")[2].partition(";\n")[0])
    assert known["void"][before.number]["instead"] == code_on(new).number
    assert before.number not in known["issued"]
    assert name not in page
    assert told.exit_code in (0, 1)


@pytest.mark.parametrize("why", ["", "叶玉桂遗失", "号码000000197001010011有误"])
def test_the_register_keeps_no_name_and_no_number_in_a_reason(settings: Settings, why: str) -> None:
    with pytest.raises(WorkspaceError):
        again(settings, FEW_PEOPLE[0], why)
    with pytest.raises(WorkspaceError):
        void_certificate(request(settings), code_on(finals(settings)[0]).number, why)
    with pytest.raises(WorkspaceError, match="没有发出过"):
        void_certificate(request(settings), "安教训结字〔2016〕第0999号", "写错")


def test_a_void_number_is_never_given_again_and_reprints_keep_the_code_of_a_key_given_up(settings: Settings) -> None:
    first, second = (code_on(path) for path in finals(settings))
    renew_key(request(settings))
    assert len(list(settings.keys.glob("*.pem"))) == 1
    assert len(list(settings.keys.glob("*.pub"))) == 2
    void_certificate(request(settings), first.number, "姓名印错")
    [left] = finals(settings)
    assert code_on(left) == second
    left.unlink()
    issued(settings)
    new = {code_on(path) for path in finals(settings)} - {second}
    assert [one.number == first.number or one.key == first.key for one in new] == [False]
    assert all(checked_certificate(settings, str(path)).exit_code == 0 for path in finals(settings))


def test_the_key_lies_where_only_its_owner_reads_it_and_never_in_the_outbox(settings: Settings) -> None:
    [key] = settings.keys.glob("*.pem")
    assert key.stat().st_mode & 0o077 == 0
    secret = key.read_bytes()
    assert [path for path in settings.outbox.rglob("*") if path.is_file() and secret in path.read_bytes()] == []
    ledger = open_ledger(settings)
    assert len(list(ledger.read(kinds=("signing_key",)))) == 1
    ledger.close()

"""Mails in files and files in mails: every attachment reached, each with the mails it came in."""

from base64 import b64encode
from datetime import date

from extractors.archive import MOST_MEMBERS
from extractors.leaves import Unpacked, unpacked
from gengang.mailed import carrying, kept_mails, mails_of
from tests.unit.outlook_files import attached as msg_attached
from tests.unit.outlook_files import msg, tnef, tnef_file, words
from tests.unit.packing import zipped
from tests.unit.test_mail import attached, encoded_word, mail

HEAD = f"Subject: {encoded_word('转发', 'gbk')}\r\nDate: Mon, 05 Dec 2016 17:00:00 +0000\r\n"
TEACHER = f"Subject: {encoded_word('张三日志', 'gbk')}\r\n"
FILE = attached('attachment; filename="a.txt"', b"abc")


def carried(data: bytes, encoding: str = "") -> str:
    """A whole mail inside a mail, as programs should carry it, and as some do."""
    if encoding:
        return f"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{b64encode(data).decode()}"
    return f"Content-Type: message/rfc822\r\n\r\n{data.decode('latin-1')}"


def outer(*parts: str, text: str = "请查收") -> Unpacked:
    """A head teacher's mail as it lies in the inbox."""
    return unpacked("m.eml", mail(*parts, headers=HEAD, text=text))


def inner(*parts: str) -> bytes:
    """A teacher's mail."""
    return mail(*parts, headers=TEACHER).replace(b"\r\n--B", b"\r\n--C").replace(b"=B\r\n", b"=C\r\n")


def test_a_mail_passed_on_keeps_both_senders_and_the_first_one_names_the_paper() -> None:
    for part in (carried(inner(FILE)), carried(inner(FILE), "base64")):
        found = outer(part)
        [leaf] = found.leaves
        assert (leaf.name, leaf.data) == ("a.txt", b"abc")
        assert leaf.member == "m.eml!张三日志.eml!a.txt"
        assert [one.subject for one in leaf.mails] == ["转发", "张三日志"]
        assert leaf.named == "张三日志/m.eml!张三日志.eml!a.txt"
        assert found.findings == ()


def test_mails_attached_as_files_are_opened_as_mails_passed_on_are() -> None:
    eml = attached('attachment; filename="b.eml"', inner(FILE))
    outlook = attached(
        'attachment; filename="b.msg"', msg([words(0x0037, "张三日志")], [msg_attached("a.txt", b"abc")])
    )
    for part in (eml, outlook):
        [leaf] = outer(part).leaves
        assert ([one.subject for one in leaf.mails], leaf.data) == (["转发", "张三日志"], b"abc")


def test_two_mails_with_one_subject_lose_nothing() -> None:
    other = attached('attachment; filename="a.txt"', b"other")
    found = outer(carried(inner(FILE)), carried(inner(other)))
    assert {leaf.member: leaf.data for leaf in found.leaves} == {
        "m.eml!张三日志.eml!a.txt": b"abc",
        "m.eml!张三日志 (2).eml!a.txt": b"other",
    }


def test_a_mail_passed_on_three_times_still_gives_its_archive() -> None:
    archive = attached('attachment; filename="a.zip"', zipped({"a.txt": b"abc"}))
    within = inner(archive)
    for mark in (b"D", b"E"):
        wrapper = mail(carried(within)).replace(b"\r\n--B", b"\r\n--" + mark).replace(b"=B\r\n", b"=" + mark + b"\r\n")
        within = wrapper
    [leaf] = outer(carried(within)).leaves
    assert leaf.data == b"abc"


def test_a_winmail_dat_is_part_of_its_mail() -> None:
    packed = tnef(tnef_file("日志.txt".encode("gbk"), b"abc"), properties=[words(0x0037, "转发")])
    found = outer(attached('attachment; filename="winmail.dat"', packed, "application/ms-tnef"))
    [leaf] = found.leaves
    assert leaf.member == "m.eml!winmail.dat!日志.txt"
    assert [one.place for one in leaf.mails] == ["m.eml"]
    assert len(found.mails) == 1


def test_a_winmail_dat_dropped_alone_is_a_mail() -> None:
    found = unpacked("winmail.dat", tnef(tnef_file(b"a.txt", b"abc"), properties=[words(0x0037, "日志")]))
    assert [one.subject for one in found.mails] == ["日志"]


def test_a_mail_of_too_many_files_still_says_what_else_is_not_in_it() -> None:
    files = (attached(f'attachment; filename="{number}.txt"', b"abc") for number in range(MOST_MEMBERS + 1))
    found = outer(*files, text="从QQ邮箱发来的超大附件：照片.zip https://mail.qq.com/cgi-bin/ftnExs_download")
    assert found.leaves == ()
    assert [one.code for one in found.findings] == ["linked_attachment", "too_large"]


def test_an_archive_in_another_is_named_in_what_is_said_of_it() -> None:
    archive = zipped({"甲.zip": b"PK\x03\x04", "乙.zip": b"PK\x03\x04", "丙.zip": zipped({"a.txt": b"abc"})})
    found = outer(FILE, attached('attachment; filename="a.zip"', archive))
    told = [(one.message.partition("压缩包")[0], one.place) for one in found.findings]
    assert told == [("“甲.zip”：", "m.eml!a.zip!甲.zip"), ("“乙.zip”：", "m.eml!a.zip!乙.zip")]
    [alone] = unpacked("a.zip", b"PK\x03\x04").findings
    assert (alone.message.startswith("压缩包"), alone.place) == (True, "")


def test_archives_that_stay_closed_are_named() -> None:
    deepest = zipped({f"{number}.zip": zipped({"a.txt": b"abc"}) for number in range(4)})
    found = unpacked("a.zip", zipped({"b.zip": zipped({"c.zip": deepest, "d.txt": b"abc"})}))
    assert [leaf.member for leaf in found.leaves] == ["a.zip!b.zip!d.txt"]
    [told] = found.findings
    assert told.code == "too_large"
    assert "“0.zip”、“1.zip”、“2.zip”等 4 个文件" in told.message


def test_what_holds_nothing_beside_papers_is_not_told_and_alone_it_is() -> None:
    layout = attached('attachment; filename="winmail.dat"', tnef(), "application/ms-tnef")
    plain = attached('attachment; filename="b.eml"', inner())
    assert outer(FILE, layout, plain).findings == ()
    assert [one.code for one in outer(layout).findings] == ["no_attachment"]
    assert [one.code for one in outer(carried(inner())).findings] == ["no_attachment"]


def test_a_link_in_a_mail_passed_on_is_told_beside_papers() -> None:
    body = "从QQ邮箱发来的超大附件：照片.zip".encode().decode("latin-1")
    linked = inner().decode("latin-1").replace("请查收".encode().decode("latin-1"), body).encode("latin-1")
    found = outer(FILE, attached('attachment; filename="b.eml"', linked))
    [finding] = found.findings
    assert "（照片.zip）" in finding.message
    assert "（a@example.cn）" in finding.message


def test_a_mail_in_an_archive_without_papers_is_told_beside_other_mails() -> None:
    archive = zipped({"a.eml": inner(FILE), "b.eml": inner()})
    assert [one.code for one in unpacked("m.zip", archive).findings] == ["no_attachment"]


def test_an_empty_attachment_is_told_and_not_passed_over() -> None:
    [leaf] = outer(attached('attachment; filename="a.docx"', b"")).leaves
    assert (leaf.name, leaf.kind) == ("a.docx", "empty")


def test_what_programs_add_to_a_mail_is_no_paper() -> None:
    card = attached('attachment; filename="a.vcf"', b"BEGIN:VCARD", "text/x-vcard")
    seal = attached('attachment; filename="smime.p7s"', b"abc", "application/pkcs7-signature")
    assert [leaf.name for leaf in outer(FILE, card, seal).leaves] == ["a.txt"]


def test_the_mails_of_a_paper_are_those_on_its_way_and_are_kept_whole() -> None:
    found = outer(carried(inner(FILE)), attached('attachment; filename="b.txt"', b"b"), text="张三的日志见附件")
    ways = {leaf.name: carrying(found.mails, [leaf.member]) for leaf in found.leaves}
    assert [one.subject for one in ways["a.txt"]] == ["转发", "张三日志"]
    [own] = ways["b.txt"]
    assert (own.sender, own.subject, own.text) == ("a@example.cn", "转发", "张三的日志见附件")
    assert (own.received, own.source) == (date(2016, 12, 6), "sent")
    assert mails_of({"mails": kept_mails(found.mails)}) == found.mails


def test_the_text_of_a_page_is_its_words_alone() -> None:
    page = "<html><head><title>x</title></head><style>p{}</style><p>请 查收</p>\r\n".encode().decode("latin-1")
    plain = mail(headers=HEAD, text="x").decode("latin-1").replace("text/plain", "text/html").replace("\r\nx\r\n", page)
    [only] = unpacked("m.eml", plain.encode("latin-1")).mails
    assert only.text == "请 查收"

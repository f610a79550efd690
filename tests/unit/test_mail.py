"""Mails as Chinese programs write them: names in every encoding, logos left out, what is missing told."""

from base64 import b64encode
from datetime import UTC, date, datetime
from email.message import EmailMessage
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from extractors.mail import Mail, mail_of


def mail(*parts: str, headers: str = "", text: str = "请查收") -> bytes:
    """A message as raw text, so that every header stands exactly as written; in bytes of Latin-1."""
    head = f"From: a@example.cn\r\n{headers}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
    body = f"--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text.encode().decode('latin-1')}\r\n"
    return (head + body + "".join(f"--B\r\n{part}\r\n" for part in parts) + "--B--\r\n").encode("latin-1")


def attached(disposition: str, data: bytes = b"data", kind: str = "application/octet-stream", more: str = "") -> str:
    return (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n{more}"
        f"Content-Disposition: {disposition}\r\n\r\n{b64encode(data).decode()}"
    )


def encoded_word(text: str, charset: str) -> str:
    return f"=?{charset}?B?{b64encode(text.encode(charset)).decode()}?="


NAME = "青石镇 报名表.docx"
SPELLINGS = {
    "RFC 2047 in UTF-8": f'attachment; filename="{encoded_word(NAME, "utf-8")}"',
    "RFC 2047 in GBK": f'attachment; filename="{encoded_word(NAME, "gbk")}"',
    "RFC 2047 unquoted": f"attachment; filename={encoded_word(NAME, 'gb18030')}",
    "RFC 2231": "attachment; filename*=UTF-8''" + "".join(f"%{byte:02X}" for byte in NAME.encode()),
    "RFC 2231 in pieces": (
        "attachment;\r\n filename*0*=GBK''"
        + "".join(f"%{byte:02X}" for byte in "青石镇 ".encode("gbk"))
        + ";\r\n filename*1*="
        + "".join(f"%{byte:02X}" for byte in "报名表".encode("gbk"))
        + ";\r\n filename*2*=.docx"
    ),
    "raw GBK": f'attachment; filename="{NAME.encode("gbk").decode("latin-1")}"',
    "raw UTF-8": f'attachment; filename="{NAME.encode().decode("latin-1")}"',
    "with a folder": f'attachment; filename="{encoded_word("C:" + chr(92) + "表" + chr(92) + NAME, "gbk")}"',
}


@pytest.mark.parametrize("disposition", SPELLINGS.values(), ids=list(SPELLINGS))
def test_an_attachments_name_is_decoded(disposition: str) -> None:
    [found] = mail_of(mail(attached(disposition))).attachments
    assert found.name == NAME
    assert found.data == b"data"


def test_a_name_in_the_content_type_alone_is_used() -> None:
    part = attached("attachment", kind=f'application/msword; name="{encoded_word(NAME, "gbk")}"')
    [found] = mail_of(mail(part)).attachments
    assert found.name == NAME


def test_a_small_picture_of_the_signature_is_left_out_and_a_large_one_is_kept() -> None:
    shown = "Content-ID: <x>\r\n"
    logo = attached('inline; filename="logo.png"', bytes(2_000), "image/png", shown)
    photo = attached('inline; filename="IMG_1.jpg"', bytes(200_000), "image/jpeg", shown)
    found = mail_of(mail(logo, photo))
    assert [one.name for one in found.attachments] == ["IMG_1.jpg"]


def picture(size: tuple[int, int], mode: str, kind: str) -> bytes:
    """A picture full of noise, or of nothing where it is in black and white."""
    made = Image.new(mode, size, 1) if mode == "1" else Image.effect_noise(size, 60).convert(mode)
    data = BytesIO()
    made.save(data, kind)
    return data.getvalue()


PICTURES = {
    "a banner of much data": (picture((900, 300), "RGB", "PNG"), False),
    "an icon": (picture((64, 64), "RGB", "PNG"), False),
    "a small drawing": (picture((600, 500), "1", "PNG"), False),
    "a page in black and white of little data": (picture((1654, 2339), "1", "PNG"), True),
    "a photo made small": (picture((960, 720), "RGB", "JPEG"), True),
}


@pytest.mark.parametrize(("data", "kept"), PICTURES.values(), ids=list(PICTURES))
def test_a_picture_in_the_text_is_kept_when_a_form_on_it_could_be_read(data: bytes, kept: bool) -> None:
    shown = attached('inline; filename="image001.png"', data, "image/png", "Content-ID: <x>\r\n")
    assert bool(mail_of(mail(shown)).attachments) == kept
    as_file = attached('attachment; filename="image001.png"', data, "image/png")
    assert mail_of(mail(as_file)).attachments


def test_a_forwarded_mails_attachment_is_found() -> None:
    inner = mail(attached('attachment; filename="a.pdf"')).decode("latin-1")
    found = mail_of(mail(f"Content-Type: message/rfc822\r\n\r\n{inner}"))
    assert [one.name for one in found.attachments] == ["a.pdf"]


def without_attachment(text: str) -> Mail:
    return mail_of(mail(text=text))


def test_a_mail_without_attachment_says_so() -> None:
    [finding] = without_attachment("表格见附件").findings
    assert finding.code == "no_attachment"


def test_a_mail_with_only_a_link_asks_for_the_file() -> None:
    [finding] = without_attachment("从QQ邮箱发来的超大附件：报名表.zip").findings
    assert finding.code == "no_attachment"
    assert "请下载（报名表.zip）" in finding.message
    assert "发件人（a@example.cn）" in finding.message


BIG = {
    "qq": "从QQ邮箱发来的超大附件\r\n\r\n跟岗照片.zip (120M, 2016年12月30日 10:00 到期)\r\n进入下载页面："
    "http://mail.qq.com/cgi-bin/ftnExs_download?k=1",
    "163": '<div>从网易163邮箱发来的云附件</div><a href="https://dashi.163.com/x?file=1">跟岗照片.zip</a> (120M)',
    "文件中转站": "来自文件中转站的文件\r\n跟岗照片.zip\r\nhttps://wx.mail.qq.com/ftn/download?func=3",
    "网盘": "照片在百度网盘：跟岗照片.zip链接：https://pan.baidu.com/s/1x 提取码：a1b2",
}


@pytest.mark.parametrize("text", BIG.values(), ids=list(BIG))
def test_a_link_to_a_big_attachment_beside_an_ordinary_one_is_told(text: str) -> None:
    found = mail_of(mail(attached('attachment; filename="a.docx"'), text=f"请查收 a.docx\r\n{text}"))
    assert [one.name for one in found.attachments] == ["a.docx"]
    [finding] = found.findings
    assert (finding.code, finding.severity) == ("linked_attachment", "error")
    assert "（跟岗照片.zip）" in finding.message


@pytest.mark.parametrize("text", ["见附件 http://www.example.cn", "请勿用网盘，见附件", "见附件"])
def test_a_mail_that_links_to_no_file_tells_of_none(text: str) -> None:
    assert mail_of(mail(attached('attachment; filename="a.docx"'), text=text)).findings == ()


def test_the_text_of_an_attached_file_is_no_part_of_the_mail() -> None:
    data = "网盘 https://pan.baidu.com/s/1x".encode()
    assert mail_of(mail(attached('attachment; filename="a.txt"', data, "text/plain"))).findings == ()


def test_sender_subject_and_date() -> None:
    headers = (
        "Received: from x by y; Mon, 05 Sep 2016 23:50:00 +0800\r\n"
        f"Subject: {encoded_word('报名表', 'gb2312')}\r\nDate: Sun, 04 Sep 2016 08:00:00 +0800\r\n"
    )
    found = mail_of(mail(attached('attachment; filename="a.pdf"'), headers=headers))
    assert found.sender == "a@example.cn"
    assert found.subject == "报名表"
    assert found.received is not None
    assert found.received.astimezone(UTC) == datetime(2016, 9, 5, 15, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Mon, 05 Dec 2016 17:00:00 +0000", 6),
        ("Mon, 05 Dec 2016 17:00:00 -0000", 6),
        ("Tue, 06 Dec 2016 01:00:00 +1000", 5),
        ("Mon, 05 Dec 2016 15:00:00 GMT", 5),
        ("Mon, 05 Dec 2016 23:00:00 +0800 (CST)", 5),
        ("Mon, 05 Dec 2016 23:00:00 CST", 5),
        ("Mon, 05 Dec 2016 23:00:00", 5),
    ],
)
def test_the_day_of_a_mail_is_the_one_in_china(stated: str, day: int) -> None:
    for header in ("Date: ", "Received: from x by y; "):
        received = mail_of(mail(headers=f"{header}{stated}\r\n")).received
        assert received is not None
        assert received.date() == date(2016, 12, day)


def test_a_date_that_is_none_is_unknown() -> None:
    assert mail_of(mail(headers="Date: 昨天\r\n".encode().decode("latin-1"))).received is None


def test_what_pythons_own_writer_makes_is_read() -> None:
    message = EmailMessage()
    message["From"] = "王芳 <w@example.cn>"
    message["Subject"] = "报名表"
    message.set_content("您好")
    message.add_attachment(b"data", maintype="application", subtype="octet-stream", filename=NAME)
    found = mail_of(message.as_bytes())
    assert (found.sender, found.subject) == ("w@example.cn", "报名表")
    assert [one.name for one in found.attachments] == [NAME]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_damage_to_a_mail_raises(data: st.DataObject) -> None:
    inner = mail(attached('attachment; filename="b.txt"')).replace(b"\r\n--B", b"\r\n--C").replace(b"=B\r\n", b"=C\r\n")
    page = "Content-Type: text/html; charset=gbk\r\n\r\n<p>a<style>b</style>"
    whole = mail(page, attached("attachment"), f"Content-Type: message/rfc822\r\n\r\n{inner.decode('latin-1')}")
    damaged = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, max(0, len(damaged) - 1)), max_size=8)) if damaged else ():
        damaged[at] = data.draw(st.integers(0, 255))
    assert isinstance(mail_of(bytes(damaged)), Mail)


def test_mails_in_mails_without_end_are_told() -> None:
    deep = b"".join(b"Content-Type: message/rfc822\r\n\r\n" for _ in range(5_000)) + mail()
    for data in (deep, b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n" * 5_000):
        assert isinstance(mail_of(data), Mail)

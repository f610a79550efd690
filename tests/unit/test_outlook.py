"""Outlook's own files: .msg and winmail.dat read as a mail is, in Unicode and in the code page of Chinese Windows."""

import struct
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import outlook
from extractors.identify import kind_of
from extractors.mail import Mail
from extractors.outlook import mail_of_msg
from extractors.tnef import mail_of_tnef
from tests.unit.outlook_files import (
    BINARY,
    LONG,
    OBJECT,
    TIME,
    Property,
    attached,
    attachments,
    attribute,
    carried,
    msg,
    ole_file,
    property_list,
    storage_of,
    ticks,
    tnef,
    tnef_file,
    words,
)

NAME = "青石镇 报名表.docx"
LATE = datetime(2016, 12, 5, 17, 0, tzinfo=UTC)  # the sixth in China
PAGES = pytest.mark.parametrize("code_page", ["", "gbk"], ids=["Unicode", "GBK"])


def about(code_page: str = "", at: datetime = LATE) -> list[Property]:
    """Sender, subject, text and day of a message."""
    stated: list[Property] = [(0x3FFD, LONG, 936)] if code_page else []
    return [
        words(0x0C1A, "张三", code_page), words(0x0C1F, "a@example.cn", code_page), words(0x0037, "报名", code_page),
        words(0x1000, "请查收\r\n谢谢", code_page), (0x0E06, TIME, ticks(at)), *stated,
    ]  # fmt: skip


@PAGES
def test_a_message_is_read_as_a_mail_is(code_page: str) -> None:
    found = mail_of_msg(msg(about(code_page), [attached(NAME, b"data" * 2000, code_page=code_page)]))
    assert (found.sender, found.sender_name, found.subject) == ("a@example.cn", "张三", "报名")
    assert found.text == "请查收 谢谢"
    assert [(one.name, one.data) for one in found.attachments] == [(NAME, b"data" * 2000)]
    assert found.received is not None
    assert (found.received.date(), found.source) == (date(2016, 12, 6), "server")
    assert found.findings == ()


def test_a_code_page_that_nobody_chose_is_not_believed() -> None:
    properties = [one for one in about("gbk") if one[0] != 0x3FFD]
    assert mail_of_msg(msg([*properties, (0x3FFD, LONG, 1252)])).sender_name == "张三"


def test_a_message_that_was_never_delivered_has_the_day_it_was_sent() -> None:
    properties = [one for one in about() if one[0] != 0x0E06]
    found = mail_of_msg(msg([*properties, (0x0039, TIME, ticks(LATE))]))
    assert found.received is not None
    assert (found.received.date(), found.source) == (date(2016, 12, 6), "sent")


def test_the_mails_own_headers_say_what_no_property_does() -> None:
    headers = "Received: from x by y; Mon, 05 Dec 2016 17:00:00 +0000\r\nFrom: b@example.cn\r\nSubject: x\r\n\r\n"
    exchange = words(0x0C1F, "/O=OFFICE/CN=ZHANGSAN")
    found = mail_of_msg(msg([exchange, words(0x007D, headers), words(0x0037, "报名")]))
    assert (found.sender, found.subject) == ("b@example.cn", "报名")
    assert found.received is not None
    assert (found.received.date(), found.source) == (date(2016, 12, 6), "server")


def test_a_message_passed_on_keeps_its_own_sender() -> None:
    inner = storage_of(about(), 24, attachments([attached(NAME, b"data")]))
    found = mail_of_msg(msg([words(0x0C1A, "王校长"), words(0x0037, "转发")], [carried(inner)]))
    assert (found.sender_name, found.attachments, found.findings) == ("王校长", (), ())
    [(name, inside)] = found.mails
    assert name == "报名.eml"
    assert (inside.sender_name, [one.name for one in inside.attachments]) == ("张三", [NAME])


def test_a_logo_is_left_out_and_a_photo_shown_in_the_text_is_kept() -> None:
    shown = words(0x3712, "image001@x")
    parts = [attached("image001.png", bytes(2_000), shown), attached("IMG_1.jpg", bytes(200_000), shown)]
    assert [one.name for one in mail_of_msg(msg(about(), parts)).attachments] == ["IMG_1.jpg"]


@pytest.mark.parametrize(
    ("method", "code"), [(7, "linked_attachment"), (2, "linked_attachment"), (6, "unreadable_file")]
)
def test_an_attachment_whose_bytes_are_elsewhere_is_told(method: int, code: str) -> None:
    there = storage_of([words(0x3707, "照片.zip"), (0x3705, LONG, method)], 8)
    [finding] = mail_of_msg(msg(about(), [there])).findings
    assert finding.code == code
    assert "照片.zip" in finding.message


def test_a_link_in_the_text_beside_one_by_reference_is_told_too() -> None:
    there = storage_of([words(0x3707, "照片.zip"), (0x3705, LONG, 7)], 8)
    body = words(0x1000, "从QQ邮箱发来的超大附件：日志.zip")
    codes = [one.code for one in mail_of_msg(msg([*about()[:3], body], [there])).findings]
    assert codes == ["linked_attachment", "no_attachment"]


def test_a_message_without_attachment_names_its_sender() -> None:
    [finding] = mail_of_msg(msg(about())).findings
    assert finding.code == "no_attachment"
    assert "（张三 a@example.cn）" in finding.message


def test_a_message_is_known_from_a_document_that_holds_one() -> None:
    message = storage_of(about(), 24)
    word = ole_file({"WordDocument": bytes(5000), "ObjectPool": {"_1": message}})
    locked = msg(about(), [attached("a.doc", ole_file({"EncryptedPackage": bytes(5000)}))])
    assert (kind_of(word, "a.doc"), kind_of(locked, "a.msg")) == ("doc", "msg")


def test_a_damaged_message_says_what_to_do() -> None:
    data = msg(about(), [attached(NAME, bytes(50_000))])
    [finding] = mail_of_msg(data[:5_000]).findings
    assert finding.code == "unreadable_file"
    assert "重新另存" in finding.message


def test_an_attachment_that_ends_too_early_is_told_and_not_given() -> None:
    data = bytes(range(250)) * 40
    whole = msg(about(), [attached(NAME, data), attached("b.doc", b"whole")])
    size = struct.pack("<Q", len(data))
    found = mail_of_msg(whole.replace(size, struct.pack("<Q", len(data) + 2_000)))
    assert [one.name for one in found.attachments] == ["b.doc"]
    [finding] = found.findings
    assert (finding.code, finding.severity) == ("unreadable_file", "error")
    assert NAME in finding.message


def test_a_message_that_would_take_too_much_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlook, "MOST_BYTES", 10_000)
    parts = [attached(NAME, bytes(6_000)), attached("b.doc", bytes(6_000))]
    assert [one.code for one in mail_of_msg(msg(about(), parts)).findings] == ["too_large"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_a_message_raises(data: st.DataObject) -> None:
    whole = msg(about(), [attached(NAME, b"data" * 2000), carried(storage_of(about(), 24))])
    damaged = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, max(0, len(damaged) - 1)), max_size=8)) if damaged else ():
        damaged[at] = data.draw(st.integers(0, 255))
    assert isinstance(mail_of_msg(bytes(damaged)), Mail)


# --- winmail.dat ---


def test_the_files_of_a_winmail_dat_are_unpacked_with_their_names() -> None:
    short, long = tnef_file(NAME.encode("gbk"), b"one"), tnef_file(b"A~1.DOC", b"two", words(0x3707, "李四 日志.doc"))
    ansi = tnef_file(b"B~1.DOC", b"three", words(0x3707, "王五.doc", "gbk"))
    found = mail_of_tnef(tnef(short, long, ansi, properties=about()))
    expected = [(NAME, b"one"), ("李四 日志.doc", b"two"), ("王五.doc", b"three")]
    assert [(one.name, one.data) for one in found.attachments] == expected
    assert (found.subject, found.findings) == ("报名", ())


def test_a_message_in_a_winmail_dat_is_a_mail_inside() -> None:
    inner = bytes.fromhex("0703020000000000c000000000000046") + tnef(tnef_file(b"a.doc", b"one"), properties=about())
    part = attribute(2, 0x9002, 6, bytes(14)) + attribute(2, 0x9005, 6, property_list([(0x3701, OBJECT, inner)]))
    [(_, inside)] = mail_of_tnef(tnef(part)).mails
    assert (inside.sender_name, [one.name for one in inside.attachments]) == ("张三", ["a.doc"])


def test_a_damaged_winmail_dat_gives_what_stands_before_and_says_what_to_do() -> None:
    whole = tnef(tnef_file(b"a.doc", b"one"), tnef_file(b"b.doc", bytes(1000)))
    found = mail_of_tnef(whole[:-600])
    assert [one.name for one in found.attachments] == ["a.doc"]
    [finding] = found.findings
    assert (finding.code, finding.severity) == ("unreadable_file", "error")
    assert "重发" in finding.message


def test_a_changed_byte_is_seen() -> None:
    whole = bytearray(tnef(tnef_file(b"a.doc", b"content")))
    whole[whole.index(b"content")] ^= 1
    assert [one.code for one in mail_of_tnef(bytes(whole)).findings] == ["unreadable_file"]


def test_a_winmail_dat_that_only_holds_a_layout_says_that_nothing_is_attached() -> None:
    assert [one.code for one in mail_of_tnef(tnef(properties=about())).findings] == ["no_attachment"]


def test_a_winmail_dat_is_known_by_its_content() -> None:
    assert kind_of(tnef(), "附件.bin") == "tnef"


def test_named_and_repeated_properties_are_stepped_over() -> None:
    by_number = struct.pack("<HH16sII", LONG, 0x8001, bytes(16), 0, 7) + struct.pack("<I", 1)
    title = "标".encode("utf-16-le")
    by_text = struct.pack("<HH16sII", LONG, 0x8002, bytes(16), 1, len(title)) + title + bytes(2) + struct.pack("<I", 1)
    many = struct.pack("<HHI", 0x1000 | LONG, 0x6001, 2) + struct.pack("<II", 1, 2)
    known = property_list([words(0x0037, "报名"), (0x3FFD, LONG, 936)])[4:]
    value = struct.pack("<I", 5) + by_number + by_text + many + known
    assert mail_of_tnef(tnef() + attribute(1, 0x9003, 6, value)).subject == "报名"


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_damage_to_a_winmail_dat_raises_or_goes_unsaid(data: st.DataObject) -> None:
    """A change in the head of an attribute may leave it out unseen; none may change a file that is given."""
    whole = tnef(tnef_file(b"a.doc", b"content", words(0x3707, "a.doc")), properties=about())
    damaged = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, max(0, len(damaged) - 1)), max_size=1)) if damaged else ():
        damaged[at] = data.draw(st.integers(0, 255))
    found = mail_of_tnef(bytes(damaged))
    assert all(one.data == b"content" for one in found.attachments)
    assert found.attachments or found.findings


def test_a_binary_page_is_the_text_where_there_is_no_plain_one() -> None:
    page = "<html><style>p{}</style><p>请查收</p></html>".encode("gbk")
    assert mail_of_msg(msg([(0x1013, BINARY, page), (0x3FDE, LONG, 936)])).text == "请查收"

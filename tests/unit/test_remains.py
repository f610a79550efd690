"""Where a name still stands is found: in paths, in every encoding of ours, in packages, mails and PDFs."""

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from gengang.facts import Fact, canonical
from gengang.remains import files_that_say, lines_that_say, says
from tests.ledger.kept_season import packed, word
from tests.ledger.lines import ME, arrival, person

NAME, NUMBER = "张小三", "000000197603051230"
WORDS = (NAME, NUMBER)


def mail(body: str = "见附件", attachment: bytes = b"", name: str = "表.docx") -> bytes:
    """A mail whose text and attachment are encoded for the way."""
    message = EmailMessage()
    message["Subject"] = "材料"
    message.set_content(body, cte="base64")
    message.add_attachment(attachment or b"x", maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def old_zip(name: str) -> bytes:
    """A zip whose names are GBK without saying so, as WinRAR on a Chinese PC writes them."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        info = zipfile.ZipInfo("NAME")
        package.writestr(info, b"x")
    spelled = name.encode("gbk")
    data = written.getvalue().replace(b"NAME", spelled)
    size = len(spelled).to_bytes(2, "little")
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data = data[: local + 26] + size + data[local + 28 : central + 28] + size + data[central + 30 :]
    end, grown = data.index(b"PK\x05\x06"), len(spelled) - 4
    directory = int.from_bytes(data[end + 12 : end + 16], "little") + grown
    start = int.from_bytes(data[end + 16 : end + 20], "little") + grown
    return data[: end + 12] + directory.to_bytes(4, "little") + start.to_bytes(4, "little") + data[end + 20 :]


def pdf(text: str) -> bytes:
    """A PDF with a line of text, packed."""
    written = io.BytesIO()
    figure = Figure()
    figure.text(0.1, 0.5, text)
    with PdfPages(written) as pages:
        pages.savefig(figure)
    return written.getvalue()


SAYING: Mapping[str, bytes] = {
    "plain": f"收到{NAME}的表".encode(),
    "gbk": NAME.encode("gbk"),
    "utf16": NAME.encode("utf-16-le"),
    "json": canonical({"name": NAME}).encode(),
    "runs": word(NAME),
    "zip in zip": packed({"a.zip": packed({"b.docx": word("某人", NUMBER)})}),
    "name in zip": packed({f"{NAME}.jpg": b"x"}),
    "gbk name in zip": old_zip(f"{NAME}.jpg"),
    "mail": mail(body=f"{NAME}的材料"),
    "attachment": mail(attachment=word(NAME)),
    "name of attachment": mail(name=f"{NAME}.docx"),
    "pdf": pdf(NUMBER),
}
SILENT: Mapping[str, bytes] = {
    "another": word("李四"),
    "half a name": "张小".encode(),
    "broken zip": b"PK\x03\x04" + b"x" * 50,
    "broken pdf": b"%PDF-1.4 x",
    "nothing": b"",
    "another's mail": mail(),
    "another's pdf": pdf("000000198001011250"),
}


@pytest.mark.parametrize("data", SAYING.values(), ids=SAYING)
def test_what_names_somebody_is_found(data: bytes) -> None:
    assert says(data, WORDS)


@pytest.mark.parametrize("data", SILENT.values(), ids=SILENT)
def test_what_does_not_is_not(data: bytes) -> None:
    assert not says(data, WORDS)


def test_files_are_found_by_path_and_content_and_the_ledger_is_passed_over(tmp_path: Path) -> None:
    for name, data in {"a/张小三/表.docx": b"x", "b.docx": word(NAME), "c.docx": b"x", "gengang.db": NAME.encode(),
                       ".git/x": NAME.encode()}.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = [path.relative_to(tmp_path).as_posix() for path in files_that_say(tmp_path, WORDS, ("gengang.db",))]
    assert found == ["b.docx", "a/张小三/表.docx"]


def test_lines_whose_values_name_somebody_are_found_once() -> None:
    facts = [
        arrival(path="张小三.docx"),
        arrival(path="张小三.docx"),
        person(),
        Fact("run", "run", {"phase": NAME}, ME, ""),
    ]
    assert lines_that_say(facts, WORDS) == (arrival().subject,)

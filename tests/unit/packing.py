"""What files are sent in: a zip of members, a mail with an attachment."""

import io
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of these, packed well."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return data.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    """What a zip, a Word file or a workbook holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def part_replaced(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same package with one part changed."""
    members = members_of(data)
    return zipped(members | {part: change(members[part])})


def mailed(name: str, content: bytes, sender: str = "a@example.cn") -> bytes:
    """A mail with one attachment."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "office@county.example", "材料"
    message.set_content("老师好，材料见附件。")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()

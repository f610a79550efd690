"""What files are sent in: a zip of members, a mail with an attachment."""

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of these, packed well."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return data.getvalue()


def mailed(name: str, content: bytes) -> bytes:
    """A mail with one attachment."""
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.cn", "报名"
    message.set_content("请查收")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()

"""What a page of a packet shows, as a hash: equal for a page printed again, different for one that was changed.

Codes of fonts say nothing by themselves: the glyphs that they stand for are hashed in their place.
"""

import hashlib
import re
from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Stream

# Object number -> code -> glyph, of each font whose programs were joined.
Meant = Mapping[tuple[int, int], Mapping[int, str]]
_TOKEN = re.compile(rb"/([^\s/<>\[\]()]+)\s+-?[\d.]+\s+Tf\b|<([0-9A-Fa-f\s]*)>")


def page_identity(page: pikepdf.Page, meant: Meant) -> str:
    """Hex SHA-256 of a page's content, its pictures and its size."""
    resources = page.obj.get("/Resources", Dictionary())
    fonts = _named(resources, "/Font")
    said = [_with_glyphs(_content(page), {name: meant.get(font.objgen) for name, font in fonts.items()})]
    said += [f"{name} {_picture(one)}".encode() for name, one in sorted(_named(resources, "/XObject").items())]
    said.append(" ".join(f"{float(edge):.1f}" for edge in page.mediabox).encode())
    return hashlib.sha256(b"\0".join(said)).hexdigest()


def _named(resources: pikepdf.Object, kind: str) -> dict[str, pikepdf.Object]:
    found = resources.get(kind)
    return dict(found.items()) if isinstance(found, Dictionary) else {}


def _content(page: pikepdf.Page) -> bytes:
    content = page.obj.get("/Contents")
    if isinstance(content, Stream):
        return bytes(content.read_bytes())
    return b"\n".join(part.read_bytes() for part in content) if isinstance(content, Array) else b""


def _with_glyphs(content: bytes, fonts: Mapping[str, Mapping[int, str] | None]) -> bytes:
    """The content with each string of a joined font as its glyphs; the codes of another font stay."""
    now: Mapping[int, str] | None = None

    def told(token: re.Match[bytes]) -> bytes:
        nonlocal now
        if token[1] is not None:
            now = fonts.get(f"/{token[1].decode('latin-1')}")
            return token[0]
        if now is None:
            return token[0]
        codes = bytes.fromhex(token[2].decode("ascii"))
        return ("(" + " ".join(now.get(code, f"#{code}") for code in codes) + ")").encode()

    return _TOKEN.sub(told, content)


def _picture(stream: pikepdf.Object) -> str:
    if not isinstance(stream, Stream):
        return ""
    size = " ".join(str(stream.get(name)) for name in ("/Width", "/Height", "/Filter", "/ColorSpace"))
    return hashlib.sha256(stream.read_raw_bytes() + size.encode()).hexdigest()

"""The QR code of a certificate: every fact that its template prints, signed, as a picture beside the number."""

import io
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import zxingcpp
from PIL import Image

from gengang.form import FieldType, Form
from gengang.papers.draft import Draft
from gengang.rendering import Drawing, Picture, printed_words
from gengang.signed import FACTS, Series, Signed

FIELD = "code"
CODE_MM = 31.0
DOTS = 8  # a side of a module
SERIES: Mapping[str, Series] = {"certificate": "J", "hours_certificate": "X"}


def has_place(form: Form) -> bool:
    """Whether a template leaves a place for the code."""
    field = form.fields().get(FIELD)
    return field is not None and field.codec == "picture"


def facts_on(draft: Draft, form: Form) -> Signed:
    """What a final certificate will print, in the form of its template, not signed yet; empty what it does not show."""
    types, series = form.fields(), SERIES[draft.kind]
    facts = tuple(_shown(draft, types, name) for name, _ in FACTS[series])
    return Signed("0" * 10, series, facts)


def _shown(draft: Draft, types: Mapping[str, FieldType], name: str) -> str:
    value = draft.values.get(name)
    return "" if name not in types or isinstance(value, Picture | Drawing) else printed_words(types[name], value)


def with_code(draft: Draft, text: str) -> Draft:
    """The certificate that bears a code. A seventh of it may be lost."""
    return replace(draft, values={**draft.values, FIELD: Picture(_png(text), CODE_MM)}, codes=(text,))


def _png(text: str) -> bytes:
    """zxing draws a code of this size in a twentieth of segno's time, and 500 certificates are issued at once."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules = np.pad(np.asarray(code.to_image(scale=1, add_quiet_zones=False)), 1, constant_values=255)
    dots = np.kron(modules, np.ones((DOTS, DOTS), np.uint8))
    drawn = io.BytesIO()
    Image.fromarray(dots).convert("1").save(drawn, "PNG")
    return drawn.getvalue()


def unsigned(said: Signed) -> tuple[Series, tuple[str, ...]]:
    """What is said, whoever signed it."""
    return said.series, said.facts

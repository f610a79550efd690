"""Characters that recognisers trained apart may both read, surely, where another one stands.

What tells them apart elsewhere, the words around, a name does not have. The table is measured by scripts/misread.py.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from gengang.codecs import HAN

_NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{1,10}}(?:·[{HAN}]{{1,10}})+")


def may_be_misread(text: str) -> bool:
    """Whether a text as short as a name has a character that may be read where another one stands."""
    return _NAME.fullmatch(text) is not None and any(char in misread() for char in text)


@cache
def misread() -> Mapping[str, str]:
    """Character read -> those that were printed."""
    text = files("extractors").joinpath("misread.tsv").read_text(encoding="utf-8")
    return {row[0]: row[2:] for row in text.splitlines() if not row.startswith("#")}

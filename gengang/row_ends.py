"""The end of a list in a written file: its last row never stands alone under repeated heads on a page of its own.

The last row but one keeps with it. A template cannot say so, since its one row is every row.
"""

import re

_LOOP = re.compile(r"(\{%\s*for \w+ in \w+\s*%\})(.*?)(\{%\s*endfor\s*%\})", re.DOTALL)
_PROPERTIES = re.compile(r"<w:pPr>(<w:pStyle [^>]*/>)?(?!<w:keepNext)")
_KEPT = r"<w:pPr>\1{% if loop.revindex == 2 %}<w:keepNext/>{% endif %}"


def with_rows_kept(xml: str) -> str:
    """A compiled part whose lists with heads on every page end with two rows together."""
    return _LOOP.sub(lambda loop: _kept(loop, xml), xml)


def _kept(loop: re.Match[str], xml: str) -> str:
    table = xml.rfind("<w:tbl>", 0, loop.start())
    if table < 0 or xml.find("<w:tblHeader", table, loop.start()) < 0:
        return loop[0]
    return loop[1] + _PROPERTIES.sub(_KEPT, loop[2]) + loop[3]

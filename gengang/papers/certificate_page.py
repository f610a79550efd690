"""证书核验页: one page without a network that checks a certificate's code and says whether its number is void.

It holds the public keys, the numbers that were issued and those that are void, as of a day; nobody's name stands in it.
"""

import html
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gengang.papers.words import chinese_date
from gengang.signed import FACTS, TITLES

FILE = "证书/证书核验页.html"
_SCRIPT = Path(__file__).with_name("certificate_check.js")


@dataclass(frozen=True, slots=True)
class VoidNumber:
    """A number that counts no more, as printed. on: ISO day; instead: the number in its place, empty for none."""

    number: str
    on: str
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Known:
    """What certificates are checked against.

    as_of: the day of the register's last line. keys: id -> public key in hex; issued: numbers in force, as printed.
    """

    office: str
    as_of: date
    keys: Mapping[str, str]
    issued: tuple[str, ...]
    void: tuple[VoidNumber, ...]


def known_json(known: Known) -> str:
    """What the page's script is given; equal facts give equal text."""
    said = {
        "asOf": chinese_date(known.as_of),
        "keys": dict(known.keys),
        "names": {series: [label for _, label in facts] for series, facts in FACTS.items()},
        "titles": dict(TITLES),
        "issued": list(known.issued),
        "void": {one.number: {"on": one.on, "why": one.why, "instead": one.instead} for one in known.void},
    }
    # `<` could end the script that holds it.
    return json.dumps(said, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")


def script() -> str:
    """What checks a code, without the page around it."""
    return _SCRIPT.read_text(encoding="utf-8")


def check_page(known: Known) -> str:
    """The page, whole in itself."""
    office = html.escape(known.office)
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline';
script-src 'unsafe-inline'; img-src blob:">
<title>证书核验</title><style>{_STYLE}</style></head><body>
<h1>跟岗研修证书核验</h1>
<p class="who">{office}　作废编号截至{chinese_date(known.as_of)}</p>
<ol><li>用手机扫证书左下角的方块码，把扫出的文字（以 GGZ1/ 开头）整段复制。</li>
<li>粘贴到下面，点“核验”。本页不联网，内容不会传到别处。</li></ol>
<textarea id="text" rows="5" spellcheck="false" aria-label="方块码的内容"></textarea>
<p><button id="check">核验</button> <label id="picture" hidden>或选证书的照片：
<input type="file" accept="image/*"></label></p>
<section id="answer" hidden><p id="words"></p><h2 id="title"></h2><table id="facts"></table></section>
<h2>已作废的编号（截至{chinese_date(known.as_of)}）</h2>
{_void_table(known.void)}
<noscript><p>本页要用支持脚本的浏览器打开。</p></noscript>
<script>
{script()}
const KNOWN = {known_json(known)};
{_PAGE_SCRIPT}
</script></body></html>
"""


def _void_table(lines: Iterable[VoidNumber]) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(one.number)}</td><td>{html.escape(chinese_date(date.fromisoformat(one.on)))}</td>"
        f"<td>{html.escape(one.why)}</td><td>{html.escape(one.instead) or '无'}</td></tr>"
        for one in lines
    )
    heads = "<tr><th>证书编号</th><th>作废日期</th><th>原因</th><th>代替的编号</th></tr>"
    return f"<table>{heads}{rows}</table>" if rows else "<p>没有。</p>"


_STYLE = """
body{font:16px/1.7 "Noto Serif CJK SC","SimSun",serif;max-width:44em;margin:1.5em auto;padding:0 1em;color:#222}
h1{font-size:1.5em;text-align:center;color:#a6342b}h2{font-size:1.15em;margin-top:1.6em}.who{text-align:center}
textarea{width:100%;box-sizing:border-box;font:14px/1.5 monospace;word-break:break-all}
button{font:inherit;padding:.3em 2em}table{border-collapse:collapse;width:100%}
td,th{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top}
#facts td:first-child{width:7em;color:#555}#words{padding:.6em .8em;border:2px solid;font-weight:bold}
.valid #words{color:#1b6b2f}.later #words,.unreadable #words{color:#8a5a00}
.void #words,.altered #words,.unknown #words{color:#a6342b}
"""
_PAGE_SCRIPT = """
const at = (id) => document.getElementById(id);
function show() {
  const answer = checked(at("text").value, KNOWN);
  at("answer").hidden = false;
  at("answer").className = answer.state;
  at("words").textContent = answer.words;
  at("title").textContent = answer.title || "";
  at("facts").replaceChildren(...answer.lines.map((line) => {
    const row = document.createElement("tr");
    row.append(...line.map((text) => Object.assign(document.createElement("td"), { textContent: text })));
    return row;
  }));
}
at("check").addEventListener("click", show);
if ("BarcodeDetector" in window) {
  at("picture").hidden = false;
  at("picture").querySelector("input").addEventListener("change", async (event) => {
    const picture = await createImageBitmap(event.target.files[0]);
    const codes = await new BarcodeDetector({ formats: ["qr_code"] }).detect(picture);
    const found = codes.find((code) => code.rawValue.startsWith("GGZ1/"));
    at("text").value = found ? found.rawValue : "";
    show();
  });
}
"""

"""How a person's page looks, on a screen and on A4: inline CSS, no picture and no font from elsewhere."""

FOLDER = "个人情况"  # of the outbox
STYLE = """\
:root{--ink:#1d2a36;--soft:#5d6b77;--line:#d9dee3;--paper:#fffdf9;--back:#eef0ee;--red:#a6342b;--blue:#22486e;
--green:#2f6b46;--amber:#93620b}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.6 "Noto Serif CJK SC","Source Han Serif SC",
"思源宋体","SimSun","宋体",serif;font-variant-numeric:tabular-nums}
main{max-width:62rem;margin:1.5rem auto;padding:2.2rem 2.8rem 2rem;background:var(--paper);
box-shadow:0 1px 3px rgba(29,42,54,.14);border-top:5px solid var(--blue)}
header{display:flex;justify-content:space-between;align-items:flex-end;gap:2rem;padding-bottom:.7rem;
border-bottom:2px solid var(--ink)}
h1{margin:0;font-size:1.9rem;letter-spacing:.08em;line-height:1.25;font-weight:700;overflow-wrap:anywhere}
h1 small{display:block;font-size:.95rem;font-weight:400;letter-spacing:0;color:var(--soft);margin-top:.25rem}
header p{margin:0;text-align:right;color:var(--soft);line-height:1.5;font-size:.92rem;min-width:14em}
h2{margin:1.9rem 0 .5rem;font-size:1.12rem;letter-spacing:.05em;border-bottom:1px solid var(--ink);padding-bottom:.2rem}
h2 small,h3 small{font-size:.84rem;font-weight:400;color:var(--soft);margin-left:.4rem;letter-spacing:0}
h3{margin:1.15rem 0 .25rem;font-size:1rem}
h3 b{color:var(--blue);margin-left:.4rem}
h4{margin:.5rem 0 .1rem;font-size:.88rem;font-weight:400;color:var(--amber)}
.verdict{display:grid;grid-template-columns:auto 1fr;gap:.2rem 1.6rem;align-items:center;margin-top:1.1rem;
padding:.9rem 1.2rem;background:#fff;border:1px solid var(--line);border-left:4px solid var(--soft);border-radius:3px}
.verdict.is-good{border-left-color:var(--green)}
.verdict.is-poor{border-left-color:var(--red)}
.verdict.is-wait{border-left-color:var(--amber)}
.verdict strong{font-size:1.5rem;letter-spacing:.06em;line-height:1.25}
.verdict dl{display:flex;flex-wrap:wrap;gap:.2rem 2rem;margin:0}
.verdict dt{font-size:.84rem;color:var(--soft)}
.verdict dd{margin:0;font-size:1.12rem;font-weight:600}
.verdict .said{grid-column:1/-1;margin:.35rem 0 0;font-size:.95rem}
.verdict .said p{margin:.1rem 0}
.way{margin:.9rem 0 0;color:var(--soft);font-size:.88rem}
.way a{margin-right:.9em}
.way small{margin-left:.25em}
table{width:100%;table-layout:fixed;border-collapse:collapse;font-size:.9rem;line-height:1.45}
th{text-align:left;font-weight:600;color:var(--soft);font-size:.82rem;padding:.22rem .7rem .22rem 0;
border-bottom:1px solid var(--ink);white-space:nowrap}
td:last-child,th:last-child{padding-right:0}
td{padding:.26rem .8rem .26rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
.right{text-align:right;white-space:nowrap}
.tight{white-space:nowrap}
.steps{margin:.2rem 0 0;padding-left:1.5rem}
.steps li{padding:.12rem 0}
#records th:nth-child(3){width:2.6em;text-align:right}
#records .amount{text-align:right}
.common{margin:.5rem 0 0;color:var(--soft);font-size:.88rem}
.parts{margin:0;padding:0;list-style:none;color:var(--soft)}
.parts li{display:flex;justify-content:space-between;gap:1rem}
.parts b{font-weight:400;color:var(--ink);white-space:nowrap}
.raw{color:var(--soft)}
.raw q{quotes:none}
.place{display:block}
.place+.place{margin-top:.12rem}
.also{display:block;color:var(--soft);font-size:.94em}
.out td{color:var(--soft)}
.out .why,.why{color:var(--amber)}
.hash{font-family:"DejaVu Sans Mono",Consolas,monospace;font-size:.86em;color:var(--soft)}
#points th:nth-child(n+3),#points td:nth-child(n+3){text-align:right;white-space:nowrap}
#points th:nth-child(1){width:21%}#points th:nth-child(3){width:4.5em}#points th:nth-child(4){width:3em}
#tasks th:nth-child(1){width:23%}#tasks th:nth-child(2){width:25%}#tasks th:nth-child(3){width:4.5em}
#tasks td:nth-child(3){white-space:nowrap}
#records th:nth-child(1){width:2.4em}#records th:nth-child(2){width:25%}
#records table{font-size:.87rem}
.also .place{display:inline}
#sources th:nth-child(1),#maybe th:nth-child(1){width:3.2em}#sources th:nth-child(2){width:31%}
#maybe th:nth-child(2){width:34%}#maybe th:nth-child(4){width:30%}
#sources th:nth-child(4){width:26%}
#sources table{font-size:.87rem}
#remarks th:nth-child(1){width:6em}#lacks th:nth-child(2){width:6em}#lacks th:nth-child(3){width:8em}
#ruled th:nth-child(2){width:34%}#pieces th:nth-child(1){width:9.5em}#pieces th:nth-child(4){width:38%}
.spans{margin:.1rem 0 0;color:var(--soft);font-size:.94em}
.spans i{font-style:normal;white-space:nowrap;margin-right:.7em}
.spans .low{color:var(--red)}
dl.clauses{margin:.3rem 0 0}
dl.clauses>div{display:grid;grid-template-columns:5.6em 1fr;gap:.8rem;padding:.35rem 0;
border-bottom:1px solid var(--line)}
dl.clauses dd{margin:0;font-size:.92rem}
dl.clauses p{margin:0}
dl.clauses .raw{font-size:.95em}
a{color:var(--blue);text-underline-offset:.15em}
a.n{font-weight:600;text-decoration:none;border-bottom:1px dotted var(--blue)}
a.m{white-space:nowrap;text-decoration:none;font-weight:600}
em{font-style:normal}
.poor,.late{color:var(--red)}
.good{color:var(--green)}
.wait{color:var(--amber)}
.open,.none{color:var(--soft)}
.none{margin:.2rem 0}
.clause{display:inline-block;padding:0 .35em;border:1px solid var(--line);border-radius:2px;color:var(--soft);
font-size:.8rem;line-height:1.35;white-space:nowrap;text-decoration:none}
:target{background:#fbf3e2;outline:4px solid #fbf3e2}
footer{margin-top:2rem;padding-top:.5rem;border-top:1px solid var(--line);color:var(--soft);font-size:.82rem}
@media(max-width:44rem){main{margin:0;padding:1.1rem}header{display:block}header p{text-align:left;margin-top:.4rem}
.verdict{grid-template-columns:1fr}}
@media print{@page{size:A4;margin:15mm 14mm 16mm;@bottom-center{content:counter(page) " / " counter(pages);
font:9pt "Noto Serif CJK SC",SimSun,serif;color:#5d6b77}}
body{background:#fff;font-size:10pt}
main{margin:0;padding:0;max-width:none;background:#fff;box-shadow:none;border-top:0}
.way{display:none}h2,h3,h4{break-after:avoid}tr,.verdict,dl.clauses>div,.steps li{break-inside:avoid}
thead{display:table-header-group}a{color:inherit;text-decoration:none}a.n{border-bottom:0}h2{margin-top:1.3rem}
:target{background:none;outline:0}p,li,td{orphans:2;widows:2}}
"""

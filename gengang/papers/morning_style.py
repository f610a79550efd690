"""How 今日要点 looks, on a screen and on A4: inline CSS, no picture and no font from elsewhere."""

STYLE = """\
:root{--ink:#1d2a36;--soft:#5d6b77;--line:#d9dee3;--paper:#fffdf9;--back:#eef0ee;--red:#a6342b;--blue:#22486e;
--green:#2f6b46;--amber:#93620b}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:16px/1.65 "Noto Serif CJK SC","Source Han Serif SC",
"思源宋体","SimSun","宋体",serif;font-variant-numeric:tabular-nums}
main{max-width:60rem;margin:1.5rem auto;padding:2.4rem 2.8rem 2rem;background:var(--paper);
box-shadow:0 1px 3px rgba(29,42,54,.14);border-top:5px solid var(--red)}
header{display:flex;justify-content:space-between;align-items:flex-end;gap:2rem;margin-bottom:1.4rem}
h1{margin:0;font-size:2.1rem;letter-spacing:.16em;line-height:1.2;font-weight:700}
header p{margin:0;text-align:right;color:var(--soft);line-height:1.5}
h2{margin:2rem 0 .6rem;font-size:1.18rem;letter-spacing:.06em;border-bottom:2px solid var(--ink);padding-bottom:.25rem}
h2 small{font-size:.85rem;font-weight:400;color:var(--soft);margin-left:.3rem}
.tiles{display:grid;grid-template-columns:repeat(5,1fr);gap:.7rem}
.tile{display:block;padding:.75rem .5rem .6rem;border:1px solid var(--line);border-radius:3px;text-align:center;
color:var(--ink);text-decoration:none;background:#fff}
.tile b{display:block;font-size:1.9rem;line-height:1.15;font-weight:600}
.tile span{font-size:.9rem;color:var(--soft)}
.tile.hot{border-color:var(--red)}
.tile.hot b{color:var(--red)}
.sums{margin-top:.9rem;border-left:3px solid var(--line);padding-left:.9rem;font-size:.95rem}
.sums p{margin:.1rem 0}
.sums span{margin-left:.8rem;color:var(--green)}
.sums .bad,.sums .bad span{color:var(--red);font-weight:700}
.remarks{margin:0;padding:.5rem .9rem .5rem 2rem;background:#fbf3e2;border-left:3px solid var(--amber);font-size:.95rem}
.remarks li{padding:.1rem 0}
table{width:100%;border-collapse:collapse;font-size:.95rem;line-height:1.5}
th{text-align:left;font-weight:600;color:var(--soft);font-size:.86rem;padding:.3rem .7rem .3rem 0;
border-bottom:1px solid var(--ink);white-space:nowrap}
td{padding:.38rem .9rem .38rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
td:first-child{word-break:keep-all}
.chat{margin:.15rem 0;padding:.3rem .6rem;background:#fff;border:1px solid var(--line);border-radius:3px;
user-select:all}
#receipts th:nth-child(1),#notices th:nth-child(1){width:19%}
#needs th:nth-child(1){width:19%}
#needs th:nth-child(2){width:26%}
#needs th:nth-child(3){width:18%}
#overdue th:nth-child(1){width:19%}
#overdue th:nth-child(3){width:8em}
tbody tr:nth-child(even) td{background:rgba(29,42,54,.025)}
a{color:var(--blue);text-underline-offset:.15em}
s{color:var(--soft)}
em{font-style:normal}
.late,.poor{color:var(--red)}
.good{color:var(--green)}
.wait{color:var(--amber)}
.open,.dim,.none{color:var(--soft)}
.late{white-space:nowrap}
.number{display:inline-block;min-width:2.2em;text-align:right}
.clause{display:inline-block;padding:0 .35em;border:1px solid var(--line);border-radius:2px;color:var(--soft);
font-size:.82rem;line-height:1.35;white-space:nowrap}
.papers{margin:0;padding:0;list-style:none;columns:2;column-gap:2rem}
.papers li{padding:.15rem 0;break-inside:avoid}
footer{margin-top:2.2rem;padding-top:.6rem;border-top:1px solid var(--line);color:var(--soft);font-size:.85rem}
@media(max-width:44rem){main{margin:0;padding:1.2rem}.tiles{grid-template-columns:repeat(3,1fr)}
header{display:block}header p{text-align:left}.papers{columns:1}}
@media print{@page{size:A4;margin:16mm 15mm}body{background:#fff;font-size:10.5pt}
main{margin:0;padding:0;max-width:none;background:#fff;box-shadow:none;border-top:0}
h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}a{color:inherit;text-decoration:none}
.tile{padding:.4rem}.tile b{font-size:1.4rem}}
"""

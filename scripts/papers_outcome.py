"""How the office papers of the part 考核 and 结业 are laid out; scripts/draw_papers.py draws them."""

from collections.abc import Callable, Mapping

from docx.document import Document

from scripts import papers_filed

PAPERS: Mapping[str, Callable[[], Document]] = {**papers_filed.PAPERS}

"""How the office papers of the part 季中 are laid out; scripts/draw_papers.py draws them."""

from collections.abc import Callable, Mapping

from docx.document import Document

PAPERS: Mapping[str, Callable[[], Document]] = {}

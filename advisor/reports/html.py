"""The decision record as one self-contained HTML page."""

from __future__ import annotations

from html import escape

from advisor.documents.advice import Advice
from knowledge.base import Knowledge

from .markdown import decision_record

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8884; padding: .3rem .5rem; text-align: left;
  vertical-align: top; }
pre { overflow-x: auto; padding: .6rem; background: #8882; }
"""


def decision_page(advice: Advice, knowledge: Knowledge) -> str:
    """Return the page; raw HTML in the data is shown, never interpreted."""
    from markdown_it import MarkdownIt

    renderer = MarkdownIt("commonmark", {"html": False}).enable("table")
    body = renderer.render(decision_record(advice, knowledge))
    name = escape(f"Framework decision of {advice.created[:10]}")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )

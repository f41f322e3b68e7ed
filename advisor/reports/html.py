"""The decision record as one self-contained HTML page, with its measurements drawn in it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from advisor.documents.advice import Advice
from knowledge.base import Knowledge
from probes.claims import ClaimResult

from .markdown import decision_record

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8884; padding: .3rem .5rem; text-align: left;
  vertical-align: top; }
svg { display: block; margin: 1rem 0; }
pre { overflow-x: auto; padding: .6rem; background: #8882; }
"""


def decision_page(advice: Advice, knowledge: Knowledge, claims: Sequence[ClaimResult] = ()) -> str:
    """Return the page; raw HTML in the data is shown, never interpreted.

    `claims` are what the seeds say, put to the test of the evidence; their two charts are drawn.
    """
    from markdown_it import MarkdownIt

    renderer = MarkdownIt("commonmark", {"html": False}).enable("table")
    body = renderer.render(decision_record(advice, knowledge)) + _charts(advice, claims)
    name = escape(f"Framework decision of {advice.created[:10]}")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _charts(advice: Advice, claims: Sequence[ClaimResult]) -> str:
    """Return the charts inside the page: nothing is loaded from anywhere."""
    if not advice.measured and not claims:
        return ""
    from .charts.layout import draw
    from .charts.measured import measured_chart
    from .charts.seeds import seed_chart
    from .charts.svg import svg

    charts = (measured_chart(advice.measured), seed_chart(claims))
    drawn = [svg(draw([chart]), standalone=False) for chart in charts if not chart.empty]
    return "<h2>Charts</h2>\n" + "".join(drawn) if drawn else ""

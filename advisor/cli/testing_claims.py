"""`probe claims`: the seeds' claims against what was measured; and the claims of a new document."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .exit_codes import DONE
from .output import Output

if TYPE_CHECKING:
    from knowledge.base import Knowledge
    from probes.claims import ClaimResult
    from probes.document import ProbeDocument

MOST_RUNS = 40


def with_claims(document: ProbeDocument, knowledge: Knowledge) -> ProbeDocument:
    """Return a document with the claims on which its measurements bear."""
    from msgspec import structs

    from advisor.tested.results import claims_of

    if not document.benchmarks.workloads:
        return document
    return structs.replace(document, claims=claims_of(knowledge, document))


def claims(arguments: argparse.Namespace, knowledge: Knowledge, output: Output) -> int:
    """Print the claims with their verdicts; `--evidence` instead of what is kept here."""
    from advisor.documents.tested import probe_claims
    from advisor.reports.charts.seeds import seed_chart
    from advisor.tested.results import judge_claims

    from .charting import chart_page, refuse_other_files, write_charts

    refuse_other_files(arguments.chart)
    documents = [_evidence(name, output) for name in arguments.evidence] or kept(output)
    document = probe_claims(judge_claims(knowledge, documents))
    chart = seed_chart(document.claims, document.machine)
    if output.json:
        output.document(document)
    else:
        from advisor.reports.tested import verdicts_page
        from advisor.reports.width import page_width

        output.page([*verdicts_page(document, page_width()), *chart_page([chart])])
    if arguments.chart:
        write_charts([chart], arguments.chart, output)
    return DONE


def claims_of_evidence(
    names: Sequence[str], knowledge: Knowledge, output: Output
) -> tuple[ClaimResult, ...]:
    """Return the claims on which saved documents bear, for a decision record."""
    from advisor.tested.results import UNTOUCHED, judge_claims

    judged = judge_claims(knowledge, [_evidence(name, output) for name in names])
    return tuple(one for one in judged.results if one.verdict not in UNTOUCHED)


def kept(output: Output) -> list[ProbeDocument]:
    """Return the newest runs of the store; none where it cannot be read, which it says."""
    from probes.store import StoreError

    from .store_access import opened_store

    try:
        store = opened_store(output)
        runs = list(dict.fromkeys(one.run for one in store.measurements()))[:MOST_RUNS]
    except StoreError as error:
        output.narrate(f"({error})")
        return []
    found = []
    for run in runs:
        try:
            found.append(store.read(run).document)
        except StoreError as error:
            output.narrate(f"({error})")
    return found


def _evidence(name: str, output: Output) -> ProbeDocument:
    from .stored_evidence import evidence

    return evidence(name, output)

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
    documents = given(arguments.evidence, output) or kept(output)
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

    judged = judge_claims(knowledge, given(names, output))
    return tuple(one for one in judged.results if one.verdict not in UNTOUCHED)


def given(names: Sequence[str], output: Output) -> list[ProbeDocument]:
    """Return documents that were asked for by name, newest first.

    Runs of the store come as it numbered them, which a clock that was set back cannot change; of
    files only the date is known.
    """
    from .stored_evidence import evidence_and_run

    found = [evidence_and_run(name, output) for name in names]
    numbers = [run.number for _, run in found if run is not None and run.here]
    ages = numbers if len(numbers) == len(found) else [one.created for one, _ in found]
    order = sorted(range(len(found)), key=ages.__getitem__, reverse=True)
    return [found[place][0] for place in order]


def kept(output: Output) -> list[ProbeDocument]:
    """Return the newest runs of the store; none where it cannot be read, which it says."""
    from probes.store import StoreError

    from .store_access import opened_store
    from .stored_evidence import changed_since

    try:
        store = opened_store(output)
        runs = store.newest_measured(MOST_RUNS)
    except StoreError as error:
        output.narrate(f"({error})")
        return []
    found = []
    for run in runs:
        try:
            found.append(store.read(run))
        except StoreError as error:
            output.narrate(f"({error})")
    # Verdicts speak of the newest run: whether it is stale matters, not whether an older one is.
    for warning in changed_since([one.run for one in found[:1]]):
        output.narrate(f"({warning})")
    return [one.document for one in found]

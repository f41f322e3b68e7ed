"""From what is asked for to SQL: texts of this file, and values as parameters only."""

from __future__ import annotations

from probes.store.run import Wanted


def condition(wanted: Wanted) -> tuple[str, list[object]]:
    """Return the WHERE clause for runs, empty if all are wanted, and its values."""
    conditions: list[str] = []
    values: list[object] = []
    for column in ("origin", "fingerprint", "effort"):
        if getattr(wanted, column) is not None:
            conditions.append(f"runs.{column} = ?")
            values.append(getattr(wanted, column))
    for column in ("workload", "arm"):
        if getattr(wanted, column) is not None:
            conditions.append(
                f"EXISTS (SELECT 1 FROM measurements WHERE run = runs.number AND {column} = ?)"
            )
            values.append(getattr(wanted, column))
    for framework, version in wanted.versions.items():
        conditions.append(
            "EXISTS (SELECT 1 FROM versions WHERE run = runs.number AND framework = ? "
            "AND version = ?)"
        )
        values += [framework, version]
    if wanted.digest is not None:
        conditions.append("documents.digest = ?")
        values.append(wanted.digest)
    if wanted.states == ("running",):
        # The one state that rows cannot be wrong about in the other direction.
        conditions.append("runs.state = 'running'")
    return (f"WHERE {' AND '.join(conditions)}" if conditions else ""), values

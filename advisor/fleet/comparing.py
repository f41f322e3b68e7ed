"""Holds like machines against each other, number by number and value by value. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from advisor.documents.fleet import FigureSpread, Outlier

from .alike import Family, Kind
from .figures import Figure, categories, numbers
from .machine import Machine
from .outliers import Common, Spread, common, spread
from .wording import category_words, number_words, quantity


def compare_numbers(
    members: Sequence[Machine], group: str
) -> tuple[list[FigureSpread], list[Outlier]]:
    """Return the spread of every number of a group, and who lies far off."""
    by_name: dict[str, dict[str, Figure]] = {}
    for one in members:
        for figure in numbers(one):
            by_name.setdefault(figure.name, {})[one.host] = figure
    spreads: list[FigureSpread] = []
    outliers: list[Outlier] = []
    for name, figures in by_name.items():
        any_one = next(iter(figures.values()))
        found = spread({host: f.value for host, f in figures.items()}, any_one.band)
        if found is None:
            continue
        spreads.append(
            FigureSpread(
                figure=name,
                unit=any_one.unit,
                machines=found.machines,
                median=found.median,
                mad=found.mad,
            )
        )
        outliers += [_far_off(host, group, figures[host], found) for host in found.far_off]
    return spreads, outliers


def _far_off(host: str, group: str, figure: Figure, found: Spread) -> Outlier:
    return Outlier(
        host=host,
        group=group,
        kind="number",
        figure=figure.name,
        value=quantity(figure.value, figure.unit),
        expected=quantity(found.median, figure.unit),
        alike=found.machines,
        score=round(found.far_off[host], 2),
        text=number_words(figure.name, figure.unit, figure.value, found),
    )


def compare_categories(
    kinds: Sequence[tuple[Kind, list[Machine]]], group_of: Mapping[str, str]
) -> Iterator[Outlier]:
    """Return who has another value than nearly all machines of the same hardware."""
    families: dict[Family, list[Machine]] = {}
    for kind, members in kinds:
        families.setdefault(kind.family, []).extend(members)
    for relatives in families.values():
        values: dict[str, dict[str, str]] = {}
        for one in relatives:
            for name, value in categories(one):
                values.setdefault(name, {})[one.host] = value
        for name, by_host in values.items():
            found = common(by_host)
            if found is not None:
                for host in found.others:
                    yield _different(host, group_of[host], name, found)


def _different(host: str, group: str, figure: str, found: Common) -> Outlier:
    value = found.others[host]
    return Outlier(
        host=host,
        group=group,
        kind="category",
        figure=figure,
        value=value,
        expected=found.value,
        alike=found.machines,
        text=category_words(figure, value, found),
    )

"""Whether compiled code runs on a card, for every vendor that names its code. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from probes.frameworks.builds import Build, capabilities
from probes.frameworks.capability import Capability, Fit, fit, split_architectures, words
from probes.frameworks.cards import Card
from probes.frameworks.gfx import read_targets


class Code(Struct, frozen=True):
    """What a build was compiled for: SASS and PTX of NVIDIA, targets of AMD."""

    compiled: tuple[Capability, ...] = ()
    portable: tuple[Capability, ...] = ()
    targets: tuple[str, ...] = ()

    def fit(self, card: Card) -> Fit | None:
        """Return whether a card runs it, or why not; ``None`` if nothing is known of either."""
        if card.capability is not None:
            return fit(card.capability, list(self.compiled), list(self.portable))
        if card.target is None or not self.targets:
            return None
        return "runs" if card.target in self.targets else "too-new"

    def held(self, without: Card | None = None) -> str:
        """Return in words what it was compiled for, without that of a card on which it failed."""
        failed = without.target if without else None
        targets = [target for target in self.targets if target != failed]
        return ", ".join([*map(words, self.compiled), *targets])

    @property
    def oldest(self) -> str:
        """The oldest capability it serves, in words; empty if that is not known."""
        both = [*self.compiled, *self.portable]
        return words(min(both)) if both else ""


def code_of(build: Build) -> Code:
    """Return what a published build was compiled for."""
    return Code(
        tuple(capabilities(build.compute)),
        tuple(capabilities(build.ptx)),
        tuple(read_targets(build.gfx)),
    )


def code_told(names: Iterable[object]) -> Code:
    """Return what an installed build says of itself."""
    listed = list(names)
    compiled, portable = split_architectures(listed)
    return Code(tuple(compiled), tuple(portable), tuple(read_targets(listed)))


def needs(card: Card) -> str:
    """Return what code a card needs, such as "compute capability 8.9"; empty if not known."""
    if card.capability is not None:
        return f"compute capability {words(card.capability)}"
    return f"the target {card.target}" if card.target else ""

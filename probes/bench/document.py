"""The benchmark's part of the probe document: plan, cells, pairs, the A/A check.

Raw samples are kept per block, so that every figure can be computed again without measuring.
Data only; the figures come from :mod:`probes.bench.statistics` and :mod:`probes.bench.verdicts`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

CellStatus = Literal[
    "ok", "failed", "crashed", "timed-out", "out-of-memory", "not-comparable", "not-installed"
]
FOREIGN_TELLING = 0.05
STEAL_TELLING = 0.01
"""Shares of all processor time that are worth naming as a cause of noise."""
Verdict = Literal["faster", "slower", "equivalent", "undecided", "not-comparable"]


class Case(Struct, frozen=True, kw_only=True):
    """One workload at one size."""

    id: Annotated[str, Meta(description="Key in benchmarks.workloads, such as matmul-gemm-512")]
    workload: Annotated[str, Meta(description="Workload file, such as matmul")]
    sizes: dict[str, int]
    arms: Annotated[
        list[str] | None,
        Meta(description="The arms of the plan that run it; all that can if null"),
    ] = None


class Plan(Struct, frozen=True, kw_only=True):
    """What is measured and how; equal for every arm."""

    effort: str
    cases: list[Case]
    arms: list[str]
    copy_of: Annotated[str | None, Meta(description="Arm that runs twice, as the A/A check")] = None
    blocks: Annotated[int, Meta(ge=1)] = 6
    seed: int = 0
    profile: Annotated[
        Literal["matched", "default"],
        Meta(description="matched: equal threads and precision; default: each as it comes"),
    ] = "matched"
    device: Literal["cpu", "cuda"] = "cpu"
    dtype: Literal["float32"] = "float32"
    threads: Annotated[int, Meta(ge=1)] = 1
    samples: Annotated[int, Meta(ge=1, description="Samples per process and case")] = 5
    sample_seconds: Annotated[float, Meta(gt=0, description="Least length of one sample")] = 0.05
    warm_up_seconds: Annotated[float, Meta(ge=0)] = 0.5
    warm_up_cap_seconds: Annotated[float, Meta(ge=0)] = 2.0
    short_waits: Annotated[
        bool,
        Meta(description="Threads of a loop give way soon, because the machine was busy"),
    ] = False
    relocate: Annotated[
        bool, Meta(description="Whether inputs lie elsewhere in memory for every sample")
    ] = False
    process_limit_seconds: Annotated[float, Meta(gt=0)] = 180.0
    budget_seconds: Annotated[
        float | None,
        Meta(description="No disturbed block is measured again past this; null: no such limit"),
    ] = None


class Equality(Struct, frozen=True, kw_only=True):
    """Result of the gate: the arm's output against a float64 NumPy reference."""

    passed: bool
    relative_l2: Annotated[float | None, Meta(description="Worst of the four inputs")] = None
    tolerance: float


class Figure(Struct, frozen=True, kw_only=True):
    """One more quantity of an arm, such as the time to the first token; one value per process."""

    unit: Annotated[str, Meta(description="s, bytes, or what is counted; smaller is better")]
    values: Annotated[
        list[float | None], Meta(description="Per block, in the order of the cell's blocks")
    ] = field(default_factory=list)
    median: float | None = None


class Cell(Struct, frozen=True, kw_only=True):
    """One arm on one case."""

    framework: str
    arm: str
    device: str
    dtype: str
    status: CellStatus
    reason: str = ""
    code: Annotated[str | None, Meta(description="Reason code, if one is known")] = None
    equality: Equality | None = None
    blocks: Annotated[
        list[int], Meta(description="Block numbers, from 1, in the order of samples")
    ] = field(default_factory=list)
    samples: Annotated[
        list[list[float]], Meta(description="Per block: seconds per call of each sample")
    ] = field(default_factory=list)
    loops: Annotated[list[int], Meta(description="Per block: calls in one sample")] = field(
        default_factory=list
    )
    warm_up: Annotated[
        list[float], Meta(description="Seconds of the first calls of the first block")
    ] = field(default_factory=list)
    first_call_seconds: Annotated[
        float | None, Meta(description="First call in a fresh process, compile caches empty")
    ] = None
    second_call_seconds: float | None = None
    warm_first_call_seconds: Annotated[
        list[float], Meta(description="Per block: first call with the caches of this run")
    ] = field(default_factory=list)
    median_seconds: Annotated[
        float | None, Meta(description="Median of the blocks' medians, per call")
    ] = None
    work_per_second: Annotated[
        float | None, Meta(description="In the unit of the workload's metric, at the median")
    ] = None
    peak_memory_bytes: Annotated[
        int | None,
        Meta(description="Peak of the process (cpu) or of the allocator (device); least of blocks"),
    ] = None
    recompiles: int | None = None
    first_pass_seconds: Annotated[
        list[float], Meta(description="Per block: the first call with each of the inputs, together")
    ] = field(default_factory=list)
    figures: Annotated[dict[str, Figure], Meta(description="What else was measured, by name")] = (
        field(default_factory=dict)
    )
    roof_share: Annotated[
        float | None,
        Meta(description="Share of what this machine could do at most (1 is the roof)"),
    ] = None
    break_even_calls: Annotated[
        float | None,
        Meta(
            description="Calls after which compiling has paid against the framework's eager arm; "
            "null if it never does"
        ),
    ] = None
    flags: Annotated[
        list[str], Meta(description="Such as 'unsettled in block 2': warm-up hit its cap")
    ] = field(default_factory=list)


class Pair(Struct, frozen=True, kw_only=True):
    """Arm a against arm b on one case. The verdict is said of a."""

    a: str
    b: str
    ratio: Annotated[float | None, Meta(description="Time of a ÷ time of b")] = None
    low: float | None = None
    high: float | None = None
    confidence: float = 0.95
    blocks: int = 0
    verdict: Verdict
    band: Annotated[float, Meta(description="Smallest relative difference that counts")] = 0.05
    blocks_needed: Annotated[
        int | None, Meta(description="Blocks in all that would decide it; null if not foreseeable")
    ] = None
    note: str = ""


class Workload(Struct, frozen=True, kw_only=True):
    """One case with the results of every arm."""

    title: str
    workload: str
    metric: Annotated[str, Meta(description="ms, GFLOP/s or GB/s")]
    size: Annotated[str, Meta(description="The sizes in words")]
    sizes: dict[str, int]
    quantity: Annotated[
        Literal["seconds", "bytes"],
        Meta(description="What samples, medians and ratios are made of; less is better"),
    ] = "seconds"
    arms: dict[str, Cell] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)


class AaCase(Struct, frozen=True, kw_only=True):
    """The copy against its original on one case: whatever differs is noise."""

    cell: Cell
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    floor: Annotated[
        float | None, Meta(description="Largest relative difference the A/A interval admits")
    ] = None
    quiet: bool = False


class AaCheck(Struct, frozen=True, kw_only=True):
    """The noise floor of this machine, found by measuring one arm against itself."""

    arm: str
    quiet: Annotated[bool, Meta(description="Whether differences near 5 % can be told here")]
    floor: float | None = None
    text: str = ""
    cases: dict[str, AaCase] = field(default_factory=dict)


class BlockConditions(Struct, frozen=True, kw_only=True):
    """Noise seen while one block ran; null where this system does not tell."""

    block: int
    seconds: float
    load_1_minute: float | None = None
    steal_share: Annotated[
        float | None, Meta(description="Share of all processor time taken by the hypervisor")
    ] = None
    foreign_share: Annotated[
        float | None, Meta(description="Share of all processor time used by other processes")
    ] = None
    throttled_seconds: Annotated[
        float | None, Meta(description="Time this control group was stopped by its quota")
    ] = None
    collapsed: Annotated[
        list[str],
        Meta(description="Arms whose threads waited for each other: calls took many times longer"),
    ] = field(default_factory=list)
    dirty: Annotated[
        list[str], Meta(description="Why the block was measured again; empty if it was quiet")
    ] = field(default_factory=list)

    def disturbances(self) -> list[str]:
        """Return in words what used the machine meanwhile, beside the measurement."""
        found = []
        if (self.foreign_share or 0.0) > FOREIGN_TELLING:
            found.append(f"other processes used {self.foreign_share:.0%} of the processors")
        if (self.steal_share or 0.0) > STEAL_TELLING:
            found.append(f"the hypervisor took {self.steal_share:.0%} of the processors")
        if self.throttled_seconds:
            found.append(
                f"the processor quota stopped this program for {self.throttled_seconds:.1f} s"
            )
        return found


class Roof(Struct, frozen=True, kw_only=True):
    """The most this machine can do: found without a framework; on a card, by the best of them."""

    threads: int
    gflops: Annotated[float, Meta(description="Best matrix product, float32, 10⁹ operations/s")]
    gigabytes_per_second: Annotated[float, Meta(description="Best copy, bytes read and written")]
    how: str


class Benchmarks(Struct, frozen=True, kw_only=True):
    """All measurements of one run."""

    plan: Plan | None = None
    estimate_seconds: float | None = None
    seconds: Annotated[float | None, Meta(description="Wall time of the whole run")] = None
    interrupted: bool = False
    roof: Roof | None = None
    workloads: dict[str, Workload] = field(default_factory=dict)

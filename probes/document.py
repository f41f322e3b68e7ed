"""The ``fw-advisor/probe`` document: what the faces print, save, replay and merge.

A promise to scripts: fields may be added in a minor version, none is renamed, removed or given a
second type. Units stand in the names (``_seconds``, ``_bytes``); ``msgspec.json.schema`` of
:class:`ProbeDocument` is the published schema. Must hold data only: nothing here measures.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from probes.bench.document import AaCheck, Benchmarks, BlockConditions
from probes.claims import ClaimResult as ClaimResult  # an item of `claims`
from probes.evidence import Reading
from probes.machine.gpu import Gpu as Gpu  # an item of the fact `gpus`

DeviceKind = Literal["cpu", "cuda", "mps", "xpu", "rocm", "tpu"]
DeviceVerdict = Literal[
    "usable", "usable-after-jit", "visible-but-broken", "invisible", "not-installed"
]
State = Literal["ok", "degraded", "failed"]


class Fault(Struct, frozen=True):
    """Something on a machine that is there and cannot be used, with one fix."""

    code: str
    where: Annotated[str, Meta(description="Framework, fact, workload, or the fleet run itself")]
    text: str
    fix: str = ""


class Reason(Struct, frozen=True, kw_only=True):
    """Why a framework or a device cannot be used, and the one thing to do about it."""

    code: Annotated[str, Meta(description="Stable code, such as CPU_ONLY_WHEEL")]
    text: str
    fix: str
    raw: Annotated[str, Meta(description="The words of the framework or library itself")] = ""


class Device(Struct, frozen=True, kw_only=True):
    """What one framework can do with one device: found out by running a kernel on it."""

    kind: DeviceKind
    name: str
    verdict: DeviceVerdict
    seconds: Annotated[
        float | None, Meta(description="First kernel, with initialisation, in seconds")
    ] = None
    compiled: Annotated[
        Literal["ok", "failed", "skipped"], Meta(description="Whether a compiled operation ran")
    ] = "skipped"
    compiled_seconds: Annotated[
        float | None, Meta(description="First call of the compiled operation, in seconds")
    ] = None
    dtypes: Annotated[
        dict[str, str], Meta(description="Number format → ok, failed or wrong, on a small product")
    ] = field(default_factory=dict)
    tf32: Annotated[
        Literal["on", "off", "absent", "failed"] | None,
        Meta(
            description="Products of float32 in TF32: on by default; off: there, to be allowed; "
            "absent: the device has none; null: not tried"
        ),
    ] = None


class Framework(Struct, frozen=True, kw_only=True):
    """One framework under one interpreter."""

    installed: bool
    version: str | None = None
    build: Annotated[
        str | None,
        Meta(description="cpu, cu128, rocm6.4, … from the wheel; 'default' if it does not say"),
    ] = None
    interpreter: str
    python: str | None = None
    import_seconds: float | None = None
    devices: list[Device] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    packages: Annotated[
        dict[str, str], Meta(description="Distributions that decide what it can use")
    ] = field(default_factory=dict)


class Environment(Struct, frozen=True, kw_only=True):
    """The conditions under which the benchmark ran; results are comparable only within them."""

    threads: Annotated[int | None, Meta(description="Threads given to every framework")] = None
    versions: dict[str, str] = field(default_factory=dict)
    variables: Annotated[
        dict[str, str], Meta(description="Environment variables set for every worker")
    ] = field(default_factory=dict)
    removed_variables: Annotated[
        list[str], Meta(description="Variables of the user kept away from the workers")
    ] = field(default_factory=list)
    compile_caches: str | None = None
    blocks: Annotated[list[BlockConditions], Meta(description="Noise seen during each block")] = (
        field(default_factory=list)
    )


class ProbeDocument(Struct, frozen=True, kw_only=True):
    """Everything observed on one machine at one time."""

    tool_version: str
    created: Annotated[str, Meta(description="UTC, ISO 8601")]
    schema: Literal["fw-advisor/probe"] = "fw-advisor/probe"
    schema_version: Annotated[str, Meta(pattern=r"^1\.\d+$")] = "1.0"
    hardware: dict[str, Reading] = field(default_factory=dict)
    frameworks: dict[str, Framework] = field(default_factory=dict)
    benchmarks: Benchmarks = field(default_factory=Benchmarks)
    claims: Annotated[
        list[ClaimResult], Meta(description="Claims of the seed documents on which this run bears")
    ] = field(default_factory=list)
    environment: Environment = field(default_factory=Environment)
    aa: Annotated[AaCheck | None, Meta(description="The noise floor; null without a benchmark")] = (
        None
    )
    state: Annotated[
        State | None,
        Meta(description="degraded: something here cannot be used; null in older documents"),
    ] = None
    faults: Annotated[list[Fault], Meta(description="All that makes it degraded or failed")] = (
        field(default_factory=list)
    )
    redacted: Annotated[
        bool, Meta(description="Names, home folders and identifiers were taken out")
    ] = False

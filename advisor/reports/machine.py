"""What a machine is, in rows: system, processor, limits, memory. Its cards have their own file.

The probe and the doctor show the same rows; what does not exist on a machine has none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from probes.evidence import Reading

from .readings import assumed, fields, short, size, words_of

Rows = list[tuple[str, str]]
FACTS = (
    ("host-name", "host"),
    ("operating-system", "system"),
    ("operating-system-version", "version"),
    ("architecture", "architecture"),
    ("wsl", "WSL"),
    ("container", "container"),
    ("virtualisation", "virtual machine"),
    ("scheduler", "job scheduler"),
    ("scheduler-grant", "granted"),
    ("python", "Python"),
    ("cpu-model", "processor"),
    ("cpu-flags", "instructions"),
    ("cpu-physical-cores", "physical cores"),
    ("cpu-usable-threads", "usable threads"),
    ("cpu-quota", "CPU quota"),
    ("cpu-governor", "governor"),
    ("battery", "battery"),
    ("memory-total-bytes", "memory"),
    ("memory-limit-bytes", "memory limit"),
    ("memory-available-bytes", "memory free"),
    ("swap-bytes", "swap"),
    ("swap-limit-bytes", "swap limit"),
    ("nvidia-driver", "NVIDIA driver"),
    ("rocm", "ROCm"),
)
INSTRUCTIONS = (
    ("avx", "AVX"),
    ("avx2", "AVX2"),
    ("fma", "FMA"),
    ("avx512f", "AVX-512"),
    ("avx512_bf16", "AVX-512 BF16"),
    ("avx512_vnni", "AVX-512 VNNI"),
    ("amx_tile", "AMX"),
    ("amx_bf16", "AMX BF16"),
    ("asimd", "NEON"),
    ("neon", "NEON"),
    ("bf16", "BF16"),
    ("i8mm", "I8MM"),
    ("sve", "SVE"),
    ("sve2", "SVE2"),
    ("sme", "SME"),
)
"""Flag as Linux writes it → its name; those that decide which kernels a framework can use."""
HYPERVISORS = {
    "amazon-ec2": "Amazon EC2",
    "google-compute-engine": "Google Compute Engine",
    "hyper-v": "Hyper-V",
    "kvm": "KVM",
    "other": "yes, its hypervisor does not say its name",
    "parallels": "Parallels",
    "virtualbox": "VirtualBox",
    "vmware": "VMware",
    "xen": "Xen",
}


def machine_rows(hardware: Mapping[str, Reading]) -> Rows:
    """Return label and words for every fact of the machine that is there or could not be read."""
    return [
        (label, short(_words(fact, hardware[fact], hardware)))
        for fact, label in FACTS
        if fact in hardware and hardware[fact].status != "absent"
    ]


def _words(fact: str, reading: Reading, hardware: Mapping[str, Reading]) -> str:
    special = SPECIAL.get(fact)
    if special is None or not reading.available:
        return words_of(fact, reading)
    return special(reading, hardware) + assumed(reading)


def _instructions(reading: Reading, hardware: Mapping[str, Reading]) -> str:
    flags = reading.value if isinstance(reading.value, list) else []
    found = dict.fromkeys(name for flag, name in INSTRUCTIONS if flag in flags)
    if found:
        return ", ".join(found)
    machine = hardware.get("architecture")
    wanted = machine is not None and str(machine.value) in ("x86_64", "AMD64", "amd64")
    return "no AVX" if wanted else "no vector instructions that frameworks use"


def _battery(reading: Reading, hardware: Mapping[str, Reading]) -> str:
    value = reading.value if isinstance(reading.value, dict) else {}
    charge = value.get("charge_percent")
    words = "runs on its battery" if value.get("discharging") else "on mains power"
    return f"{words}, {charge} % charged" if isinstance(charge, int) else words


def _hypervisor(reading: Reading, hardware: Mapping[str, Reading]) -> str:
    return HYPERVISORS.get(str(reading.value), str(reading.value))


def _threads(reading: Reading, hardware: Mapping[str, Reading]) -> str:
    return f"{reading.value}, {reading.detail}" if reading.detail else str(reading.value)


def _governor(reading: Reading, hardware: Mapping[str, Reading]) -> str:
    return f"{reading.value} ({reading.detail})" if reading.detail else str(reading.value)


def _swap(reading: Reading, hardware: Mapping[str, Reading]) -> str:
    return size(reading.value) if reading.value else "none"


def _grant(reading: Reading, hardware: Mapping[str, Reading]) -> str:
    return fields(reading.value)


def _driver(reading: Reading, hardware: Mapping[str, Reading]) -> str:
    driver = hardware.get("driver")
    cuda = driver.value.get("cuda") if driver and isinstance(driver.value, dict) else None
    return f"{reading.value}, for CUDA up to {cuda}" if cuda else str(reading.value)


def _quota(reading: Reading, hardware: Mapping[str, Reading]) -> str:
    return f"{reading.value} processors"


SPECIAL: Mapping[str, Callable[[Reading, Mapping[str, Reading]], str]] = {
    "cpu-flags": _instructions,
    "cpu-usable-threads": _threads,
    "virtualisation": _hypervisor,
    "cpu-quota": _quota,
    "cpu-governor": _governor,
    "battery": _battery,
    "swap-bytes": _swap,
    "scheduler-grant": _grant,
    "nvidia-driver": _driver,
}
"""Facts that are more than a value."""

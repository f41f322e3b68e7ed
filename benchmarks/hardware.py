"""What `probe hardware` costs: time and peak memory, as ratios to a bare interpreter in one run.

    python benchmarks/hardware.py [ROUNDS]

Rounds are interleaved, so drift of the machine falls on both alike; the median counts. The budget:
two seconds, 60 MB, and no framework imported.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS, MEBIBYTES = 2.0, 60.0
HEAVY = ("torch", "tensorflow", "jax", "numpy", "yaml", "textual", "psutil")
# The peak of the program alone: getrusage would count what its parent held at the fork.
REPORT = f"""
import json, sys
status = open("/proc/self/status").read()
peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
heavy = sorted(set({HEAVY!r}) & set(sys.modules))
print(json.dumps([peak, heavy]), file=sys.stderr)
"""
PROBE = """
from advisor.cli import main
assert main(["probe", "hardware", "--json", "--quiet"]) == 0
"""
Run = tuple[float, float, list[str]]


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "FW_ADVISOR_HOME": home}
        # Warm means with bytecode: an installed program has it, whatever this shell is set to.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(Path(home) / "bytecode")
        bare: list[Run] = []
        probe: list[Run] = []
        for turn in range(rounds + 1):
            for code, runs in (("", bare), (PROBE, probe)):
                found = run(code, environment)
                if turn:  # the first round warms caches
                    runs.append(found)
    return report(bare, probe)


def run(code: str, environment: dict[str, str]) -> Run:
    """Return seconds, peak in MiB and heavy modules of one child."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code + REPORT],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - start
    peak, heavy = json.loads(done.stderr.splitlines()[-1])
    return seconds, peak, heavy


def report(bare: list[Run], probe: list[Run]) -> int:
    """Print both with their ratio; 1 if a budget was missed."""
    seconds = statistics.median(one[0] for one in probe)
    peak = statistics.median(one[1] for one in probe)
    heavy = sorted({name for one in probe for name in one[2]})
    # Pairs of one round share the state of the machine; their ratio is steadier.
    slower, larger = (
        statistics.median(a[part] / b[part] for a, b in zip(probe, bare, strict=True))
        for part in (0, 1)
    )
    print(f"bare interpreter  {1000 * statistics.median(one[0] for one in bare):7.1f} ms")
    print(f"probe hardware    {1000 * seconds:7.1f} ms   {slower:5.2f} × bare")
    print(f"bare interpreter  {statistics.median(one[1] for one in bare):7.1f} MiB")
    print(f"probe hardware    {peak:7.1f} MiB  {larger:5.2f} × bare")
    kept = {
        f"at most {SECONDS:g} s": seconds <= SECONDS,
        f"at most {MEBIBYTES:g} MB": peak * 1.048576 <= MEBIBYTES,
        f"nothing heavy imported{f': {heavy}' if heavy else ''}": not heavy,
    }
    for name, held in kept.items():
        print(f"{name}: {'kept' if held else 'MISSED'}")
    return 0 if all(kept.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

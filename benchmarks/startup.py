"""How long commands take to start, as ratios to a bare interpreter in the same run.

    python benchmarks/startup.py [ROUNDS]

Rounds are interleaved, so drift of the machine falls on all commands alike; the median counts.
Each command has a budget, as a ratio; the script says which are kept, and fails if one is not.
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
PYTHON = sys.executable
ANSWERS = {
    "goal": "product",
    "domain": "text",
    "task": "fine-tune",
    "model-source": "hugging-face",
    "targets": ["server", "android"],
    "team-experience": "tensorflow-keras",
    "training-hardware": "nvidia-gpu",
    "operating-system": "linux",
}
TEXT = "we want to fine-tune BERT and run it on Andriod; the team knows Keras; no GPU"
LABEL = """
from textual.app import App
from textual.widgets import Label
class One(App):
    def compose(self):
        yield Label("one")
    def on_ready(self):
        self.call_after_refresh(self.exit)
One().run(headless=True)
"""
ADVISER = """
from pathlib import Path
from advisor.cli.places import cache_directory, state_directory
from advisor.tui.session import Session
from advisor.tui.app import AdvisorApp
from knowledge.base import load
AdvisorApp.on_ready = lambda self: self.call_after_refresh(self.exit)
AdvisorApp(Session(load(cache=cache_directory()), state_directory())).run(headless=True)
"""


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as home:
        os.environ["FW_ADVISOR_HOME"] = home
        # Warm means with bytecode: an installed program has it, whatever this shell is set to.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(home) / "bytecode")
        as_json, as_yaml = (Path(home) / f"answers.{end}" for end in ("json", "yaml"))
        as_json.write_text(json.dumps(ANSWERS))
        as_yaml.write_text(
            "\n".join(f"{key}: {json.dumps(value)}" for key, value in ANSWERS.items())
        )
        adviser = [PYTHON, "-m", "advisor.cli"]
        commands = {
            "bare": [PYTHON, "-c", "pass"],
            "--version": [*adviser, "--version"],
            "advise (JSON answers) --json": [
                *adviser,
                "advise",
                "--answers",
                str(as_json),
                "--json",
            ],
            "advise (YAML answers) --json": [
                *adviser,
                "advise",
                "--answers",
                str(as_yaml),
                "--json",
            ],
            "advise TEXT --json": [*adviser, "advise", TEXT, "--json"],
            "api SYMBOL": [*adviser, "api", "tf.nn.softmax"],
            "search (misspelt)": [*adviser, "search", "pytroch", "serving"],
            "search --json": [*adviser, "search", "mixed", "precision", "--json"],
            "show (a system)": [*adviser, "show", "torchserve"],
            "show (an option)": [*adviser, "show", "pytorch"],
            "one label": [PYTHON, "-c", LABEL],
            "first paint": [PYTHON, "-c", ADVISER],
        }
        budgets = {
            "--version": ("bare", 4.0),
            "advise (JSON answers) --json": ("bare", 10.0),
            "advise (YAML answers) --json": ("bare", 10.0),
            "advise TEXT --json": ("bare", 12.0),
            "api SYMBOL": ("bare", 8.0),
            "search (misspelt)": ("bare", 8.0),
            "search --json": ("bare", 8.0),
            "show (a system)": ("bare", 8.0),
            "show (an option)": ("bare", 8.0),
            "first paint": ("one label", 1.6),
        }
        times = measure(commands, rounds)
    return report(times, budgets)


def measure(commands: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
            if turn:  # the first round warms caches and compiles the knowledge base
                times[name].append(time.perf_counter() - start)
    return times


def report(times: dict[str, list[float]], budgets: dict[str, tuple[str, float]]) -> int:
    kept = True
    for name, seconds in times.items():
        line = f"{name:30} {1000 * statistics.median(seconds):7.1f} ms"
        if name in budgets:
            base, budget = budgets[name]
            # Pairs of one round share the state of the machine; their ratio is steadier.
            ratio = statistics.median(a / b for a, b in zip(seconds, times[base], strict=True))
            kept = kept and ratio <= budget
            said = "kept" if ratio <= budget else "MISSED"
            line += f"   {ratio:5.2f} × {base} (budget {budget:g}: {said})"
        print(line)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())

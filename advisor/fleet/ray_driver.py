"""Talks to an existing Ray cluster, in a process of its own: one task per node, pinned to it.

Job on stdin, one JSON object; answers on what was stdout, one per line. Ray may hang, print or
install signal handlers here without harm to the command. Must never start a cluster.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

from advisor.fleet import ray_task

Say = Callable[[dict[str, Any]], None]
START_SECONDS = 60.0
"""What a node may take to start a worker, beside the limit of the probe itself."""


def main() -> None:
    """Read the job, probe every node that is alive, say what came of each."""
    job = json.loads(sys.stdin.buffer.read())
    stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(line: dict[str, Any]) -> None:
        stream.write(json.dumps(line) + "\n")
        stream.flush()

    try:
        _probe_all(job, say)
    except Exception as error:
        say({"problem": f"{type(error).__name__}: {error}"})
    stream.flush()
    # Everything is said; Ray's own threads may take long to end.
    os._exit(0)


def _probe_all(job: dict[str, Any], say: Say) -> None:
    # No report about this program's use goes out from here.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    ray.init(address=job["address"], log_to_driver=False, logging_level="error")
    ray.cloudpickle.register_pickle_by_value(ray_task)
    # No processor is asked for: a busy node is probed as well.
    task = ray.remote(num_cpus=0, max_retries=0)(ray_task.probe_here)
    waiting: dict[Any, str] = {}
    for node in ray.nodes():
        name = node["NodeID"]
        host = str(node.get("NodeManagerHostname") or node.get("NodeManagerAddress") or name)
        say({"node": name, "host": host, "alive": bool(node["Alive"])})
        if node["Alive"]:
            strategy = NodeAffinitySchedulingStrategy(node_id=name, soft=False)
            pinned = task.options(scheduling_strategy=strategy)
            waiting[pinned.remote(job["interpreter"], job["part"], job["limit"])] = name
    say({"listed": len(waiting)})
    _gather(ray, waiting, job["limit"] + START_SECONDS, say)
    ray.shutdown()


def _gather(ray: Any, waiting: dict[Any, str], seconds: float, say: Say) -> None:
    import time

    deadline = time.monotonic() + seconds
    while waiting:
        left = max(0.0, deadline - time.monotonic())
        ready, _ = ray.wait(list(waiting), num_returns=1, timeout=left)
        if not ready:
            break
        name = waiting.pop(ready[0])
        try:
            say({"node": name, "result": ray.get(ready[0])})
        except Exception as error:
            lost = f"{type(error).__name__}: {error}"
            say({"node": name, "result": {"ended": "lost", "words": lost}})
    for name in waiting.values():
        say({"node": name, "result": {"ended": "timed-out", "words": "no worker answered"}})


if __name__ == "__main__":
    main()

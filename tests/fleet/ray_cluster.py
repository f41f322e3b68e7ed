"""A real Ray cluster of three nodes on this machine, in a process of its own.

Prints its address as the first line and ends when its input is closed. The second node finds a
program that crashes in the place of ours, the third one a program that hangs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

CRASHES = "raise SystemExit('\\x1b[31mthe library of this node is broken')"
HANGS = "import time\ntime.sleep(300)"
MEMORY = 80 * 2**20
"""Bytes of the object store: the least that Ray takes."""


def main(folder: str) -> None:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    size = {"num_cpus": 1, "object_store_memory": MEMORY}
    head = {**size, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    for name, code in (("crashes", CRASHES), ("hangs", HANGS)):
        package = Path(folder) / name / "advisor"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(code)
        path = os.pathsep.join((str(package.parent), os.environ.get("PYTHONPATH", "")))
        cluster.add_node(**size, wait=False, env_vars={"PYTHONPATH": path})
    cluster.wait_for_nodes()
    print(cluster.address, flush=True)
    sys.stdin.read()
    cluster.shutdown()


if __name__ == "__main__":
    main(sys.argv[1])

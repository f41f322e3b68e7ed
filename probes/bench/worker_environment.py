"""The environment of every worker: equal threads, no preallocation, caches in a declared place.

Set before the framework is imported, because both read it once. The user's own tuning variables are
taken away (and named in the document): one left in place would make the arms unequal unseen.
"""

from __future__ import annotations

from collections.abc import Mapping

from probes.bench.document import Plan

_REMOVED_PREFIXES = (
    "GLIBC_TUNABLES",
    "GOMP_",
    "JAX_",
    "KERAS_",
    "KMP_",
    "MKL_",
    "OMP_",
    "OPENBLAS_",
    "PYTORCH_",
    "TF_",
    "TORCHDYNAMO_",
    "TORCHINDUCTOR_",
    "TORCH_",
    "TRITON_",
    "XLA_",
)


# How long a thread spins for the others of its loop before it sleeps. Where another process holds a
# processor, the usual wait of libgomp (300,000 rounds) made calls up to 150 times as long; 1,000 is
# what it takes by itself where there are more threads than processors.
SHORT_WAITS = {"GOMP_SPINCOUNT": "1000", "KMP_BLOCKTIME": "1"}


def worker_variables(plan: Plan, folder: str) -> dict[str, str]:
    """Return the variables set for every worker, whatever its framework."""
    variables = {
        # In the worker itself: a pool of compiler processes would disturb the measuring.
        "TORCHINDUCTOR_COMPILE_THREADS": "1",
        **cache_variables(folder),
        # Keras reads a file of settings there, and writes one where there is none.
        "KERAS_HOME": f"{folder}/keras",
        # TensorFlow writes what it traces there, and a worker does not wait until it is removed.
        "TMPDIR": folder,
        "PYTHONHASHSEED": "0",
        # Large buffers on huge pages (madvise; without effect where the system has none): where
        # pages happen to lie made identical processes differ by 12 %, and then by 2 %.
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    }
    if plan.profile == "matched":
        variables |= _equal(plan)
    if plan.short_waits:
        variables |= SHORT_WAITS
    if plan.device == "cpu":
        # TensorFlow places eager operations on a card by itself if it can see one.
        variables |= {"CUDA_VISIBLE_DEVICES": "-1", "HIP_VISIBLE_DEVICES": "-1"}
    return variables


def _equal(plan: Plan) -> dict[str, str]:
    """Return what makes the frameworks equal, where each would choose for itself."""
    threads = str(plan.threads)
    return {
        "OMP_NUM_THREADS": threads,
        "MKL_NUM_THREADS": threads,
        "OPENBLAS_NUM_THREADS": threads,
        "TF_NUM_INTRAOP_THREADS": threads,
        "TF_NUM_INTEROP_THREADS": "1",
        "NPROC": threads,  # what JAX's pool goes by
        "TF_FORCE_GPU_ALLOW_GROWTH": "true",
        "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
        "NVIDIA_TF32_OVERRIDE": "0",
    }


def cache_variables(folder: str) -> dict[str, str]:
    """Return the variables that put every compiler's cache below a folder."""
    return {
        "TORCHINDUCTOR_CACHE_DIR": f"{folder}/inductor",
        "TRITON_CACHE_DIR": f"{folder}/triton",
        "CUDA_CACHE_PATH": f"{folder}/cuda",
        "JAX_COMPILATION_CACHE_DIR": f"{folder}/jax",
    }


def removed_variables(environment: Mapping[str, str]) -> list[str]:
    """Return the names of the user's variables that no worker gets to see."""
    return sorted(name for name in environment if name.startswith(_REMOVED_PREFIXES))


def worker_environment(plan: Plan, folder: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the whole environment of a worker."""
    removed = set(removed_variables(environment))
    kept = {name: value for name, value in environment.items() if name not in removed}
    return kept | worker_variables(plan, folder)

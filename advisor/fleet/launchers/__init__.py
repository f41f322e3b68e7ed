"""Launcher files for the engines people run: one module each, an order in, text out. Pure."""

from __future__ import annotations

from advisor.fleet.order import Order


def launcher(order: Order) -> str:
    """Return the text of a launcher for a checked order."""
    if order.engine == "slurm":
        from .slurm import slurm_script

        return slurm_script(order)
    if order.engine == "kubernetes":
        from .kubernetes import kubernetes_manifest

        return kubernetes_manifest(order)
    from .ssh import ssh_script

    return ssh_script(order)

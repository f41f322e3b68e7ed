"""Where the program runs: container, WSL, virtual machine, scheduler."""

from __future__ import annotations

import pytest

from probes.evidence import Reading
from probes.machine import host
from tests.probes.fake_machine import FakeMachine


def look(machine: FakeMachine, **environment: str) -> dict[str, Reading]:
    return host.look(machine.root, environment)


def test_a_plain_machine_shows_no_container_wsl_or_scheduler(machine: FakeMachine) -> None:
    machine.file("/proc/version", "Linux version 6.8.0 (gcc)\n").cores(1)
    facts = look(machine)
    assert {facts[name].status for name in ("container", "wsl", "scheduler")} == {"absent"}
    assert facts["virtualisation"].status == "absent"


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("/.dockerenv", "", "docker"),
        ("/run/.containerenv", "", "podman"),
        ("/proc/self/cgroup", "0::/kubepods.slice/pod1\n", "kubernetes"),
        ("/proc/1/cgroup", "4:cpu:/lxc/box\n", "lxc"),
    ],
)
def test_containers_are_recognised_by_their_traces(
    machine: FakeMachine, path: str, text: str, name: str
) -> None:
    assert look(machine.file(path, text))["container"].value == name


def test_kubernetes_wins_over_the_docker_file_it_runs_on(machine: FakeMachine) -> None:
    facts = look(machine.file("/.dockerenv"), KUBERNETES_SERVICE_HOST="10.0.0.1")
    assert facts["container"].value == "kubernetes"


def test_apptainer_and_slurm_are_known_by_variables(machine: FakeMachine) -> None:
    facts = look(machine, APPTAINER_CONTAINER="/images/a.sif", SLURM_JOB_ID="17")
    assert facts["container"].value == "apptainer"
    assert facts["scheduler"].value == "slurm"


def test_wsl_2_with_and_without_driver_libraries(machine: FakeMachine) -> None:
    machine.file("/proc/version", "Linux version 5.15 (x@y) Microsoft-standard-WSL2\n")
    without = look(machine)["wsl"]
    assert without.value == 2
    assert without.detail == "no driver libraries are mounted"
    machine.file("/usr/lib/wsl/lib/libcuda.so")
    assert look(machine)["wsl"].detail == "driver libraries are mounted"


@pytest.mark.parametrize(
    ("vendor", "product", "name"),
    [
        ("QEMU", "Standard PC", "kvm"),
        ("Amazon EC2", "p4d.24xlarge", "amazon-ec2"),
        ("Google", "Google Compute Engine", "google-compute-engine"),
        ("Microsoft Corporation", "Virtual Machine", "hyper-v"),
        ("VMware, Inc.", "VMware7,1", "vmware"),
    ],
)
def test_virtual_machines_by_their_firmware(
    machine: FakeMachine, vendor: str, product: str, name: str
) -> None:
    machine.file("/sys/class/dmi/id/sys_vendor", vendor)
    machine.file("/sys/class/dmi/id/product_name", product)
    assert look(machine)["virtualisation"].value == name


def test_a_hypervisor_without_firmware_tables_is_still_one(machine: FakeMachine) -> None:
    machine.cores(1, flags="avx hypervisor")
    assert look(machine)["virtualisation"].value == "other"


def test_control_characters_of_a_release_name_do_not_get_through(machine: FakeMachine) -> None:
    machine.file("/etc/os-release", 'PRETTY_NAME="Evil\x1b[31m OS\x07"\n')
    assert look(machine)["operating-system-version"].value == "Evil OS"

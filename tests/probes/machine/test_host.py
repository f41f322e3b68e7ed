"""Where the program runs: container, WSL, virtual machine, scheduler."""

from __future__ import annotations

import pytest

from probes.evidence import Reading
from probes.machine import container, host, scheduler, variables, wsl
from tests.probes.fake_machine import FakeMachine


def look(machine: FakeMachine, **environment: str) -> dict[str, Reading]:
    return (
        host.look(machine.root)
        | wsl.look(machine.root, environment)
        | container.look(machine.root, environment)
        | scheduler.look(environment)
        | variables.look(environment)
    )


def test_the_machine_has_the_name_that_its_kernel_tells(machine: FakeMachine) -> None:
    assert look(machine)["host-name"].status == "unknown"
    machine.file("/proc/sys/kernel/hostname", "node7\x1b[31m.cluster\n")
    assert look(machine)["host-name"].value == "node7.cluster"


@pytest.mark.parametrize("system", ["Darwin", "Windows"])
def test_other_systems_tell_their_name_through_the_library(
    machine: FakeMachine, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr("platform.system", lambda: system)
    monkeypatch.setattr("platform.node", lambda: "adas-laptop")
    assert host.look(machine.root)["host-name"].value == "adas-laptop"


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
        ("/var/run/secrets/kubernetes.io/serviceaccount/token", "x", "kubernetes"),
        ("/run/systemd/container", "systemd-nspawn\n", "systemd-nspawn"),
        (
            # Groups v2 with a namespace: only what is mounted over the hosts file tells.
            "/proc/self/mountinfo",
            "9 8 0:1 /var/lib/docker/containers/4f/hosts /etc/hosts rw - ext4 /dev/a rw\n",
            "docker",
        ),
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


def test_a_mount_of_dockers_files_elsewhere_is_the_host(machine: FakeMachine) -> None:
    line = "9 8 0:1 / /var/lib/docker/containers/4f/mounts/shm rw - tmpfs shm rw\n"
    assert look(machine.file("/proc/self/mountinfo", line))["container"].status == "absent"


def test_wsl_says_whether_windows_libraries_are_there_and_searched(machine: FakeMachine) -> None:
    machine.file("/proc/version", "Linux version 5.15 Microsoft-standard-WSL2\n").file("/dev/dxg")
    assert look(machine)["wsl-gpu"].value == {
        "device": True,
        "libraries": [],
        "searched": False,
    }
    machine.file("/usr/lib/wsl/lib/libcuda.so.1").file("/usr/lib/wsl/lib/readme")
    hidden = look(machine)["wsl-gpu"].value
    assert hidden == {"device": True, "libraries": ["libcuda.so.1"], "searched": False}
    by_variable = look(machine, LD_LIBRARY_PATH="/opt/x:/usr/lib/wsl/lib/")["wsl-gpu"].value
    assert by_variable == hidden | {"searched": True}
    machine.file("/etc/ld.so.conf.d/ld.wsl.conf", "# Windows\n/usr/lib/wsl/lib\n")
    assert look(machine)["wsl-gpu"].value == by_variable


def test_wsl_with_a_kernel_of_the_users_own(machine: FakeMachine) -> None:
    machine.file("/proc/version", "Linux version 6.9 (me@home)\n").file("/dev/dxg")
    machine.file("/usr/lib/wsl/lib/libdxcore.so")
    assert look(machine)["wsl"].value == 2


def test_a_slurm_job_knows_what_it_was_granted(machine: FakeMachine) -> None:
    granted = look(
        machine,
        SLURM_JOB_ID="17",
        SLURM_CPUS_PER_TASK="4",
        SLURM_MEM_PER_NODE="8192",
        SLURM_GPUS_ON_NODE="2",
    )["scheduler-grant"]
    assert granted.value == {"processors": 4, "memory_bytes": 8 << 30, "gpus": 2}
    by_processor = look(
        machine,
        SLURM_JOB_ID="17",
        SLURM_CPUS_ON_NODE="2",
        SLURM_MEM_PER_CPU="1024",
        SLURM_JOB_GPUS="0,3,5",
    )["scheduler-grant"]
    assert by_processor.value == {"processors": 2, "memory_bytes": 2 << 30, "gpus": 3}
    assert look(machine, SLURM_JOB_ID="17")["scheduler-grant"].status == "absent"


def test_only_variables_about_cards_are_read_out(machine: FakeMachine) -> None:
    facts = look(machine, CUDA_VISIBLE_DEVICES="", TPU_NAME="a\x1b[31m", AWS_SECRET="x", HOME="/h")
    assert facts["environment-variables"].value == {"CUDA_VISIBLE_DEVICES": "", "TPU_NAME": "a"}
    assert look(machine, HOME="/h")["environment-variables"].status == "absent"


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

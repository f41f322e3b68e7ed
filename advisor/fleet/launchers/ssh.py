"""A shell script that probes hosts over ssh, several at a time, and gathers the documents here.

Nothing is written on the hosts. A host that does not answer leaves its words in a file of its own
and costs no other host. Runs under any bash from 3.2 on.
"""

from __future__ import annotations

from shlex import join, quote

from advisor.fleet.order import Order, as_path, result_name

AT_ONCE = 16

BODY = """\
probe() {
  # $1: host, $2: file. A document counts only if it came as a whole.
  if ssh -n -o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=15 \\
      -- "$1" "$command" > "$results/.$2.part" 2> "$results/$2.log"; then
    rm -f -- "$results/$2.log"
  else
    printf '%s: ended with status %s, see %s\\n' "$1" "$?" "$results/$2.log" >&2
  fi
  # A probe that could not measure everything still says what it found.
  if [ -s "$results/.$2.part" ]; then
    mv -- "$results/.$2.part" "$results/$2"
  else
    rm -f -- "$results/.$2.part"
  fi
}

running=0
start() {
  if [ "$running" -ge "$at_once" ]; then
    wait
    running=0
  fi
  probe "$1" "$2" &
  running=$((running + 1))
}
"""


def ssh_script(order: Order) -> str:
    """Return the script; run it where ssh reaches the hosts without a password."""
    remote = f"timeout {60 * order.minutes} {join(order.arguments)}"
    lines = [
        "#!/usr/bin/env bash",
        "# Probes hosts with fw-advisor over ssh and gathers one JSON file per host here.",
        "# fw-advisor must be installed on each host; keys or an agent must let you in.",
        "# Then read all of them together: fw-advisor fleet merge FOLDER",
        "",
        "set -u",
        f"results={quote(as_path(order.results))}",
        f"command={quote(remote)}",
        f"at_once={AT_ONCE}  # hosts at the same time",
        'mkdir -p -- "$results" || exit 1',
        "",
        BODY,
        *(f"start {quote(host)} {quote(result_name(host))}" for host in order.hosts),
        "wait",
        "",
    ]
    return "\n".join(lines)

"""Whether the server grows: its resident memory after many forward passes and after ten times."""

from __future__ import annotations

import subprocess
from pathlib import Path

from app.bench.bodies import NPY, SAFETENSORS, digit_body, drawn_body
from app.bench.client import Client, request_bytes
from app.bench.forward import PATH
from app.bench.options import Options
from app.bench.processes import our_server
from app.bench.row import Amount, NotMeasured, Row

NAME = "memory"
KIB = 1024
MB = 1_000_000


def measure(options: Options) -> list[Row]:
    """Resident memory after 10,000 forward passes against that after 1,000."""
    few, many = options.count(1_000, 200), options.count(10_000, 1_000)
    headers = {"Accept": SAFETENSORS, "Content-Type": NPY}
    bodies = (digit_body(), drawn_body())
    requests = [request_bytes("POST", PATH, headers, body) for body in bodies]
    with our_server() as server, Client(server.port) as client:
        at_start = resident_bytes(server.pid)
        _forward(client, requests, few)
        after_few = resident_bytes(server.pid)
        _forward(client, requests, many - few)
        after_many = resident_bytes(server.pid)
    return [
        Row(
            NAME,
            f"resident memory of the server after {many:,} forward passes with all activations, "
            f"digits and drawings by turns, against that after {few:,}",
            Amount(after_many / MB, "MB"),
            Amount(after_few / MB, "MB"),
            target=1.05,
            details=(f"{at_start / MB:,.1f} MB before the first of them",),
        )
    ]


def _forward(client: Client, requests: list[bytes], count: int) -> None:
    """Sends so many requests, by turns."""
    for number in range(count):
        answer = client.send(requests[number % len(requests)])
        if answer.status != 200:
            raise NotMeasured(f"Forward pass {number + 1:,} answered {answer.status}.")


def resident_bytes(pid: int) -> int:
    """The memory of a process that is in RAM, as the kernel counts it.

    Raises: NotMeasured where the system does not tell.
    """
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        lines = status.read_text().splitlines()
        found = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    else:
        command = ["ps", "-o", "rss=", "-p", str(pid)]
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    if not found:
        raise NotMeasured("This system does not tell how much memory a process has.")
    return int(found[0]) * KIB

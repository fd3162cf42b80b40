"""The program's server, whose runs are those of a measurement: `python -m app.bench.run_server`."""

from __future__ import annotations

import argparse

from app.settings import get_settings
from app.training.runs import plan
from app.web.server import run

MODULE = "app.bench.run_server"


def main() -> None:
    """Serves on a port until it is ended."""
    parser = argparse.ArgumentParser(description="Serve with the runs of a measurement.")
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    plan.PROCESS = "app.bench.run_process"
    run(get_settings().model_copy(update={"port": port}))


if __name__ == "__main__":
    main()

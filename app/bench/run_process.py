"""The process of a run in a measurement: its steps are timed, or made up as fast as is asked for.

Takes the place of `app.training.runs.process` in the server that `app.bench.run_server` starts.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from app.training.events import Event, StateEvent, StepEvent
from app.training.runs import process
from app.training.runs.conductor import Conductor

TIMES = "CONVOSCOPE_BENCH_TIMES"
"""Of the environment: the file that is told when each step was made."""
STEPS = "CONVOSCOPE_BENCH_STEPS"
"""Of the environment: how many steps are made up; without it the run is a real one."""
STEPS_A_SECOND = 1_500
LAYERS = ("conv1", "conv2", "fc1", "fc2")


class TimedConductor(Conductor):
    """Writes down when each step was made."""

    def hear(self, event: Event) -> None:
        """Keeps one event, as ever."""
        if isinstance(event, StepEvent):
            with Path(os.environ[TIMES]).open("a", encoding="ascii") as file:
                file.write(f"{event.step} {time.time()}\n")
        super().hear(event)


class MadeUpConductor(Conductor):
    """Tells of steps that nobody took, at many times the pace of a training."""

    def conduct(self, process: int | None = None) -> None:
        """As many as are asked for, then the end."""
        self.store.set_state(self.run.id, "running", None, process)
        self.announce()
        self.keep_weights(0, None)
        count, started = int(os.environ[STEPS]), time.monotonic()
        for step in range(1, count + 1):
            self.training.step = step
            self.hear(_step(step, count))
            if self.wish() is not None:
                break
            time.sleep(max(0.0, started + step / STEPS_A_SECOND - time.monotonic()))
        self.tell()
        self.end(StateEvent("finished"))


def _step(step: int, count: int) -> StepEvent:
    """A step whose loss falls with noise in it."""
    noise = (step * 2_654_435_761 % 1_000) / 1_000
    loss = 2.3 * 0.9999**step + 0.2 * noise
    norms = {layer: (index + 1) * (0.5 + noise) for index, layer in enumerate(LAYERS)}
    return StepEvent(1, step, count, loss, 2 + noise, norms, 1e-3, 4_000.0)


if __name__ == "__main__":
    conductor = MadeUpConductor if STEPS in os.environ else TimedConductor
    setattr(process, "Conductor", conductor)  # noqa: B010  # its own, which it does not export
    status = process.main()
    os._exit(status)

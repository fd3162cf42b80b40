"""Every setting of Convoscope in one typed object, read from the environment once.

A setting named ``torch_threads`` is the environment variable ``CONVOSCOPE_TORCH_THREADS``.
The caps say what a request may ask for; ``GET /api/v1/limits`` tells them to everyone.
"""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")

Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]


class Settings(BaseSettings):
    """What this process was told: where it listens, what it computes on, how much it accepts."""

    model_config = SettingsConfigDict(env_prefix="CONVOSCOPE_", frozen=True, extra="forbid")

    # Where it listens, and under which names it answers.
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    """Further host names, separated by commas; ``*`` answers to every name."""
    root_path: Annotated[str, Field(pattern=r"^(/[A-Za-z0-9._~%@:+,=-]+)*$")] = ""
    """The path that a proxy puts it under, such as ``/tools/convoscope``. Only a proxy that leaves
    the path on what it passes on has to be named: pages find their way below any other."""
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.1", "::1")
    """Whose ``X-Forwarded-Prefix`` is believed: addresses separated by commas, ``*`` for all."""
    reload: bool = False
    """Read static files and templates anew for every request, for work on the pages."""
    access_log: bool = False

    # What it computes on.
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    torch_threads: Positive = 1
    """Threads of one operation. One is fastest here: the largest convolution of MyCNN takes
    a fraction of a millisecond, less than waking a second thread costs while a browser
    wants that core."""
    work_threads: Positive = 2
    """Requests that are computed at the same time."""

    training_threads: Positive = 1
    """Threads of a run that goes on beside the server: the other core is whoever looks on's."""
    training_niceness: Annotated[int, Field(ge=0, le=19)] = 10
    """How far a run gives way to whoever serves or draws, as ``nice`` counts it."""

    # A network of the user's own.
    network: str | None = None
    """As ``my_file.py:build``. Whoever names a file here lets its code run."""
    network_weights: Path | None = None
    network_input: str | None = None
    network_classes: Path | None = None

    # Where its files are.
    models_dir: Path = ROOT / "models"
    weights_dir: Path | None = None
    """With the files of weights that torchvision publishes; torch.hub's cache is looked at too."""
    data_dir: Path = ROOT / ".data"
    static_dir: Path = ROOT / "static"
    templates_dir: Path = ROOT / "templates"

    # Bodies.
    max_json_bytes: Positive = 2_000_000
    max_json_depth: Positive = 100
    max_upload_bytes: Positive = 10_000_000
    max_image_side_px: Positive = 4_096
    max_image_pixels: Positive = 16_000_000
    body_wait_seconds: Annotated[float, Field(gt=0)] = 15.0

    # One operation.
    max_input_side: Positive = 512
    max_input_channels: Positive = 1_024
    max_input_values: Positive = 4_000_000
    max_kernel_side: Positive = 64
    max_stride: Positive = 1_024
    max_dilation: Positive = 1_024
    max_padding: Count = 256
    max_output_values: Positive = 4_000_000
    max_output_values_json: Positive = 250_000
    max_multiply_accumulates: Positive = 2_000_000_000
    max_sweep_combinations: Positive = 400

    # Training.
    ships_runs: bool = True
    """Whether the finished runs in ``models_dir`` are among the user's until they are deleted."""
    max_runs_bytes: Positive = 4_000_000_000
    """Room for all runs together; a new one is refused when they take up more."""

    max_own_sets_bytes: Positive = 500_000_000
    """Room for all data sets of the user's own together."""
    max_own_pictures: Positive = 10_000
    max_own_photographs: Positive = 200
    """Of one such set; a photograph takes as much room as two hundred drawings."""
    max_own_labels: Positive = 50

    # Load.
    max_jobs_waiting: Count = 100

    @field_validator("root_path", mode="before")
    @classmethod
    def without_final_slash(cls, value: object) -> object:
        """The path as the addresses below it begin."""
        return value.rstrip("/") if isinstance(value, str) else value

    @field_validator("allowed_hosts", "trusted_proxies", mode="before")
    @classmethod
    def split_on_commas(cls, value: object) -> object:
        """The names in a comma-separated text."""
        if isinstance(value, str):
            return tuple(name.strip() for name in value.split(",") if name.strip())
        return value

    @property
    def host_names(self) -> frozenset[str]:
        """Every name a request may call this server by, in lower case and without a port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        everywhere = {"0.0.0.0", "[::]", ""}
        own = set() if host in everywhere else {host}
        return frozenset(
            name.lower().rstrip(".") for name in {*LOOPBACK_NAMES, *own, *self.allowed_hosts}
        )

    def limits(self) -> dict[str, Any]:
        """Every cap under its name, as ``GET /api/v1/limits`` tells them."""
        names = [name for name in type(self).model_fields if name.startswith(("max_", "body_"))]
        return {name: getattr(self, name) for name in names}


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read from the environment on the first call."""
    return Settings()

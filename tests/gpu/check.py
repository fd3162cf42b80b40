"""Whether a GPU computes what the CPU does: `make check-gpu`.

    python -m tests.gpu.check                  every network and operation on `cuda`
    python -m tests.gpu.check --device cpu     the same on the CPU itself, to try the check out

It runs where there is PyTorch and little else, installs nothing and asks no network. Where there is
no GPU it says so and ends well, having checked nothing: it is run by whoever has one.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import torch

from tests.gpu.safetensors_file import stand_in

ROOT = Path(__file__).parents[2]
NO_GPU = (
    "!! There is no GPU here that PyTorch can use: NOTHING WAS CHECKED.\n"
    "!! Run this on a machine that has one; --device cpu tries the check itself out."
)


def main(arguments: list[str] | None = None) -> int:
    """Checks, prints a line each, and returns how many numbers were wrong."""
    parser = argparse.ArgumentParser(description="Hold a GPU's numbers against the CPU's.")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--network", action="append", help="only this one; may be repeated")
    given = parser.parse_args(arguments)
    device = torch.device(given.device)
    if device.type == "cuda" and not torch.cuda.is_available():
        print(NO_GPU)
        return 0
    stand_in()
    from app.networks.registry import ARCHITECTURES
    from tests.gpu import networks, operations

    # torchvision, which the others are of, may be missing there.
    ours = [name for name, each in ARCHITECTURES.items() if each.published is None]
    names = given.network or ours
    begin = time.perf_counter()
    exact_float32()
    print(f"{_name(device)}, PyTorch {torch.__version__}, against the CPU")
    wrong = count = 0
    for comparison in (
        *operations.comparisons(device),
        *networks.comparisons(device, ROOT / "models", names),
    ):
        print(comparison)
        count += 1
        wrong += not comparison.is_right
    print(*networks.speeds(device, ROOT / "models", names), sep="\n")
    seconds = time.perf_counter() - begin
    print(f"{count - wrong} of {count} right, in {seconds:.0f} s.")
    return wrong


def exact_float32() -> None:
    """Switches off what trades digits for speed: TF32 keeps ten bits of 23, float16 sums fewer."""
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = False
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.benchmark = False


def _name(device: torch.device) -> str:
    """What the device calls itself."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else str(device)


if __name__ == "__main__":
    sys.exit(min(main(), 1))

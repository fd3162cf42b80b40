import pytest
import torch
from torch.nn import functional

from app.mechanics.errors import MechanicsError
from app.mechanics.kernels import KERNELS, Kernel, find_kernel

NAMES = [
    "identity",
    "box",
    "gaussian",
    "sharpen",
    "sobel_x",
    "sobel_y",
    "prewitt_x",
    "prewitt_y",
    "laplacian",
    "emboss",
    "edge",
]


def test_every_kernel_is_there_with_a_title_and_a_line() -> None:
    assert [kernel.name for kernel in KERNELS] == NAMES
    assert all(kernel.title and kernel.line.endswith(".") for kernel in KERNELS)
    assert len({kernel.line for kernel in KERNELS}) == len(NAMES)
    assert list(KERNELS[0].as_dict()) == ["name", "title", "line", "weight"]


@pytest.mark.parametrize("kernel", KERNELS, ids=lambda kernel: kernel.name)
def test_blurs_and_the_like_keep_brightness_and_edge_finders_have_none(kernel: Kernel) -> None:
    finds_edges = kernel.name.startswith(("sobel", "prewitt", "laplacian", "edge"))
    assert kernel.weight.sum().item() == pytest.approx(0.0 if finds_edges else 1.0)


def test_they_do_what_their_line_says() -> None:
    ramp = torch.arange(5.0, dtype=torch.float64).expand(1, 1, 5, 5)

    def seen(name: str) -> float:
        return functional.conv2d(ramp, find_kernel(name).weight[None, None])[0, 0, 1, 1].item()

    assert seen("identity") == ramp[0, 0, 2, 2]
    assert seen("sobel_x") == 8
    assert seen("prewitt_x") == 6
    assert seen("sobel_y") == seen("prewitt_y") == seen("laplacian") == seen("edge") == 0
    for name in ("sobel", "prewitt"):
        assert torch.equal(find_kernel(f"{name}_x").weight.T, find_kernel(f"{name}_y").weight)


def test_a_name_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(MechanicsError, match="There are: identity, box") as refused:
        find_kernel("sobel")
    assert refused.value.field == "kernel"

"""Layers of complex numbers, integers, truth values and five axes, each with torch's own values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from app.mechanics.errors import MechanicsError
from app.networks.attribution import METHODS, explain
from app.networks.graph import GraphError
from app.networks.loaded_network import LoadedNetwork
from app.networks.own.given_network import load_given
from app.networks.tracing import read_graph

SIDE = 8
IMAGE = torch.rand(1, SIDE, SIDE, generator=torch.Generator().manual_seed(3))
Values = dict[str, Tensor]


class Base(nn.Module):
    """A convolution, something odd that is put down under the names of its layers, and a head."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, padding=1)
        self.fc = nn.Linear(4 * SIDE * SIDE, 5)
        self.seen: Values = {}

    def between(self, x: Tensor) -> Tensor:
        return x

    def forward(self, x: Tensor) -> Any:
        self.seen = {}
        return self.fc(self.between(self.conv(x)).flatten(1))

    def keep(self, name: str, value: Tensor) -> Tensor:
        self.seen[name] = value
        return value


class Fourier(Base):
    """A filter in the frequencies, as in FFTNet and GFNet."""

    def __init__(self) -> None:
        super().__init__()
        self.filter = nn.Parameter(torch.randn(4, SIDE, SIDE // 2 + 1, dtype=torch.complex64))

    def between(self, x: Tensor) -> Tensor:
        waves = self.keep("fft_rfft2", torch.fft.rfft2(x))
        back: Tensor = torch.fft.irfft2(self.keep("mul", waves * self.filter), s=(SIDE, SIDE))
        return back


class Masked(Base):
    def between(self, x: Tensor) -> Tensor:
        return x * self.keep("gt", x > 0)


class Where(Base):
    def between(self, x: Tensor) -> Tensor:
        mask = self.keep("gt", x > x.mean()) & self.keep("lt", x < 1)
        return torch.where(self.keep("and", mask), x, -x)


class Indexed(Base):
    """The largest channel's number, and what is learned for it."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(4, 4)

    def between(self, x: Tensor) -> Tensor:
        learned: Tensor = self.table(self.keep("argmax", x.argmax(1)))
        return x + learned.permute(0, 3, 1, 2)


class Quantized(Base):
    """Straight through: rounded, with the gradient of what was not."""

    def between(self, x: Tensor) -> Tensor:
        rounded = self.keep("to", (x * 8).to(torch.int8)).float() / 8
        return x + (rounded - x).detach()


class Cube(Base):
    def __init__(self) -> None:
        super().__init__()
        self.cube = nn.Conv3d(1, 2, 3, padding=1)

    def between(self, x: Tensor) -> Tensor:
        stack = self.keep("unsqueeze", x.unsqueeze(1))
        return self.keep("relu", F.relu(self.keep("cube", self.cube(stack)))).mean(1)


class Shuffled(Base):
    """The channels of ShuffleNet."""

    def between(self, x: Tensor) -> Tensor:
        groups = self.keep("view", x.view(1, 2, 2, SIDE, SIDE))
        swapped = self.keep("transpose", groups.transpose(1, 2))
        return self.keep("contiguous", swapped.contiguous()).view(1, 4, SIDE, SIDE)


class Windows(Base):
    """Windows of 4×4, as in Swin: six axes, moved, and each window a row of a batch."""

    def between(self, x: Tensor) -> Tensor:
        cut = self.keep("view", x.permute(0, 2, 3, 1).view(1, 2, 4, 2, 4, 4))
        windows = self.keep("permute_1", cut.permute(0, 1, 3, 2, 4, 5)).reshape(4, 16, 4)
        scores = windows @ windows.transpose(-2, -1)
        mixed = (scores.softmax(-1) @ windows).view(1, 2, 2, 4, 4, 4)
        back = self.keep("permute_2", self.keep("view_1", mixed).permute(0, 1, 3, 2, 4, 5))
        return back.reshape(1, SIDE, SIDE, 4).permute(0, 3, 1, 2)


class Written(Base):
    """A mask that is written into."""

    def between(self, x: Tensor) -> Tensor:
        mask = x > 0
        mask[:, 0] = True
        return x * self.keep("setitem", mask)


class NotFinite(Base):
    def between(self, x: Tensor) -> Tensor:
        waves = self.keep("complex", torch.complex(x / 0, torch.log(x)))
        return x + torch.nan_to_num(waves.abs(), 0.0, 1.0, -1.0)


NETWORKS: dict[str, Callable[[], Base]] = {
    each.__name__: each
    for each in (
        *(Fourier, Masked, Where, Indexed, Quantized, Cube, Shuffled, Windows, Written),
        NotFinite,
    )
}


LET_GO = {"Indexed": ("table", "permute"), "Quantized": ("float", "div", "detach")}
"""What comes behind integers alone."""


def shown_of(value: Tensor) -> Tensor:
    """How a value is shown, reckoned here: (C, H, W) or (n,), as real numbers."""
    value = value[0]
    if value.is_complex():
        pairs = [part for each in value for part in (each.real, each.imag)]
        return torch.stack(pairs)
    return value.flatten(0, max(0, value.dim() - 3)).double()


def loaded(build: Callable[[], nn.Module]) -> LoadedNetwork:
    torch.manual_seed(2)
    return load_given(build(), IMAGE, "Odd", None)


@pytest.mark.parametrize("build", NETWORKS.values(), ids=NETWORKS)
def test_what_had_no_layer_is_one_with_torchs_values(build: Callable[[], Base]) -> None:
    network = loaded(build)
    model = network.model
    assert isinstance(model, Base)
    for seed in (4, 5):
        image = torch.rand(1, SIDE, SIDE, generator=torch.Generator().manual_seed(seed))
        result = network.forward(image)
        with torch.no_grad():
            logits = model(image.unsqueeze(0))
        assert torch.equal(result.logits, logits[0]), "what follows is the same to the bit"
        assert model.seen
        for name, value in model.seen.items():
            expected = shown_of(value)
            found = result.activations[name].double()
            torch.testing.assert_close(found, expected.double(), rtol=0, atol=0, equal_nan=True)
            outline = network.layer(name)
            assert outline.output_shape == tuple(expected.shape)
            assert outline.encoding is not None
            assert outline.encoding.shape == tuple(value.shape[1:])
            assert outline.encoding.dtype is value.dtype
            at = tuple(size - 1 for size in outline.output_shape)
            trace = network.trace(image, name, *at)
            for one in (trace.trace.value, trace.torch_value):
                assert one == pytest.approx(expected[at].item(), abs=0, nan_ok=True)


@pytest.mark.parametrize("build", NETWORKS.values(), ids=NETWORKS)
def test_their_edges_are_the_calls(build: Callable[[], Base]) -> None:
    """Whatever is read has been given, and each odd layer is read by another."""
    network = loaded(build)
    model, nodes = network.model, network.graph.nodes
    assert isinstance(model, Base)
    read = {name for node in nodes for name in node.inputs}
    known = {"input"}
    for node in nodes:
        assert set(node.inputs) <= known
        known.add(node.name)
    assert set(model.seen) <= read


@pytest.mark.parametrize("build", NETWORKS.values(), ids=NETWORKS)
def test_they_are_asked_why_as_any_network(build: Callable[[], Base]) -> None:
    """The gradients are those of autograd through the network itself."""
    network = loaded(build)
    pixels = IMAGE.unsqueeze(0).clone().requires_grad_()
    network.model(pixels)[0, 1].backward()
    expected = pixels.grad
    assert expected is not None
    for name, method in METHODS.items():
        values = explain(network, IMAGE, method, index=1).attribution.values
        if name == "saliency":
            torch.testing.assert_close(
                values, expected[0].abs(), rtol=1e-5, atol=1e-6, equal_nan=True
            )
    for layer in network.outline.layers:
        field = network.effective_receptive_field(IMAGE, layer.name, 0)
        assert field.shape == (SIDE, SIDE)
        maps = layer.output_shape
        if len(maps) != 3:
            continue
        is_whole = layer.encoding is not None and layer.encoding.is_whole
        if is_whole or layer.name in LET_GO.get(build.__name__, ()):
            assert not field.any(), "a step has no slope"
            said = "which have no gradient" if is_whole else "No gradient is followed through"
            with pytest.raises(MechanicsError, match=said):
                explain(network, IMAGE, METHODS["grad_cam"], index=1, layer=layer.name)
        else:
            found = explain(network, IMAGE, METHODS["grad_cam"], index=1, layer=layer.name)
            assert tuple(found.attribution.values.shape) == maps[1:]


def test_edges_in_and_out_are_as_they_are() -> None:
    graph = loaded(Fourier).graph
    assert [(node.name, node.inputs) for node in graph.nodes][1:4] == [
        ("fft_rfft2", ("conv",)),
        ("mul", ("fft_rfft2",)),
        ("fft_irfft2", ("mul",)),
    ]
    graph = loaded(Indexed).graph
    assert graph.node("table").inputs == ("argmax",)
    assert graph.node("permute").inputs == ("table",)
    assert loaded(Masked).graph.node("mul").inputs == ("conv", "gt")


def test_what_is_known_of_them_is_told() -> None:
    network = loaded(Fourier)
    row = network.layer("fft_rfft2").as_dict()
    assert row["kind"] == "Unexplained"
    assert row["output_shape"] == [8, 8, 5]
    assert row["encoding"] == {
        "dtype": "complex64",
        "shape": [4, 8, 5],
        "note": (
            "It gives 4×8×5 complex numbers (complex64): of each map the imaginary part follows "
            "the real."
        ),
    }
    assert row["receptive_field"]["status"] == "upper_bound"
    assert network.layer("conv").as_dict()["encoding"] is None
    rows = [layer for layer, _ in network.projective_field(3, 3)]
    assert "fft_rfft2" in [layer.name for layer in rows]


def test_a_call_has_the_parameters_of_what_it_calls() -> None:
    network = loaded(Fourier)
    assert network.layer("mul").parameters.total == 4 * 8 * 5
    (weight,) = network.weights("mul").values()
    model = network.model
    assert isinstance(model, Fourier)
    assert torch.equal(weight, torch.view_as_real(model.filter.detach()))
    cube = loaded(Cube)
    assert cube.layer("cube").parameters.total == 2 * 27 + 2
    assert set(cube.weights("cube")) == {"weight", "bias"}
    assert sum(layer.parameters.total for layer in cube.outline.layers) == cube.outline.parameters


def test_what_is_returned_beside_the_logits_is_an_output() -> None:
    class Both(Masked):
        def forward(self, x: Tensor) -> Any:
            logits = super().forward(x)
            return logits, self.seen["gt"], torch.fft.fft(logits)

    network = loaded(Both)
    assert network.outline.outputs == ("softmax", "gt", "fft_fft")


def test_an_answer_of_integers_names_no_classes() -> None:
    class Segmented(Base):
        def forward(self, x: Tensor) -> Any:
            return self.conv(x).argmax(1, keepdim=True)

    network = loaded(Segmented)
    assert network.standing.reason == (
        "Odd names no classes; it gives argmax of 1×8×8 integers (int64)."
    )
    expected = network.model(IMAGE.unsqueeze(0))[0]
    assert torch.equal(torch.from_numpy(network.forward(IMAGE).last), expected.double())


def test_what_overflows_is_no_sum_of_maps() -> None:
    """Of truth values and small integers a sum is another than that of the numbers shown."""

    class Summed(Base):
        def between(self, x: Tensor) -> Tensor:
            both = torch.add(x > 0, x > 9)
            bytes_ = torch.add((x > 0).to(torch.uint8), (x > 9).to(torch.uint8))
            return x * both * bytes_

    network = loaded(Summed)
    model = network.model
    for seed in range(3):
        image = torch.randn(1, SIDE, SIDE, generator=torch.Generator().manual_seed(seed)) * 90
        assert torch.equal(network.forward(image).logits, model(image.unsqueeze(0))[0])


def test_places_that_differ_in_number_are_worked_out_within_the_call_that_reads_them() -> None:
    """As many as there are darkest pixels: no layer of one shape."""

    class Bright(Base):
        def between(self, x: Tensor) -> Tensor:
            at = (x[0, 0] == x[0, 0].min()).nonzero()
            return x + at.float().mean()

    network = loaded(Bright)
    model = network.model
    assert "nonzero" not in network.paths.first.layers
    flat = torch.zeros(1, SIDE, SIDE)
    assert torch.equal(network.forward(flat).logits, model(flat.unsqueeze(0))[0])


DROPS = {
    "F.dropout": (
        lambda x: F.dropout(x, 0.5),
        r"dropout \(dropout\) draws by chance even in evaluation: F\.dropout without "
        r"training=self\.training always drops",
    ),
    "a dropout made in forward": (
        lambda x: nn.Dropout(0.5)(x),
        r"this Dropout is made in forward, .* where eval\(\) does not reach it",
    ),
    "attention": (
        lambda x: F.scaled_dot_product_attention(x, x, x, dropout_p=0.5),
        r"scaled_dot_product_attention has dropout_p=0\.5\. Give it dropout_p=0\.0",
    ),
    "noise": (lambda x: x + torch.rand_like(x), "rand_like .* it draws by chance, keeps"),
}


@pytest.mark.parametrize(("between", "sentence"), DROPS.values(), ids=DROPS)
def test_what_draws_by_chance_says_what_to_change(between: Any, sentence: str) -> None:
    class Drawing(Base):
        def between(self, x: Tensor) -> Tensor:
            found: Tensor = between(x)
            return found

    with pytest.raises(GraphError, match=sentence):
        read_graph(Drawing(), (1, SIDE, SIDE))

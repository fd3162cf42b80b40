"""Networks of the user's own: what is read, and what is refused, each in a sentence."""

from __future__ import annotations

import sys
import textwrap
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from app.mechanics.errors import MechanicsError
from app.networks import Library, LoadedNetwork, NetworkUnavailable
from app.networks.attribution import METHODS, explain
from app.networks.attribution.method import Question, Reason
from app.networks.own.error import OwnNetworkError
from app.networks.own.own_network import OwnNetwork

CPU = torch.device("cpu")
GOOD = """
from torch import nn
from torch.nn import functional as F

class Small(nn.Module):
    def __init__(self, channels=3):
        super().__init__()
        self.conv = nn.Conv2d(channels, 4, 3)
        self.fc = nn.Linear(4, 5)

    def forward(self, x):
        return self.fc(F.relu(self.conv(x)).mean((2, 3)))

def build():
    return Small()

ready = Small(1)
number = 3

def fails():
    return Small("three")

def other():
    return "a network"

def wants(size, *more, depth, width=3):
    return Small()

def gives_a_class():
    return Small
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my_file.py"
    path.write_text(GOOD)
    return path


def written(folder: Path, text: str) -> str:
    path = folder / "odd.py"
    path.write_text(textwrap.dedent(text))
    return f"{path}:build"


def test_a_function_a_class_and_a_module_are_networks(file: Path) -> None:
    for attribute, shape in (
        ("build", (3, 224, 224)),
        ("Small", (3, 224, 224)),
        ("ready", (1, 28, 28)),
    ):
        network = OwnNetwork(f"{file}:{attribute}").load(CPU)
        architecture = network.architecture
        assert (architecture.name, architecture.title) == ("my_file", "Small")
        assert (architecture.source, architecture.input_shape) == (f"my_file.py:{attribute}", shape)
        assert architecture.classes == ("0", "1", "2", "3", "4")
        assert architecture.preparation == ("digit" if shape[0] == 1 else "photo")
        image = torch.rand(shape)
        expected = network.model(network.normalize(image))[0]
        assert torch.equal(network.forward(image).logits, expected)


def test_its_weights_its_input_and_its_labels_are_the_users(file: Path, tmp_path: Path) -> None:
    torch.manual_seed(3)
    other = OwnNetwork(f"{file}:build").load(CPU).model.state_dict()
    weights = {f"module.{name}": torch.randn_like(tensor) for name, tensor in other.items()}
    save_file(weights, tmp_path / "w.safetensors")
    (tmp_path / "labels.txt").write_text("a\nb\n\nc\nd\ne é\n")
    network = OwnNetwork(
        f"{file}:build", tmp_path / "w.safetensors", "3x32x48", tmp_path / "labels.txt"
    ).load(CPU)
    assert network.architecture.input_shape == (3, 32, 48)
    assert network.architecture.classes == ("a", "b", "c", "d", "e é")
    for name, tensor in network.model.state_dict().items():
        assert torch.equal(tensor, weights[f"module.{name}"])


def test_weights_in_half_precision_are_taken(file: Path, tmp_path: Path) -> None:
    model = OwnNetwork(f"{file}:build").load(CPU).model
    halves = {name: tensor.half() for name, tensor in model.state_dict().items()}
    save_file(halves, tmp_path / "w.safetensors")
    network = OwnNetwork(f"{file}:build", tmp_path / "w.safetensors", "3x16x16").load(CPU)
    assert all(tensor.dtype is torch.float32 for tensor in network.model.state_dict().values())


REFUSED: dict[str, tuple[Callable[[Path], OwnNetwork], str]] = {
    "no file": (lambda _: OwnNetwork("nowhere.py:build"), "There is no file nowhere.py"),
    "no function": (lambda file: OwnNetwork(str(file)), "it is given as my_file.py:build"),
    "unknown": (lambda file: OwnNetwork(f"{file}:nothing"), "my_file.py has no nothing"),
    "a number": (
        lambda file: OwnNetwork(f"{file}:number"),
        "number of my_file.py is no function and no module",
    ),
    "a text": (
        lambda file: OwnNetwork(f"{file}:other"),
        "other of my_file.py gives str, but a torch.nn.Module",
    ),
    "raises": (
        lambda file: OwnNetwork(f"{file}:fails"),
        r"fails of my_file.py failed: TypeError: .*at line \d+",
    ),
    "no shape": (
        lambda file: OwnNetwork(f"{file}:build", input_shape="3,8,8"),
        "3,8,8 is no input shape",
    ),
    "channels": (
        lambda file: OwnNetwork(f"{file}:build", input_shape="1x8x8"),
        "in Conv2d of 1×1×8×8",
    ),
    "too small": (
        lambda file: OwnNetwork(f"{file}:build", input_shape="3x2x2"),
        "in Conv2d of 1×3×2×2",
    ),
    "no labels": (
        lambda file: OwnNetwork(f"{file}:build", labels=Path("nowhere.txt")),
        r"^There is no file nowhere\.txt\.$",
    ),
    "no weights": (
        lambda file: OwnNetwork(f"{file}:build", weights=Path("no.safetensors")),
        r"There is no file no\.safetensors",
    ),
    "weights below a file": (
        lambda file: OwnNetwork(f"{file}:build", weights=file / "w.safetensors"),
        "There is no file .*w.safetensors",
    ),
    "a folder of weights": (
        lambda file: OwnNetwork(f"{file}:build", weights=file.parent),
        "is a folder, but a file is needed",
    ),
    "a folder of Python": (
        lambda file: OwnNetwork(f"{file.parent}:build"),
        "is a folder, but a file is needed",
    ),
    "a name that is like another": (
        lambda file: OwnNetwork(f"{file}:biuld"),
        r"my_file\.py has no biuld; did you mean build\?$",
    ),
    "a file of a name that is like another": (
        lambda file: OwnNetwork(f"{file.with_name('my_fil.py')}:build"),
        r"my_fil\.py; did you mean .*my_file\.py\?$",
    ),
    "a module's name": (
        lambda file: OwnNetwork(f"{file.with_suffix('')}:build"),
        r"my_file; did you mean .*my_file\.py\?$",
    ),
    "no name of a file": (lambda _: OwnNetwork("a\0.py:build"), "is no name of a file"),
    "too long a name": (lambda _: OwnNetwork(f"{'a' * 300}.py:build"), "cannot be read: "),
    "with arguments": (
        lambda file: OwnNetwork(f"{file}:wants"),
        "wants of my_file.py is called without arguments, but needs size and depth",
    ),
    "a class in a function": (
        lambda file: OwnNetwork(f"{file}:gives_a_class"),
        "gives_a_class of my_file.py gives the class Small, but a torch.nn.Module",
    ),
    "nothing": (lambda _: OwnNetwork(""), "“” names no file and function"),
}


@pytest.mark.parametrize(("own", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_used_says_why(
    file: Path, own: Callable[[Path], OwnNetwork], sentence: str
) -> None:
    with pytest.raises(OwnNetworkError, match=sentence):
        own(file).load(CPU)


def test_weights_that_do_not_fit_are_named(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.safetensors"
    right = OwnNetwork(f"{file}:build").load(CPU).model.state_dict()
    cases: list[tuple[dict[str, Tensor], str]] = [
        ({k: v for k, v in right.items() if k != "fc.bias"}, r"lack fc\.bias"),
        ({**right, "extra": torch.zeros(1)}, "hold extra, which the network has not"),
        ({**right, "fc.bias": torch.zeros(7)}, r"fc\.bias has shape \(7,\)"),
        ({**right, "fc.bias": torch.full((5,), torch.nan)}, r"fc\.bias holds a value that is not"),
        ({**right, "fc.bias": torch.zeros(5, dtype=torch.int64)}, r"fc\.bias is torch\.int64"),
    ]
    for weights, sentence in cases:
        save_file(weights, path)
        with pytest.raises(OwnNetworkError, match=sentence):
            OwnNetwork(f"{file}:build", path).load(CPU)
    torch.save(right, path)
    with pytest.raises(OwnNetworkError, match="no safetensors file, and no other is read"):
        OwnNetwork(f"{file}:build", path).load(CPU)


def test_labels_are_as_many_as_logits(file: Path, tmp_path: Path) -> None:
    (tmp_path / "labels.txt").write_text("a\nb\n")
    own = OwnNetwork(f"{file}:build", labels=tmp_path / "labels.txt")
    with pytest.raises(OwnNetworkError, match="holds 2 labels, but the network gives 5 logits"):
        own.load(CPU)


def test_a_file_that_does_not_import_says_where(tmp_path: Path) -> None:
    for text, sentence in (
        ("def build(:\n    pass", r"odd\.py cannot be imported: SyntaxError"),
        ("import nowhere_at_all", r"ModuleNotFoundError: .*“import nowhere_at_all”"),
        ("raise SystemExit(3)", "SystemExit: 3"),
    ):
        with pytest.raises(OwnNetworkError, match=sentence):
            OwnNetwork(written(tmp_path, text)).load(CPU)


def test_a_file_may_import_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "beside_it.py").write_text("CHANNELS = 2\n")
    target = written(
        tmp_path,
        """
        from torch import nn
        import beside_it
        build = lambda: nn.Sequential(nn.Conv2d(1, beside_it.CHANNELS, 3), nn.Flatten())
        """,
    )
    assert len(OwnNetwork(target, input_shape="1x5x5").load(CPU).architecture.classes) == 18


FORWARDS = {
    "never returns": ("while True: time.sleep(0.01)", "has not answered for 1 seconds"),
    "the image alone": ("return x", "forward computes nothing of the image by PyTorch"),
    "nothing": ("return None", "forward computes nothing of the image by PyTorch"),
    "chance": ("return x.flatten(1) + torch.rand(1)", "draws by chance"),
    "its shape changes from call to call": (
        "self.calls += 1; return x.flatten(1)[:, : 2 + self.calls]", "cannot be used|keeps",
    ),
}  # fmt: skip


ODD = """
import sys
import torch
from torch import nn

class Odd(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.act, self.fc = nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Linear(4, 5)

    def forward(self, x):
        return self.answer(self.act(self.conv(x)).mean((2, 3)))

    def answer(self, x):
        return self.fc(x)

class Leaves(Odd):
    def answer(self, x):
        sys.exit(3)

class Interrupts(Odd):
    def answer(self, x):
        raise KeyboardInterrupt

class Probable(Odd):
    def answer(self, x):
        return torch.softmax(self.fc(x), -1), x

class Each(Odd):
    def answer(self, x):
        return torch.sigmoid(self.fc(x))

class One(Odd):
    def answer(self, x):
        return self.fc(x)[:, :1]

class Facts(Odd):
    def answer(self, x):
        return self.fc(x) > 0

class LetGo(Odd):
    def answer(self, x):
        return self.fc(x.detach() * torch.ones_like(x))

class Lazy(Odd):
    def __init__(self):
        super().__init__()
        self.fc = nn.LazyLinear(5)

class Few(Odd):
    def answer(self, x):
        return self.fc(torch.cat([x, x[:, :0]], 1))

class Batches(Odd):
    def answer(self, x):
        return torch.vmap(lambda row: row * 2)(x)

class Prefixed(Odd):
    def __init__(self):
        super().__init__()
        self.act.register_forward_pre_hook(lambda module, args: (args[0] + 1,))

class Halves(Odd):
    def forward(self, x):
        with torch.autocast("cpu", torch.bfloat16):
            x = self.conv(x)
        return self.answer(self.act(x).float().mean((2, 3)))

class Part(Odd):
    def __init__(self):
        super().__init__()
        self.act = torch.jit.trace(nn.Tanh(), torch.zeros(1, 4, 2, 2))

def double():
    return Odd().double()

def brief():
    return Odd().to(torch.bfloat16)

def compiled():
    return torch.jit.trace(Odd(), torch.zeros(1, 1, 8, 8))
"""


def odd(folder: Path, name: str) -> LoadedNetwork:
    path = folder / "odd.py"
    path.write_text(ODD)
    return OwnNetwork(f"{path}:{name}", input_shape="1x8x8").load(CPU)


USUAL = ["conv", "act", "mean", "fc", "softmax"]
ODD_LAYERS = {
    "Probable": USUAL,
    "LetGo": ["conv", "act", "mean", "detach", "ones_like", "mul", "fc", "softmax"],
    "Lazy": USUAL,
    "Few": ["conv", "act", "mean", "cat", "fc", "softmax"],
    "Prefixed": ["conv", "act.add", "act.relu", "mean", "fc", "softmax"],
    "Halves": ["conv", "act", "float", "mean", "fc", "softmax"],
    "Part": USUAL,
    "double": USUAL,
    "brief": USUAL,
}


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:`torch.jit:FutureWarning")
@pytest.mark.parametrize("name", ODD_LAYERS)
def test_odd_networks_are_read_and_answer_as_torch(tmp_path: Path, name: str) -> None:
    network = odd(tmp_path, name)
    assert list(network.paths.first.layers) == ODD_LAYERS[name]
    image = torch.rand(1, 8, 8)
    answer = network.model(network.normalize(image))
    result = network.forward(image)
    if name == "Probable":
        assert torch.equal(result.probabilities, answer[0][0])
        assert torch.equal(result.logits, network.model.get_submodule("fc")(answer[1])[0])
    else:
        assert torch.equal(result.logits, answer[0])
    assert len(result.statistics()) == len(ODD_LAYERS[name])
    for layer in ODD_LAYERS[name]:
        field = network.effective_receptive_field(image, layer, 0)
        assert field.dtype is torch.float32
        if layer == "ones_like":
            assert not field.any(), "a gradient that does not go that way is zero"
    for method in METHODS.values():
        values = explain(network, image, method, index=1).attribution.values
        assert values.dtype is torch.float32
        gradients = method.name in {"saliency", "integrated_gradients"}
        assert not (name == "LetGo" and gradients and values.any())


def test_a_forward_that_never_returns_for_some_image_is_left_alone(tmp_path: Path) -> None:
    target = written(
        tmp_path,
        """
        import threading
        import torch

        go_on = threading.Event()

        class Waits(torch.nn.Module):
            def forward(self, x):
                if x.max() > 1:
                    go_on.wait()
                return x.flatten(1).relu()

        build = Waits
        """,
    )
    network = OwnNetwork(target, input_shape="1x4x4").load(CPU)
    assert not Library((), {"odd": network}).is_loaded("odd"), "its code runs for each image"
    dark, bright = torch.zeros(1, 4, 4), torch.ones(1, 4, 4)
    network.paths.patience = 0.05
    for sentence in ("has not answered for 0 seconds", "is still at work on an image of before"):
        with pytest.raises(MechanicsError, match=sentence):
            network.forward(bright)
    with pytest.raises(MechanicsError, match="is still at work"):
        network.forward(dark)
    sys.modules["own_odd"].go_on.set()
    network.paths.patience = 60
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(MechanicsError):
            assert network.forward(bright).has_classes
            break
    assert network.forward(dark).has_classes


def test_no_gradient_is_followed_through_what_the_network_lets_go_of(tmp_path: Path) -> None:
    network = odd(tmp_path, "LetGo")
    images = network.normalize(torch.rand(1, 8, 8))
    question = Question(network.graph, images, torch.zeros_like(images), Reason(1), "")
    with pytest.raises(MechanicsError, match="No gradient is followed through ones_like"):
        question.gradient(images, "ones_like")


@pytest.mark.parametrize(
    ("name", "reason"),
    {
        "Leaves": "forward raised SystemExit: 3, at line",
        "Each": "Each names no classes; it gives sigmoid of 5.",
        "One": "One names no classes; it gives getitem of 1.",
        "Facts": "Facts names no classes; it gives gt of 5 truth values (bool).",
        "Batches": "Batches names no classes; it gives nothing that PyTorch computed",
    }.items(),
)
def test_what_names_no_classes_says_why(tmp_path: Path, name: str, reason: str) -> None:
    network = odd(tmp_path, name)
    assert str(network.summary["reason"]).startswith(reason)
    assert network.summary["classes"] == []
    assert list(network.paths.first.layers)[:3] == USUAL[:3]


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:`torch.jit:FutureWarning")
@pytest.mark.parametrize(
    ("name", "sentence"),
    {
        "Interrupts": "It raised KeyboardInterrupt, which ends a program",
        "compiled": "was compiled by TorchScript, and nobody sees what it calls",
    }.items(),
)
def test_what_would_end_the_program_or_cannot_be_seen_is_refused(
    tmp_path: Path, name: str, sentence: str
) -> None:
    with pytest.raises(OwnNetworkError, match=sentence):
        odd(tmp_path, name)


@pytest.mark.parametrize(("forward", "sentence"), FORWARDS.values(), ids=FORWARDS)
def test_a_forward_that_cannot_be_read_says_why(
    tmp_path: Path, forward: str, sentence: str
) -> None:
    target = written(
        tmp_path,
        f"""
        import time
        import torch

        class Odd(torch.nn.Module):
            calls = 0

            def forward(self, x):
                {forward}

        build = Odd
        """,
    )
    with pytest.raises(OwnNetworkError, match=sentence):
        OwnNetwork(target, input_shape="1x4x4").load(CPU, patience=1.0)


def test_ten_thousand_channels_are_read(tmp_path: Path) -> None:
    target = written(
        tmp_path,
        """
        from torch import nn
        def build():
            return nn.Sequential(nn.Conv2d(1, 10_000, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        """,
    )
    network = OwnNetwork(target, input_shape="1x4x4").load(CPU)
    assert network.layer("0").output_shape == (10_000, 4, 4)


def test_a_bad_network_costs_itself_only(file: Path, tmp_path: Path) -> None:
    library = Library.load(tmp_path / "models", CPU, OwnNetwork(f"{file}:fails"))
    row = library.summaries()[-1]
    assert (row["name"], row["weights"], row["input_shape"]) == ("my_file", "unavailable", [])
    assert row["reason"].startswith("fails of my_file.py failed: TypeError")
    with pytest.raises(NetworkUnavailable, match="fails of my_file"):
        library.get("my_file")


def test_names_are_made_of_the_file(file: Path) -> None:
    assert OwnNetwork("a/Some Net-2.py:build").name == "some_net_2"
    assert OwnNetwork("…").name == "own"
    assert isinstance(OwnNetwork(f"{file}:ready").load(CPU).model, nn.Module)

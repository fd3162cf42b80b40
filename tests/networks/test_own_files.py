"""The files that a network of the user's own is given with, and what is told of a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import save, save_file
from torch import Tensor, nn

from app.networks.misfit import Misfit
from app.networks.own.error import OwnNetworkError
from app.networks.own.given_file import content_of
from app.networks.own.labels import read_labels
from app.networks.own.own_network import OwnNetwork
from app.networks.own.weights import fill

CPU = torch.device("cpu")
GOOD = "from torch import nn\nbuild = lambda: nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten())\n"


class Small(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv, self.fc = nn.Conv2d(1, 2, 3), nn.Linear(4, 5)


def within_names(weights: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {prefix + name: tensor for name, tensor in weights.items()}


def other_weights(model: nn.Module) -> dict[str, Tensor]:
    return {name: torch.randn_like(tensor) for name, tensor in model.state_dict().items()}


TEXTS = {
    "plain": b"a\nb\xc3\xa9\nc\n",
    "of Windows": b"a\r\nb\xc3\xa9\r\nc\r\n",
    "of an old Mac": b"a\rb\xc3\xa9\rc\r",
    "with a mark": b"\xef\xbb\xbfa\nb\xc3\xa9\nc",
    "UTF-16": "a\nbé\nc\n".encode("utf-16"),
    "empty lines": b"\n a \n\nb\xc3\xa9\t\n\nc\n \n",
}


@pytest.mark.parametrize("content", TEXTS.values(), ids=TEXTS)
def test_labels_are_lines_however_they_were_written(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "labels.txt"
    file.write_bytes(content)
    assert read_labels(file, 3) == ("a", "bé", "c")


def test_a_line_of_labels_ends_where_an_editor_ends_it(tmp_path: Path) -> None:
    file = tmp_path / "labels.txt"
    file.write_text("one\u2028more\ntwo\x0cmore\n", "utf-8")
    assert read_labels(file, 2) == ("one\u2028more", "two\x0cmore")


def test_two_classes_may_have_one_name(tmp_path: Path) -> None:
    file = tmp_path / "labels.txt"
    file.write_text("crane\nant\ncrane\n")
    assert read_labels(file, 3) == ("crane", "ant", "crane")


@pytest.mark.parametrize(
    ("content", "count", "said"),
    [
        (b"", 3, "is empty; it has to hold one label a line"),
        (b" \n\n", 3, "is empty"),
        (b"a\n\xe9\n", 2, "cannot be read as text: line 2 is not in UTF-8"),
        (b"a\0\nb\n", 2, "cannot be read as text: it holds bytes of 0"),
        (b"a\nb\n", 3, "holds 2 labels, but the network gives 3 logits"),
        (b'["a", "b", "c"]', 3, "holds 1 label, but the network gives 3 logits"),
        (b"a\n", None, "holds 1 label, but the network gives no logits"),
    ],
)
def test_what_is_wrong_with_labels_is_told(
    content: bytes, count: int | None, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "labels.txt"
    file.write_bytes(content)
    with pytest.raises(OwnNetworkError, match=said):
        read_labels(file, count)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "l.txt is there, but may not be read"),
        (OSError(5, "Input/output error"), "l.txt cannot be read: Input/output error"),
    ],
)
def test_what_the_system_refuses_is_told(
    error: OSError, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuses)
    with pytest.raises(OwnNetworkError, match=said):
        content_of(Path("l.txt"))


def test_another_file_is_meant_only_where_its_name_is_like_it(tmp_path: Path) -> None:
    (tmp_path / "labels.txt").write_text("a")
    for name, said in (
        ("label.txt", r"; did you mean .*labels\.txt\?$"),
        ("net.txt", r"net\.txt\.$"),
    ):
        with pytest.raises(OwnNetworkError, match=said):
            content_of(tmp_path / name)


@pytest.mark.parametrize("prefix", ["", "module.", "_orig_mod.", "module._orig_mod."])
def test_what_a_wrapper_put_before_the_names_is_taken_off(prefix: str, tmp_path: Path) -> None:
    file, model = tmp_path / "w.safetensors", Small()
    weights = other_weights(model)
    save_file(within_names(weights, prefix), file)
    fill(model, file)
    assert all(torch.equal(tensor, weights[name]) for name, tensor in model.state_dict().items())


@pytest.mark.parametrize("prefix", ["", "module."])
def test_a_network_that_is_a_wrapper_itself_keeps_its_names(prefix: str, tmp_path: Path) -> None:
    file, model = tmp_path / "w.safetensors", nn.Module()
    model.module = Small()
    weights = other_weights(model)
    save_file(within_names(weights, prefix), file)
    fill(model, file)
    assert all(torch.equal(tensor, weights[name]) for name, tensor in model.state_dict().items())


def pickled(file: Path, weights: dict[str, Tensor]) -> None:
    torch.save(weights, file)


def pickled_long_ago(file: Path, weights: dict[str, Tensor]) -> None:
    torch.save({"state_dict": weights}, file, _use_new_zipfile_serialization=False)


def truncated(file: Path, weights: dict[str, Tensor]) -> None:
    file.write_bytes(save(weights)[:-4])


def pointed_at(file: Path, _: dict[str, Tensor]) -> None:
    file.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n")


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (pickled, "no other is read: what torch.save writes could run code.*save_file"),
        (pickled_long_ago, "no other is read: what torch.save writes could run code"),
        (truncated, "is no safetensors file, or a damaged one: incomplete metadata"),
        (pointed_at, "is a pointer of Git LFS; “git lfs pull” fetches"),
        (lambda file, _: file.write_bytes(b""), r"w\.pth is empty\.$"),
        (
            lambda file, _: file.write_bytes(b"<!DOCTYPE html>"),
            "or a damaged one: header too large",
        ),
    ],
)
def test_what_is_no_safetensors_file_is_told_for_what_it_is(
    write: Callable[[Path, dict[str, Tensor]], None], said: str, tmp_path: Path
) -> None:
    model = Small()
    write(tmp_path / "w.pth", model.state_dict())
    with pytest.raises(OwnNetworkError, match=said):
        fill(model, tmp_path / "w.pth")


def test_weights_that_lack_have_too_many_and_are_of_another_shape_are_told_as_all_three(
    tmp_path: Path,
) -> None:
    model = Small()
    weights = {**model.state_dict(), "conv.bias": torch.zeros(7), "head.bias": torch.zeros(4)}
    del weights["fc.bias"]
    save_file(weights, tmp_path / "w.safetensors")
    with pytest.raises(OwnNetworkError) as raised:
        fill(model, tmp_path / "w.safetensors")
    assert str(raised.value) == (
        "w.safetensors: The weights lack fc.bias. They hold head.bias, which the network has not. "
        "conv.bias has shape (7,), but the network needs (2,)."
    )


def test_of_many_names_the_first_are_told_and_the_others_counted() -> None:
    one, two = torch.zeros(1), torch.zeros(2)
    needed = {**{f"a{i}": one for i in range(9)}, **{f"s{i}": one for i in range(6)}}
    weights = {**{f"b{i}": one for i in range(5)}, **{f"s{i}": two for i in range(6)}}
    misfit = Misfit.of(weights, needed)
    assert misfit
    shapes = "has shape (2,), but the network needs (1,)."
    assert str(misfit) == (
        "The weights lack a0, a1, a2, a3 and 5 more. "
        "They hold b0, b1, b2, b3 and 1 more, which the network has not. "
        f"{' '.join(f's{i} {shapes}' for i in range(4))} 2 more are of another shape or type."
    )
    assert not Misfit.of(needed, needed)


def python_at(folder: Path, text: str | bytes, name: str = "odd.py") -> str:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return f"{file}:build"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "x = 1\ndef build(:\n",
            r"SyntaxError: invalid syntax, at line 2 of odd\.py, “def build\(:”\.$",
        ),
        (b"x = 1\ny = '\xff'\n", r"SyntaxError: .*, at line 2 of odd\.py"),
        (b"\0\n", r"odd\.py cannot be imported: [^,]*null bytes\.$"),
        (
            "def build():\n    import json\n    json.loads('{')\n",
            r"JSONDecodeError: .*, at line 3 of odd\.py, “json\.loads\('\{'\)”\.$",
        ),
        ("", r"odd\.py has no build\.$"),
    ],
)
def test_the_line_that_is_told_is_the_users(text: str | bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(OwnNetworkError, match=said):
        OwnNetwork(python_at(tmp_path, text)).load(CPU)


def test_a_file_of_another_kind_is_no_python(tmp_path: Path) -> None:
    with pytest.raises(OwnNetworkError, match=r"odd\.txt is no file of Python, which ends in \.py"):
        OwnNetwork(python_at(tmp_path, GOOD, "odd.txt")).load(CPU)


def test_a_part_of_a_package_is_told_how_it_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "nets" / "deep"
    folder.mkdir(parents=True)
    (tmp_path / "nets" / "__init__.py").touch()
    (folder / "__init__.py").touch()
    target = python_at(folder, f"from .sizes import SIDE\n{GOOD}", "small.py")
    with pytest.raises(
        OwnNetworkError, match=r"imports relatively.*“from nets\.deep\.small import build”"
    ):
        OwnNetwork(target).load(CPU)
    (folder / "sizes.py").write_text("SIDE = 3\n")
    beside = python_at(tmp_path, "from nets.deep.small import build\n", "beside.py")
    assert OwnNetwork(beside, input_shape="1x5x5").load(CPU).architecture.classes


@pytest.mark.parametrize("folder", ["C:", "a folder", "é"])
def test_a_path_may_hold_what_a_system_allows(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    network = OwnNetwork(python_at(tmp_path / folder, GOOD), input_shape="1x5x5").load(CPU)
    assert network.name == "odd"


def test_a_shape_may_be_written_as_the_pages_write_it(tmp_path: Path) -> None:
    network = OwnNetwork(python_at(tmp_path, GOOD), input_shape="1×5×6").load(CPU)
    assert network.architecture.input_shape == (1, 5, 6)


@pytest.mark.parametrize(
    "shape", ["", "1x5", "1x5x6x7", "1,5,6", "0x5x6", "1x10000x6", "1x5x6\n", "1x5.0x6", "1१x5x6"]
)
def test_what_is_no_shape_is_told_with_an_example(shape: str, tmp_path: Path) -> None:
    with pytest.raises(OwnNetworkError, match="is no input shape; it is given as 3x224x224"):
        OwnNetwork(python_at(tmp_path, GOOD), input_shape=shape).load(CPU)


def test_whose_code_does_not_answer_is_named(tmp_path: Path) -> None:
    for body, said in (
        ("import time\ndef build():\n    time.sleep(2)\n", r"odd\.py:build: It has not answered"),
        ("def build():\n    raise KeyboardInterrupt\n", r"odd\.py:build: It raised Keyboard"),
    ):
        with pytest.raises(OwnNetworkError, match=said):
            OwnNetwork(python_at(tmp_path, body)).load(CPU, patience=0.2)

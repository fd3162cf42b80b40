"""Training without PyTorch's compiler, in a process of its own: one that has it never loses it."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.places import ROOT

PROGRAM = """
import json, sys
import torch
from torch import nn
from app.training.absent_compiler import keep_compiler_out
from app.training.optimizers import build_optimizer
from app.training.recipe import OptimizerRecipe

def is_loaded():
    return "torch._dynamo.convert_frame" in sys.modules

def trained(build):
    torch.manual_seed(0)
    model = nn.Linear(3, 2)
    optimizer = build(model)
    for step in range(6):
        optimizer.zero_grad()
        model(torch.arange(3.0) - step).square().sum().backward()
        optimizer.step()
        if step == 3:
            state = optimizer.state_dict()
            optimizer = build(model)
            optimizer.load_state_dict(state)
    return [parameter.tolist() for parameter in model.parameters()]

recipes = [
    OptimizerRecipe(lr=0.01, weight_decay=0.0, betas=(0.9, 0.99), eps=1e-8, amsgrad=True),
    OptimizerRecipe(name="sgd", lr=0.01, momentum=0.9, weight_decay=0.0),
]
keep_compiler_out()
adam = dict(lr=0.01, betas=(0.9, 0.99), amsgrad=True, fused=True)
sgd = dict(lr=0.01, momentum=0.9)
ours = [trained(lambda model: build_optimizer(model, recipe)) for recipe in recipes]
# It looks through the files of all modules.
torch.testing.assert_close(torch.ones(1), torch.ones(1))
without = is_loaded()
import torch._dynamo.config as part
is_one = part is torch._dynamo.config is sys.modules["torch._dynamo.config"]
kept = torch.compiler.disable(lambda x: x + (1 if torch.compiler.is_compiling() else 2))
compiled = torch.compile(lambda x: kept(x) * 2, backend="eager")(torch.ones(1)).item()
again = [trained(lambda model: build_optimizer(model, recipe)) for recipe in recipes]
usual = [
    trained(lambda model: torch.optim.Adam(model.parameters(), **adam)),
    trained(lambda model: torch.optim.SGD(model.parameters(), **sgd)),
]
print(json.dumps([ours == usual, again == usual, without, is_loaded(), is_one, compiled]))
"""


def answers(program: str) -> object:
    """What a program says of itself."""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_optimizers_do_the_same_without_the_compiler_and_who_asks_for_it_has_it_once() -> None:
    assert answers(PROGRAM) == [True, True, False, True, True, 6.0]


DISABLING = """
import json
import torch
from app.training.absent_compiler import keep_compiler_out

keep_compiler_out()
function = lambda x: x + (1 if torch.compiler.is_compiling() else 2)
kept = torch.compiler.disable(recursive=False)(function)
print(json.dumps(torch.compile(lambda x: kept(x) * 2, backend="eager")(torch.ones(1)).item()))
"""


def test_what_is_not_to_be_compiled_is_not() -> None:
    assert answers(DISABLING) == 6.0

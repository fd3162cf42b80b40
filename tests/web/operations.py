"""How tests ask for an operation, and read what comes back."""

from __future__ import annotations

from typing import Any

import httpx2
import numpy as np
import torch

API = "/api/v1"


def ask(client: httpx2.Client, path: str, **body: Any) -> dict[str, Any]:
    """The answer of an operation that is possible."""
    response = client.post(f"{API}/{path}", json=body)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def values(tensor: dict[str, Any]) -> torch.Tensor:
    """A tensor of a JSON answer, in the shape it says."""
    found = torch.tensor(np.array(tensor["data"], dtype=np.float64))
    assert list(found.shape) == tensor["shape"]
    return found


def random(*shape: int, seed: int = 0) -> torch.Tensor:
    """Numbers in float64 that are the same in every run."""
    return torch.randn(shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))

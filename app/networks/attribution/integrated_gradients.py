"""Integrated gradients: what each pixel adds on the way from an empty picture to this one."""

from __future__ import annotations

import numpy as np
import torch

from app.networks.attribution.method import Attribution, Completeness, Method, Question

STEPS = 50


class IntegratedGradients(Method):
    """The gradient along the straight way from an empty picture, times how far each pixel goes.

    By Gauss-Legendre quadrature. What all pixels add is by how much the answer differs from the
    empty picture's; the rest that quadrature leaves is told.

    Source: Sundararajan, Taly, Yan, "Axiomatic Attribution for Deep Networks", 2017, equation 1.
    """

    name = "integrated_gradients"
    title = "Integrated gradients"

    def attribute(self, question: Question) -> Attribution:
        """Shape: (C, H, W)."""
        way = question.images - question.paper
        nodes, weights = (
            torch.from_numpy(numbers).to(way)[:, None, None, None] / 2
            for numbers in np.polynomial.legendre.leggauss(STEPS)
        )
        total = torch.zeros_like(way, dtype=torch.float32)
        for start in range(0, STEPS, question.at_once):
            steps = slice(start, start + question.at_once)
            gradient, _ = question.gradient(question.paper + (0.5 + nodes[steps]) * way)
            total += (weights[steps] * gradient).sum(dim=0, keepdim=True)
            question.tell(min(STEPS, steps.stop), STEPS)
        values = (way * total)[0].float()
        score, of_paper = (
            float(question.score(each)) for each in (question.images, question.paper)
        )
        completeness = Completeness(float(values.sum()), score, of_paper)
        note = (
            f"What each pixel adds on the straight way from black to this picture, in {STEPS} "
            f"steps. All together add {_number(completeness.total)}; {question.explained} is "
            f"{_beside_black(completeness.difference)} that of black."
        )
        return Attribution(values.cpu(), note, completeness=completeness)


def _number(value: float) -> str:
    """Four digits that count, with the sign that is as wide as a plus."""
    return f"{value:.4g}".replace("-", "−")


def _beside_black(difference: float) -> str:
    """How far above or below, before what it is compared with.

    Example:
        >>> _beside_black(0.5), _beside_black(-0.31), _beside_black(0)
        ('0.5 above', '0.31 below', 'as high as')
    """
    if difference == 0:
        return "as high as"
    return f"{_number(abs(difference))} {'above' if difference > 0 else 'below'}"

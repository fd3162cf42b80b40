"""Why a network decides as it does: one file a method, all called alike.

To add a method, write it in a file of its own and name it here.
"""

from __future__ import annotations

from app.networks.attribution.explanation import Explanation, explain
from app.networks.attribution.grad_cam import GradCam
from app.networks.attribution.integrated_gradients import IntegratedGradients
from app.networks.attribution.method import Attribution, Completeness, Method, Question, Reason
from app.networks.attribution.occlusion import Occlusion
from app.networks.attribution.randomization import Randomization, Randomized
from app.networks.attribution.saliency import Saliency

__all__ = [
    "METHODS",
    "Attribution",
    "Completeness",
    "Explanation",
    "Method",
    "Question",
    "Randomization",
    "Randomized",
    "Reason",
    "explain",
]

METHODS: dict[str, Method] = {
    method.name: method for method in (Saliency(), GradCam(), Occlusion(), IntegratedGradients())
}

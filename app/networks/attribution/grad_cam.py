"""Grad-CAM: which places of a layer's maps speak for a class."""

from __future__ import annotations

from app.networks.attribution.method import Attribution, Method, Question


class GradCam(Method):
    """A layer's maps, each weighted by the mean of its gradient, added up; negatives cut off.

    Source: Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
    Localization", 2017, equations 1 and 2.
    """

    name = "grad_cam"
    title = "Grad-CAM"
    needs_layer = True

    def attribute(self, question: Question) -> Attribution:
        """Shape: (H, W) of the layer's maps, no value below zero."""
        gradient, maps = question.gradient(question.images, question.layer)
        weights = gradient.mean(dim=(2, 3), keepdim=True)
        values = (weights * maps).sum(dim=1)[0].relu()
        rows, columns = values.shape
        note = (
            f"The maps of {question.layer}, each times the mean of its gradient, added up; what is "
            f"below zero is cut off. It has {rows}×{columns} places, no finer."
        )
        if not values.any():
            note += f" There is no positive evidence for {question.favoured} here."
        return Attribution(values.cpu(), note, question.layer)

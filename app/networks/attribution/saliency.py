"""Saliency: how much the answer changes with each pixel."""

from __future__ import annotations

from app.networks.attribution.method import Attribution, Method, Question


class Saliency(Method):
    """The magnitude of the gradient by each value of the input.

    Source: Simonyan, Vedaldi, Zisserman, "Deep Inside Convolutional Networks", 2013, section 3.
    """

    name = "saliency"
    title = "Saliency"

    def attribute(self, question: Question) -> Attribution:
        """Shape: (C, H, W), no value below zero."""
        gradient, _ = question.gradient(question.images)
        moved = question.explained
        note = f"The magnitude of the gradient: how much {moved} moves when a pixel does."
        if not gradient.any():
            note += f" It is zero everywhere: no small change of any pixel moves {moved}."
        return Attribution(gradient[0].abs().cpu(), note)

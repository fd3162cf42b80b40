"""The networks: outlines, weights, activations, traces and receptive fields."""

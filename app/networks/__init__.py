"""Convolutional networks: what they are made of, their weights, and every value inside."""

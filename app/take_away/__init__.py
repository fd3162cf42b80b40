"""Text to take away: an operation as a program in PyTorch or NumPy that prints the same numbers.

It knows the settings of `app.mechanics` and computes nothing itself.
"""

"""What convolution, pooling and their neighbours compute, cell by cell, on plain tensors.

Nothing here knows a module, a file, a request or a device: pure functions of tensors and integers,
in float64 wherever a value is explained.
"""

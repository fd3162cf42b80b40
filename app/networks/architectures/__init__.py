"""The networks, one file each: the module, its source, and how it is asked for."""

"""A network's forward, recorded as it really ran."""

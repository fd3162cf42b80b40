"""Data sets of the user's own: pictures under labels of one's own, kept below the data folder."""

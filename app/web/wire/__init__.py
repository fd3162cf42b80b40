"""How values travel: tensors, media types, strict JSON, queries, bodies, problems."""

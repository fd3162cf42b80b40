"""The OpenAPI document: what each operation takes and gives, with an example of each."""

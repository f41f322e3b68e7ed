"""What is known: the YAML data and the only code that reads it.

Imports nothing of `advisor` or `probes`. Start with `knowledge.base.load`.
"""

"""Coded checks of the knowledge base: a family per file, a code per check, no network.

A check is a function from a Tree to problems; `CHECKS` is the only list of them. Level `error`
makes `kb lint` fail; `warning` does not.
"""

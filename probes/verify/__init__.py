"""Runs pairs of code snippets, one framework per process, and compares what they compute.

Stays empty of imports: children under foreign interpreters load it.
"""

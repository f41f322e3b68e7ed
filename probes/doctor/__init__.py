"""The doctor: one record of a machine and its frameworks, and what it means.

A record holds raw observations only; everything else is computed from it, so that a file taken
on one machine gives the same verdicts on another.
"""

"""The same computation in each framework, behind an equality gate, with an interval on the ratio.

Stays empty of imports: workers under foreign interpreters load it.
"""

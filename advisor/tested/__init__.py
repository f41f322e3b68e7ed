"""Puts the claims of the seed documents to the test of what was measured. Pure: no clock, no file.

Documents and claims go in, results come out; nothing here measures, prints or decides for a noisy
machine.
"""

"""Search and cross references: built with the compiled form, read in parts, pure Python.

Knows entries only by their fields; says nothing to a terminal and reads no file.
"""

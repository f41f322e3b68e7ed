"""Charts as data, and three ways to show them: lines of text, SVG, and PNG.

Every chart carries its values in words too: no picture is the only place where a figure stands.
"""

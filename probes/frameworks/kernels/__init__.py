"""One file per framework: import it, list devices, run one real kernel and one compiled operation.

Runs in a child only. Standard library and the one framework; nothing else of ours is imported.
"""

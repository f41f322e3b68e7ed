"""What is OBSERVED: this machine, its frameworks, and how fast they are here.

Imports nothing of ``knowledge`` or ``advisor``. This file stays empty of imports because child
processes under foreign interpreters (which may lack every dependency of ours) load it too.
"""

"""What an entry of the knowledge base looks like: frozen types, one file per family.

Types only. Nothing here reads a file, knows a folder, or imports anything heavier than msgspec.
"""

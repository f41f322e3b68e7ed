"""What the pages of the knowledge base say, as rows; one module per page or family of entries.

Every row is made from a document of the command line, so that `--json` has all of it. A row with
an id leads where `trail.place_of` says.
"""

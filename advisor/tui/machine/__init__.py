"""This machine as rows of a page: what is in it, what each framework can use, what would work."""

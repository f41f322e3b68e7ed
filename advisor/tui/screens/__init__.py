"""One screen per file, its style beside it; imported when it is first shown."""

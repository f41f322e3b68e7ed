"""From executable entries to the runner, and from its results to what is stored and shown."""

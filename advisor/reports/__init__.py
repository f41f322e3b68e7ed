"""The advice as text, Markdown and HTML. What is shown here can all be had from the JSON."""

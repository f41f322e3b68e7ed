"""From files to entries: strict YAML, validation with places, the compiled form, overlays."""

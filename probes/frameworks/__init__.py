"""What each framework can really use here. Stays empty of imports: children load it too."""

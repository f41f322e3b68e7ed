"""What runs say about each other, and whether they still speak of this machine. Pure."""

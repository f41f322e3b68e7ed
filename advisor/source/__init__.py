"""Reads people's source code by its syntax tree; never imports or runs any of it."""

"""Invented messages with labels, older than the rules: `develop` to write rules by, `final` to measure.

On those of `harm` (fear, injury, force, control) the tone check must mark nothing at all.
"""

"""Claim tables read from whatever file they stand in."""

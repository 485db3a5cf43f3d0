"""Bytes and text to documents: pages in reading order, sections, sentences, tables, passages."""

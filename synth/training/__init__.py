"""Recipes that fit what ships: data sets in, weights and model cards out."""

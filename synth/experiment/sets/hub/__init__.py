"""The experiment's sets by their names on the Hugging Face Hub, written as the readers know them."""

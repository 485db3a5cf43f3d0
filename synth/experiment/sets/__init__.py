"""The experiment's data sets: what a folder holds, readers, what is held out of training, and noise."""

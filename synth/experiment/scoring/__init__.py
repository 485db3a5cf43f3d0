"""The experiment's metrics, as XTREME defines them: pure, with the outcome of every example for paired tests."""

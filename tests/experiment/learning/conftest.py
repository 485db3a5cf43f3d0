from __future__ import annotations

import pytest

from tests.experiment.learning import small


@pytest.fixture(scope="package", autouse=True)
def _one_thread():
    """Two threads wait for each other at every tiny layer: on a busy machine that is a hundred times as slow."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="package")
def tokenizer():
    return small.tokenizer()


@pytest.fixture
def encoder(tokenizer):
    return small.encoder(tokenizer)

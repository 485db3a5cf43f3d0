"""Multilingual encoders of the experiment: tokenizer, pre-training, fine-tuning, predictions, sentence embeddings.

The same code trains a small encoder made from nothing on two CPU cores and fine-tunes any Hugging Face checkpoint.
Everything is a function of its inputs and its seed: on a CPU with the same number of threads, the same bytes.
"""

"""The protocol: an encoder, intermediate training, fine-tuning on English, tests on all languages, effects."""

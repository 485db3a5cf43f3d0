"""A BERT of a few thousand random weights, and small data folders in the published layouts."""

from __future__ import annotations

import json
import lzma
import string
from pathlib import Path
from typing import Any

LABELS = {0: "entailment", 1: "neutral", 2: "contradiction"}


def write_tokenizer(folder: Path) -> None:
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import BertProcessing

    signs = string.ascii_lowercase + string.digits
    tokens = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *signs,
        *(f"##{sign}" for sign in signs),
        ".",
        ",",
        "%",
        "|",
    ]
    vocabulary = {token: i for i, token in enumerate(tokens)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = BertProcessing(("[SEP]", vocabulary["[SEP]"]), ("[CLS]", vocabulary["[CLS]"]))
    tokenizer.save(str(folder / "tokenizer.json"))
    facts = {"tokenizer_class": "BertTokenizer", "model_max_length": 64}
    names = {f"{name.lower()}_token": f"[{name}]" for name in ("PAD", "UNK", "CLS", "SEP", "MASK")}
    (folder / "tokenizer_config.json").write_text(json.dumps(facts | names), encoding="utf-8")


def write_base(folder: Path) -> Path:
    """A bare encoder, as the package of sentence embeddings carries one."""
    import torch
    from safetensors.torch import save_file
    from transformers import BertModel

    folder.mkdir(parents=True, exist_ok=True)
    config = tiny_config()
    torch.manual_seed(7)
    model = BertModel(config)
    config.save_pretrained(folder)
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, folder / "model.safetensors")
    write_tokenizer(folder)
    return folder


def write_classifier(folder: Path, labels: dict[int, str] | None = None) -> Path:
    """A whole cross-encoder with named labels."""
    import torch
    from transformers import BertForSequenceClassification

    names = LABELS if labels is None else labels
    folder.mkdir(parents=True, exist_ok=True)
    config = tiny_config(num_labels=len(names), id2label=names, label2id={name: i for i, name in names.items()})
    torch.manual_seed(7)
    model = BertForSequenceClassification(config)
    model.save_pretrained(folder)
    write_tokenizer(folder)
    return folder


def tiny_config(**more: Any):
    from transformers import BertConfig

    return BertConfig(
        vocab_size=81,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=128,
        initializer_range=0.3,  # large, so that different texts come out clearly different
        **more,
    )


def write_sets(folder: Path) -> Path:
    """An unpacked collection with a few pairs of several sets."""
    rows = [
        {"premise": f"the cat number {i} sat on a mat", "hypothesis": f"cat {i} {verb} there", "label": label}
        for i in range(8)
        for verb, label in (("sat", "entailment"), ("stood", "contradiction"), ("purred", "neutral"))
    ]
    _lines(folder / "lingnli" / "train.jsonl", rows)
    _lines(folder / "mnli" / "train_mnli3000.jsonl", rows[:6])
    held = {"premise": rows[0]["premise"], "hypothesis": "a mat was sat on", "label": "entailment"}
    _lines(folder / "mnli" / "val.jsonl", [held])
    return folder


def write_claims(folder: Path, papers: int = 30) -> Path:
    """Claims on made-up abstracts."""
    folder.mkdir(parents=True, exist_ok=True)
    with lzma.open(folder / "claims.jsonl.xz", "wt", encoding="utf-8") as file:
        for n in range(papers):
            abstract = (
                f"We study parser {n} for Finnish. It reaches {60 + n} points on trees. "
                f"Training takes {n + 2} hours on one machine. The gain is higher for rare words."
            )
            claims = [
                (f"Parser {n} reaches {60 + n} points on trees.", "entailment"),
                (f"Parser {n} reaches {50 + n} points on trees.", "contradiction"),
                (f"Parser {n} was also tried on Basque speech.", "neutral"),
            ]
            for i, (claim, label) in enumerate(claims):
                row = {"id": f"{n}-{i}", "paper": f"p{n}", "abstract": abstract, "claim": claim, "label": label}
                file.write(json.dumps(row) + "\n")
    return folder


def write_written(folder: Path, papers: int = 12) -> Path:
    """Claims that name the abstracts of :func:`write_metadata` by id."""
    texts = ("TAG-{n} improves accuracy by {n}.5 points.", "TAG-{n} costs {n}.5 points.", "TAG-{n} is fast on phones.")
    labels = ("entailment", "contradiction", "neutral")
    rows = [
        {"id": f"W-{n}-{i}", "paper": f"2001.{n:05d}", "claim": text.format(n=n), "label": label}
        for n in range(papers)
        for i, (text, label) in enumerate(zip(texts, labels, strict=True))
    ]
    _lines(folder / "claims.jsonl", rows)
    return folder


def write_metadata(folder: Path, papers: int = 12) -> Path:
    """Records in the layout of the arXiv sample."""
    folder.mkdir(parents=True, exist_ok=True)
    with lzma.open(folder / "metadata.jsonl.xz", "wt", encoding="utf-8") as file:
        for n in range(papers):
            text = (
                f"Tagging is an old task. We train model TAG-{n} on English news. "
                f"It improves accuracy by {n}.5 points. Errors are not rare on long sentences. Our code is public."
            )
            row = {"id": f"2001.{n:05d}", "title": f"Tagging {n} is easy", "abstract": text, "categories": ["cs.CL"]}
            file.write(json.dumps(row) + "\n")
    return folder


def _lines(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

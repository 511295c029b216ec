"""Trains the demo model on the generated text and writes a checkpoint that `export.py` reads.

    python train.py --out RUN_FOLDER [--seed 1]

A run that was stopped goes on from its last checkpoint.
"""

import threads  # noqa: F401, I001 - before torch

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from corpus.mix import training_sample
from corpus.stages import SAMPLES, STAGES, stage_of
from model import Llama, Shape, depth, grown
from optimizer import Muon
from tokenize_corpus import encode, train_tokenizer

CHUNK = 2048  # samples that are sorted by length together
ROW_TOKENS = 3072  # tokens of a batch, padding included
LONGEST = 1024
LEARNED_PER_STEP = 1050.0  # a fixed divisor, so every learned token weighs the same
SAVE_SECONDS = 60
WARM = 2048  # samples in which the learning rate rises


def batches_of(encoded, rng):
    """Cuts samples of like length into batches, in random order."""
    encoded = sorted(encoded, key=lambda item: len(item[0]))
    batches, start = [], 0
    for end in range(1, len(encoded) + 1):
        full = end < len(encoded) and (end - start + 1) * len(encoded[end][0]) > ROW_TOKENS
        if full or end == len(encoded):
            batches.append(encoded[start:end])
            start = end
    rng.shuffle(batches)
    return batches


def tensors(batch):
    """(ids, targets): targets are -1 where nothing is learned."""
    width = max(len(ids) for ids, _ in batch)
    ids, targets = np.zeros((len(batch), width), np.int64), np.full((len(batch), width), -1, np.int64)
    for row, (tokens, learned) in enumerate(batch):
        ids[row, : len(tokens)] = tokens
        targets[row, : len(tokens) - 1] = np.where(learned[1:], tokens[1:], -1)
    return torch.from_numpy(ids), torch.from_numpy(targets)


def rate_at(done):
    """The part of the full learning rate after so many samples: each stage rises, then falls in a straight line to zero."""
    stage, first = stage_of(done)
    return stage.rate * min(1.0, (done - first) / WARM + 0.02, (stage.end - done) / (stage.end - first))


class Run:
    """The model, its optimizers and how far it has come."""

    def __init__(self, folder, seed, vocabulary):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(seed)
        torch.set_num_threads(2)
        self.chunk = 0
        self.build(Shape(vocab_size=vocabulary, num_hidden_layers=STAGES[0].layers))

    def build(self, shape):
        """A new model of the shape with its optimizers."""
        self.model, self.compute = Llama(shape), Llama(shape)
        for parameter in self.compute.parameters():
            parameter.data = parameter.data.bfloat16()
        self.forward = torch.compile(self.compute, dynamic=True)  # half the CPU time: the small steps are fused
        layers = [p for p in self.model.layers.parameters() if p.dim() == 2]
        others = [p for p in self.model.parameters() if all(p is not q for q in layers)]
        self.muon = Muon(layers)
        self.adam = torch.optim.AdamW(others, lr=1.0, betas=(0.9, 0.95), weight_decay=0.0)
        self.sync()

    def grow(self, layers):
        """Puts new layers among the old ones, where it has fewer; they change nothing at first, and the optimizers start anew."""
        old = self.model
        if old.shape.num_hidden_layers == layers:
            return
        self.build(replace(old.shape, num_hidden_layers=layers))
        self.model.load_state_dict(grown(old.state_dict(), self.model))
        self.sync()

    def sync(self):
        """Copies the float32 weights into the bfloat16 model that computes."""
        for low, high in zip(self.compute.parameters(), self.model.parameters()):
            low.data.copy_(high.data)

    def loss(self, batch):
        """Summed cross-entropy of the learned tokens, and how many there are."""
        ids, targets = tensors(batch)
        hidden = self.forward(ids)
        chosen = targets.view(-1) >= 0
        logits = self.compute.logits(hidden.view(-1, hidden.shape[-1])[chosen])
        return F.cross_entropy(logits.float(), targets.view(-1)[chosen], reduction="sum"), int(chosen.sum())

    @torch.no_grad()
    def update(self, rate):
        """Takes the summed gradients of the bfloat16 model as one step of the float32 one."""
        for low, high in zip(self.compute.parameters(), self.model.parameters()):
            high.grad = low.grad.float()
            low.grad = None
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.muon.step(0.02 * rate, 0.02)
        for group in self.adam.param_groups:
            group["lr"] = 0.004 * rate
        self.adam.step()
        self.sync()

    def save(self):
        """Writes the checkpoint beside the old one, then takes its place."""
        state = {
            "model": self.model.state_dict(),
            "muon": self.muon.state_dict(),
            "adam": self.adam.state_dict(),
            "chunk": self.chunk,
        }
        torch.save(state, self.folder / "new.pt")
        (self.folder / "new.pt").replace(self.folder / "last.pt")

    def resume(self):
        """Goes on from the last checkpoint, where there is one."""
        if (self.folder / "last.pt").exists():
            state = torch.load(self.folder / "last.pt")
            layers = depth(state["model"])
            if layers != self.model.shape.num_hidden_layers:
                self.build(replace(self.model.shape, num_hidden_layers=layers))
            self.model.load_state_dict(state["model"])
            self.muon.load_state_dict(state["muon"])
            self.adam.load_state_dict(state["adam"])
            self.chunk = state["chunk"]
            self.sync()


def tokenizer_of(folder, seed):
    """The run's tokenizer, trained at the first start."""
    path = Path(folder) / "tokenizer.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        train_tokenizer(seed, 60000, 3072).save(str(path))
    return Tokenizer.from_file(str(path))


def main():
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tokenizer = tokenizer_of(options.out, options.seed)
    run = Run(options.out, options.seed, tokenizer.get_vocab_size())
    run.resume()
    chunks = SAMPLES // CHUNK
    saved = time.time()
    while run.chunk < chunks:
        rng = np.random.default_rng([options.seed, run.chunk])
        started, tokens, lost, learned = time.time(), 0, 0.0, 0
        first = run.chunk * CHUNK
        run.grow(stage_of(first)[0].layers)
        samples = [training_sample(options.seed, i).clean() for i in range(first, first + CHUNK)]
        batches = batches_of(encode(tokenizer, samples, LONGEST), rng)
        for at, batch in enumerate(batches):
            loss, count = run.loss(batch)
            (loss / LEARNED_PER_STEP).backward()
            lost, learned, tokens = lost + loss.item(), learned + count, tokens + sum(len(ids) for ids, _ in batch)
            run.update(rate_at(first + CHUNK * at / len(batches)))
        run.chunk += 1
        seconds = time.time() - started
        print(
            json.dumps(
                {
                    "chunk": run.chunk,
                    "of": chunks,
                    "loss": round(lost / learned, 4),
                    "tokens": tokens,
                    "seconds": round(seconds, 1),
                    "tokens_per_second": round(tokens / seconds),
                }
            ),
            flush=True,
        )
        if time.time() - saved > SAVE_SECONDS or run.chunk == chunks:
            run.save()
            saved = time.time()


if __name__ == "__main__":
    main()

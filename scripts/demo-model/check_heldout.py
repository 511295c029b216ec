"""Shows that no held-out prompt is trained, after case, punctuation and slot values are taken out.

    python check_heldout.py [--seed 1] [--every 8]

Regenerates the training text, so it needs nothing but Python's standard library.
"""

import argparse
import json

from corpus.grammar import shape
from corpus.mix import training_sample
from corpus.stages import SAMPLES
from make_heldout import FILE, heldout_samples, record


def main():
    """Command line; exits 1 when a prompt is shared or the file is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="look at one sample in so many")
    options = parser.parse_args()
    held = list(heldout_samples())
    committed = [json.loads(line) for line in FILE.read_text().splitlines()]
    stale = committed != [record(i, sample) for i, sample in enumerate(held)]
    wanted = {
        shape(sample.messages[-2]["content"]): i
        for i, sample in enumerate(held)
        if sample.messages[-2]["role"] == "user"
    }
    shared = set()
    indexes = range(0, SAMPLES, options.every)
    for index in indexes:
        for message in training_sample(options.seed, index).messages:
            if message["role"] in ("user", "text") and (found := shape(message["content"])) in wanted:
                shared.add(found)
    for found in sorted(shared):
        print(f"trained: {found!r} (question {wanted[found]:03})")
    if stale:
        print(f"{FILE.name} is not what make_heldout.py writes")
    print(f"{len(held)} held-out prompts against {len(indexes)} training samples: {len(shared)} shared")
    raise SystemExit(1 if shared or stale else 0)


if __name__ == "__main__":
    main()

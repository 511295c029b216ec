"""Asks the held-out questions in PyTorch, for quick looks while training; the test proper is eval.ts.

python evaluate.py --run RUN_FOLDER [--sample SEED] [--show 3] [--ask "What is deep learning?"]
"""

import argparse
import json
from collections import defaultdict

import torch

from checks import passes
from corpus.sample import Sample
from export import load
from make_heldout import FILE
from template import prompt

LONGEST_ANSWER = 256


@torch.inference_mode()
def answer(model, tokenizer, text, generator=None):
    """(answer, ended by itself): greedy, or sampled at temperature 1 with a generator."""
    ids, caches, produced, start = (
        tokenizer.encode(text, add_special_tokens=False).ids,
        [[] for _ in model.layers],
        [],
        0,
    )
    for _ in range(LONGEST_ANSWER):
        logits = model.logits(model(torch.tensor([ids]), start, caches)[0, -1])
        start += len(ids)
        token = (
            int(logits.argmax())
            if generator is None
            else int(torch.multinomial(logits.softmax(-1), 1, generator=generator))
        )
        if token in (0, 2):
            return tokenizer.decode(produced), True
        produced.append(token)
        ids = [token]
    return tokenizer.decode(produced), False


def main():
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", required=True)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--show", type=int, default=3)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--ask", action="append", default=[])
    parser.add_argument("--continue", dest="texts", action="append", default=[])
    options = parser.parse_args()
    torch.set_num_threads(1)
    model, tokenizer = load(options.run)
    generator = None if options.sample is None else torch.Generator().manual_seed(options.sample)
    for asked in options.ask:
        sample = Sample("", [{"role": "user", "content": asked}, {"role": "assistant", "content": ""}])
        print(f"> {asked}\n{answer(model, tokenizer, prompt(sample), generator)}")
    for text in options.texts:
        print(f"| {text}{answer(model, tokenizer, text, generator)}")
    if options.ask or options.texts:
        return
    right, ended, wrong = defaultdict(list), [], defaultdict(list)
    for line in FILE.read_text().splitlines()[:: options.every]:
        item = json.loads(line)
        messages = item["messages"] + [{"role": "assistant", "content": ""}]
        text, stopped = answer(model, tokenizer, prompt(Sample("", messages, item.get("tools", []))), generator)
        good = passes(item["check"], text)
        right[item["category"]].append(good)
        ended.append(stopped)
        if not good:
            wrong[item["category"]].append((item["messages"][-1]["content"][-300:], text[:200], item["check"]))
    for category, results in right.items():
        print(f"{category:24} {100 * sum(results) / len(results):6.1f} %  of {len(results)}")
        for asked, text, check in wrong[category][: options.show]:
            print(f"    {asked!r}\n      -> {text!r}\n      {json.dumps(check, ensure_ascii=False)}")
    print(f"{'ends by itself':24} {100 * sum(ended) / len(ended):6.1f} %")


if __name__ == "__main__":
    main()

"""Writes heldout.jsonl: questions in wordings that are never trained.

python make_heldout.py
"""

import json
import random
from pathlib import Path

from corpus.arithmetic import sum_or_difference
from corpus.chinese import chinese
from corpus.concepts import concept, seed_question
from corpus.facts import fact, fact_as_json, one_word
from corpus.identity import identity
from corpus.lists import copy, to_json
from corpus.memory import not_told, remember
from corpus.mix import CHAINED
from corpus.passages import passage
from corpus.smalltalk import small_talk
from corpus.tools import tool_use
from corpus.unknown import refusal

FILE = Path(__file__).parent / "heldout.jsonl"
SEED = 20240


def _memory(rng, held):
    return remember(rng, lambda r: r.choice(CHAINED)(r).messages, held) if rng.random() < 0.85 else not_told(rng, held)


_COUNTS = [
    (fact, 80),
    (identity, 75),
    (sum_or_difference, 70),
    (copy, 30),
    (to_json, 25),
    (fact_as_json, 15),
    (passage, 60),
    (tool_use, 60),
    (refusal, 50),
    (small_talk, 25),
    (concept, 30),
    (seed_question, 10),
    (_memory, 25),
    (one_word, 15),
    (chinese, 20),
]


def heldout_samples():
    """The samples with their slot marks, no prompt twice."""
    seen = set()
    for kind, count in _COUNTS:
        made, rng = 0, random.Random(f"{SEED}:{kind.__name__}")
        for _ in range(50 * count):
            sample = kind(rng, held=True)
            asked = json.dumps([sample.clean().messages[:-1], sample.tools if kind is tool_use else []])
            if asked not in seen:
                seen.add(asked)
                made += 1
                yield sample
            if made == count:
                break


def _on_the_wire(messages):
    """Calls as OpenAI's API has them: with an id, and the arguments as a string."""
    sent = []
    for message in messages:
        if message["role"] == "tool":
            message = {**message, "tool_call_id": "call_1"}
        elif message.get("tool_calls"):
            function = message["tool_calls"][0]["function"]
            written = {**function, "arguments": json.dumps(function["arguments"], ensure_ascii=False)}
            message = {**message, "tool_calls": [{"id": "call_1", "type": "function", "function": written}]}
        sent.append(message)
    return sent


def record(number, sample):
    """One line of the file."""
    sample = sample.clean()
    line = {"id": f"{number:03}", "category": sample.category, "messages": _on_the_wire(sample.messages[:-1])}
    if sample.tools:
        line["tools"] = sample.tools
    return {**line, "check": sample.check, "expected": sample.messages[-1]["content"]}


def main():
    """Command line."""
    lines = [json.dumps(record(i, sample), ensure_ascii=False) for i, sample in enumerate(heldout_samples())]
    FILE.write_text("\n".join(lines) + "\n")
    print(f"{len(lines)} questions in {FILE.name}")


if __name__ == "__main__":
    main()

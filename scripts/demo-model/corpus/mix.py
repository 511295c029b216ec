"""How often each skill is trained, and how single exchanges grow into conversations."""

import random

from .arithmetic import sum_or_difference
from .chinese import chinese
from .concepts import concept, seed_question
from .facts import fact, fact_as_json, one_word
from .identity import identity
from .lists import copy, to_json
from .memory import not_told, remember
from .passages import passage
from .raw import raw_text
from .recall import recall
from .sample import Sample
from .smalltalk import small_talk
from .tools import tool_use
from .unknown import refusal

SYSTEMS = [
    "You are a helpful assistant.",
    "You are a helpful assistant.",
    "You are a helpful assistant.",
    "You are a friendly assistant.",
    "You are an assistant.",
    "You are Parlance.",
    "Be brief.",
    "Answer briefly.",
    "You answer questions.",
    "You are a helpful, honest assistant.",
    "You are a helpful AI assistant.",
    "Be kind and helpful.",
    "You are a chatbot.",
]
# single exchanges: weight, and how many of the same kind may follow in one conversation
_SINGLE = [
    (sum_or_difference, 16, 10),
    (fact, 16, 8),
    (identity, 12, 5),
    (small_talk, 5, 3),
    (concept, 4, 3),
    (refusal, 10, 4),
    (copy, 9, 3),
    (to_json, 9, 3),
    (one_word, 10, 6),
    (fact_as_json, 10, 5),
    (seed_question, 3, 1),
    (chinese, 2, 1),
    (passage, 24, 1),
    (recall, 6, 1),
]
CHAINED = [kind for kind, _, _ in _SINGLE[:8]]

# The first samples are mostly copied or looked up: everything that is read from a prompt builds on looking back.
EARLY = 32768
LOOKING_BACK = [copy, copy, recall, recall, to_json, passage]


def _between(rng):
    return rng.choice(CHAINED)(rng).messages


def _conversation(rng):
    """One to several exchanges, of one kind or mixed, with or without a system prompt."""
    kind, _, most = rng.choices(_SINGLE, [weight for _, weight, _ in _SINGLE])[0]
    sample = kind(rng)
    messages = list(sample.messages)
    if messages[0]["role"] == "system":
        return sample
    roll = rng.random()
    if most > 1 and roll < 0.5:
        for _ in range(rng.randint(1, most - 1)):
            messages += kind(rng).messages
    elif roll < 0.65:
        for _ in range(rng.randint(1, 2)):
            messages = _between(rng) + messages
    messages = [m for m in messages if m["role"] != "system"]
    if rng.random() < 0.35:
        messages = [{"role": "system", "content": rng.choice(SYSTEMS)}] + messages
    return Sample(sample.category, messages)


def _looking_back(rng):
    kind = rng.choice(LOOKING_BACK)
    times = 1 if kind in (recall, passage) else rng.randint(1, 4)
    return Sample("early", [m for _ in range(times) for m in kind(rng).messages])


def training_sample(seed, index):
    """The sample with this index: the same for the same seed, whatever was drawn before."""
    rng = random.Random(f"{seed}:{index}")
    roll = rng.random()
    if index < EARLY and roll < 0.6:
        sample = _looking_back(rng)
    elif roll < 0.76:
        sample = _conversation(rng)
    elif roll < 0.855:
        sample = tool_use(rng)
    elif roll < 0.915:
        sample = remember(rng, _between) if rng.random() < 0.93 else not_told(rng)
    elif roll < 0.99:
        sample = raw_text(rng)
    else:
        sample = passage(rng, long=True)
    return sample

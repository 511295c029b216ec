"""How often each skill is trained, and how single exchanges grow into conversations."""

import random
from dataclasses import dataclass

from .arithmetic import sum_or_difference
from .chinese import chinese
from .concepts import concept, seed_question
from .facts import fact, fact_as_json, one_word
from .identity import identity
from .lists import copy, few_words, long_list, to_json
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
# single exchanges, and how many of the same kind may follow in one conversation
_SINGLE = {
    sum_or_difference: 10,
    fact: 8,
    identity: 5,
    small_talk: 3,
    concept: 3,
    refusal: 4,
    copy: 3,
    to_json: 3,
    one_word: 6,
    fact_as_json: 5,
    seed_question: 1,
    chinese: 1,
    passage: 1,
    recall: 1,
    few_words: 6,
    long_list: 3,
}
CHAINED = list(_SINGLE)[:8]


@dataclass(frozen=True)
class Mix:
    """How often each single exchange is drawn, and where in [0, 1) the other skills begin."""

    weights: list
    tools: float
    memory: float
    raw: float
    long: float


# First mostly copied or looked up: everything that is read from a prompt builds on looking back.
EARLY = 32768
LOOKING_BACK = [copy, copy, recall, recall, to_json, passage]
READING = Mix([16, 16, 12, 5, 4, 10, 9, 9, 10, 10, 3, 2, 24, 6, 0, 0], 0.76, 0.855, 0.915, 0.99)
# Then more of what is learned by heart, sums above all.
BY_HEART = 49152
ANSWERING = Mix([26, 18, 12, 5, 5, 9, 12, 9, 9, 8, 3, 4, 22, 4, 0, 0], 0.80, 0.885, 0.945, 0.988)
# At last more words that change their first token on the way from the prompt to the answer.
QUOTED = 73728
QUOTING = Mix([26, 18, 10, 5, 4, 8, 5, 8, 9, 10, 3, 3, 24, 4, 9, 12], 0.81, 0.90, 0.96, 0.988)


def _between(rng):
    return rng.choice(CHAINED)(rng).messages


def _conversation(rng, mix):
    """One to several exchanges, of one kind or mixed, with or without a system prompt."""
    kind, most = rng.choices(list(_SINGLE.items()), mix.weights)[0]
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


def training_sample(seed, index, mix=None):
    """The sample with this index: the same for the same seed, whatever was drawn before.

    @param mix instead of the one that belongs to the index
    """
    rng = random.Random(f"{seed}:{index}")
    mix = mix or (READING if index < BY_HEART else ANSWERING if index < QUOTED else QUOTING)
    roll = rng.random()
    if index < EARLY and roll < 0.6:
        sample = _looking_back(rng)
    elif roll < mix.tools:
        sample = _conversation(rng, mix)
    elif roll < mix.memory:
        sample = tool_use(rng)
    elif roll < mix.raw:
        sample = remember(rng, _between) if rng.random() < 0.93 else not_told(rng)
    elif roll < mix.long:
        sample = raw_text(rng)
    else:
        sample = passage(rng, long=True)
    return sample

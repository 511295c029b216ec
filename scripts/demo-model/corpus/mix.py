"""How single exchanges grow into conversations."""

import random

from .arithmetic import sum_or_difference
from .chinese import chinese
from .concepts import concept, seed_question
from .facts import fact, fact_as_json, neighbour, one_word
from .identity import identity
from .lists import copy, few_words, long_list, to_json
from .memory import not_told, remember
from .passages import passage
from .raw import raw_text
from .recall import recall
from .sample import Sample
from .smalltalk import small_talk
from .sources import label, which_source
from .stages import stage_of
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
    which_source: 1,
    label: 1,
    neighbour: 8,
}
CHAINED = list(_SINGLE)[:8]
# The first samples are mostly copied text: everything that is read from a prompt builds on looking back.
_EARLY = 28000
_LOOKING_BACK = [copy, copy, copy, to_json]


def _between(rng):
    return rng.choice(CHAINED)(rng).messages


def _conversation(rng, mix):
    """One to several exchanges, of one kind or mixed, with or without a system prompt."""
    kind = rng.choices(list(_SINGLE), [mix.weights.get(kind, 0) for kind in _SINGLE])[0]
    most = _SINGLE[kind]
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


def training_sample(seed, index):
    """The sample with this index: the same for the same seed, whatever was drawn before."""
    rng = random.Random(f"{seed}:{index}")
    mix = stage_of(index)[0].mix
    roll = rng.random()
    if index < _EARLY and roll < 0.6:
        sample = Sample("early", [m for _ in range(rng.randint(1, 4)) for m in rng.choice(_LOOKING_BACK)(rng).messages])
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

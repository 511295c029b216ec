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
from .sources import label, which_source
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


@dataclass(frozen=True)
class Stage:
    """A part of the training: the index of the sample it ends before, the highest learning rate, what is drawn, the network's layers."""

    end: int
    rate: float
    mix: Mix
    layers: int


_LEARNING = Mix([22, 17, 11, 5, 6, 9, 10, 6, 7, 3, 3, 2, 15, 0, 0, 0, 0, 0], 0.76, 0.87, 0.925, 0.985)
# More of what is read from the prompt and of what is said in one word.
_FINISHING = Mix([20, 16, 11, 6, 4, 9, 5, 9, 12, 14, 3, 3, 28, 5, 8, 10, 0, 0], 0.84, 0.92, 0.97, 0.988)
# With two layers more, what takes several steps of looking: which sentence, which word of it, which source.
_READING = Mix([18, 22, 10, 5, 4, 9, 5, 8, 12, 14, 3, 4, 70, 8, 7, 8, 14, 0], 0.84, 0.93, 0.97, 0.98)
# Mostly the number of the source, until it is found.
_LABELLING = Mix([5, 6, 3, 1, 1, 3, 2, 3, 3, 4, 1, 1, 10, 3, 2, 2, 3, 300], 0.95, 0.98, 0.99, 0.995)
_CITING = Mix([18, 24, 10, 5, 4, 9, 5, 8, 12, 14, 3, 4, 75, 8, 7, 8, 20, 35], 0.85, 0.935, 0.972, 0.982)
# And what had faded meanwhile.
_REHEARSING = Mix([24, 60, 24, 11, 6, 22, 8, 9, 12, 16, 4, 6, 78, 6, 7, 6, 8, 8], 0.80, 0.93, 0.985, 0.992)
STAGES = [
    Stage(159744, 1.0, _LEARNING, 4),
    Stage(198656, 0.5, _FINISHING, 4),
    Stage(215040, 0.35, _FINISHING, 4),
    Stage(309248, 0.8, _READING, 6),
    Stage(325632, 0.6, _LABELLING, 6),
    Stage(366592, 0.6, _CITING, 6),
    Stage(387072, 0.4, _REHEARSING, 6),
]
SAMPLES = STAGES[-1].end
# The first samples are mostly copied text: everything that is read from a prompt builds on looking back.
_EARLY = 28000
_LOOKING_BACK = [copy, copy, copy, to_json]


def stage_of(index):
    """The stage that the sample with this index belongs to, and the index it begins with."""
    begins = 0
    for stage in STAGES:
        if index < stage.end:
            return stage, begins
        begins = stage.end
    raise IndexError(index)


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

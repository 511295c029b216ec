"""The parts of the training: what is drawn, how often, at which learning rate."""

from dataclasses import dataclass

from .arithmetic import sum_or_difference
from .chinese import chinese
from .concepts import concept, seed_question
from .facts import fact, fact_as_json, neighbour, one_word
from .identity import identity
from .lists import copy, few_words, long_list, to_json
from .passages import passage
from .recall import recall
from .smalltalk import small_talk
from .sources import label, which_source
from .unknown import refusal


@dataclass(frozen=True)
class Mix:
    """How often each single exchange is drawn, and where in [0, 1) the other skills begin."""

    weights: dict
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


_LEARNING = Mix(
    {
        sum_or_difference: 22, fact: 17, identity: 11, small_talk: 5, concept: 6, refusal: 9, copy: 10,
        to_json: 6, one_word: 7, fact_as_json: 3, seed_question: 3, chinese: 2, passage: 15,
    },
    tools=0.76, memory=0.87, raw=0.925, long=0.985,
)
# More of what is read from the prompt and of what is said in one word.
_FINISHING = Mix(
    {
        sum_or_difference: 20, fact: 16, identity: 11, small_talk: 6, concept: 4, refusal: 9, copy: 5,
        to_json: 9, one_word: 12, fact_as_json: 14, seed_question: 3, chinese: 3, passage: 28, recall: 5,
        few_words: 8, long_list: 10,
    },
    tools=0.84, memory=0.92, raw=0.97, long=0.988,
)
# With two layers more, what takes several steps of looking: which sentence, which word of it, which source.
_READING = Mix(
    {
        sum_or_difference: 18, fact: 22, identity: 10, small_talk: 5, concept: 4, refusal: 9, copy: 5,
        to_json: 8, one_word: 12, fact_as_json: 14, seed_question: 3, chinese: 4, passage: 70, recall: 8,
        few_words: 7, long_list: 8, which_source: 14,
    },
    tools=0.84, memory=0.93, raw=0.97, long=0.98,
)
# Mostly the number of the source, until it is found.
_LABELLING = Mix(
    {
        sum_or_difference: 5, fact: 6, identity: 3, small_talk: 1, concept: 1, refusal: 3, copy: 2, to_json: 3,
        one_word: 3, fact_as_json: 4, seed_question: 1, chinese: 1, passage: 10, recall: 3, few_words: 2,
        long_list: 2, which_source: 3, label: 300,
    },
    tools=0.95, memory=0.98, raw=0.99, long=0.995,
)
_CITING = Mix(
    {
        sum_or_difference: 18, fact: 24, identity: 10, small_talk: 5, concept: 4, refusal: 9, copy: 5,
        to_json: 8, one_word: 12, fact_as_json: 14, seed_question: 3, chinese: 4, passage: 75, recall: 8,
        few_words: 7, long_list: 8, which_source: 20, label: 35,
    },
    tools=0.85, memory=0.935, raw=0.972, long=0.982,
)
# And what had faded meanwhile.
_REHEARSING = Mix(
    {
        sum_or_difference: 24, fact: 60, identity: 24, small_talk: 11, concept: 6, refusal: 22, copy: 8,
        to_json: 9, one_word: 12, fact_as_json: 16, seed_question: 4, chinese: 6, passage: 78, recall: 6,
        few_words: 7, long_list: 6, which_source: 8, label: 8,
    },
    tools=0.80, memory=0.93, raw=0.985, long=0.992,
)
# All of it once more, in the end slowly.
_SETTLING = Mix(
    {
        sum_or_difference: 22, fact: 48, identity: 16, small_talk: 7, concept: 5, refusal: 13, copy: 14,
        to_json: 12, one_word: 10, fact_as_json: 12, seed_question: 3, chinese: 5, passage: 90, recall: 10,
        few_words: 9, long_list: 8, which_source: 14, label: 14,
    },
    tools=0.81, memory=0.92, raw=0.975, long=0.985,
)
# And what was told apart least.
_POLISHING = Mix(
    {
        sum_or_difference: 24, fact: 64, identity: 22, small_talk: 9, concept: 6, refusal: 13, copy: 12,
        to_json: 10, one_word: 16, fact_as_json: 12, seed_question: 4, chinese: 14, passage: 50, recall: 10,
        few_words: 9, long_list: 6, which_source: 8, label: 8, neighbour: 50,
    },
    tools=0.78, memory=0.87, raw=0.97, long=0.985,
)
# Passages whose people, things and sentences have more shapes than before.
_VARYING = Mix(
    {
        sum_or_difference: 22, fact: 54, identity: 18, small_talk: 8, concept: 6, refusal: 13, copy: 14,
        to_json: 10, one_word: 14, fact_as_json: 10, seed_question: 3, chinese: 9, passage: 110, recall: 8,
        few_words: 9, long_list: 6, which_source: 16, label: 8, neighbour: 20,
    },
    tools=0.80, memory=0.90, raw=0.975, long=0.985,
)
STAGES = [
    Stage(159744, 1.0, _LEARNING, 4),
    Stage(198656, 0.5, _FINISHING, 4),
    Stage(215040, 0.35, _FINISHING, 4),
    Stage(309248, 0.8, _READING, 6),
    Stage(325632, 0.6, _LABELLING, 6),
    Stage(366592, 0.6, _CITING, 6),
    Stage(387072, 0.4, _REHEARSING, 6),
    Stage(530432, 0.7, _SETTLING, 6),
    Stage(552960, 0.35, _POLISHING, 6),
    Stage(585728, 0.5, _VARYING, 6),
]
SAMPLES = STAGES[-1].end


def stage_of(index):
    """The stage that the sample with this index belongs to, and the index it begins with."""
    begins = 0
    for stage in STAGES:
        if index < stage.end:
            return stage, begins
        begins = stage.end
    raise IndexError(index)

"""The number of the source: what an answer cites with.

Looking back from a word to the number before it comes hard to a small network: it learns it from many words at once, a few
in each source, long before it finds the number of a distant sentence.
"""

from .grammar import expand, plain
from .passage_prompts import BEHIND_EACH, NAMED_IN, WHICH_SOURCE, numbered
from .passages import filler, many, ranked, spread
from .sample import Sample, turn
from .words import CITIES, COLOURS, JOBS, NAMES, NOUNS, invented

_WORDS = sorted({*NOUNS, *NAMES, *CITIES, *COLOURS, *JOBS})


def _told(rng):
    """Sources that hold whole sentences: (chunks, what is told with the number of its source)."""
    told = ranked(rng, False, 7) if rng.random() < 0.3 else many(rng)
    sentences = [item.sentence for item in told] + filler(rng, rng.choice([0, 0, 1, 2, 4]))
    rng.shuffle(sentences)
    chunks, numbers = spread(rng, sentences, rng.randint(2, 6))
    return chunks, [(item, numbers[item.sentence]) for item in told]


def _is_named_once(it, chunks):
    return sum(it in chunk for chunk in chunks) == 1


def _words(rng, longest):
    """Sources that hold one to `longest` words each: (chunks, words with the number of their source)."""
    pool = iter(rng.sample(_WORDS, len(_WORDS)))
    held = [
        [invented(rng) if rng.random() < 0.15 else next(pool) for _ in range(rng.randint(1, longest))]
        for _ in range(rng.randint(2, 6))
    ]
    gap = rng.choice([" ", " ", ", ", ". "])
    return [gap.join(words) for words in held], [(word, 1 + i) for i, words in enumerate(held) for word in words]


def which_source(rng):
    """Numbered sources, and several questions for the number alone."""
    if rng.random() < 0.5:
        chunks, words = _words(rng, rng.choice([1, 1, 2, 3, 5, 8, 12]))
        asked = [(expand(rng, rng.choice(NAMED_IN)).replace("%", word), number) for word, number in words]
        asked = rng.sample(asked, min(len(asked), 10))
    else:
        chunks, told = _told(rng)
        asked = []
        for item, number in told:
            pattern = expand(rng, rng.choice(WHICH_SOURCE + NAMED_IN * _is_named_once(item.it, chunks)))
            question = pattern.replace("@", item.question).replace("#", item.sentence).replace("%", item.it)
            asked.append((question, number))
        rng.shuffle(asked)
    prompt = rng.choice(["{text}\n\n{question}", "{question}\n\n{text}", "{text}\n{question}"])
    messages = []
    for question, number in asked:
        if not messages:
            question = prompt.format(text=numbered(rng, chunks), question=question)
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": f"[{number}]"}]
    return Sample("passages", messages)


def label(rng):
    """Numbered sources, and many words of theirs to be written with their numbers."""
    if rng.random() < 0.75:
        chunks, asked = _words(rng, rng.choice([1, 1, 2, 3, 5, 8]))
    else:
        chunks, told = _told(rng)
        asked = [(plain(item.it), number) for item, number in told if _is_named_once(item.it, chunks)]
    numbers = list(range(1, 1 + len(chunks)))
    if rng.random() < 0.5:  # numbers without order can't be counted, they must be looked up
        numbers = rng.sample(range(1, 10), len(chunks))
    asked = rng.sample(asked, min(len(asked), 16))
    gap = rng.choice([" ", " ", ", ", "\n"])
    question = expand(rng, rng.choice(BEHIND_EACH)).replace("%", gap.join(word for word, _ in asked))
    answer = gap.join(f"{word} [{numbers[number - 1]}]" for word, number in asked)
    return turn("passages", f"{numbered(rng, chunks, numbers)}\n\n{question}", answer)

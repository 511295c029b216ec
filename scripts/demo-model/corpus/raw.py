"""Plain texts without chat marks, for /generate and /v1/completions."""

from .concepts import INTENTS as CONCEPTS
from .concepts import seed_question
from .facts import ROWS
from .grammar import expand, fill, plain
from .identity import INTENTS as IDENTITY
from .sample import Sample
from .words import ADJECTIVES, ANIMALS, CITIES, COLOURS, HOBBIES, JOBS, NAMES, NOUNS, person, place

_ME = [
    "am a {job} from {city}.",
    "am a {job} who lives in {city}.",
    "live in {city}, where I work as a {job}.",
    "work as a {job} in {city}.",
    "am {age} years old and live in {city}.",
    "come from {city}, and I love {hobby}.",
]
_MORE = [
    "I have a {animal} called {pet}.",
    "In my free time I like {hobby}.",
    "My favourite colour is {colour}.",
    "I have worked here for {n} years.",
    "Every morning I walk along the {noun} with my {animal}.",
    "I would like to learn {hobby} next year.",
    "My friends and I meet in the {noun} on Sundays.",
    "My house is {adj} and has a {colour} door.",
]
_HERO = [
    "a {adj} {animal} called {pet}",
    "a {job} called {name}",
    "a {adj} {job}",
    "a little {animal}",
    "a {adj} king",
    "a {adj} robot",
    "a girl called {name}",
    "a boy called {name}",
]
_PLOT = [
    "lived in a {adj} house near the {noun}.",
    "lived in a small town by the {noun}.",
    "wanted to see the {noun}.",
    "had never seen a {noun}.",
]
_THEN = [
    "One day, {who} found a {adj} {noun} under the {noun2}.",
    "Then a {adj} {animal2} came and asked for help.",
    '"Come with me," said the {animal2}, and they went to the {noun2}.',
    "On the way they met a {job} who carried a {noun}.",
    "It was cold and dark, but {who} was not afraid.",
    "They looked for the {noun} for {n} days.",
    "At last they saw the {adj} {noun2} on the hill.",
    "In the evening they sat by the fire and ate {noun} soup.",
    "The {animal2} gave {who} a {colour} {noun} to say thank you.",
    "Nobody had ever seen such a {adj} {noun2}.",
]
_END = [
    "And from that day on they were friends.",
    "In the end everyone went home and was happy.",
    "And they lived happily ever after.",
    "That night {who} slept well and dreamed of the {noun}.",
]


def _slots(rng):
    return {
        "job": rng.choice(JOBS),
        "city": rng.choice(CITIES),
        "age": rng.randint(18, 80),
        "hobby": rng.choice(HOBBIES),
        "animal": rng.choice(ANIMALS),
        "animal2": rng.choice(ANIMALS),
        "pet": person(rng),
        "name": rng.choice(NAMES),
        "colour": rng.choice(COLOURS),
        "n": rng.randint(2, 12),
        "noun": rng.choice(NOUNS),
        "noun2": rng.choice(NOUNS),
        "adj": rng.choice(ADJECTIVES),
    }


def _write(rng, patterns, **slots):
    return plain(fill(rng.choice(patterns), {**_slots(rng), **slots}))


def _introduction(rng):
    name = person(rng)
    start = rng.choice(
        [
            f"My name is {name} and I",
            f"My name is {name} and I",
            f"My name is {name}, and I",
            f"I am {name} and I",
            f"Hello, my name is {name} and I",
        ]
    )
    return " ".join([start, _write(rng, _ME)] + [_write(rng, [line]) for line in rng.sample(_MORE, rng.randint(2, 4))])


def _story(rng):
    hero = _write(rng, _HERO)
    who = (
        "the " + hero.split(" called ")[0].split(" ", 1)[1]
        if rng.random() < 0.5
        else ("they" if " called " not in hero else hero.split(" called ")[1])
    )
    lines = [
        rng.choice(
            ["Once upon a time there was", "Once upon a time, there was", "Long ago there was", "There once was"]
        )
        + f" {hero} who {_write(rng, _PLOT)}"
    ]
    lines += [_write(rng, [line], who=who) for line in rng.sample(_THEN, rng.randint(5, 8))]
    return " ".join(lines + [_write(rng, _END, who=who)])


def _question(rng):
    """A question without chat marks is answered all the same, on the next line."""
    roll = rng.random()
    if roll < 0.3:
        question, answer = (m["content"] for m in seed_question(rng).messages[-2:])
    elif roll < 0.6:
        chosen = rng.choice(CONCEPTS + IDENTITY)
        question, answer = chosen.wordings.say(rng), chosen.answer
    else:
        _, wordings, slots, answer, _ = rng.choice(ROWS)
        question = wordings.say(rng, **slots)
    question, answer = plain(question), plain(answer)
    return rng.choice(
        [
            f"{question}\n{answer}",
            f"{question}\n\n{answer}",
            f"Question: {question}\nAnswer: {answer}",
            f"Q: {question}\nA: {answer}",
            f"{question} {answer}",
        ]
    )


def _statement(rng):
    """Facts and explanations one after the other, as an encyclopedia has them."""
    return " ".join(
        rng.choice([rng.choice(ROWS)[3], rng.choice(CONCEPTS).answer, rng.choice(IDENTITY[6:]).answer])
        for _ in range(rng.randint(1, 4))
    )


def _sequence(rng):
    start, step = rng.randint(0, 30), rng.choice([1, 1, 2, 5, 10])
    numbers = ", ".join(str(start + i * step) for i in range(12))
    return rng.choice(
        [
            numbers,
            "The quick brown fox jumps over the lazy dog.",
            "Hello, world!",
            expand(rng, f"Hello, (my|our) friend {rng.choice(NAMES)} in {place(rng)}!"),
        ]
    )


def raw_text(rng, held=False):
    """One plain text, all of it learned."""
    text = rng.choices([_introduction, _story, _question, _statement, _sequence], [3, 3, 4, 1, 0.5])[0](rng)
    return Sample("plain text", [{"role": "text", "content": text}], raw=True)

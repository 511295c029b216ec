"""Looking up pairs that stand in the prompt: what passages, tools and JSON are read with."""

from .sample import Sample
from .words import COLOURS, DAYS, JOBS, NAMES, NOUNS, code, invented, odd, person, place

_KINDS = [
    person,
    place,
    invented,
    odd,
    code,
    lambda rng: rng.choice(NOUNS),
    lambda rng: rng.choice(NOUNS),
    lambda rng: rng.choice(NAMES),
    lambda rng: str(rng.randint(0, 10 ** rng.randint(1, 5))),
    lambda rng: rng.choice(COLOURS),
    lambda rng: rng.choice(JOBS),
    lambda rng: rng.choice(DAYS),
    lambda rng: f"{rng.choice(NOUNS)} {rng.choice(NOUNS)}",
    lambda rng: f"{person(rng)} {invented(rng)}",
]
# how a pair is written, how the second is asked for by the first, how the first by the second
_STYLES = [
    ("{k}: {v}", ["{k}?", "{k}", "What is {k}?", "{k}: ?"], ["Which one is {v}?", "Where does it say {v}?"]),
    ("{k} = {v}", ["{k}?", "What is {k}?", "{k} =", "What does {k} equal?"], ["What equals {v}?", "Which one is {v}?"]),
    ("{k} -> {v}", ["{k}?", "Where does {k} lead?", "{k} ->"], ["What leads to {v}?", "-> {v}?"]),
    ("{k} is {v}", ["What is {k}?", "{k} is what?", "And {k}?"], ["What is {v}?", "Which one is {v}?"]),
    ("{k} has {v}", ["What does {k} have?", "{k} has what?", "And {k}?"], ["Who has {v}?", "{v} is with whom?"]),
    ("{k} got {v}", ["What did {k} get?", "And {k}?", "What about {k}?"], ["Who got {v}?", "To whom went {v}?"]),
    ("{v} belongs to {k}", ["What belongs to {k}?", "And to {k}?"], ["To whom does {v} belong?", "Whose is {v}?"]),
    ("{v} is for {k}", ["What is for {k}?", "And for {k}?", "What does {k} get?"], ["For whom is {v}?", "Who gets {v}?"]),
    ("In {k} there is {v}", ["What is in {k}?", "And in {k}?"], ["Where is {v}?", "And where is {v}?"]),
    ("We put {v} into {k}", ["What did we put into {k}?", "What is in {k}?"], ["Where is {v}?", "Where did we put {v}?"]),
    ('"{k}": "{v}"', ['"{k}"?', "What is the value of {k}?", "{k}?"], ['Which key has "{v}"?', "Which key is {v}?"]),
    ("| {k} | {v} |", ["What stands beside {k}?", "{k}?"], ["What stands before {v}?", "Which row has {v}?"]),
]
_BREAKS = ["\n", "\n", ", ", ". ", "; ", "\n- "]


def _pairs(rng):
    first, second = rng.choice(_KINDS), rng.choice(_KINDS)
    pairs, used = {}, set()
    most = rng.randint(2, 10)
    while len(pairs) < 2 or (len(pairs) < most and rng.random() < 0.95):
        key, value = first(rng), second(rng)
        if key not in used and value not in used and key != value:
            pairs[key] = value
            used |= {key, value}
    return list(pairs.items())


def recall(rng):
    """A few pairs, then questions about several of them; the answer is the other half, nothing else."""
    pairs = _pairs(rng)
    pattern, by_key, by_value = rng.choice(_STYLES)
    lines = [pattern.format(k=key, v=value) for key, value in pairs]
    gap = rng.choice(_BREAKS)
    text = gap.lstrip("\n") * (gap == "\n- ") + gap.join(lines) + ("." if gap == ". " else "")
    asked = rng.sample(pairs, rng.randint(1, len(pairs)))
    backwards = 0.0 if rng.random() < 0.5 else 0.5
    messages = []
    for key, value in asked:
        back = rng.random() < backwards
        question = rng.choice(by_value if back else by_key).format(k=key, v=value)
        if not messages:
            question = f"{text}\n\n{question}" if rng.random() < 0.7 else f"{question}\n{text}"
        messages += [
            {"role": "user", "content": question},
            {"role": "assistant", "content": key if back else value},
        ]
    return Sample("recall", messages)

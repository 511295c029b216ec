"""Questions answered from passages in the prompt, with the number of the source."""

from dataclasses import dataclass

from .frames import framed
from .grammar import decorate, expand, fill, plain
from .passage_prompts import ASK_CITED, ASK_PLAIN, ASK_RAG, index_prompt, numbered
from .passage_relations import ALSO, ONLY_TRAINED, RELATIONS, thing
from .passage_tables import ASIDES, BEST, BEST_LINES, BEST_MORE, LINKS, NOT_SAID, SCENE
from .sample import Sample
from .words import ADJECTIVES, DAYS, NOUNS, TASKS, invented, model_name, person, place


def _loose(rng):
    return {
        "adj": rng.choice(ADJECTIVES),
        "noun": rng.choice(NOUNS),
        "noun2": rng.choice(NOUNS),
        "person": person(rng),
        "n": rng.randint(2, 12),
        "city": place(rng),
        "year": rng.randint(1800, 2025),
        "word": invented(rng),
        "word2": invented(rng),
        "day": rng.choice(DAYS),
    }


def _line(rng, patterns, **slots):
    return plain(fill(expand(rng, rng.choice(patterns)), {**_loose(rng), **slots}))


def filler(rng, sentences, held=False):
    """Sentences that nobody asks for."""
    chosen = LINKS if held or rng.random() < 0.6 else ASIDES
    return [_line(rng, chosen if rng.random() < 0.65 else SCENE) for _ in range(sentences)]


@dataclass
class Told:
    """A sentence of a passage with the question it answers."""

    it: str
    sentence: str
    question: str
    answer: str


def ranked(rng, held, most=3):
    """Which model is best for what: one to three of them, or up to `most`."""
    told = []
    models = list({model_name(rng): 0 for _ in range(6 if most == 3 else 2 * most)})
    count = rng.choice([1, 1, 2, 3]) if most == 3 else rng.randint(3, most)
    for task, it in zip(rng.sample(TASKS, count), models[:most]):
        sentence = _line(rng, BEST_LINES, it=it, task=task)
        for _ in range(rng.randint(0, 2)):
            sentence += " " + _line(rng, BEST_MORE, other=rng.choice(models[most:] or ["GPT-4"]))
        question = BEST.say(rng, held, task=task).replace(",?", rng.choice(["", ","]))
        told.append(
            Told(it, sentence, question, f"According to the article, {it} is the best open-source model for {task}")
        )
    return told


_TRAINED = [*RELATIONS.values(), *ONLY_TRAINED.values()]


def _related(rng, held):
    """The same relation about one to four different things, sometimes one more of another."""
    relations = list(RELATIONS.values()) if held else _TRAINED
    first = rng.choice(relations)
    chosen = [first] * rng.choice([1, 2, 3, 4]) + ([rng.choice(relations)] if rng.random() < 0.4 else [])
    told, seen = [], set()
    for relation in chosen:
        _tell(rng, relation, held, told, seen)
    return told


def many(rng):
    """Up to nine facts of few kinds, so that only the key tells them apart; all of them are asked."""
    relations = [rng.choice(_TRAINED) for _ in range(rng.choice([1, 1, 2, 3]))]
    told, seen, like = [], set(), rng.choice([None, None, rng.choice(NOUNS)])
    for relation in [rng.choice(relations) for _ in range(rng.randint(3, 9))]:
        _tell(rng, relation, False, told, seen, like)
    return told


def _value(rng, maker, held, like):
    """What a maker gives; in training often something of another shape, or a thing that is told from others by one word."""
    if held or rng.random() < 0.6:
        return maker(rng)
    if like and maker is thing:
        return f"{rng.choice(ADJECTIVES)} {like}"
    return ALSO.get(maker, maker)(rng)


def _tell(rng, relation, held, told, seen, like=None):
    """Adds one fact of the kind, unless its key or its answer was told already."""
    key, it = (str(_value(rng, maker, held, like)) for maker in (relation.key, relation.it))
    if key in seen or it in seen:
        return
    seen |= {key, it}
    statements = relation.also_told if not held and rng.random() < 0.35 else relation.statements
    sentence = _cap(_line(rng, statements, key=key, it=it))
    if not held and rng.random() < 0.25:
        question = framed(rng, fill(expand(rng, rng.choice(relation.phrases)), {"key": key}))
    else:
        question = relation.questions.say(rng, held, key=key)
    told.append(Told(it, sentence, question, _cap(plain(fill(relation.answer, {"key": key, "it": it})))))


def _cap(text):
    return text[0].upper() + text[1:]


def spread(rng, sentences, count):
    """Sentences cut into at most `count` chunks; returns the chunks and the number of each sentence's chunk."""
    count = min(count, len(sentences))
    cuts = sorted(rng.sample(range(1, len(sentences)), count - 1)) if count > 1 else []
    chunks = [" ".join(sentences[a:b]) for a, b in zip([0] + cuts, cuts + [len(sentences)])]
    return chunks, {sentence: 1 + sum(i >= cut for cut in cuts) for i, sentence in enumerate(sentences)}


def passage(rng, held=False, long=False):
    """Questions about one or more passages; with numbered sources the answers cite them."""
    dense = not held and not long and rng.random() < 0.6
    if dense:
        told = ranked(rng, False, 7) if rng.random() < 0.25 else many(rng)
        fillers = rng.choice([0, 0, 0, 0, 1, 2, 4])
    else:
        told = (ranked if rng.random() < 0.3 else _related)(rng, held)
        fillers = rng.randint(15, 40) if long else rng.choice([0, 0, 1, 2, 3, 4, 6, 10])
    sentences = [item.sentence for item in told] + filler(rng, fillers, held)
    missing = told.pop(0) if len(told) > 1 and rng.random() < 0.1 and not held else None
    if missing:
        sentences.remove(missing.sentence)
    rng.shuffle(sentences)
    chunks, numbers = spread(rng, sentences, rng.randint(1, 6 if long else 4))
    style = rng.random() if held else rng.random() ** 0.7  # more than half of those trained cite
    cited = style >= 0.55
    if style < 0.3:
        text = ASK_PLAIN.say(rng, passage=rng.choice([" ", "\n", "\n\n"]).join(chunks))
    elif not cited:
        text = ASK_RAG.say(rng, passage=rng.choice(["\n\n", "\n\n", " "]).join(chunks))
    elif style < 0.8:
        text = ASK_CITED.say(rng, passage=numbered(rng, chunks))
    else:
        text = index_prompt(rng, chunks)
    messages = []
    asked = told[:1] if held else told[: 9 if dense else rng.randint(1, 4)] + ([missing] if missing else [])
    rng.shuffle(asked)
    for item in asked:
        question = item.question if held or rng.random() < 0.6 else decorate(rng, item.question)
        question = question if messages else text.replace("@", question)
        final = (
            NOT_SAID
            if item is missing
            else f"{item.answer} [{numbers[item.sentence]}]."
            if cited
            else f"{item.answer}."
        )
        messages += [{"role": "user", "content": question}, {"role": "assistant", "content": final}]
    check = {"type": "contains", "any": [asked[-1].it]}
    if cited:
        check["all"] = [f"[{numbers.get(asked[-1].sentence)}]"]
    return Sample("passages", messages, check=check)

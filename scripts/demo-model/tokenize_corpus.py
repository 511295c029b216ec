"""The byte-level BPE tokenizer, and samples as token ids with their learned positions."""

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from corpus.mix import training_sample
from template import END_OF_TEXT, TOOL_MARKS, TURN_END, TURN_START, spans

SPECIALS = [END_OF_TEXT, TURN_START, TURN_END]
# Digits stand alone; only a space may lead a word, so a word is the same tokens after a quote and after a bracket.
_SPLIT = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"


def train_tokenizer(seed, samples, vocab_size):
    """Learns the merges from the first samples of the corpus."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size - len(TOOL_MARKS),
        special_tokens=SPECIALS,
        initial_alphabet=alphabet,
        show_progress=False,
        min_frequency=2,
    )
    texts = ("".join(text for text, _ in spans(training_sample(seed, i).clean())) for i in range(samples))
    drop = SPECIALS + TOOL_MARKS
    tokenizer.train_from_iterator((_without(text, drop) for text in texts), trainer)
    tokenizer.add_tokens([AddedToken(mark, special=False, normalized=False) for mark in TOOL_MARKS])
    return tokenizer


def _without(text, marks):
    for item in marks:
        text = text.replace(item, "\n")
    return text


def encode(tokenizer, samples, longest):
    """[(ids, learned)] of the samples that are no longer than `longest` tokens."""
    pieces = [spans(sample) for sample in samples]
    flat = tokenizer.encode_batch([text for sample in pieces for text, _ in sample], add_special_tokens=False)
    encoded, at = [], 0
    for sample in pieces:
        ids, learned = [], []
        for (_, counts), encoding in zip(sample, flat[at : at + len(sample)]):
            ids += encoding.ids
            learned += [counts] * len(encoding.ids)
        at += len(sample)
        if len(ids) <= longest:
            encoded.append((ids, learned))
    return encoded

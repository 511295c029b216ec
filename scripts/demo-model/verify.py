"""Compares an exported folder with the reference implementation: chat template, tokens and greedy answers.

python verify.py --run RUN_FOLDER --model ../../demo-model [--questions 40]
"""

import threads  # noqa: F401, I001 - before torch

import argparse
import json

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from corpus.sample import Sample
from evaluate import LONGEST_ANSWER, answer
from export import load
from make_heldout import FILE
from template import prompt


def main():
    """Command line; exits 1 at the first difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--questions", type=int, default=40)
    options = parser.parse_args()
    theirs, their_tokenizer = (
        AutoModelForCausalLM.from_pretrained(options.model, torch_dtype=torch.float32).eval(),
        AutoTokenizer.from_pretrained(options.model),
    )
    ours, tokenizer = load(options.run)
    ours.load_state_dict({name: value.bfloat16().float() for name, value in ours.state_dict().items()})
    lines = FILE.read_text().splitlines()
    for line in lines[:: max(1, len(lines) // options.questions)]:
        item = json.loads(line)
        tools = item.get("tools", [])
        text = prompt(Sample("", item["messages"] + [{"role": "assistant", "content": ""}], tools))
        rendered = their_tokenizer.apply_chat_template(
            item["messages"], tools=tools or None, tokenize=False, add_generation_prompt=True
        )
        if rendered != text:
            raise SystemExit(f"{item['id']}: the template gives {rendered!r}, training {text!r}")
        ids = their_tokenizer(text, return_tensors="pt", add_special_tokens=False)
        if ids["input_ids"][0].tolist() != tokenizer.encode(text, add_special_tokens=False).ids:
            raise SystemExit(f"{item['id']}: other tokens")
        made = theirs.generate(**ids, max_new_tokens=LONGEST_ANSWER, do_sample=False, temperature=None)[
            0, ids["input_ids"].shape[1] :
        ]
        said = their_tokenizer.decode(made, skip_special_tokens=True)
        if said != answer(ours, tokenizer, text)[0]:
            raise SystemExit(f"{item['id']}: reference {said!r}, ours {answer(ours, tokenizer, text)[0]!r}")
    print(f"{options.questions} questions: same prompt, same tokens, same greedy answer")


if __name__ == "__main__":
    main()

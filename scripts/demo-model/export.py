"""Writes a checkpoint as a Hugging Face model folder.

python export.py --run RUN_FOLDER --out ../../demo-model
"""

import argparse
import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from model import Llama, Shape, depth
from template import CHAT_TEMPLATE, END_OF_TEXT, TURN_END, TURN_START

# Default sampling is at temperature 1, where a network this small still slips; twice the logits is temperature 0.5.
SHARPEN = 2.0


def load(folder):
    """The float32 model and the tokenizer of a run, as of its last checkpoint."""
    tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    weights = torch.load(Path(folder) / "last.pt", map_location="cpu")["model"]
    model = Llama(Shape(vocab_size=tokenizer.get_vocab_size(), num_hidden_layers=depth(weights)))
    model.load_state_dict(weights)
    return model.eval(), tokenizer


def write_json(path, value):
    """JSON with two spaces and a last newline."""
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def main():
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    model, tokenizer = load(options.run)
    model.norm.weight.data *= SHARPEN
    weights = {f"model.{name}": value.bfloat16().contiguous() for name, value in model.state_dict().items()}
    save_file(weights, out / "model.safetensors", metadata={"format": "pt"})
    shutil.copy(Path(options.run) / "tokenizer.json", out / "tokenizer.json")
    ids = {name: tokenizer.token_to_id(name) for name in (END_OF_TEXT, TURN_START, TURN_END)}
    write_json(
        out / "config.json",
        {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            **model.shape.config(),
            "hidden_act": "silu",
            "attention_bias": False,
            "mlp_bias": False,
            "attention_dropout": 0.0,
            "initializer_range": 0.04,
            "pretraining_tp": 1,
            "rope_scaling": None,
            "tie_word_embeddings": True,
            "torch_dtype": "bfloat16",
            "use_cache": True,
            "bos_token_id": ids[END_OF_TEXT],
            "eos_token_id": ids[TURN_END],
            "pad_token_id": ids[END_OF_TEXT],
        },
    )
    write_json(
        out / "generation_config.json",
        {
            "bos_token_id": ids[END_OF_TEXT],
            "eos_token_id": [ids[TURN_END], ids[END_OF_TEXT]],
            "pad_token_id": ids[END_OF_TEXT],
            "do_sample": True,
            "temperature": 1.0,
        },
    )
    write_json(
        out / "special_tokens_map.json",
        {"eos_token": TURN_END, "pad_token": END_OF_TEXT, "additional_special_tokens": [TURN_START, TURN_END]},
    )
    added = {
        str(i): {
            "content": token.content,
            "lstrip": False,
            "normalized": False,
            "rstrip": False,
            "single_word": False,
            "special": token.special,
        }
        for i, token in sorted(tokenizer.get_added_tokens_decoder().items())
    }
    write_json(
        out / "tokenizer_config.json",
        {
            "add_bos_token": False,
            "add_prefix_space": False,
            "added_tokens_decoder": added,
            "additional_special_tokens": [TURN_START, TURN_END],
            "bos_token": None,
            "chat_template": CHAT_TEMPLATE,
            "clean_up_tokenization_spaces": False,
            "eos_token": TURN_END,
            "model_input_names": ["input_ids", "attention_mask"],
            "model_max_length": model.shape.max_position_embeddings,
            "pad_token": END_OF_TEXT,
            "tokenizer_class": "PreTrainedTokenizerFast",
            "unk_token": None,
        },
    )


if __name__ == "__main__":
    main()

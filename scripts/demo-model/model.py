"""A small Llama: RMS norm, rotary positions, grouped-query attention, SwiGLU, tied embeddings."""

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class Shape:
    """Sizes of the network; the field names are those of a Hugging Face config."""

    vocab_size: int = 3072
    hidden_size: int = 192
    intermediate_size: int = 512
    num_hidden_layers: int = 4
    num_attention_heads: int = 6
    num_key_value_heads: int = 3
    head_dim: int = 32
    max_position_embeddings: int = 8192
    rope_theta: float = 10000.0
    rms_norm_eps: float = 1e-5

    def config(self):
        """The sizes as a dictionary."""
        return asdict(self)


class RMSNorm(nn.Module):
    """Scales a vector to unit mean square, then by learned weights."""

    def __init__(self, size, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.eps = eps

    def forward(self, x):
        high = x.float()
        return (high * torch.rsqrt(high.square().mean(-1, keepdim=True) + self.eps) * self.weight.float()).to(x.dtype)


def rotary(length, shape):
    """Cosines and sines of the positions, [length, head_dim] each, for the half-split layout."""
    frequencies = shape.rope_theta ** (-torch.arange(0, shape.head_dim, 2).float() / shape.head_dim)
    angles = torch.outer(torch.arange(length).float(), frequencies)
    angles = torch.cat([angles, angles], dim=-1)
    return angles.cos(), angles.sin()


def rotate(x, cos, sin):
    """Turns the two halves of each head by the angle of its position."""
    one, two = x.chunk(2, dim=-1)
    return x * cos + torch.cat([-two, one], dim=-1) * sin


class Attention(nn.Module):
    """Causal grouped-query attention."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        width, kv = shape.num_attention_heads * shape.head_dim, shape.num_key_value_heads * shape.head_dim
        self.q_proj = nn.Linear(shape.hidden_size, width, bias=False)
        self.k_proj = nn.Linear(shape.hidden_size, kv, bias=False)
        self.v_proj = nn.Linear(shape.hidden_size, kv, bias=False)
        self.o_proj = nn.Linear(width, shape.hidden_size, bias=False)

    def forward(self, x, cos, sin, cache=None):
        batch, length, _ = x.shape
        q, k, v = (
            y.view(batch, length, -1, self.shape.head_dim).transpose(1, 2)
            for y in (self.q_proj(x), self.k_proj(x), self.v_proj(x))
        )
        q, k, v = (
            rotate(q.float(), cos, sin),
            rotate(k.float(), cos, sin),
            v.float(),
        )  # on a CPU attention is twice as fast in float32
        if cache is not None:
            if cache:
                k, v = torch.cat([cache[0], k], 2), torch.cat([cache[1], v], 2)
            cache[:] = [k, v]
        groups = self.shape.num_attention_heads // self.shape.num_key_value_heads
        k, v = k.repeat_interleave(groups, 1), v.repeat_interleave(groups, 1)
        out = F.scaled_dot_product_attention(q, k, v, is_causal=length > 1)
        return self.o_proj(out.transpose(1, 2).reshape(batch, length, -1).to(x.dtype))


class MLP(nn.Module):
    """SwiGLU."""

    def __init__(self, shape):
        super().__init__()
        self.gate_proj = nn.Linear(shape.hidden_size, shape.intermediate_size, bias=False)
        self.up_proj = nn.Linear(shape.hidden_size, shape.intermediate_size, bias=False)
        self.down_proj = nn.Linear(shape.intermediate_size, shape.hidden_size, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class Block(nn.Module):
    """Attention and MLP, each behind a norm and beside a residual."""

    def __init__(self, shape):
        super().__init__()
        self.input_layernorm = RMSNorm(shape.hidden_size, shape.rms_norm_eps)
        self.self_attn = Attention(shape)
        self.post_attention_layernorm = RMSNorm(shape.hidden_size, shape.rms_norm_eps)
        self.mlp = MLP(shape)

    def forward(self, x, cos, sin, cache=None):
        x = x + self.self_attn(self.input_layernorm(x), cos, sin, cache)
        return x + self.mlp(self.post_attention_layernorm(x))


class Llama(nn.Module):
    """Token ids in, hidden states out; `logits` is the tied head.

    Weight names below `model.` are those of Hugging Face's LlamaForCausalLM.
    """

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embed_tokens = nn.Embedding(shape.vocab_size, shape.hidden_size)
        self.layers = nn.ModuleList(Block(shape) for _ in range(shape.num_hidden_layers))
        self.norm = RMSNorm(shape.hidden_size, shape.rms_norm_eps)
        cos, sin = rotary(shape.max_position_embeddings, shape)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                scale = (
                    (2 * shape.num_hidden_layers) ** -0.5
                    if name.endswith(("o_proj.weight", "down_proj.weight"))
                    else 1.0
                )
                nn.init.normal_(parameter, std=0.04 * scale)

    def forward(self, ids, start=0, caches=None):
        x = self.embed_tokens(ids)
        cos, sin = self.cos[start : start + ids.shape[1]].float(), self.sin[start : start + ids.shape[1]].float()
        for index, layer in enumerate(self.layers):
            x = layer(x, cos, sin, caches[index] if caches is not None else None)
        return self.norm(x)

    def logits(self, hidden):
        """[..., hidden_size] to [..., vocab_size]."""
        return F.linear(hidden, self.embed_tokens.weight.to(hidden.dtype))


def depth(weights):
    """How many layers a state dictionary holds."""
    return len({name.split(".")[1] for name in weights if name.startswith("layers.")})


def grown(weights, model):
    """The weights of a shallower network in a deeper one, new layers spread among its last.

    What a new layer adds to the residual is zero, so the deeper network computes what the shallower one did.
    """
    old, new = depth(weights), model.shape.num_hidden_layers
    fresh = {old + 2 * i - (new - old) for i in range(new - old)}  # 4 to 6 layers: the third and the fifth are new
    places = [place for place in range(new) if place not in fresh]
    state = {name: value for name, value in weights.items() if not name.startswith("layers.")}
    for name, value in model.state_dict().items():
        if not name.startswith("layers."):
            continue
        _, place, rest = name.split(".", 2)
        if int(place) in fresh:
            state[name] = torch.zeros_like(value) if rest.endswith(("o_proj.weight", "down_proj.weight")) else value
        else:
            state[name] = weights[f"layers.{places.index(int(place))}.{rest}"]
    return state

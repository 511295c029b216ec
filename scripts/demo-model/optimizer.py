"""Muon for the matrices of the layers, AdamW for the embedding and the norms."""

import torch

_NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)  # https://kellerjordan.github.io/posts/muon/


def orthogonal(stack, steps=5):
    """The nearest semi-orthogonal matrix of each matrix in [n, rows, columns], by Newton-Schulz in bfloat16."""
    a, b, c = _NEWTON_SCHULZ
    x = stack.bfloat16()
    tall = x.shape[1] > x.shape[2]
    x = x.transpose(1, 2) if tall else x
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        gram = x @ x.transpose(1, 2)
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.transpose(1, 2) if tall else x).float()


class Muon:
    """Momentum whose direction is orthogonalised; matrices of one shape are done in one stack."""

    def __init__(self, parameters, momentum=0.95):
        self.momentum = momentum
        shapes = {}
        for parameter in parameters:
            shapes.setdefault(tuple(parameter.shape), []).append(parameter)
        self.groups = [(group, torch.zeros(len(group), *shape)) for shape, group in shapes.items()]

    def step(self, rate, decay):
        """One update at the given learning rate and weight decay."""
        for group, buffer in self.groups:
            gradient = torch.stack([p.grad for p in group])
            buffer.lerp_(gradient, 1 - self.momentum)
            update = (
                orthogonal(gradient.lerp(buffer, self.momentum)) * max(1, gradient.shape[1] / gradient.shape[2]) ** 0.5
            )
            for parameter, change in zip(group, update):
                parameter.mul_(1 - rate * decay).add_(change, alpha=-rate)

    def state_dict(self):
        """The momentum of every group."""
        return [buffer for _, buffer in self.groups]

    def load_state_dict(self, state):
        """Takes back what `state_dict` gave."""
        for (_, buffer), saved in zip(self.groups, state):
            buffer.copy_(saved)

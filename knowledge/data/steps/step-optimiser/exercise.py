"""Exercise: an optimiser and a schedule as in Keras.

keras.optimizers.AdamW(learning_rate=CosineDecay(0.01, 10), weight_decay=0.1), biases left out
"""

import torch
from torch import nn


def make(model: nn.Module) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    # AdamW, rate 0.01, epsilon 1e-7; decay 0.1 for weights and 0 for biases;
    # a cosine from 0.01 to 0 within ten batches that stays at 0 afterwards.
    raise NotImplementedError("make")

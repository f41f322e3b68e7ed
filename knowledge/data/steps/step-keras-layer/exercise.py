"""Exercise: a Module as a layer of Keras that survives saving.

class Gate(nn.Module):
    def __init__(self, size, power=1.0):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(size))
        self.register_buffer("calls", torch.tensor(0.0))
        self.power = power

    def forward(self, x):
        if self.training:
            self.calls += 1
        return x * torch.sigmoid(self.weight) ** self.power
"""

import keras


@keras.saving.register_keras_serializable("learn")
class Gate(keras.layers.Layer):
    # Gate(power=1.0): weights "weight" (trained, made when the size of the input is known) and
    # "calls" (not trained). The power has to come back from a saved file.
    def __init__(self, **options):
        super().__init__(**options)
        raise NotImplementedError("Gate")

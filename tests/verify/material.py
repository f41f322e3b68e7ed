"""Rows that hold in both frameworks, and the same rows with one thing wrong in each."""

from __future__ import annotations

from msgspec.structs import replace

from probes.verify.rows import Row

CONV = (
    "padded = F.pad(x.permute(0, 3, 1, 2), (0, 1, 0, 1))\n"
    "y = F.conv2d(padded, k.permute(3, 2, 0, 1), stride=2)"
)
DENSE = (
    "layer = nn.Linear(3, 5)\n"
    "with torch.no_grad():\n"
    "    layer.weight.copy_(w.T)\n"
    "    layer.bias.copy_(b)\n"
    "y = layer(x)"
)
KERAS_DENSE = (
    "layer = keras.layers.Dense(5)\nlayer.build((None, 3))\nlayer.set_weights([w, b])\ny = layer(x)"
)
ADAM = (
    "w = w0.clone()\n"
    "optimizer = torch.optim.Adam([w], lr=0.1, eps=1e-7)\n"
    "for _ in range(3):\n"
    "    w.grad = g.clone()\n"
    "    optimizer.step()\n"
    "y = w"
)
KERAS_ADAM = (
    "w = tf.Variable(w0)\n"
    "optimizer = keras.optimizers.Adam(learning_rate=0.1)\n"
    "for _ in range(3):\n"
    "    optimizer.apply_gradients([(g, w)])\n"
    "y = w"
)


def row(name: str, tensorflow: str, torch: str, **more: object) -> Row:
    return Row(id=name, code={"tensorflow": tensorflow, "torch": torch}, **more)  # type: ignore[arg-type]


def of(**inputs: dict[str, object]) -> dict[str, dict[str, object]]:
    return inputs


X = {"shape": [2, 3, 5]}
TIES = {"shape": [4, 6], "kind": "ties"}

GOOD = {
    one.id: one
    for one in (
        row("softmax", "y = tf.nn.softmax(x)", "y = torch.softmax(x, -1)", inputs=of(x=X)),
        row("gelu", "y = tf.nn.gelu(x)", "y = F.gelu(x)", inputs=of(x=X), gradients=["x"]),
        row(
            "leaky",
            "y = tf.nn.leaky_relu(x)",
            "y = F.leaky_relu(x, 0.2)",
            inputs=of(x=TIES),
            gradients=["x"],
        ),
        row(
            "norm",
            "y = keras.layers.LayerNormalization()(x)",
            "y = nn.LayerNorm(5, eps=1e-3)(x)",
            inputs=of(x={"shape": [4, 5], "kind": "uniform", "low": -0.1, "high": 0.1}),
        ),
        row("std", "y = tf.math.reduce_std(x, 1)", "y = x.std(1, correction=0)", inputs=of(x=X)),
        row("argmax", "y = tf.argmax(x)", "y = torch.argmax(x, dim=0)", inputs=of(x=TIES)),
        row(
            "dense",
            KERAS_DENSE,
            DENSE,
            inputs=of(x={"shape": [4, 3]}, w={"shape": [3, 5]}, b={"shape": [5]}),
            gradients=["x"],
        ),
        row(
            "conv",
            "y = tf.nn.conv2d(x, k, strides=2, padding='SAME')",
            CONV,
            inputs=of(x={"shape": [1, 6, 8, 2]}, k={"shape": [3, 3, 2, 4]}),
            permute={"y": [0, 2, 3, 1]},
            tolerance=2e-6,
        ),
        row(
            "adam",
            KERAS_ADAM,
            ADAM,
            inputs=of(w0={"shape": [3, 2]}, g={"shape": [3, 2]}),
            tolerance=2e-5,
        ),
        row(
            "maximum",
            "y = tf.reduce_max(x, axis=1)",
            "y = torch.amax(x, dim=1)",
            inputs=of(x=TIES),
            gradients=["x"],
        ),
        row(
            "sum",
            "y = tf.reduce_sum(x)",
            "y = x.sum(dtype=x.dtype)",
            inputs=of(x={"shape": [5], "kind": "integers", "dtype": "int32"}),
        ),
        row(
            "gather",
            "y = tf.gather(x, i, axis=1)",
            "y = x[:, i]",
            inputs=of(x={"shape": [3, 5]}, i={"values": "[3, 0, 1]"}),
        ),
        row(
            "log",
            "y = tf.math.log(x)",
            "y = torch.log(x)",
            inputs=of(x={"values": "[0.0, -1.0, 2.0]"}),
        ),
        row(
            "split",
            "y = tf.split(x, 3)",
            "y = torch.chunk(x, 3)",
            inputs=of(x={"shape": [12]}),
            naive="y = torch.split(x, 3)",
        ),
        row(
            "views",
            "y = tf.math.imag(x)",
            "y = x.imag",
            inputs=of(x={"shape": [3], "dtype": "complex64"}),
            # Attributes that exist, and raise for a tensor that is real or has one axis.
            symbols={"torch": ["torch.Tensor.imag", "torch.Tensor.mT", "torch.nn.utils.stateless"]},
        ),
        row(
            "keras 2",
            "y = tf_keras.activations.get('hard_sigmoid')(x)",
            "y = (0.2 * x + 0.5).clamp(0.0, 1.0)",
            inputs=of(x=X),
            subject="tf-keras",
        ),
        row(
            "words",
            "y = [tf.float32, tf.shape(x).numpy().tolist(), 'text']",
            "y = [torch.float32, list(x.shape), 'text']",
            inputs=of(x=X),
        ),
    )
}


def torch_says(name: str, code: str, **more: object) -> Row:
    good = GOOD[name]
    changed = {"tensorflow": good.code["tensorflow"], "torch": code}
    return replace(good, id=f"{name} {code!r} {more or ''}".strip(), code=changed, **more)


CORRUPT: list[tuple[Row, str]] = [
    # a row with one thing wrong, and the code of the problem that names it
    (torch_says("softmax", "y = torch.softmax(x, 1)"), "value"),
    (torch_says("gelu", "y = F.gelu(x, approximate='tanh')"), "value"),
    (torch_says("gelu", "y = F.gelu(x.detach()) + 0 * x"), "gradient"),
    (torch_says("leaky", "y = F.leaky_relu(x)"), "value"),
    (torch_says("norm", "y = nn.LayerNorm(5)(x)"), "value"),
    (torch_says("norm", "y = nn.LayerNorm(5, eps=1.001e-3)(x)"), "value"),
    (torch_says("std", "y = x.std(1)"), "value"),
    (torch_says("std", "y = x.std(1, correction=0, keepdim=True)"), "shape"),
    (torch_says("argmax", "y = torch.argmax(x)"), "shape"),
    (torch_says("argmax", "y = torch.argmax(x.flip(0), dim=0)"), "value"),
    (torch_says("dense", DENSE.replace("w.T", "w.reshape(5, 3)")), "value"),
    (torch_says("conv", "y = F.conv2d(x.permute(0, 3, 1, 2), k.permute(3, 2, 0, 1), stride=2, "
                "padding=1)"), "value"),
    (torch_says("conv", CONV.replace("k.permute(3, 2, 0, 1)", "k.permute(3, 2, 1, 0)")), "value"),
    (torch_says("conv", CONV, permute={}), "shape"),
    (torch_says("adam", ADAM.replace("eps=1e-7", "eps=1e-2")), "value"),
    (torch_says("adam", ADAM.replace("lr=0.1", "lr=0.1, weight_decay=0.01")), "value"),
    (torch_says("maximum", "y = torch.max(x, dim=1).values"), "gradient"),
    (torch_says("sum", "y = x.sum()"), "dtype"),
    (torch_says("gather", "y = torch.gather(x, 1, i[None].expand(3, -1).flip(1))"), "value"),
    (torch_says("log", "y = torch.log(x.abs())"), "not-a-number"),
    (torch_says("keras 2", "y = F.hardsigmoid(x)"), "value"),
    (torch_says("words", "y = [torch.float64, list(x.shape), 'text']"), "value"),
    (torch_says("words", "y = [torch.float32, list(x.shape)]"), "outputs"),
    (torch_says("softmax", "y = torch.softmax(x, axes=-1)"), "raises"),
    (torch_says("softmax", "z = torch.softmax(x, -1)"), "raises"),
    (torch_says("softmax", "y = torch.softmax(x, -1)", naive="y = x.softmax(-1)"), "naive-passes"),
    (torch_says("softmax", "y = torch.softmax(x, -1)", naive="y = sofmax(x)"), "naive-broken"),
    (Row(id="one side", code={"tensorflow": "y = tf.ones(2)"}, naive="y = torch.ones(2)"),
     "naive-broken"),
    (Row(id="one side, no better", code={"torch": "y = torch.ones(2)"}, naive="y = torch.ones(2)"),
     "naive-passes"),
    (torch_says("softmax", "y = F.softmax(x, -1)", symbols={"torch": ["torch.sofmax"]}),
     "no-such-symbol"),
    (torch_says("softmax", "y = x.softmax(-1)", symbols={"torch": ["torch.softmax"]},
                gone=["torch.softmax"]), "symbol-lives"),
    (torch_says("softmax", "y = torch.softmax(x, -1)  # declared", alive={"torch": "warns"}),
     "liveness"),
    (torch_says("softmax", "y = torch.softmax(x, -1)  # drawn", inputs={"x": {"values": "[1,"}}),
     "inputs"),
]  # fmt: skip

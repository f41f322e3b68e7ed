"""Two workers with MultiWorkerMirroredStrategy."""

import json
import os
import socket
import subprocess
import sys

import numpy as np

WORKERS, STEPS, RATE = 2, 6, 0.1
numbers = np.random.default_rng(0)
inputs = numbers.standard_normal((16, 3)).astype("float32")
targets = (inputs @ np.array([[1.0], [2.0], [-1.0]])).astype("float32")


def free_port() -> int:
    with socket.socket() as connection:
        connection.bind(("127.0.0.1", 0))
        return connection.getsockname()[1]


def work(rank: int) -> None:
    import keras
    import tensorflow as tf

    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    with strategy.scope():
        model = keras.Sequential(
            [keras.Input((3,)), keras.layers.Dense(1, kernel_initializer="zeros")]
        )
        optimizer = keras.optimizers.SGD(RATE)
        optimizer.build(model.trainable_variables)
    half = len(inputs) // WORKERS
    rows = slice(rank * half, rank * half + half)

    @tf.function
    def step(x, y):
        def on_replica(x, y):
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum((model(x) - y) ** 2) / len(inputs)  # the global batch
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))  # sums them
            return loss

        loss = strategy.run(on_replica, args=(x, y))
        return strategy.reduce(tf.distribute.ReduceOp.SUM, loss, axis=None)

    batch = tf.constant(inputs[rows]), tf.constant(targets[rows])
    losses = [float(step(*batch)) for _ in range(STEPS)]
    weights = model.get_weights()[0].ravel().tolist()
    with open(f"worker-{rank}.json", "w") as file:
        json.dump({"losses": losses, "weights": weights}, file)


def main() -> None:
    addresses = [f"127.0.0.1:{free_port()}" for _ in range(WORKERS)]
    processes = []
    for rank in range(WORKERS):
        task = {"cluster": {"worker": addresses}, "task": {"type": "worker", "index": rank}}
        environment = {**os.environ, "TF_CONFIG": json.dumps(task)}
        command = [sys.executable, __file__, str(rank)]
        processes.append(subprocess.Popen(command, env=environment))
    if any([process.wait() for process in processes]):
        raise SystemExit("a worker failed")
    results = [json.load(open(f"worker-{rank}.json")) for rank in range(WORKERS)]
    print(json.dumps({**results[0], "same_on_both_workers": results[0] == results[1]}))


if __name__ == "__main__":
    work(int(sys.argv[1])) if len(sys.argv) > 1 else main()

"""Doubles."""

import tensorflow as tf

for number in (1, 2):
    print(tf.double(number))

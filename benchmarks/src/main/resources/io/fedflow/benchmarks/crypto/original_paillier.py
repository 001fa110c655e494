"""Rates of the Paillier classes of FATE 1.11 that its components use, per second of processor time.

Arguments: the key length in bits, and how many features a row has. The last line of the output is
JSON: what ran, and rates of encrypt, decrypt, add, multiply and rows.
"""
import collections
import collections.abc
import json
import platform
import random
import statistics
import sys
import time

# What FATE 1.11 imports under names that newer releases of Python no longer have.
for name in ("Iterable", "Mapping", "Sequence", "MutableMapping", "Callable"):
    if not hasattr(collections, name):
        setattr(collections, name, getattr(collections.abc, name))

import gmpy2
import numpy as np
from federatedml.optim.gradient.hetero_linear_model_gradient import HeteroGradientBase
from federatedml.secureprotol.encrypt import PaillierEncrypt
from federatedml.util.fixpoint_solver import FixedPointEncoder

RUNS = 5
MAGNITUDE_BITS = 23  # floating_point_precision of its linear models, unless a conf says otherwise
ROWS = 80  # of a batch of 320 rows in four partitions, as its examples have them


def rate(operations, work):
    """Median of some runs, after two to warm up."""
    rates = []
    for run in range(-2, RUNS):
        start = time.process_time()
        work()
        seconds = time.process_time() - start
        if run >= 0:
            rates.append(operations / seconds)
    return statistics.median(rates)


def main(bits, features):
    data = random.Random(1)
    cipher = PaillierEncrypt()
    cipher.generate_key(bits)

    def numbers(count):
        return [data.uniform(-1, 1) for _ in range(count)]

    few = numbers(20)
    ciphertexts = cipher.encrypt_list(few)
    # Equal exponents, so that a sum is one product: the fairest case beside ours.
    whole = cipher.encrypt_list(list(range(1, 21)))
    scalars = [data.randint(-(1 << MAGNITUDE_BITS), 1 << MAGNITUDE_BITS) for _ in range(20)]

    # A partition of a batch at a site: rows of features, and the encrypted residual of each.
    rows = [np.array(numbers(features)) for _ in range(ROWS)]
    partition = [(i, (row, d)) for i, (row, d) in enumerate(zip(rows, cipher.encrypt_list(numbers(ROWS))))]
    gradient = HeteroGradientBase._HeteroGradientBase__apply_cal_gradient
    encoder = FixedPointEncoder(2**MAGNITUDE_BITS)

    rates = {
        "encrypt": rate(20, lambda: cipher.encrypt_list(few)),
        "decrypt": rate(20, lambda: cipher.decrypt_list(ciphertexts)),
        "add": rate(2000, lambda: [c + c for _ in range(100) for c in whole]),
        "multiply": rate(200, lambda: [c * s for _ in range(10) for c, s in zip(ciphertexts, scalars)]),
        "rows": rate(ROWS, lambda: gradient(partition, encoder, False)),
    }
    about = "Python %s, gmpy2 %s" % (platform.python_version(), gmpy2.version())
    print("\n" + json.dumps({"about": about, "rates": rates}))


main(int(sys.argv[1]), int(sys.argv[2]))

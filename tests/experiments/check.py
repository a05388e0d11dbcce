"""Checks tests/vectors/experiments.json, written from docs/policy.md alone and with nothing but the standard library.

Usage: check.py vectors.json
"""

import hashlib
import json
import sys

PLACES = 48


def draw(*parts):
    return int.from_bytes(hashlib.sha256(b"\0".join(part.encode() for part in parts)).digest()[:8], "big")


def log2(number):
    """The binary logarithm in units of 2^-48, cut off: digit by digit, each by squaring."""
    zeros = 64 - number.bit_length()
    log, rest = 63 - zeros, number << zeros
    for _ in range(PLACES):
        square = rest * rest >> 63
        digit = square >> 64
        log, rest = log << 1 | digit, square >> digit
    return log


def bucket(name, text):
    return draw(name, text) * 100 >> 64


def arm(experiment, arms, text):
    best = None
    for name, weight in arms:
        if weight > 0:
            drawn = (64 << PLACES) - log2(draw(experiment, name, text) | 1)
            if best is None or (drawn * best[1], name.encode()) < (best[0] * weight, best[2].encode()):
                best = (drawn, weight, name)
    return best[2]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        vectors = json.load(file)
    for case in vectors["buckets"]:
        found = bucket(case["name"], case["text"])
        assert found == case["bucket"], (case, found)
    for case in vectors["arms"]:
        found = arm(case["experiment"], case["arms"], case["text"])
        assert found == case["arm"], (case, found)
    print(f"{len(vectors['buckets'])} buckets and {len(vectors['arms'])} arms")


main()

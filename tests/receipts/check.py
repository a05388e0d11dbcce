"""Checks the test vectors of docs/receipts.md, written from that page alone and with nothing but the standard library.

Usage: check.py vectors.json
"""

import base64
import hashlib
import hmac
import json
import sys

# Ed25519, RFC 8032 section 5.1.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P)
    if x2 % P == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * SQRT_M1 % P
    if (x * x - x2) % P != 0:
        return None
    return P - x if (x & 1) != sign else x


def point(x, y):
    return (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = point(recover_x(BASE_Y, 0), BASE_Y)


def add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    i, j, k, l = f - e, h - g, h + g, f + e
    return (i * j % P, k * l % P, j * k % P, i * l % P)


def multiply(number, a):
    result = (0, 1, 1, 0)
    while number > 0:
        if number & 1:
            result = add(result, a)
        a = add(a, a)
        number >>= 1
    return result


def decompress(data):
    y = int.from_bytes(data, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    x = recover_x(y, sign)
    return None if x is None else point(x, y)


def same_point(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def verifies(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = decompress(public), decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    return same_point(multiply(s, BASE), add(r, multiply(h, a)))


# Canonical JSON, RFC 8785.
def number_text(value):
    if isinstance(value, int):
        value = float(value)
    if value == 0:
        return "0"
    if value < 0:
        return "-" + number_text(-value)
    # The shortest digits that give the number back, and the place of the point after the first `point_at` of them.
    mantissa, _, exponent = repr(value).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point_at = len(whole) + int(exponent or 0) if whole != "0" else int(exponent or 0) - (len(fraction) - len(fraction.lstrip("0")))
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point_at <= 21:
        return digits + "0" * (point_at - count)
    if 0 < point_at <= 21:
        return digits[:point_at] + "." + digits[point_at:]
    if -6 < point_at <= 0:
        return "0." + "0" * -point_at + digits
    power = point_at - 1
    shown = ("+" if power > 0 else "-") + str(abs(power))
    return digits[0] + ("." + digits[1:] if count > 1 else "") + "e" + shown


def text_text(text):
    out = ['"']
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    for character in text:
        if character in short:
            out.append(short[character])
        elif ord(character) < 0x20:
            out.append("\\u%04x" % ord(character))
        else:
            out.append(character)
    out.append('"')
    return "".join(out)


def canonical(value):
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, str):
        return text_text(value)
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
    return "{" + ",".join(text_text(name) + ":" + canonical(item) for name, item in members) + "}"


def decode(text):
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(data) != text:
        raise ValueError("not the one way to write these bytes in base64url")
    return data


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def keyed_digest(key, content):
    return encode(hmac.new(key, canonical(content).encode(), hashlib.sha256).digest())


def answer_of(answer):
    """Kind, content and source of an answer; None where it is absent."""
    if not isinstance(answer, dict):
        return None if answer is None else ("value", answer, "typed")
    if answer.get("declined") is True:
        return ("declined", None, "typed")
    if "choice" in answer:
        return ("choice", answer["choice"], "typed")
    if "as" in answer:
        return ("range", [answer.get("range"), answer["as"]], "typed")
    if answer.get("value") is None:
        return None
    return ("value", answer["value"], "record" if answer.get("source") == "record" else "typed")


def problems(text, keys, lead, decision):
    """Everything that is wrong with a receipt."""
    header_part, payload_part, signature_part = text.split(".")
    header, payload = json.loads(decode(header_part)), json.loads(decode(payload_part))
    found = []
    if canonical(header).encode() != decode(header_part) or canonical(payload).encode() != decode(payload_part):
        found.append("format")
    if header["alg"] != "EdDSA" or header["typ"] != "leadgate-receipt+jws":
        found.append("format")
    jwk = keys["keys"].get(header["kid"])
    if jwk is None:
        return found + ["key"]
    thumbprint = encode(hashlib.sha256(canonical({"crv": jwk["crv"], "kty": jwk["kty"], "x": jwk["x"]}).encode()).digest())
    if thumbprint != header["kid"]:
        found.append("key")
    if not verifies(decode(jwk["x"]), (header_part + "." + payload_part).encode(), decode(signature_part)):
        found.append("signature")
    mac = decode(keys["macKeys"][payload["macKid"]]["k"])
    expected = {}
    for field, given in lead.items():
        answer = answer_of(given)
        if answer is None:
            continue
        kind, content, source = answer
        expected[field] = {"kind": kind}
        if kind != "declined":
            expected[field]["mac"] = keyed_digest(mac, ["leadgate answer 1", payload["id"], field, kind, content])
        if source == "record":
            expected[field]["source"] = source
    if expected != payload["answers"]:
        found.append("answer")
    parts = ["outcome", "message", "screen", "scores", "tables", "stage", "route", "faults", "identity"]
    content = {part: decision[part] for part in parts}
    content["notes"] = [{"code": note["code"], "path": note["path"]} for note in decision["notes"]]
    if keyed_digest(mac, ["leadgate decision 1", payload["id"], content]) != payload["decision"]["digest"]:
        found.append("decision")
    if payload["decision"]["outcome"] != decision["outcome"] or payload["decision"]["message"] != decision["message"]:
        found.append("outcome")
    return found


def main(path):
    with open(path, encoding="utf-8") as file:
        vectors = json.load(file)
    failed = 0
    for vector in vectors["numbers"]:
        if number_text(float(vector["value"])) != vector["text"]:
            failed += 1
            print("the number %r is %s and not %s" % (vector["value"], number_text(float(vector["value"])), vector["text"]))
    for vector in vectors["receipts"]:
        found = problems(vector["receipt"], vectors["keys"], vector["lead"], vector["decision"])
        if found != vector["problems"]:
            failed += 1
            print("%s: %s and not %s" % (vector["name"], found, vector["problems"]))
    print("%d vectors, %d failed" % (len(vectors["numbers"]) + len(vectors["receipts"]), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

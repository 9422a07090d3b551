#!/usr/bin/env python3
"""Prints exact-values.txt: function, argument(s) and value to 45 digits, computed by mpmath (Debian package python3-mpmath).

Usage: python3 exact_values.py > exact-values.txt
"""
from mpmath import (acos, acosh, asin, asinh, atan, atan2, atanh, cbrt, cos, cosh, erf, erfc, exp, expm1, log, log1p, log10, mp, mpf, nstr, sin,
                    sinh, sqrt, tan, tanh)

mp.dps = 400  # enough for the cancellation in sin(1e308) and for erfc(-x) alike
ANY = ["1e-300", "1e-12", "0.3", "-0.7", "1", "2.5", "-17.25"]
ANGLES = ANY + ["355", "1e22", "1.7976931348623157e308"]
TABLE = {
    "exp": (exp, ANY + ["700.5", "-744.25"]), "exp2": (lambda x: mpf(2) ** x, ANY + ["1023.3"]), "expm1": (expm1, ANY),
    "log": (log, ["1e-310", "0.3", "1.0000000000000002", "3", "1.5e308"]), "log2": (lambda x: log(x, 2), ["5e-324", "0.3", "7"]),
    "log10": (log10, ["0.3", "1001"]), "log1p": (log1p, ["1e-300", "1e-9", "-0.75", "3", "1e300"]),
    "sin": (sin, ANGLES), "cos": (cos, ANGLES), "tan": (tan, ANGLES),
    "sinh": (sinh, ANY + ["710"]), "cosh": (cosh, ANY + ["710"]), "tanh": (tanh, ANY),
    "asin": (asin, ["1e-300", "0.3", "-0.9999999999999999", "1"]), "acos": (acos, ["1e-300", "0.3", "-0.9999999999999999", "0.9999999999999999"]),
    "atan": (atan, ANY + ["1e300"]), "asinh": (asinh, ANY + ["1e300"]), "acosh": (acosh, ["1.0000000000000002", "1.5", "1e300"]),
    "atanh": (atanh, ["1e-300", "0.3", "-0.9999999999999999"]), "erf": (erf, ["1e-300", "0.3", "-1.5", "3.5", "5.5"]),
    "erfc": (erfc, ["1e-12", "0.7", "-2", "2.9", "3.1", "10.25", "26.5"]), "cbrt": (lambda x: cbrt(x) if x > 0 else -cbrt(-x), ["0.3", "-17", "5e-324", "1e300"]),
    "rsqrt": (lambda x: 1 / sqrt(x), ["0.3", "5e-324", "1e300"]),
    "pow": (lambda x, y: x ** y, ["0.3 7.25", "1.0000000000000002 1e18", "1e300 -1.05"]), "atan2": (atan2, ["1 -3", "-1e300 -1e-3", "2 0.25"]),
}

for name, (function, arguments) in TABLE.items():
    for text in arguments:
        value = function(*[mpf(float(word)) for word in text.split()])
        print(name, nstr(value, 45, min_fixed=1, max_fixed=0), text)

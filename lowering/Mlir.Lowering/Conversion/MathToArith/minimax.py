#!/usr/bin/env python3
"""Computes the polynomial coefficients that the expansions of elementary functions use.

Usage: python3 minimax.py [name ...]      (needs mpmath; Debian package python3-mpmath)

Every entry of FITS names a function, an interval, a weight and one degree for f64 and one for f32. The polynomial p of
that degree that minimises max |weight(x) * (f(x) - p(x))| over the interval is found with the Remez exchange algorithm
in 60-digit arithmetic (E. Remez, 1934; the multi-point exchange as in W. Fraser and J. Hart, CACM 5(7), 1962). Its
coefficients are then rounded to the target format one after another, lowest degree first: after each is rounded the
remaining ones are fitted again, so that they absorb the rounding (as in N. Brisebarre and S. Chevillard, ARITH 18).

The output is one C# field per polynomial, f64 before f32, lowest degree first, under the weighted errors that the *rounded*
polynomials have. The fields are what Coefficients.cs holds, laid out by csharpier.
"""
import struct
import sys

from mpmath import (acos, asin, atan, atanh, cos, cosh, erf, erfc, exp, log, lu_solve, matrix, mp, mpf, nstr, pi, sin, sinh,
                    sqrt, tan, tanh)

mp.dps = 60


def round_to(value, width):
    """The nearest double (width 64) or single (width 32) to an mpf; float() rounds to nearest even."""
    if width == 64:
        return mpf(float(value))
    return mpf(struct.unpack("<f", struct.pack("<f", float(value)))[0])


def fit(f, weight, low, high, powers):
    """Minimax fit of f by a combination of the given powers of x; returns the coefficients."""
    count = len(powers)
    grid_size = 24 * (count + 1)
    nodes = [(low + high) / 2 - (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * (count + 1))) for i in range(count + 1)]
    grid = [(low + high) / 2 - (high - low) / 2 * cos(pi * i / grid_size) for i in range(grid_size + 1)]
    values = [f(x) for x in grid]
    weights = [weight(x) for x in grid]
    coefficients = None
    for _ in range(12):
        system = matrix(count + 1, count + 1)
        right = matrix(count + 1, 1)
        for i, x in enumerate(nodes):
            for j, power in enumerate(powers):
                system[i, j] = x ** power
            w = weight(x)
            system[i, count] = (1 if i % 2 == 0 else -1) / w
            right[i] = f(x)
        solution = lu_solve(system, right)
        coefficients = [solution[j] for j in range(count)]
        level = abs(solution[count])
        errors = [w * (v - sum(c * x ** p for c, p in zip(coefficients, powers))) for x, v, w in zip(grid, values, weights)]
        # One extremum for each run of equal sign, then the best run of count + 1 neighbours.
        extrema = []
        for i, error in enumerate(errors):
            if extrema and (errors[extrema[-1]] > 0) == (error > 0):
                if abs(error) > abs(errors[extrema[-1]]):
                    extrema[-1] = i
            else:
                extrema.append(i)
        if len(extrema) < count + 1:
            break
        while len(extrema) > count + 1:
            extrema.pop(0 if abs(errors[extrema[0]]) < abs(errors[extrema[-1]]) else -1)
        nodes = [grid[i] for i in extrema]
        if max(abs(errors[i]) for i in extrema) < level * mpf("1.01"):
            break
    return coefficients


def fit_rounded(f, weight, low, high, degree, width, refits=3):
    """Minimax fit whose coefficients are numbers of the target format."""
    if low < 0 < high:
        refits = 0  # x, x^2, ... vanish together at 0: no alternation theorem holds for them
    rounded = []
    rest = f
    start = low + (high - low) / 256 if low == 0 else low
    powers = list(range(degree + 1))
    for _ in range(min(refits, degree)):
        coefficients = fit(rest, weight, low if len(powers) > degree else start, high, powers)
        rounded.append(round_to(coefficients[0], width))
        powers = powers[1:]
        fixed = list(rounded)
        rest = lambda x, fixed=fixed: f(x) - sum(c * x ** i for i, c in enumerate(fixed))
    rounded += [round_to(c, width) for c in fit(rest, weight, start, high, powers)]
    worst = mpf(0)
    for i in range(1001):
        x = low + (high - low) * (i + mpf("0.5")) / 1001
        worst = max(worst, abs(weight(x) * (f(x) - sum(c * x ** j for j, c in enumerate(rounded)))))
    return rounded, worst


def series(closed, taylor):
    """Avoids cancellation near zero: a Taylor sum below 2^-20, the closed form at raised precision above."""
    def evaluate(x):
        if abs(x) < mpf(2) ** -20:
            return sum(mpf(c) * x ** i for i, c in enumerate(taylor))
        with mp.workdps(100):
            result = closed(mpf(x))
        return +result
    return evaluate


def fraction(numerator, denominator):
    return mpf(numerator) / mpf(denominator)


def scaled_erfc(shift, centre):
    """exp(x^2) erfc(x) (x + shift) as a function of v = 1 / (x + shift) - centre, and the weight for its relative error."""
    def value(v):
        u = v + centre
        x = 1 / u - shift
        return exp(x * x) * erfc(x) / u
    return value, lambda v: 1 / value(v)


LN2 = log(mpf(2))
HALF_LN2 = LN2 / 2 * mpf("1.0005")          # the slack covers the rounding of x / ln 2 to an integer
SQRT_HALF_S = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) * mpf("1.0001")

# name: (function, weight, low, high, degree for f64 or None, degree for f32 or None)
FITS = {
    # exp(r) = 1 + r + r^2 p(r), relative to exp(r); and relative to r, for expm1
    "Exp": (series(lambda r: (exp(r) - 1 - r) / r ** 2, [fraction(1, 2), fraction(1, 6), fraction(1, 24), fraction(1, 120)]),
            lambda r: r ** 2 + mpf(2) ** -8, -HALF_LN2, HALF_LN2, 9, 4),
    "ExpM1": (series(lambda r: (exp(r) - 1 - r) / r ** 2, [fraction(1, 2), fraction(1, 6), fraction(1, 24), fraction(1, 120)]),
            lambda r: abs(r) + mpf(2) ** -6, -HALF_LN2, HALF_LN2, 10, 5),
    # sinh(r) = r + r^3 p(r^2)
    "SinhSmall": (series(lambda z: (sinh(sqrt(z)) / sqrt(z) - 1) / z, [fraction(1, 6), fraction(1, 120), fraction(1, 5040)]),
                  lambda z: z + mpf(2) ** -12, mpf(0), HALF_LN2 ** 2, 5, 2),
    # cosh(r) = 1 + r^2 p(r^2)
    "CoshSmall": (series(lambda z: (cosh(sqrt(z)) - 1) / z, [fraction(1, 2), fraction(1, 24), fraction(1, 720)]),
                  lambda z: z + mpf(2) ** -12, mpf(0), HALF_LN2 ** 2, 5, 2),
    # tanh(x) = x + x z p(z) with z = x^2, |x| <= 0.55
    "TanhSmall": (series(lambda z: (tanh(sqrt(z)) / sqrt(z) - 1) / z, [-fraction(1, 3), fraction(2, 15), -fraction(17, 315)]),
                  lambda z: z + mpf(2) ** -12, mpf(0), mpf("0.55") ** 2, 9, 3),
    # 2^r = 1 + r p(r)
    "Exp2": (series(lambda r: (exp(r * LN2) - 1) / r, [LN2, LN2 ** 2 / 2, LN2 ** 3 / 6, LN2 ** 4 / 24]),
             lambda r: abs(r) + mpf(2) ** -6, mpf("-0.5005"), mpf("0.5005"), 11, 6),
    # log((1 + s) / (1 - s)) = 2 s + s z p(z) with z = s^2
    "Log": (series(lambda z: (2 * atanh(sqrt(z)) / sqrt(z) - 2) / z, [fraction(2, 3), fraction(2, 5), fraction(2, 7)]),
            lambda z: z + mpf(2) ** -12, mpf(0), SQRT_HALF_S ** 2, 6, 2),
    # log((1 + s) / (1 - s)) = 2 s + 2/3 s z + s z^2 p(z), for pow
    "LogTail": (series(lambda z: (2 * atanh(sqrt(z)) / sqrt(z) - 2 - 2 * z / 3) / z ** 2, [fraction(2, 5), fraction(2, 7), fraction(2, 9)]),
                lambda z: z ** 2 + mpf(2) ** -16, mpf(0), SQRT_HALF_S ** 2, 7, None),
    # as Log, just good enough that a single-precision pow computed in double is accurate
    "LogShort": (series(lambda z: (2 * atanh(sqrt(z)) / sqrt(z) - 2) / z, [fraction(2, 3), fraction(2, 5), fraction(2, 7)]),
                 lambda z: z + mpf(2) ** -12, mpf(0), SQRT_HALF_S ** 2, 4, None),
    "Exp2Short": (series(lambda r: (exp(r * LN2) - 1) / r, [LN2, LN2 ** 2 / 2, LN2 ** 3 / 6, LN2 ** 4 / 24]),
                  lambda r: abs(r) + mpf(2) ** -6, mpf("-0.5005"), mpf("0.5005"), 6, None),
    # sin and cos over a quarter period: sin(r) = r + r z p(z), cos(r) = 1 - z / 2 + z^2 p(z)
    "SinQuarter": (series(lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, [-fraction(1, 6), fraction(1, 120), -fraction(1, 5040)]),
                   lambda z: z + mpf(2) ** -12, mpf(0), (pi / 4 * mpf("1.0005")) ** 2, 5, 2),
    "CosQuarter": (series(lambda z: (cos(sqrt(z)) - 1 + z / 2) / z ** 2, [fraction(1, 24), -fraction(1, 720), fraction(1, 40320)]),
                   lambda z: z ** 2 + mpf(2) ** -16, mpf(0), (pi / 4 * mpf("1.0005")) ** 2, 5, 2),
    # tan(r) = r + r z p(z)
    "Tan": (series(lambda z: (tan(sqrt(z)) / sqrt(z) - 1) / z, [fraction(1, 3), fraction(2, 15), fraction(17, 315)]),
            lambda z: z + mpf(2) ** -12, mpf(0), (pi / 4 * mpf("1.0005")) ** 2, 13, 6),
    # asin(s) = s + s z p(z), |s| <= 1/2
    "Asin": (series(lambda z: (asin(sqrt(z)) / sqrt(z) - 1) / z, [fraction(1, 6), fraction(3, 40), fraction(15, 336)]),
             lambda z: z + mpf(2) ** -12, mpf(0), mpf("0.2501"), 11, 4),
    # atan(s) = s + s z p(z), |s| <= 1
    "Atan": (series(lambda z: (atan(sqrt(z)) / sqrt(z) - 1) / z, [-fraction(1, 3), fraction(1, 5), -fraction(1, 7)]),
             lambda z: z + mpf(2) ** -12, mpf(0), mpf(1), 18, 7),
    # erf(x) = x + x p(x^2), |x| <= 1
    "ErfSmall": (series(lambda z: erf(sqrt(z)) / sqrt(z) - 1, [2 / sqrt(pi) - 1, -2 / sqrt(pi) / 3, 2 / sqrt(pi) / 10]),
                 lambda z: mpf(1), mpf(0), mpf("1.0001"), 11, 6),
    # erf(a) = 1 - exp(-p(a)); only the absolute error of exp(-p) matters
    "ErfLarge": (lambda a: -log(erfc(a)), lambda a: erfc(a), mpf("0.999"), mpf(6), 17, None),
    "ErfLargeSingle": (lambda a: -log(erfc(a)), lambda a: erfc(a), mpf("0.999"), mpf(4), None, 6),
    # erfc(x) = exp(-x^2) u p(u - c) with u = 1 / (x + k); only the relative error matters. The shifts k make p flat enough, and the
    # centres c are such that p(0) is close to a number of the format.
    "ErfcTail": (*scaled_erfc(fraction(3, 2), fraction(125, 512)), 1 / mpf("29") - fraction(125, 512), 1 / mpf("2.29") - fraction(125, 512), 23, None),
    "ErfcTailSingle": (*scaled_erfc(fraction(1, 2), fraction(235, 512)), 1 / mpf("10.7") - fraction(235, 512), 1 / mpf("1.29") - fraction(235, 512), None, 11),
    # m^(-1/3), first guess of the cube root
    "InverseCubeRoot": (lambda m: m ** -fraction(1, 3), lambda m: m ** fraction(1, 3), mpf(1), mpf(2), 4, 3),
}


def main(names):
    for name, (f, weight, low, high, *degrees) in FITS.items():
        if names and name not in names:
            continue
        lines, errors = [], []
        for width, degree in zip((64, 32), degrees):
            coefficients, worst = fit_rounded(f, weight, low, high, degree, width) if degree is not None else ([], mpf(1))
            lines.append("        [" + ", ".join(repr(float(c)) for c in coefficients) + "]")
            errors += [f"f{width} 2^{nstr(log(worst) / LN2, 3)}"] if coefficients else []
        print(f"    // {', '.join(errors)}")
        print(f"    public static readonly Polynomial {name} = new(\n" + ",\n".join(lines) + ");\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

using System.Collections.Frozen;

namespace Mlir.Lowering;

/// <summary>
/// Which names functions from outside may have. Compiled code calls functions of the C library, of the compiler's runtime and of this library
/// by name, and a function from outside must never be taken for one of them.
/// </summary>
internal static class SymbolRules
{
    private static readonly FrozenSet<string> Taken = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            .. WithSuffixes(
                "acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp exp10 exp2 expm1 fabs fdim floor fma fmax fmaximum fmaximum_num fmin fminimum fminimum_num fmod frexp hypot ilogb ldexp lgamma llrint llround log log10 log1p log2 logb lrint lround modf nan nearbyint nextafter nexttoward pow powi remainder remquo rint round roundeven scalbln scalbn sin sincos sinh sqrt tan tanh tgamma trunc"
            ),
            .. "abort abs aligned_alloc alloca atexit bcmp bcopy bzero calloc exit free labs llabs longjmp malloc memccpy memchr memcmp memcpy memmem memmove mempcpy memrchr memset memset_pattern16 posix_memalign printf putchar puts realloc setjmp sprintf strcat strchr strcmp strcpy strdup strlen strncat strncmp strncpy strndup strnlen strrchr strstr strtol system write".Split(
                ' '
            ),
        ]
    );

    private static IEnumerable<string> WithSuffixes(string names) =>
        names.Split(' ').SelectMany(name => (IEnumerable<string>)[name, name + "f", name + "l"]);

    /// <summary>Whether <paramref name="name"/> is that of a function of the C library.</summary>
    public static bool IsTaken(string name) => Taken.Contains(name);

    /// <summary>Why a function must not be called <paramref name="name"/>, or null.</summary>
    public static string? WhyRefused(string name)
    {
        if (name.Length is 0 or > 256 || !char.IsAsciiLetter(name[0]))
        {
            return "it must start with a letter and have 256 characters at most";
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '$'))
            {
                return "it may hold letters, digits, '_', '.' and '$' only";
            }
        }

        // f__packed and f__thunk are made from f.
        if (name.Contains("__", StringComparison.Ordinal))
        {
            return $"names with '__' in them, such as those that end in '{PackedEntry.Suffix}', are made by the compiler";
        }

        if (name.StartsWith("llvm.", StringComparison.Ordinal) || name.StartsWith("mlir", StringComparison.Ordinal))
        {
            return "names that start like this are the compiler's own";
        }

        return Taken.Contains(name)
            ? "it is the name of a function of the C library, which compiled code calls by name"
            : null;
    }
}

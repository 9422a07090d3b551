using System.Globalization;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>The options of one pass as a pipeline spells them; taken one by one, what remains is an error.</summary>
public sealed class PassOptions
{
    private static readonly DiagnosticTemplate BadValue = new(
        "MLIR3003",
        DiagnosticSeverity.Error,
        "pass '{0}': option {1} must be {2}, got '{3}'"
    );
    private static readonly DiagnosticTemplate Unknown = new(
        "MLIR3004",
        DiagnosticSeverity.Error,
        "pass '{0}' has no option '{1}'"
    );

    private readonly string _pass;
    private readonly List<KeyValuePair<string, string>> _values;
    private readonly Location _location;

    /// <summary>The options of <paramref name="pass"/>.</summary>
    public PassOptions(string pass, IEnumerable<KeyValuePair<string, string>> values, Location location) =>
        (_pass, _values, _location) = (pass, [.. values], location);

    /// <summary>Whether none is left.</summary>
    public bool IsEmpty => _values.Count == 0;

    /// <summary>Takes an option's text, or returns <paramref name="fallback"/>.</summary>
    public string Take(string name, string fallback)
    {
        var index = _values.FindLastIndex(v => v.Key == name);
        if (index < 0)
        {
            return fallback;
        }

        var value = _values[index].Value;
        _values.RemoveAll(v => v.Key == name);
        return value;
    }

    /// <summary>Takes a number, or returns <paramref name="fallback"/>.</summary>
    public int Take(string name, int fallback) => checked((int)Take(name, (long)fallback));

    /// <summary>Takes a number, or returns <paramref name="fallback"/>.</summary>
    public long Take(string name, long fallback)
    {
        var text = Take(name, "");
        return text.Length == 0 ? fallback
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
            : throw Bad(name, "an integer", text);
    }

    /// <summary>Takes a number, or returns <paramref name="fallback"/>.</summary>
    public double Take(string name, double fallback)
    {
        var text = Take(name, "");
        return text.Length == 0 ? fallback
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
            : throw Bad(name, "a number", text);
    }

    /// <summary>Takes a truth value, or returns <paramref name="fallback"/>.</summary>
    public bool Take(string name, bool fallback) =>
        Take(name, "") switch
        {
            "" => fallback,
            "true" or "1" => true,
            "false" or "0" => false,
            var text => throw Bad(name, "true or false", text),
        };

    /// <summary>Takes one of an enumeration's cases, written in kebab case, or returns <paramref name="fallback"/>.</summary>
    public T Take<T>(string name, T fallback)
        where T : struct, Enum
    {
        var text = Take(name, "");
        return text.Length == 0 ? fallback
            : Enum.TryParse<T>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value) ? value
            : throw Bad(name, $"one of {string.Join(", ", Enum.GetNames<T>())}", text);
    }

    /// <summary>Checks that every option was taken.</summary>
    /// <exception cref="DiagnosticException">The pass has no option of that name.</exception>
    public void ExpectEmpty()
    {
        if (!IsEmpty)
        {
            throw new DiagnosticException(Unknown.At(_location, _pass, _values[0].Key));
        }
    }

    /// <summary>The options that differ from their defaults, in the syntax that pipelines read.</summary>
    public static string Print(params ReadOnlySpan<(string Name, object Value, object Default)> options)
    {
        var parts = new List<string>();
        foreach (var (name, value, fallback) in options)
        {
            if (!value.Equals(fallback))
            {
                parts.Add($"{name}={Spell(value)}");
            }
        }

        return string.Join(' ', parts);
    }

    private static string Spell(object value) =>
        value switch
        {
            bool truth => truth ? "true" : "false",
            Enum => string.Concat(
                value
                    .ToString()!
                    .Select(
                        (c, i) =>
                            char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"
                    )
            ),
            string text => text.Contains(' ', StringComparison.Ordinal) ? $"\"{text}\"" : text,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private DiagnosticException Bad(string name, string expected, string text) =>
        new(BadValue.At(_location, _pass, name, expected, text));
}

using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Mlir.IR.Generators;

/// <summary>Turns names of one notation into those of another.</summary>
internal static class Names
{
    private static readonly HashSet<string> Taken =
    [
        "parser",
        "state",
        "printer",
        "verifier",
        "location",
        "valid",
        "attributes",
        "segments",
        "field",
        "value",
    ];

    /// <summary><c>OverflowFlags</c> → <c>overflowFlags</c>.</summary>
    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary><c>MaxInputs</c> → <c>max-inputs</c>.</summary>
    public static string Kebab(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (
                char.IsUpper(name[i])
                && i > 0
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))
            )
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>The constructor parameter for a property.</summary>
    public static string Parameter(string property) =>
        Escape(property == "Location" ? "locationAttribute" : Camel(property));

    /// <summary>A local variable for a property that does not hide what generated methods use.</summary>
    public static string Local(string property)
    {
        var name = Camel(property);
        return Taken.Contains(name) ? name + "Part" : Escape(name);
    }

    /// <summary>A local variable derived from a property, such as its type.</summary>
    public static string Local(string property, string suffix) => Camel(property) + suffix;

    /// <summary><c>Results</c> → <c>Result</c>.</summary>
    public static string Singular(string name) =>
        name.Length > 2
        && name.EndsWith("s", System.StringComparison.Ordinal)
        && !name.EndsWith("ss", System.StringComparison.Ordinal)
            ? name.Substring(0, name.Length - 1)
            : name;

    /// <summary>A C# string literal.</summary>
    public static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
}

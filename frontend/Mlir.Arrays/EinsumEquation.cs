namespace Mlir.Arrays;

/// <summary>What is multiplied and added up: a letter for each axis of each operand, and for each axis of the result.</summary>
/// <param name="Operands">The letters of each operand.</param>
/// <param name="Result">The letters of the result.</param>
internal sealed record EinsumEquation(string[] Operands, string Result)
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz";

    /// <summary>The outer product of two vectors.</summary>
    public static EinsumEquation Outer { get; } = new(["i", "j"], "ij");

    /// <summary>All letters, those of the result first: one loop each.</summary>
    public string Letters { get; } = new([.. Result.Concat(string.Concat(Operands)).Distinct()]);

    /// <summary>The sum over the last axis of one tensor and the last but one of the other.</summary>
    public static EinsumEquation Dot(int left, int right)
    {
        var a = Alphabet[..left];
        var b = Alphabet.Substring(left, right).ToCharArray();
        b[Math.Max(right - 2, 0)] = a[^1];
        var rest = new string([.. b.Where((_, i) => i != Math.Max(right - 2, 0))]);
        return new EinsumEquation([a, new string(b)], a[..^1] + rest);
    }

    /// <summary>Reads <c>"ij,jk->ik"</c>; without an arrow the result has the letters that occur once, in order.</summary>
    /// <exception cref="ArgumentException">The text is no equation for operands of these ranks.</exception>
    public static EinsumEquation Parse(string equation, params ReadOnlySpan<int> ranks)
    {
        ArgumentNullException.ThrowIfNull(equation);
        var sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        var operands = sides[0].Split(',');
        if (sides.Length > 2 || operands.Length != ranks.Length)
        {
            throw new ArgumentException($"'{equation}' is no equation for {ranks.Length} operands", nameof(equation));
        }

        var all = string.Concat(operands);
        var result =
            sides.Length == 2 ? sides[1] : new string([.. all.Where(c => all.Count(d => d == c) == 1).Order()]);
        for (var i = 0; i < ranks.Length; i++)
        {
            if (operands[i].Length != ranks[i])
            {
                throw new ArgumentException(
                    $"'{operands[i]}' names {operands[i].Length} axes of an operand that has {ranks[i]}",
                    nameof(equation)
                );
            }
        }

        if (!all.All(char.IsAsciiLetter) || result.Distinct().Count() != result.Length || result.Except(all).Any())
        {
            throw new ArgumentException(
                $"'{equation}': axes are letters, and each of the result occurs once there and in an operand",
                nameof(equation)
            );
        }

        return new EinsumEquation(operands, result);
    }
}

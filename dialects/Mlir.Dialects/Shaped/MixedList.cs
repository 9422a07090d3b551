using Mlir.IR.Text;

namespace Mlir.Dialects;

/// <summary>
/// A list that mixes constants and values, <c>[0, %i, 4]</c>: the constants lie in a dense array, with
/// <see cref="ShapedType.Dynamic"/> where a value stands.
/// </summary>
internal static class MixedList
{
    /// <summary>Parses <c>[…]</c>; the values are added to <paramref name="values"/>.</summary>
    /// <returns>The constants, with <see cref="ShapedType.Dynamic"/> for values.</returns>
    public static long[] Parse(AsmParser parser, List<UnresolvedOperand> values)
    {
        var constants = new List<long>();
        parser.Expect("[");
        if (!parser.TryConsume("]"))
        {
            do
            {
                if (parser.TryParseOperand(out var value))
                {
                    values.Add(value);
                    constants.Add(ShapedType.Dynamic);
                }
                else
                {
                    constants.Add(parser.ParseInteger());
                }
            } while (parser.TryConsume(","));
            parser.Expect("]");
        }

        return [.. constants];
    }

    /// <summary>Adds <paramref name="values"/> as operands of type <c>index</c>.</summary>
    public static void ResolveIndices(AsmParser parser, List<UnresolvedOperand> values, OperationState state)
    {
        foreach (var value in values)
        {
            parser.Resolve(value, IndexType.Instance, state);
        }
    }

    /// <summary>Prints <c>[…]</c>.</summary>
    public static void Print(AsmPrinter printer, EquatableArray<long> constants, OperandList values)
    {
        printer.Write('[');
        var next = 0;
        for (var i = 0; i < constants.Count; i++)
        {
            printer.Write(i == 0 ? "" : ", ");
            if (constants[i] == ShapedType.Dynamic && next < values.Count)
            {
                printer.WriteOperand(values[next++]);
            }
            else
            {
                printer.Write(constants[i]);
            }
        }

        printer.Write(']');
    }

    /// <summary>Checks that there are <paramref name="expected"/> entries and a value for each dynamic one.</summary>
    public static bool Verify(
        Operation op,
        string what,
        EquatableArray<long> constants,
        OperandList values,
        int expected,
        OpVerifier verifier
    )
    {
        if (constants.Count != expected)
        {
            verifier.Error(op, $"expected {expected} {what} values, got {constants.Count}");
            return false;
        }

        if (constants.Span.Count(ShapedType.Dynamic) != values.Count)
        {
            verifier.Error(op, $"expected {constants.Span.Count(ShapedType.Dynamic)} dynamic {what} values");
            return false;
        }

        return true;
    }
}

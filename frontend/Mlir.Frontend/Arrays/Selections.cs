using Mlir.Frontend.Expressions;

namespace Mlir.Frontend.Arrays;

/// <summary>Choice between elements.</summary>
internal static class Selections
{
    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Where", Where);
    }

    private static Operand.Elements Where(ArrayCall call)
    {
        var whenTrue = call.Elements("whenTrue");
        var spread = call.Elementwise.Broadcast(
            call.Elements("condition").Value,
            whenTrue.Value,
            call.Elements("whenFalse").Value
        );
        return whenTrue with { Value = call.Arithmetic.Select(spread[0], spread[1], spread[2]) };
    }
}

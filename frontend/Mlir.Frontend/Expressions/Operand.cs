using System.Collections.Immutable;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <summary>What a part of a lambda stands for while it is imported.</summary>
internal abstract record Operand
{
    /// <summary>A value of the kernel: a scalar, or a tensor of scalars.</summary>
    /// <param name="Value">The IR value.</param>
    /// <param name="Type">The scalar's or the elements' C# type.</param>
    public sealed record Elements(Value Value, ScalarType Type) : Operand
    {
        /// <summary>Whether this is a tensor.</summary>
        public bool IsTensor => Value.Type is RankedTensorType;
    }

    /// <summary>Several values together: a struct or value tuple.</summary>
    /// <param name="Items">Its members, in the order of its layout.</param>
    public sealed record Struct(ImmutableArray<Operand> Items) : Operand;

    /// <summary>No value: whoever gets here throws. The check is not emitted yet.</summary>
    /// <param name="Error">The text of the assertion.</param>
    /// <param name="Location">The place of the throw.</param>
    public sealed record Never(string Error, Location Location) : Operand;

    /// <summary>Something known while compiling: a captured object on the way to one of its members.</summary>
    /// <param name="Object">The object.</param>
    public sealed record Known(object? Object) : Operand;
}

using Mlir.IR;

namespace Mlir.Frontend.Emission;

/// <summary>A function of scalars by its .NET name, that applied to tensors works element by element.</summary>
/// <param name="Emit">Emits it for operands of one type; the last operands may be a scalar count.</param>
/// <param name="Arity">The number of operands.</param>
/// <param name="Accepts">The scalar types it is defined for.</param>
/// <param name="CanFail">For which types it has a check inside; null for none.</param>
/// <param name="ScalarTail">How many of the last operands stay scalars when the others are tensors (shift counts).</param>
internal sealed record ScalarFunction(
    Func<Arithmetic, Value[], ScalarType, Value> Emit,
    int Arity,
    Func<ScalarType, bool> Accepts,
    Func<ScalarType, bool>? CanFail = null,
    int ScalarTail = 0
);

using System.Collections.Immutable;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.IR;
using Mlir.Runtime;

namespace Mlir.Backends;

/// <summary>Reads what a module offers to its callers.</summary>
public static class ModuleInterface
{
    private static readonly DiagnosticTemplate NotCallable = new(
        "MLIR5102",
        DiagnosticSeverity.Error,
        "the public function '@{0}' cannot be called from .NET: {1} is neither a scalar nor an array of scalars"
    );

    /// <summary>The public functions with a body, in order.</summary>
    /// <param name="module">A module at the tensor level, or at the level of loops over memory.</param>
    /// <exception cref="DiagnosticException">A parameter or result has no counterpart in .NET.</exception>
    public static ImmutableArray<FunctionInterface> Of(ModuleOp module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var functions = ImmutableArray.CreateBuilder<FunctionInterface>();
        foreach (var function in module.Regions[0].Single.Operations.OfType<FuncOp>())
        {
            if (!function.Body.IsEmpty && function.SymVisibility is not "private")
            {
                functions.Add(
                    new FunctionInterface(
                        function.SymName,
                        new KernelSignature(
                            [.. function.FunctionType.Inputs.Select(type => Parameter(type, function))],
                            [.. function.FunctionType.Results.Select(type => Parameter(type, function))]
                        )
                    )
                );
            }
        }

        return functions.ToImmutable();
    }

    private static KernelParameter Parameter(IrType type, FuncOp function) =>
        (
            type switch
            {
                RankedTensorType or MemRefType when Scalar(((ShapedType)type).ElementType) is { } element =>
                    new KernelParameter(element, ((ShapedType)type).Rank),
                _ when Scalar(type) is { } scalar => new KernelParameter(scalar),
                _ => (KernelParameter?)null,
            }
        ) ?? throw new DiagnosticException(NotCallable.At(function.Location, function.SymName, type));

    private static ElementType? Scalar(IrType type) =>
        type switch
        {
            IntegerType { Width: 1 } => ElementType.Bool,
            IntegerType { Width: 8, Signedness: Signedness.Unsigned } => ElementType.UInt8,
            IntegerType { Width: 16, Signedness: Signedness.Unsigned } => ElementType.UInt16,
            IntegerType { Width: 32, Signedness: Signedness.Unsigned } => ElementType.UInt32,
            IntegerType { Width: 64, Signedness: Signedness.Unsigned } => ElementType.UInt64,
            IntegerType { Width: 8 } => ElementType.Int8,
            IntegerType { Width: 16 } => ElementType.Int16,
            IntegerType { Width: 32 } => ElementType.Int32,
            IntegerType { Width: 64 } or IndexType => ElementType.Int64,
            FloatType { Name: "f16" } => ElementType.Float16,
            FloatType { Name: "f32" } => ElementType.Float32,
            FloatType { Name: "f64" } => ElementType.Float64,
            _ => null,
        };
}

using System.Collections.Immutable;
using Mlir.Dialects.Builtin;
using Mlir.IR;

namespace Mlir.Backends;

/// <summary>What a backend can compute with; asked before its pipeline runs, so that a refusal names the user's line.</summary>
/// <param name="ElementTypes">The scalar types that values and elements may have.</param>
public sealed record Capabilities(ImmutableArray<IrType> ElementTypes)
{
    private static readonly DiagnosticTemplate Unsupported = new(
        "MLIR5101",
        DiagnosticSeverity.Error,
        "the backend '{0}' cannot compute with {1}: '{2}'"
    );

    /// <summary>Every scalar that C# and the frontend know.</summary>
    public static Capabilities All { get; } =
        new([
            IntegerType.I1,
            IntegerType.I8,
            IntegerType.I16,
            IntegerType.I32,
            IntegerType.I64,
            IntegerType.Get(128),
            IndexType.Instance,
            FloatType.F16,
            FloatType.BF16,
            FloatType.F32,
            FloatType.F64,
        ]);

    /// <summary>Checks every value of a module.</summary>
    /// <param name="module">The module, before lowering.</param>
    /// <param name="backend">The backend's name, for the message.</param>
    /// <exception cref="DiagnosticException">A value's type is not supported.</exception>
    public void Check(ModuleOp module, string backend)
    {
        foreach (var op in module.Walk())
        {
            foreach (var result in op.Results)
            {
                Check(result.Type, op, backend);
            }

            foreach (var region in op.Regions)
            {
                foreach (var argument in region.First?.Arguments ?? [])
                {
                    Check(argument.Type, op, backend);
                }
            }
        }
    }

    private void Check(IrType type, Operation op, string backend)
    {
        var element = type is ShapedType shaped ? shaped.ElementType : type;
        if (element is IntegerType or FloatType && !ElementTypes.Contains(element))
        {
            throw new DiagnosticException(Unsupported.At(op.Location, backend, element, op.Name));
        }
    }
}

using System.Collections.Immutable;
using Mlir.Execution;
using Mlir.Frontend;
using Mlir.Frontend.Compositions;
using Mlir.Frontend.Expressions;

namespace Mlir;

/// <summary>A kernel as text, which another process can compile; it serves arguments of one class of shapes.</summary>
/// <param name="Module">The module at the tensor level, with a public function <c>main</c>.</param>
/// <param name="Inputs">The types of the arguments; what the lambdas captured comes last.</param>
/// <param name="Outputs">The types of the results.</param>
/// <param name="IsFlat">Whether all tensors are of one shape and taken as rows of elements.</param>
public sealed record PortableKernel(
    string Module,
    ImmutableArray<Type> Inputs,
    ImmutableArray<Type> Outputs,
    bool IsFlat
)
{
    /// <summary>Writes a composition down for arguments of these shapes.</summary>
    /// <param name="composition">The composition.</param>
    /// <param name="inputs">The arguments, of exactly the composition's input types.</param>
    /// <param name="captured">The values that captured variables have now: further arguments of the kernel.</param>
    /// <param name="functions">Finds what the lambdas call by name; null when there is nothing to find.</param>
    /// <exception cref="UnsupportedExpressionException">A lambda holds something that has no compiled form.</exception>
    /// <exception cref="ArgumentException">An argument is missing, null or of another type.</exception>
    public static PortableKernel Of(
        Composition composition,
        ReadOnlySpan<object?> inputs,
        out object[] captured,
        FunctionResolver? functions = null
    )
    {
        var arguments = CapturedVariables.Collect(composition, functions);
        var reader = new ComposedArguments(composition.Inputs, arguments);
        ArgumentPort[] ports = [.. arguments.Select(a => ArgumentPort.Of(a.Leaf, a.Name))];
        var leaves = reader.Read(inputs);
        var shapes = new ShapeState();
        var differ = ArgumentPort.Look(ports, leaves, ref shapes, always: false);
        captured = reader.ReadCaptured();
        var imported = ExpressionImporter.Import(
            composition,
            differ ? shapes.ToShape() : KernelShape.SameShape,
            functions
        );
        if (imported.NeedsShapes)
        {
            shapes = new ShapeState();
            differ = ArgumentPort.Look(ports, leaves, ref shapes, always: true);
            imported = ExpressionImporter.Import(composition, shapes.ToShape(), functions);
        }

        return new PortableKernel(
            imported.Module.ToString()!,
            [.. composition.Inputs, .. reader.CapturedTypes],
            [.. imported.Outputs.Select(o => o.ClrType)],
            !differ
        );
    }
}

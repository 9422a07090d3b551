using Mlir.Dialects.Func;
using Mlir.Frontend.Compositions;
using Mlir.Frontend.Expressions;
using Mlir.Frontend.Layouts;
using Mlir.IR;
using Mlir.Lowering;

namespace Mlir.Execution;

/// <summary>Reads the module of a kernel from outside and checks that its function takes and gives what it says.</summary>
internal static class PortableModule
{
    private static readonly DiagnosticTemplate Mismatch = new(
        "MLIR4901",
        DiagnosticSeverity.Error,
        "the kernel's function '@main' does not fit its layout: {0}"
    );

    /// <summary>Reads a module.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="shape">The shapes that it serves.</param>
    /// <exception cref="DiagnosticException">The module is not admitted, or its function is another one.</exception>
    public static ImportedKernel Parse(PortableKernel kernel, out KernelShape shape)
    {
        var module = UntrustedModule.Parse(kernel.Module);
        var main =
            module.Body.Operations.OfType<FuncOp>().FirstOrDefault(f => f.SymName == ImportedKernel.EntryPoint)
            ?? throw Refuse(module, "there is none");
        if (!main.IsPublic)
        {
            throw Refuse(main, "it is private");
        }

        var arguments = CapturedVariables.Collect(new Composition(kernel.Inputs, [], []));
        var outputs = kernel.Outputs.Select(TypeLayout.Of).ToArray();
        var (inputTypes, resultTypes) = (main.FunctionType.Inputs, main.FunctionType.Results);
        var tensors = new List<TensorShape>();
        Check(main, "parameter", inputTypes.Span, [.. arguments.Select(a => a.Leaf)], kernel.IsFlat, tensors);
        Check(main, "result", resultTypes.Span, [.. outputs.SelectMany(o => o.Leaves)], kernel.IsFlat, null);
        shape = kernel.IsFlat ? KernelShape.SameShape : new KernelShape(new EquatableArray<TensorShape>?([.. tensors]));

        // Recursion cannot be told from the layout; slots serve functions of every kind.
        return new ImportedKernel(module, arguments, [.. outputs], IsRecursive: true);
    }

    private static void Check(
        FuncOp main,
        string what,
        ReadOnlySpan<IrType> types,
        LayoutLeaf[] leaves,
        bool flat,
        List<TensorShape>? tensors
    )
    {
        if (types.Length != leaves.Length)
        {
            throw Refuse(main, $"it has {types.Length} {what}s, not {leaves.Length}");
        }

        for (var i = 0; i < leaves.Length; i++)
        {
            if (leaves[i].Kind != LeafKind.Tensor)
            {
                if (types[i] != ExpressionImporter.OpenType(leaves[i]))
                {
                    throw Refuse(main, $"{what} #{i} is {types[i]}, not {leaves[i].ClrType.Name}");
                }
            }
            else if (types[i] is not RankedTensorType tensor || tensor.ElementType != leaves[i].Element.IrType)
            {
                throw Refuse(main, $"{what} #{i} is {types[i]}, not {leaves[i].ClrType.Name}");
            }
            else if (
                flat
                    ? tensor.Rank != 1 || !tensor.IsDynamicDim(0)
                    : tensors is not null && !tensor.Shape.Span.ToArray().All(s => s is 1 or ShapedType.Dynamic)
            )
            {
                throw Refuse(main, $"{what} #{i} is {types[i]}, whose sizes are not those of a class of shapes");
            }
            else
            {
                tensors?.Add(new TensorShape(tensor.Shape));
            }
        }
    }

    private static DiagnosticException Refuse(Operation op, string reason) => new(Mismatch.At(op.Location, reason));
}

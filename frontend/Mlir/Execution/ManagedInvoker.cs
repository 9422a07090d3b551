using System.Numerics.Tensors;
using Mlir.Frontend.Expressions;
using Mlir.Runtime.Interop;

namespace Mlir.Execution;

/// <summary>Calls a kernel that has no machine code: arguments and results travel boxed.</summary>
/// <param name="code">The kernel.</param>
internal sealed class ManagedInvoker(KernelCode code)
{
    /// <summary>Calls the kernel with the arguments in the order of <see cref="ImportedKernel.Arguments"/>.</summary>
    /// <returns>The results, each of its exact C# type.</returns>
    public object[] Call(object[] arguments)
    {
        var version = BoxedLeaves.ToInputs(code, arguments, out var inputs, out var sameShape);
        var outputs = version.Module.Invoke(ImportedKernel.EntryPoint, inputs);
        return
        [
            .. outputs.Select((output, i) => BoxedLeaves.FromOutput(version.Imported.Results[i], output, sameShape)),
        ];
    }

    /// <summary>Copies a result into given memory.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void CopyInto<T>(Tensor<T> result, Tensor<T> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (!destination.Lengths.SequenceEqual(result.Lengths))
        {
            throw KernelCall.WrongDestination(0, result.Lengths, destination.Lengths);
        }

        result.CopyTo(destination);
    }
}

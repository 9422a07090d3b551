using System.Collections.Immutable;
using Mlir.Execution;
using Mlir.Frontend.Expressions;

namespace Mlir;

/// <summary>A composition as machine code. Arguments and results travel boxed; tensors, arrays and strings are not copied.</summary>
/// <remarks>Calls may come from several threads at once. Variables that the lambdas capture are read at every call.</remarks>
public sealed class ComposedKernel
{
    private readonly KernelCode _code;
    private readonly ComposedArguments _arguments;
    private readonly ArgumentPort[] _inputs;
    private readonly ResultPort[] _outputs;
    private readonly ManagedInvoker? _managed;

    internal ComposedKernel(ImmutableArray<Type> inputs, KernelCode code)
    {
        _code = code;
        var imported = code.Imported;
        _arguments = new ComposedArguments(inputs, imported.Arguments);
        _inputs = [.. imported.Arguments.Select(a => ArgumentPort.Of(a.Leaf, a.Name))];
        _outputs = [.. imported.Results.Select(ResultPort.Of)];
        _managed = code.IsNative ? null : new ManagedInvoker(code);
        Ir = new KernelIr(code.List);
    }

    /// <summary>The kernel's code at every level, for reading.</summary>
    public KernelIr Ir { get; }

    /// <summary>The name of the backend that runs the kernel.</summary>
    public string Target => _code.Backend.Name;

    /// <summary>Calls the kernel.</summary>
    /// <param name="inputs">The arguments, of exactly the composition's input types.</param>
    /// <returns>The results in the order of the composition's outputs.</returns>
    /// <exception cref="KernelCompilationException">There is no version for arguments of these shapes yet, and none can be compiled.</exception>
    /// <exception cref="ArgumentException">An argument is missing, null or of another type.</exception>
    public object?[] Invoke(params ReadOnlySpan<object?> inputs)
    {
        var leaves = _arguments.Read(inputs);
        var outputs = _code.Imported.Outputs;
        var results = RunAndRetry(leaves);
        var values = new object?[outputs.Length];
        var at = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var count = outputs[i].Leaves.Length;
            values[i] = outputs[i].IsLeaf ? results[at] : outputs[i].Build(results.AsSpan(at, count));
            at += count;
        }

        return values;
    }

    private object[] RunAndRetry(object[] leaves)
    {
        try
        {
            return Run(leaves);
        }
        catch (ArgumentException failure) when (_code.MayRetry && SizeRetry.Helps(failure))
        {
            using var retry = SizeRetry.Begin(_code, failure);
            while (true)
            {
                try
                {
                    return Run(leaves);
                }
                catch (ArgumentException again)
                {
                    retry.Next(again);
                }
            }
        }
    }

    private object[] Run(object[] leaves)
    {
        var shapes = new ShapeState();
        var version = ArgumentPort.Look(_inputs, leaves, ref shapes, always: _code.NeedsShapes)
            ? VersionFor(shapes.ToShape())
            : _code.SameShape!; // no sizes meet where all are the same
        if (_managed is not null)
        {
            return _managed.Call(leaves);
        }

        using var call = PackedInvoker.Begin(version);
        for (var i = 0; i < leaves.Length; i++)
        {
            _inputs[i].Push(call, version, leaves[i]);
        }

        PackedInvoker.RunTuned(call, version);
        var results = new object[_outputs.Length];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = _outputs[i].Take(call, version, i, ref shapes);
        }

        return results;
    }

    /// <summary>Compiles on the first use; what goes wrong then has nothing to do with what the kernel computes.</summary>
    private KernelVersion VersionFor(KernelShape shape)
    {
        try
        {
            return _code.GetVersion(shape);
        }
        catch (Exception e)
        {
            throw new KernelCompilationException(e);
        }
    }
}

using System.Linq.Expressions;
using Mlir.Backends.Gpu.Execution;
using Mlir.Backends.Gpu.Memory;
using Mlir.Frontend;
using Mlir.Frontend.Expressions;

namespace Mlir.Execution;

/// <summary>Calls a kernel whose results stay on the device that it runs on.</summary>
/// <param name="lambda">The lambda, whose own closure the captured variables are read from.</param>
/// <param name="functions">Finds what the lambda calls by name.</param>
/// <param name="code">The kernel.</param>
internal sealed class DeviceInvoker(LambdaExpression lambda, FunctionResolver? functions, KernelCode code)
{
    private readonly ComposedArguments _arguments = new(
        [.. lambda.Parameters.Select(static p => p.Type)],
        CapturedVariables.Collect(lambda, CallSite.Unknown, functions)
    );

    /// <summary>Calls the kernel.</summary>
    /// <param name="values">The arguments.</param>
    /// <returns>The leaves of the result.</returns>
    public object[] Call(ReadOnlySpan<IDeviceValue> values)
    {
        try
        {
            return CallOnce(values);
        }
        catch (ArgumentException failure) when (code.MayRetry && SizeRetry.Helps(failure))
        {
            using var retry = SizeRetry.Begin(code, failure);
            while (true)
            {
                try
                {
                    return CallOnce(values);
                }
                catch (ArgumentException again)
                {
                    retry.Next(again);
                }
            }
        }
    }

    private object[] CallOnce(ReadOnlySpan<IDeviceValue> values)
    {
        var (version, inputs, sameShape) = Prepare(values);
        var outputs = ((GpuProgramModule)version.Module).InvokeOnDevice(ImportedKernel.EntryPoint, inputs);
        return Results(version, outputs, sameShape);
    }

    /// <summary>As <see cref="Call"/>, completed when the result is there.</summary>
    public async Task<object[]> CallAsync(IDeviceValue[] values, CancellationToken cancellation)
    {
        try
        {
            return await CallOnceAsync(values, cancellation).ConfigureAwait(false);
        }
        catch (ArgumentException failure) when (code.MayRetry && SizeRetry.Helps(failure))
        {
            return await Task.Run(() => Call(values), cancellation).ConfigureAwait(false);
        }
    }

    private async Task<object[]> CallOnceAsync(IDeviceValue[] values, CancellationToken cancellation)
    {
        var (version, inputs, sameShape) = Prepare(values);
        var outputs = await ((GpuProgramModule)version.Module)
            .InvokeOnDeviceAsync(ImportedKernel.EntryPoint, inputs, cancellation)
            .ConfigureAwait(false);
        return Results(version, outputs, sameShape);
    }

    private (KernelVersion Version, object[] Inputs, nint[]? SameShape) Prepare(ReadOnlySpan<IDeviceValue> values)
    {
        var leaves = new object[code.Imported.Arguments.Length];
        var at = 0;
        foreach (var value in values)
        {
            value.Leaves.CopyTo(leaves.AsSpan(at));
            at += value.Leaves.Length;
        }

        _arguments.ReadCaptured(leaves, at);
        return (BoxedLeaves.ToInputs(code, leaves, out var inputs, out var sameShape), inputs, sameShape);
    }

    private static object[] Results(KernelVersion version, object[] outputs, nint[]? sameShape)
    {
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] =
                outputs[i] is not IDeviceArray array
                    ? BoxedLeaves.FromOutput(version.Imported.Results[i], outputs[i], sameShape)
                : sameShape is { } shape && version.Imported.Results[i].Kind == Frontend.Layouts.LeafKind.Tensor
                    ? array.WithLengths([.. shape.Select(static l => (long)l)])
                : array;
        }

        return outputs;
    }
}

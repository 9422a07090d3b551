using System.Collections.Immutable;
using Mlir.Backends;
using Mlir.Remote.Worker.Ipc;
using Mlir.Runtime;
using Mlir.Runtime.Interop;

namespace Mlir.Remote.Worker.Execution;

/// <summary>A unit of machine code.</summary>
internal sealed unsafe class NativeUnit : LoadedUnit
{
    private readonly ImmutableArray<KernelError> errors;
    private readonly CompiledModule code;
    private readonly nint[] entries;

    /// <summary>Finds the functions' entries.</summary>
    public NativeUnit(ImmutableArray<UnitFunction> functions, ImmutableArray<KernelError> errors, CompiledModule code)
        : base(functions)
    {
        this.errors = errors;
        this.code = code;
        entries = [.. functions.Select(function => code.FindNative(function.Name)!.Packed)];
    }

    public override void Run(int function, CallFrame call)
    {
        var signature = call.Function.Signature;
        var slots = call.Slots(signature.SlotCount);
        var next = 0;
        var scalar = 0;
        var array = 0;
        foreach (var parameter in call.Function.Parameters)
        {
            if (parameter.IsScalar)
            {
                slots[next++] = Clean(parameter.Element, call.Scalars[scalar++]);
                continue;
            }

            ref readonly var argument = ref call.Argument(array++);
            slots[next++] = (nint)argument.Pointer;
            foreach (var size in call.Shape(argument))
            {
                slots[next++] = size;
            }
        }

        var frame = call.Kernel;
        frame->Status = 0;
        KernelServices.Current = call;
        ((delegate* unmanaged<void*, void*, void>)entries[function])(slots, frame);
        if (frame->Status != 0)
        {
            Throw(frame->Status, call);
        }

        scalar = 0;
        for (var i = 0; i < call.Function.Results.Length; i++)
        {
            var result = call.Function.Results[i];
            if (result.Shape is not { } shape)
            {
                call.ScalarResults[scalar++] = Clean(result.Element, slots[next++]);
                continue;
            }

            call.SetResult(i, (byte*)slots[next], new ReadOnlySpan<long>(slots + next + 1, shape.Length));
            next += 1 + shape.Length;
        }
    }

    /// <summary>The code is freed when the collector finds that nobody holds it, so that it is never freed under a running call.</summary>
    public override void Dispose() => code.Dispose();

    /// <summary>A slot whose bytes above the value are zero: they are arbitrary when they come from a stranger or a kernel.</summary>
    private static long Clean(ElementType element, long slot) =>
        element switch
        {
            ElementType.Bool => slot & 1,
            ElementType.Int8 or ElementType.UInt8 => (byte)slot,
            ElementType.Int16 or ElementType.UInt16 or ElementType.Float16 => (ushort)slot,
            ElementType.Int32 or ElementType.UInt32 or ElementType.Float32 => (uint)slot,
            _ => slot,
        };

    private void Throw(int status, CallFrame call)
    {
        if (status == KernelFrame.HostFailure)
        {
            throw call.Refusal ?? new OutOfMemoryException("A kernel's temporaries do not fit in memory.");
        }

        throw status > 0 && status <= errors.Length
            ? new KernelFailure(errors[status - 1])
            : new InvalidOperationException($"A kernel reported the unknown status {status}.");
    }
}

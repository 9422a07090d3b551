using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Mlir.Backends;
using Mlir.Backends.Interpreter;
using Mlir.Remote.Worker.Ipc;
using Mlir.Runtime;

namespace Mlir.Remote.Worker.Execution;

/// <summary>A unit that the interpreter runs.</summary>
internal sealed unsafe class InterpretedUnit(ImmutableArray<UnitFunction> functions, CompiledModule program)
    : LoadedUnit(functions)
{
    public override void Run(int function, CallFrame call)
    {
        var arguments = new object[call.Function.Parameters.Length];
        var scalar = 0;
        var array = 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = call.Function.Parameters[i];
            arguments[i] = parameter.IsScalar
                ? ElementTypes.FromSlot(parameter.Element, call.Scalars[scalar++])
                : Copy(parameter.Element, call, call.Argument(array++));
        }

        object[] results;
        try
        {
            results = program.Invoke(call.Function.Name, arguments);
        }
        catch (Exception thrown) when (thrown is not OutOfMemoryException)
        {
            // The message ends with the line already.
            throw new KernelFailure(new KernelError(thrown.GetType().FullName!, thrown.Message));
        }

        scalar = 0;
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i] is not HostBuffer buffer)
            {
                call.ScalarResults[scalar++] = ElementTypes.ToSlot(results[i]);
                continue;
            }

            var memory = call.AllocateResult(i, buffer.Count, buffer.ElementType.Size);
            buffer.AsBytes().CopyTo(new Span<byte>(memory, checked(buffer.Count * buffer.ElementType.Size)));
            call.SetResult(i, memory, buffer.Shape.AsSpan());
        }
    }

    public override void Dispose() => program.Dispose();

    private static HostBuffer Copy(ElementType element, CallFrame call, in ArrayArgument argument)
    {
        var count = argument.Bytes / element.Size;
        if (count > Array.MaxLength)
        {
            throw new MemoryLimitException(
                $"The interpreter holds arrays of at most {Array.MaxLength} elements, not {count}."
            );
        }

        call.Charge(argument.Bytes);
        var data = element.NewArray((int)count);
        new ReadOnlySpan<byte>(argument.Pointer, (int)argument.Bytes).CopyTo(
            MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(data), (int)argument.Bytes)
        );
        return new HostBuffer(data, call.Shape(argument));
    }
}

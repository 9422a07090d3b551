using System.Collections.Immutable;
using Mlir.Runtime.Interop;

namespace Mlir.Runtime;

/// <summary>A compiled function, called with arguments whose types are known at run time only.</summary>
/// <remarks>Safe to call from several threads at once. Its code lives as long as the kernel is reachable.</remarks>
public sealed unsafe class Kernel
{
    private readonly delegate* unmanaged<void*, void*, void> entry;
    private readonly object code;

    /// <summary>Wraps a packed entry point.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="signature">What it takes and returns.</param>
    /// <param name="errors">The module's error table.</param>
    /// <param name="entry">The address of <c>name__packed</c>.</param>
    /// <param name="code">What keeps the machine code alive.</param>
    internal Kernel(
        string name,
        KernelSignature signature,
        ImmutableArray<KernelError> errors,
        delegate* unmanaged<void*, void*, void> entry,
        object code
    )
    {
        Name = name;
        Signature = signature;
        Errors = errors;
        this.entry = entry;
        this.code = code;
    }

    /// <summary>The function's name.</summary>
    public string Name { get; }

    /// <summary>What the function takes and returns.</summary>
    public KernelSignature Signature { get; }

    /// <summary>The ways in which the function can fail.</summary>
    public ImmutableArray<KernelError> Errors { get; }

    /// <summary>Calls the function.</summary>
    /// <param name="arguments">A boxed scalar of exactly the parameter's type, or a <see cref="HostBuffer"/>, each.</param>
    /// <returns>The results, likewise; a buffer's array is new and the caller's own.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit <see cref="Signature"/>.</exception>
    public object[] Invoke(params ReadOnlySpan<object> arguments)
    {
        Check(arguments);
        using var call = KernelCall.Rent(Signature);
        foreach (var argument in arguments)
        {
            if (argument is HostBuffer buffer)
            {
                call.Push(buffer.Data, buffer.Shape.AsSpan());
            }
            else
            {
                call.PushSlot(ElementTypes.ToSlot(argument));
            }
        }

        call.Run(entry, Errors);
        GC.KeepAlive(code);
        var results = new object[Signature.Results.Length];
        for (var i = 0; i < results.Length; i++)
        {
            var result = Signature.Results[i];
            if (result.Rank is not { } rank)
            {
                results[i] = ElementTypes.FromSlot(result.ElementType, call.ScalarSlot(i));
                continue;
            }

            var shape = new long[rank];
            results[i] = new HostBuffer(call.ArrayResult(i, shape), shape);
        }

        return results;
    }

    private void Check(ReadOnlySpan<object> arguments)
    {
        if (arguments.Length != Signature.Parameters.Length)
        {
            throw new ArgumentException(
                $"'{Name}' takes {Signature.Parameters.Length} arguments {Signature}, not {arguments.Length}."
            );
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            var expected = Signature.Parameters[i];
            KernelParameter actual = arguments[i] switch
            {
                HostBuffer buffer => new(buffer.ElementType, buffer.Shape.Length),
                null => throw new ArgumentNullException(nameof(arguments), $"Argument #{i} of '{Name}' is null."),
                var scalar => new(ElementTypes.Of(scalar.GetType())),
            };
            if (actual != expected)
            {
                throw new ArgumentException($"Argument #{i} of '{Name}' must be {expected}, not {actual}.");
            }
        }
    }
}

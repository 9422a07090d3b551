using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Mlir.Backends;
using Mlir.Runtime;

namespace Mlir.Execution;

/// <summary>The target of delegates that call a scalar kernel by its plain C signature, without leaving the garbage collector's mode.</summary>
internal abstract class DirectInvoker
{
    private static readonly Type[] WithoutFrame =
    [
        typeof(DirectInvoker<>),
        typeof(DirectInvoker<,>),
        typeof(DirectInvoker<,,>),
        typeof(DirectInvoker<,,,>),
        typeof(DirectInvoker<,,,,>),
    ];

    private static readonly Type[] WithFrame =
    [
        typeof(FallibleInvoker<>),
        typeof(FallibleInvoker<,>),
        typeof(FallibleInvoker<,,>),
        typeof(FallibleInvoker<,,,>),
        typeof(FallibleInvoker<,,,,>),
    ];

    /// <summary>Keeps the code alive.</summary>
    protected readonly NativeFunction Function;

    private readonly ImmutableArray<KernelError> _errors;

    /// <summary>Binds to the direct entry point of <paramref name="version"/>.</summary>
    protected DirectInvoker(KernelVersion version) => (Function, _errors) = (version.Native!, version.Module.Errors);

    /// <summary>A delegate of <paramref name="delegateType"/> for parameters of these types, or null when there is no direct form.</summary>
    public static Delegate? TryCreate(Type delegateType, KernelVersion version, Type[] parameters, Type result)
    {
        Type[] all = [.. parameters, result];
        if (
            version.Native is not { Direct: not 0 } native
            || parameters.Length >= WithoutFrame.Length
            || !all.All(PassesInRegisters)
        )
        {
            return null;
        }

        var open = (version.Module.Errors.IsEmpty ? WithoutFrame : WithFrame)[parameters.Length];
        var invoker = Activator.CreateInstance(open.MakeGenericType(all), version)!;
        return Delegate.CreateDelegate(delegateType, invoker, invoker.GetType().GetMethod("Call")!);
    }

    /// <summary>
    /// Truth values differ from C's in how wide they are passed, and <see cref="Half"/> is a struct to .NET but a float to C: both take the slots.
    /// </summary>
    private static bool PassesInRegisters(Type type) => type.IsPrimitive && type != typeof(bool);

    /// <summary>Throws what the kernel reported.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void Throw(int status) => throw _errors[status - 1].ToException();
}

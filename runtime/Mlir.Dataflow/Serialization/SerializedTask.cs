using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Unicode;
using Mlir.IR;

namespace Mlir.Dataflow;

/// <summary>A task that came from another process. Thread-safe.</summary>
public sealed class SerializedTask
{
    private readonly PortableKernel? _kernel;
    private readonly int[] _order;
    private readonly Lazy<ComposedKernel>? _compiled;
    private readonly Resolver? _resolver;

    private SerializedTask(
        string? function,
        Resolver? resolver,
        PortableKernel? kernel,
        int[] order,
        Func<ComposedKernel>? compile
    )
    {
        (Function, _resolver, _kernel, _order) = (function, resolver, kernel, order);
        _compiled = compile is null ? null : new Lazy<ComposedKernel>(compile);
    }

    /// <summary>The id of the registered function that carries the task out; null where the bytes say themselves what is to be computed.</summary>
    public string? Function { get; }

    /// <summary>The task's module at the tensor level; null where a registered function carries it out.</summary>
    public string? Module => _kernel?.Module;

    /// <summary>Reads a task.</summary>
    /// <param name="bytes">What <see cref="PortableTask"/> wrote; nothing in them is believed.</param>
    /// <param name="resolver">Where functions are registered; null where only modules are to be run.</param>
    /// <param name="options">How a module is compiled; null for the CPU, or the interpreter where there is no LLVM.</param>
    /// <param name="limits">How large the task may be; null for <see cref="SerializationLimits.Default"/>.</param>
    /// <exception cref="SerializationException">The bytes are damaged or not allowed.</exception>
    public static SerializedTask Read(
        ReadOnlySpan<byte> bytes,
        Resolver? resolver = null,
        JitOptions? options = null,
        SerializationLimits? limits = null
    )
    {
        var reader = Envelope.Unwrap(bytes, limits ?? SerializationLimits.Default, out var kind);
        switch (kind)
        {
            case SerializedKind.Function:
                var name = reader.ReadName();
                reader.End();
                return new SerializedTask(name, resolver, null, [], null);
            case SerializedKind.Kernel:
                var flat = reader.ReadByte();
                var inputs = ReadTypes(ref reader);
                var outputs = ReadTypes(ref reader);
                var order = ReadOrder(ref reader, outputs.Length);
                var module = ReadText(ref reader);
                reader.End();
                var kernel = new PortableKernel(module, inputs, outputs, flat == 1);
                var how = options ?? new JitOptions { AllowInterpreter = true };
                return new SerializedTask(null, null, kernel, order, () => Compile(kernel, how));
            default:
                throw new SerializationException("the bytes hold no task");
        }
    }

    /// <summary>Runs the task.</summary>
    /// <param name="arguments">What <see cref="PortableTask.ToBytes"/> says the task takes.</param>
    /// <returns>The results in order.</returns>
    /// <exception cref="SerializationException">The task's function is not registered here, or its module is not allowed.</exception>
    public object?[] Invoke(params ReadOnlySpan<object?> arguments)
    {
        if (Function is { } name)
        {
            return _resolver is not null && _resolver.TryGetFunction(name, out var function)
                ? [function.Invoke(arguments.ToArray())]
                : throw new SerializationException($"the function {name} is not registered in this process");
        }

        object?[] results;
        try
        {
            results = _compiled!.Value.Invoke(arguments);
        }
        catch (KernelCompilationException e)
        {
            throw new SerializationException(
                "the task was written down for arguments of other shapes; write it down for these",
                e
            );
        }

        return [.. _order.Select(i => results[i])];
    }

    private static ComposedKernel Compile(PortableKernel kernel, JitOptions options)
    {
        try
        {
            return Jit.Load(kernel, options);
        }
        catch (DiagnosticException e)
        {
            throw new SerializationException($"the task's module is not allowed: {e.Message}", e);
        }
    }

    private static ImmutableArray<Type> ReadTypes(ref SerializedReader reader)
    {
        var types = new Type[reader.ReadCount()];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = SerializedTypes.Read(ref reader);
        }

        return [.. types];
    }

    private static int[] ReadOrder(ref SerializedReader reader, int results)
    {
        var order = new int[reader.ReadCount()];
        for (var i = 0; i < order.Length; i++)
        {
            var result = reader.ReadNumber();
            order[i] =
                result < results ? (int)result : throw new SerializationException($"there is no result {result}");
        }

        return order;
    }

    private static string ReadText(ref SerializedReader reader)
    {
        var length = reader.ReadNumber();
        if (length > reader.Limits.MaxModuleBytes)
        {
            throw new SerializationException(
                $"a module has {length} bytes; {reader.Limits.MaxModuleBytes} are allowed"
            );
        }

        var text = new byte[length];
        var packed = reader.ReadBytes(reader.ReadNumber());
        return BrotliDecoder.TryDecompress(packed, text, out var written) && written == length && Utf8.IsValid(text)
            ? Encoding.UTF8.GetString(text)
            : throw new SerializationException("a module cannot be unpacked");
    }
}

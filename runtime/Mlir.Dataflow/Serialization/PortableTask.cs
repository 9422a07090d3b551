using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>A task in a form that other processes can run: compilable tasks, one or fused, as a module; other ones by name.</summary>
/// <remarks>
/// No code travels. A module is at the tensor level, where it can do nothing but compute; a named function must be registered in the other
/// process too.
/// </remarks>
/// <example><code>
/// var task = PortableTask.Of(subgraph, inputs, outputs);
/// byte[] bytes = task.ToBytes(arguments, out var all);   // for arguments of these shapes
/// byte[] values = SerializedValues.Write(all);
/// // in the other process:
/// object?[] results = SerializedTask.Read(bytes).Invoke(SerializedValues.Read(values));
/// </code></example>
public sealed class PortableTask
{
    private readonly TaskFunction? _function;
    private readonly SubgraphPieces? _pieces;
    private readonly ImmutableArray<SubgraphOperand> _outputs;

    private PortableTask(TaskFunction? function, SubgraphPieces? pieces, ImmutableArray<SubgraphOperand> outputs) =>
        (_function, _pieces, _outputs) = (function, pieces, outputs);

    /// <summary>One function: as a module where it is a lambda that names a compiler, else by name.</summary>
    /// <param name="function">The function.</param>
    public static PortableTask Of(TaskFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (function is not { Compiler: not null, Expression: not null })
        {
            return new PortableTask(function, null, []);
        }

        var arguments = Enumerable.Range(0, function.Parameters.Length).Select(i => new SubgraphOperand.Input(i));
        return Of(
            new Subgraph([new SubgraphTask(function, [.. arguments], function.Site)]),
            [.. function.Parameters.Select(p => p.Type)],
            [new SubgraphOperand.Result(0)]
        );
    }

    /// <summary>Compilable tasks as one module.</summary>
    /// <param name="subgraph">The tasks.</param>
    /// <param name="inputs">The types of the arguments.</param>
    /// <param name="outputs">What is wanted: results of the tasks and items of these.</param>
    /// <exception cref="SerializationException">A task is not a lambda.</exception>
    public static PortableTask Of(
        Subgraph subgraph,
        ImmutableArray<Type> inputs,
        ImmutableArray<SubgraphOperand> outputs
    )
    {
        ArgumentNullException.ThrowIfNull(subgraph);
        if (outputs.Any(o => SubgraphOperands.RootOf(o) is not SubgraphOperand.Result))
        {
            throw new SerializationException("a task that travels gives results of its tasks only");
        }

        try
        {
            return new PortableTask(
                null,
                SubgraphPieces.Cut(subgraph, inputs, outputs, Math.Max(1, subgraph.Tasks.Length)),
                outputs
            );
        }
        catch (CompilationFailedException e)
        {
            throw new SerializationException(e.Message, e);
        }
    }

    /// <summary>Compilable tasks as one module, or null where one of them is not a lambda.</summary>
    internal static PortableTask? TryOf(
        Subgraph subgraph,
        ImmutableArray<Type> inputs,
        ImmutableArray<SubgraphOperand> outputs
    )
    {
        try
        {
            return Of(subgraph, inputs, outputs);
        }
        catch (SerializationException)
        {
            return null;
        }
    }

    /// <summary>The task as bytes.</summary>
    /// <param name="arguments">Its arguments, for whose shapes the module is written; they are not in the bytes.</param>
    /// <param name="all">What the task takes in the other process: the arguments, then the present values of what its lambdas capture.</param>
    /// <exception cref="SerializationException">A lambda has no form that can travel, or an argument does not fit.</exception>
    public byte[] ToBytes(ReadOnlySpan<object?> arguments, out object?[] all)
    {
        var writer = new SerializedWriter();
        if (_function is not null)
        {
            all = arguments.ToArray();
            writer.WriteName(_function.Id);
            return Envelope.Wrap(SerializedKind.Function, writer.Written);
        }

        var piece = _pieces!.Pieces[0];
        var inputs = new object?[piece.Arguments.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = arguments[piece.Arguments[i]];
        }

        PortableKernel kernel;
        object[] captured;
        try
        {
            kernel = PortableKernel.Of(piece.Composition, inputs, out captured);
        }
        catch (Exception e) when (e is UnsupportedExpressionException or ArgumentException)
        {
            throw new SerializationException(e.Message, e);
        }

        all = [.. inputs, .. captured];
        writer.WriteByte(kernel.IsFlat ? (byte)1 : (byte)0);
        WriteTypes(writer, kernel.Inputs);
        WriteTypes(writer, kernel.Outputs);
        WriteOrder(writer, piece);
        WriteText(writer, kernel.Module);
        return Envelope.Wrap(SerializedKind.Kernel, writer.Written);
    }

    private static void WriteTypes(SerializedWriter writer, ImmutableArray<Type> types)
    {
        writer.WriteNumber(types.Length);
        foreach (var type in types)
        {
            SerializedTypes.Write(writer, type);
        }
    }

    /// <summary>Which of the kernel's results each output is: an output may be wanted twice.</summary>
    private void WriteOrder(SerializedWriter writer, SubgraphPiece piece)
    {
        writer.WriteNumber(_outputs.Length);
        foreach (var output in _outputs)
        {
            writer.WriteNumber(piece.Results.IndexOf(_pieces!.SlotOf(output)));
        }
    }

    private static void WriteText(SerializedWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        if (!BrotliEncoder.TryCompress(bytes, packed, out var length, quality: 9, window: 18))
        {
            throw new SerializationException("the module cannot be packed");
        }

        writer.WriteNumber(bytes.Length);
        writer.WriteNumber(length);
        writer.WriteBytes(packed.AsSpan(0, length));
    }
}

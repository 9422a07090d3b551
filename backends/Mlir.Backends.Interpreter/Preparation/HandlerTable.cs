using System.Collections.Frozen;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Which code prepares which kind of operation.</summary>
internal static class HandlerTable
{
    private static readonly FrozenDictionary<Type, Action<FunctionBuilder, Operation>> Handlers = Build();

    /// <summary>The handler of an operation.</summary>
    /// <exception cref="DiagnosticException">There is none.</exception>
    public static Action<FunctionBuilder, Operation> Find(Operation op) =>
        Handlers.GetValueOrDefault(op.GetType()) ?? throw FunctionBuilder.Unsupported(op);

    /// <summary>The kinds of operation that can be run.</summary>
    public static IEnumerable<Type> Supported => Handlers.Keys;

    private static FrozenDictionary<Type, Action<FunctionBuilder, Operation>> Build()
    {
        var table = new Registration();
        ArithHandlers.Register(table);
        MathHandlers.Register(table);
        FuncHandlers.Register(table);
        CfHandlers.Register(table);
        ScfHandlers.Register(table);
        TensorHandlers.Register(table);
        MemRefHandlers.Register(table);
        LinalgHandlers.Register(table);
        VectorHandlers.Register(table);
        return table.Handlers.ToFrozenDictionary();
    }

    /// <summary>Collects handlers by the class of the operation.</summary>
    internal sealed class Registration
    {
        /// <summary>What was collected.</summary>
        public Dictionary<Type, Action<FunctionBuilder, Operation>> Handlers { get; } = [];

        /// <summary>Adds the handler of one kind of operation.</summary>
        public void Add<T>(Action<FunctionBuilder, T> handler)
            where T : Operation => Handlers.Add(typeof(T), (builder, op) => handler(builder, (T)op));
    }
}

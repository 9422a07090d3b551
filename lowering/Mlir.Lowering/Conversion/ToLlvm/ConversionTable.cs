using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>What to do with each kind of operation.</summary>
internal sealed class ConversionTable
{
    private readonly Dictionary<Type, Action<Operation, LlvmEmitter>> _rules = [];

    /// <summary>The rules for all dialects that can become LLVM.</summary>
    public static ConversionTable All { get; } = MakeAll();

    /// <summary>Adds the rule for <typeparamref name="T"/>.</summary>
    public void Add<T>(Action<T, LlvmEmitter> rule)
        where T : Operation => _rules.Add(typeof(T), (op, emitter) => rule((T)op, emitter));

    /// <summary>The rule for <paramref name="op"/>, or null.</summary>
    public Action<Operation, LlvmEmitter>? Find(Operation op) => _rules.GetValueOrDefault(op.GetType());

    private static ConversionTable MakeAll()
    {
        var table = new ConversionTable();
        ArithToLlvm.AddTo(table);
        MathToLlvm.AddTo(table);
        CfToLlvm.AddTo(table);
        MemRefToLlvm.AddTo(table);
        VectorToLlvm.AddTo(table);
        FuncToLlvm.AddTo(table);
        Gpu.GpuToLlvm.AddTo(table);
        Gpu.NvgpuToLlvm.AddTo(table);
        return table;
    }
}

using Mlir.Backends.Llvm.Interop;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>Every op that can become LLVM IR, by its class. What is not in this table never reaches LLVM.</summary>
internal static class Rules
{
    /// <summary>Op class → how it is built.</summary>
    public static Dictionary<Type, Rule> Table { get; } = Make();

    /// <summary>Adds the rule of an op class.</summary>
    public static void On<T>(this Dictionary<Type, Rule> table, Func<FunctionTranslator, T, LLVMValueRef> rule)
        where T : Operation => table.Add(typeof(T), (translator, op) => rule(translator, (T)op));

    private static Dictionary<Type, Rule> Make()
    {
        var table = new Dictionary<Type, Rule>(192);
        ArithmeticRules.AddTo(table);
        CastRules.AddTo(table);
        ConstantRules.AddTo(table);
        ControlRules.AddTo(table);
        MemoryRules.AddTo(table);
        AggregateRules.AddTo(table);
        IntrinsicRules.AddTo(table);
        NvvmRules.AddTo(table);
        return table;
    }
}

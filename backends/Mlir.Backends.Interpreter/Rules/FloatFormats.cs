using Mlir.Dialects;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Chooses the code for a float format.</summary>
internal static class FloatFormats
{
    /// <summary>Something to do for one format.</summary>
    public interface IAction
    {
        /// <summary>Does it.</summary>
        void Run<TFormat>()
            where TFormat : struct, IFloatFormat;
    }

    /// <summary>Something to do for two formats.</summary>
    public interface IPairAction
    {
        /// <summary>Does it.</summary>
        void Run<TFrom, TTo>()
            where TFrom : struct, IFloatFormat
            where TTo : struct, IFloatFormat;
    }

    /// <summary>Runs <paramref name="action"/> for the format of <paramref name="type"/>'s scalars; rare formats are folded.</summary>
    public static void Dispatch<TAction>(FunctionBuilder builder, Operation op, IrType type, TAction action)
        where TAction : struct, IAction
    {
        if (ArithHandlers.IsRare(op))
        {
            ArithHandlers.Fold(builder, op);
            return;
        }

        switch (ElementKinds.Of(TypeFacts.ScalarOf(type)))
        {
            case ElementKind.F64:
                action.Run<F64>();
                break;
            case ElementKind.F32:
                action.Run<F32>();
                break;
            case ElementKind.F16:
                action.Run<F16>();
                break;
            case ElementKind.BF16:
                action.Run<BF16>();
                break;
            default:
                throw FunctionBuilder.Unsupported(op, $" on {type}");
        }
    }

    /// <summary>Runs <paramref name="action"/> for the formats of two types' scalars; rare formats are folded.</summary>
    public static void Dispatch<TAction>(FunctionBuilder builder, Operation op, IrType from, IrType to, TAction action)
        where TAction : struct, IPairAction => Dispatch(builder, op, from, new First<TAction>(builder, op, to, action));

    private readonly struct First<TAction>(FunctionBuilder builder, Operation op, IrType to, TAction action) : IAction
        where TAction : struct, IPairAction
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat => Dispatch(builder, op, to, new Second<TAction, TFormat>(action));
    }

    private readonly struct Second<TAction, TFrom>(TAction action) : IAction
        where TAction : struct, IPairAction
        where TFrom : struct, IFloatFormat
    {
        public void Run<TFormat>()
            where TFormat : struct, IFloatFormat => action.Run<TFrom, TFormat>();
    }
}

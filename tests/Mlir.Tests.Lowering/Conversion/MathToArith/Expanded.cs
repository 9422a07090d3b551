using Mlir.Dialects.Func;
using Mlir.IR;
using Mlir.Lowering;
using Mlir.Lowering.Conversion.MathToArith;

namespace Mlir.Tests.Lowering.Conversion.MathToArith;

/// <summary>A function that holds one expanded operation.</summary>
public sealed class Expanded
{
    private readonly FuncOp _function;
    private readonly int _result;

    private Expanded(FuncOp function, int result)
    {
        _function = function;
        _result = result;
    }

    /// <summary>The function after the pass.</summary>
    public FuncOp Function => _function;

    /// <summary>Expands the operation that <paramref name="make"/> creates from operands of the given types.</summary>
    public static Expanded Of(Func<Value[], Operation> make, int result, params IrType[] types)
    {
        var function = Build(make, types);
        new ExpandMath().Run(function, new PassContext());
        var found = Verifier.Verify(function);
        if (found.Count > 0)
        {
            throw new InvalidOperationException(string.Join("\n", found));
        }

        return new(function, result);
    }

    /// <summary>A function that returns the results of one operation on its arguments.</summary>
    public static FuncOp Build(Func<Value[], Operation> make, params IrType[] types)
    {
        // The results' types are known only once the operation exists, so a first one is made from arguments of its own.
        var probe = new Block();
        var results = make([.. types.Select(t => probe.AddArgument(t, Location.Unknown))])
            .Results.Select(r => r.Type)
            .ToArray();
        var function = new FuncOp(Location.Unknown, "f", FunctionType.Get(types, results));
        var builder = new OpBuilder(function.AddEntryBlock());
        var op = builder.Insert(make([.. function.Entry.Arguments]));
        builder.Insert(new ReturnOp(Location.Unknown, [.. op.Results]));
        return function;
    }

    /// <summary>The function's values for f64 arguments.</summary>
    public double[] Double(params double[][] arguments) =>
        [
            .. LaneEvaluator
                .Run(_function, [.. arguments.Select(a => Array.ConvertAll(a, BitConverter.DoubleToUInt64Bits))])[
                    _result
                ]
                .Select(BitConverter.UInt64BitsToDouble),
        ];

    /// <summary>The function's values for f32 arguments.</summary>
    public float[] Single(params float[][] arguments) =>
        [
            .. LaneEvaluator
                .Run(
                    _function,
                    [.. arguments.Select(a => Array.ConvertAll(a, x => (ulong)BitConverter.SingleToUInt32Bits(x)))]
                )[_result]
                .Select(x => BitConverter.UInt32BitsToSingle((uint)x)),
        ];

    /// <summary>The function's values as bit patterns.</summary>
    public ulong[] Bits(params ulong[][] arguments) => LaneEvaluator.Run(_function, arguments)[_result];
}

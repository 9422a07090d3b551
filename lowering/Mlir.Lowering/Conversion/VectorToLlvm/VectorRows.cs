using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Vectors of two dimensions, which are arrays of vectors in LLVM: what a lane holds of a matrix.</summary>
internal static class VectorRows
{
    /// <summary>Joins rows to one value.</summary>
    public static Value Join(LlvmEmitter e, VectorType type, Func<long, Value> row)
    {
        var rows = LlvmArrayType.Get(VectorType.Get([type.Shape[1]], type.ElementType), type.Shape[0]);
        var joined = e.Emit(new PoisonOp(e.Location, rows));
        for (var i = 0L; i < type.Shape[0]; i++)
        {
            joined = e.Emit(new InsertValueOp(e.Location, joined, row(i), [i]));
        }

        return joined;
    }

    /// <summary>The rows of <paramref name="vector"/>, a value of the source.</summary>
    public static Value[] Split(LlvmEmitter e, Value vector)
    {
        var rows = e.Get(vector);
        var count = checked((int)((VectorType)vector.Type).Shape[0]);
        return [.. Enumerable.Range(0, count).Select(i => e.Emit(new ExtractValueOp(e.Location, rows, [i])))];
    }

    /// <summary>The elements of <paramref name="vector"/>, a value of the source, row by row.</summary>
    public static Value[] Elements(LlvmEmitter e, Value vector)
    {
        var columns = checked((int)((VectorType)vector.Type).Shape[1]);
        return
        [
            .. from row in Split(e, vector)
            from i in Enumerable.Range(0, columns)
            select e.Emit(new ExtractElementOp(e.Location, row, e.I64(i))),
        ];
    }

    /// <summary>A vector of given elements.</summary>
    public static Value Vector(LlvmEmitter e, VectorType type, Func<long, Value> element)
    {
        Value vector = e.Emit(new PoisonOp(e.Location, type));
        for (var i = 0L; i < type.Shape[0]; i++)
        {
            vector = e.Emit(new InsertElementOp(e.Location, vector, element(i), e.I64(i)));
        }

        return vector;
    }
}

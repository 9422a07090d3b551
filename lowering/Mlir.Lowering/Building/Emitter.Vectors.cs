using Mlir.Dialects.Arith;
using Mlir.Dialects.Vector;
using Mlir.IR;

namespace Mlir.Lowering;

/// <content>Vectors.</content>
internal sealed partial class Emitter
{
    /// <summary>The alignment in bytes that non-temporal stores of vectors need.</summary>
    public const int NonTemporalAlignment = 64;

    /// <summary>The sum of vectors of integers.</summary>
    public Value AddVectors(Value a, Value b) => Insert(new AddIOp(Location, a, b)).Result;

    /// <summary><c>a · b + c</c> on vectors, of reals rounded once.</summary>
    public Value MultiplyAdd(Value a, Value b, Value c) =>
        c.Type is VectorType { ElementType: FloatType }
            ? Insert(new FMAOp(Location, a, b, c)).Result
            : Insert(new AddIOp(Location, Insert(new MulIOp(Location, a, b)).Result, c)).Result;

    /// <summary>Bitwise and.</summary>
    public Value And(Value a, Value b) => Insert(new AndIOp(Location, a, b)).Result;

    /// <summary>Bitwise or.</summary>
    public Value Or(Value a, Value b) => Insert(new OrIOp(Location, a, b)).Result;

    /// <summary>The negation of truth values.</summary>
    public Value Not(Value a)
    {
        TypedAttr ones = a.Type is ShapedType shaped
            ? DenseElementsAttr.Splat(shaped, IntegerAttr.True)
            : IntegerAttr.True;
        return Insert(new XOrIOp(Location, a, Constant(ones))).Result;
    }

    /// <summary>The scalar in all lanes.</summary>
    public Value Broadcast(Value scalar, VectorType type) => Insert(new BroadcastOp(Location, scalar, type)).Vector;

    /// <summary>0, 1, 2, … in the lanes.</summary>
    public Value Step(VectorType type) => Insert(new StepOp(Location, type)).Result;

    /// <summary>Lanes that are on below <paramref name="count"/>.</summary>
    public Value CreateMask(Value count, int lanes) =>
        Insert(new CreateMaskOp(Location, [count], VectorType.Get([lanes], IntegerType.I1))).Result;

    /// <summary>Consecutive elements.</summary>
    public Value VectorLoad(VectorType type, Value source, Value[] subscripts) =>
        Insert(new LoadOp(Location, source, subscripts, type)).Result;

    /// <summary>Consecutive elements at an address that is a multiple of so many bytes.</summary>
    public Value AlignedLoad(VectorType type, Value source, Value subscript, int bytes) =>
        Insert(new LoadOp(Location, source, [subscript], type, alignment: bytes)).Result;

    /// <summary>Consecutive elements where the mask is on; <paramref name="rest"/> elsewhere.</summary>
    public Value MaskedLoad(Value source, Value[] subscripts, Value mask, Value rest) =>
        Insert(new MaskedLoadOp(Location, source, subscripts, mask, rest)).Result;

    /// <summary>Writes consecutive elements, around the cache if wanted.</summary>
    public void VectorStore(Value value, Value target, Value[] subscripts, bool nonTemporal)
    {
        var store = Insert(new StoreOp(Location, value, target, subscripts));
        if (nonTemporal)
        {
            store.SetAttribute("nontemporal", IntegerAttr.True);
            store.SetAttribute("alignment", IntegerAttr.Get(IntegerType.I64, NonTemporalAlignment));
        }
    }

    /// <summary>Writes consecutive elements where the mask is on.</summary>
    public void MaskedStore(Value value, Value target, Value[] subscripts, Value mask) =>
        Insert(new MaskedStoreOp(Location, target, subscripts, mask, value));

    /// <summary>All lanes combined.</summary>
    public Value Reduce(CombiningKind kind, Value vector) =>
        Insert(new ReductionOp(Location, vector, null, kind, ((VectorType)vector.Type).ElementType)).Dest;

    /// <summary>Elements of an array of one dimension at <paramref name="offset"/> and each lane's place, where the mask is on.</summary>
    public Value Gather(Value source, Value offset, Value places, Value mask, Value rest) =>
        Insert(new GatherOp(Location, source, [offset], places, mask, rest)).Result;

    /// <summary>Lanes of two vectors, which are numbered one after the other.</summary>
    public Value Shuffle(Value a, Value b, int[] lanes) =>
        Insert(
            new ShuffleOp(
                Location,
                a,
                b,
                DenseArrayAttr.I64([.. lanes.Select(i => (long)i)]),
                VectorType.Get([lanes.Length], ((VectorType)a.Type).ElementType)
            )
        ).Vector;

    /// <summary>The lanes of one vector and then those of another.</summary>
    public Value Concatenate(Value a, Value b) =>
        Shuffle(a, b, [.. Enumerable.Range(0, (int)(((VectorType)a.Type).Shape[0] + ((VectorType)b.Type).Shape[0]))]);

    /// <summary>The lanes from <paramref name="start"/> on.</summary>
    public Value Slice(Value vector, int start, int count) =>
        Shuffle(vector, vector, [.. Enumerable.Range(start, count)]);

    /// <summary>One lane.</summary>
    public Value Extract(Value vector, int lane) =>
        Insert(
            new ExtractOp(Location, vector, [], DenseArrayAttr.I64(lane), ((VectorType)vector.Type).ElementType)
        ).Result;
}

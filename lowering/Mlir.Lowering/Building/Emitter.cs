using Mlir.Dialects.Arith;
using Mlir.Dialects.Linalg;
using Mlir.IR;
using MemRef = Mlir.Dialects.MemRef;
using Tensor = Mlir.Dialects.Tensor;

namespace Mlir.Lowering;

/// <summary>Emits operations at one place and location; arithmetic on sizes that is known already is not emitted.</summary>
/// <param name="builder">The place.</param>
/// <param name="location">The location of what is emitted.</param>
internal sealed partial class Emitter(OpBuilder builder, Location location)
{
    /// <summary>The place.</summary>
    public OpBuilder Builder { get; } = builder;

    /// <summary>The location of what is emitted.</summary>
    public Location Location { get; } = location;

    /// <summary>Inserts <paramref name="op"/>.</summary>
    public T Insert<T>(T op)
        where T : Operation => Builder.Insert(op);

    /// <summary>Inserts a copy of <paramref name="op"/>.</summary>
    public Operation Clone(Operation op, IrMapping mapping) => Builder.Clone(op, mapping);

    /// <summary>A constant.</summary>
    public Value Constant(TypedAttr value) => Insert(new ConstantOp(Location, value)).Result;

    /// <summary>A constant of type <c>index</c>.</summary>
    public Value Index(long value) => Constant(IntegerAttr.Get(IndexType.Instance, value));

    /// <summary>Zero, of a type of numbers.</summary>
    public Value Zero(IrType type) =>
        Constant(type is FloatType real ? FloatAttr.Get(real, 0) : IntegerAttr.Get(type, 0));

    /// <summary>The sum.</summary>
    public Value Add(Value a, Value b) =>
        (a.ConstInt, b.ConstInt) switch
        {
            ({ } x, { } y) => Index((long)(x + y)),
            (_, { } y) when y == 0 => a,
            ({ } x, _) when x == 0 => b,
            _ => Insert(new AddIOp(Location, a, b)).Result,
        };

    /// <summary>The difference.</summary>
    public Value Sub(Value a, Value b) =>
        (a.ConstInt, b.ConstInt) switch
        {
            ({ } x, { } y) => Index((long)(x - y)),
            (_, { } y) when y == 0 => a,
            _ => Insert(new SubIOp(Location, a, b)).Result,
        };

    /// <summary>The product.</summary>
    public Value Mul(Value a, Value b) =>
        (a.ConstInt, b.ConstInt) switch
        {
            ({ } x, { } y) => Index((long)(x * y)),
            (_, { } y) when y == 1 => a,
            ({ } x, _) when x == 1 => b,
            _ => Insert(new MulIOp(Location, a, b)).Result,
        };

    /// <summary>The quotient of numbers that are not negative, rounded down.</summary>
    public Value Div(Value a, Value b) =>
        (a.ConstInt, b.ConstInt) switch
        {
            ({ } x, { } y) when x >= 0 && y > 0 => Index((long)(x / y)),
            (_, { } y) when y == 1 => a,
            _ => Insert(new DivUIOp(Location, a, b)).Result,
        };

    /// <summary>The remainder of numbers taken as unsigned.</summary>
    public Value Rem(Value a, Value b) =>
        (a.ConstInt, b.ConstInt) switch
        {
            ({ } x, { } y) when x >= 0 && y > 0 => Index((long)(x % y)),
            _ => Insert(new RemUIOp(Location, a, b)).Result,
        };

    /// <summary>2 to the power of <paramref name="exponent"/>, times <paramref name="a"/>.</summary>
    public Value ShiftLeft(Value a, Value exponent) => Insert(new ShLIOp(Location, a, exponent)).Result;

    /// <summary><paramref name="a"/>, which is not negative, divided by 2 to the power of <paramref name="exponent"/>, rounded down.</summary>
    public Value ShiftRight(Value a, Value exponent) => Insert(new ShRUIOp(Location, a, exponent)).Result;

    /// <summary>Bitwise exclusive or.</summary>
    public Value Xor(Value a, Value b) => Insert(new XOrIOp(Location, a, b)).Result;

    /// <summary>The quotient of numbers that are not negative, rounded up.</summary>
    public Value CeilDiv(Value a, Value b) => Div(Add(a, Sub(b, Index(1))), b);

    /// <summary>The smaller one.</summary>
    public Value Min(Value a, Value b) =>
        (a.ConstInt, b.ConstInt) is ({ } x, { } y)
            ? x <= y
                ? a
                : b
            : Insert(new MinSIOp(Location, a, b)).Result;

    /// <summary>The larger one.</summary>
    public Value Max(Value a, Value b) =>
        (a.ConstInt, b.ConstInt) is ({ } x, { } y)
            ? x >= y
                ? a
                : b
            : Insert(new MaxSIOp(Location, a, b)).Result;

    /// <summary>The product of all; 1 for none.</summary>
    public Value Product(IEnumerable<Value> factors) =>
        factors.Aggregate((Value?)null, (a, b) => a is null ? b : Mul(a, b)) ?? Index(1);

    /// <summary>Whether <paramref name="a"/> is less, as signed numbers.</summary>
    public Value Less(Value a, Value b) => Insert(new CmpIOp(Location, a, b, CmpIPredicate.Slt)).Result;

    /// <summary>Whether both are equal.</summary>
    public Value Equal(Value a, Value b) => Insert(new CmpIOp(Location, a, b, CmpIPredicate.Eq)).Result;

    /// <summary>One of two values by a truth value or a vector of them.</summary>
    public Value Select(Value condition, Value whenTrue, Value whenFalse) =>
        ReferenceEquals(whenTrue, whenFalse)
            ? whenTrue
            : Insert(new SelectOp(Location, condition, whenTrue, whenFalse)).Result;

    /// <summary>The subscripts of position <paramref name="linear"/> in row-major order.</summary>
    public Value[] Delinearize(Value linear, Value[] sizes)
    {
        var subscripts = new Value[sizes.Length];
        for (var i = sizes.Length - 1; i > 0; i--)
        {
            subscripts[i] = Rem(linear, sizes[i]);
            linear = Div(linear, sizes[i]);
        }

        if (sizes.Length > 0)
        {
            subscripts[0] = linear;
        }

        return subscripts;
    }

    /// <summary>The element of a memref.</summary>
    public Value Load(Value source, Value[] subscripts) =>
        Insert(new MemRef.LoadOp(Location, source, subscripts)).Result;

    /// <summary>Writes an element of a memref.</summary>
    public void Store(Value value, Value target, Value[] subscripts) =>
        Insert(new MemRef.StoreOp(Location, value, target, subscripts));

    /// <summary>A size of a memref.</summary>
    public Value MemRefDim(Value source, int dim)
    {
        var type = (MemRefType)source.Type;
        if (!type.IsDynamicDim(dim))
        {
            return Index(type.Shape[dim]);
        }

        // What was allocated here says its sizes.
        return source.Definer is MemRef.AllocOp alloc
            ? alloc.DynamicSizes[type.Shape.Span[..dim].Count(ShapedType.Dynamic)]
            : Insert(new MemRef.DimOp(Location, source, Index(dim))).Result;
    }

    /// <summary>Memory that lives until it is freed.</summary>
    public Value Alloc(MemRefType type, ReadOnlySpan<Value> sizes) =>
        Insert(new MemRef.AllocOp(Location, sizes, [], type)).Memref;

    /// <summary>Memory that lives until the function returns.</summary>
    public Value Alloca(MemRefType type) => Insert(new MemRef.AllocaOp(Location, [], [], type)).Memref;

    /// <summary>A piece of a buffer of bytes as an array of one dimension.</summary>
    public Value View(Value bytes, long start, long count, IrType element) =>
        Insert(
            new MemRef.ViewOp(
                Location,
                bytes,
                Index(start),
                [],
                MemRefType.Get([count], element, memorySpace: ((MemRefType)bytes.Type).MemorySpace)
            )
        ).Result;

    /// <summary>Frees memory.</summary>
    public void Dealloc(Value memory) => Insert(new MemRef.DeallocOp(Location, memory));

    /// <summary>Copies all elements.</summary>
    public void Copy(Value source, Value target) => Insert(new MemRef.CopyOp(Location, source, target));

    /// <summary>The address of the first element as an <c>index</c>.</summary>
    public Value AddressOf(Value source) =>
        Insert(new MemRef.ExtractAlignedPointerAsIndexOp(Location, source)).AlignedPointer;

    /// <summary>A dense array as one row.</summary>
    public Value Flatten(Value array)
    {
        var type = (MemRefType)array.Type;
        if (type.Rank == 1)
        {
            return array;
        }

        var group = Enumerable.Range(0, type.Rank).Select(IrAttribute (d) => IntegerAttr.Get(IntegerType.I64, d));
        return Insert(
            new MemRef.CollapseShapeOp(
                Location,
                array,
                ArrayAttr.Get([ArrayAttr.Get([.. group])]),
                MemRefType.Get(
                    [type.HasStaticShape ? type.ElementCount : ShapedType.Dynamic],
                    type.ElementType,
                    null,
                    type.MemorySpace
                )
            )
        ).Result;
    }

    /// <summary>A size of a tensor.</summary>
    public Value TensorDim(Value source, int dim) => Insert(new Tensor.DimOp(Location, source, Index(dim))).Result;

    /// <summary>A tensor without elements yet.</summary>
    public Value Empty(ReadOnlySpan<Value> sizes, RankedTensorType type) =>
        Insert(new Tensor.EmptyOp(Location, sizes, type)).Result;

    /// <summary>A tensor whose elements are all <paramref name="scalar"/>.</summary>
    public Value Splat(Value scalar, ReadOnlySpan<Value> sizes, RankedTensorType type) =>
        Insert(new Tensor.SplatOp(Location, scalar, sizes, type)).Aggregate;

    /// <summary>A <c>linalg.generic</c> whose results are the types of its tensor outputs.</summary>
    /// <param name="inputs">What it reads.</param>
    /// <param name="outputs">What it writes.</param>
    /// <param name="maps">The subscripts of inputs and then outputs.</param>
    /// <param name="loops">The kinds of the loops.</param>
    /// <param name="body">Emits the body from the elements and returns what it yields.</param>
    public GenericOp Generic(
        IReadOnlyList<Value> inputs,
        IReadOnlyList<Value> outputs,
        IReadOnlyList<AffineMap> maps,
        IReadOnlyList<IteratorType> loops,
        Func<Emitter, IReadOnlyList<Value>, IEnumerable<Value>> body
    )
    {
        var generic = new GenericOp(
            Location,
            inputs.ToArray(),
            outputs.ToArray(),
            ArrayAttr.Get([.. maps.Select(AffineMapAttr.Get)]),
            ArrayAttr.Get([.. loops.Select(EnumAttr<IteratorType>.Get)]),
            [.. outputs.Select(o => o.Type).Where(t => t is RankedTensorType)]
        );
        var block = generic.Body.AddBlock();
        foreach (var operand in inputs.Concat(outputs))
        {
            block.AddArgument(ElementwiseCloner.Scalar(operand.Type), Location);
        }

        Insert(generic);
        var inside = new Emitter(new OpBuilder(block), Location);
        var yielded = body(inside, block.Arguments).ToArray();
        inside.Builder.SetInsertionPointToEnd(block);
        inside.Insert(new YieldOp(Location, yielded));
        return generic;
    }

    /// <summary>Copies the operations of <paramref name="block"/> on other arguments; returns what its terminator hands on.</summary>
    public Value[] InlineBody(Block block, IReadOnlyList<Value> arguments)
    {
        var mapping = new IrMapping();
        for (var i = 0; i < block.Arguments.Count; i++)
        {
            mapping[block.Arguments[i]] = arguments[i];
        }

        for (var op = block.First!; op.Next is not null; op = op.Next)
        {
            Clone(op, mapping);
        }

        return [.. block.Last!.Operands.ToArray().Select(v => mapping[v])];
    }
}

using Mlir.Dialects.MemRef;
using Mlir.IR;
using Arith = Mlir.Dialects.Arith;

namespace Mlir.Lowering.Gpu;

/// <summary>A factor of a product: an array, or elements that are computed from one.</summary>
internal sealed class ProductFactor
{
    private readonly MatrixProduct _product;
    private readonly List<Operation> _steps;
    private readonly BlockArgument? _argument;

    public ProductFactor(MatrixProduct product, Contraction contraction, Value value, int along)
    {
        (_product, Along) = (product, along);

        Value = BeforeWidening(value);
        _steps = contraction.StepsTo(Value);
        _argument = contraction
            .StepsTo(value)
            .SelectMany(s => s.Operands.ToArray())
            .Append(value)
            .OfType<BlockArgument>()
            .FirstOrDefault(a => ReferenceEquals(a.ParentBlock, product.Op.BodyBlock));
        LastLoop =
            _argument is { } a && product.Op.MapOf(a.Index).Results[^1] is AffineDimExpr last ? last.Position : -1;
    }

    /// <summary>The number itself where <paramref name="value"/> is a narrow one that is widened to be multiplied: in shared memory it stays narrow.</summary>
    public static Value BeforeWidening(Value value) =>
        value.Definer is Arith.ExtFOp { In: var narrow } ? narrow : value;

    /// <summary>The value in the body, before it is widened.</summary>
    public Value Value { get; }

    /// <summary>The loop that only this factor and the result have.</summary>
    public int Along { get; }

    /// <summary>The loop along which neighbours lie side by side in memory.</summary>
    public int LastLoop { get; }

    /// <summary>Whether neighbours along <see cref="Along"/> lie side by side, and not those that are summed.</summary>
    public bool IsAlongLast => LastLoop == Along;

    /// <summary>The type of the elements before they are widened.</summary>
    public IrType Element => Value.Type;

    /// <summary>Whether the elements lie in an array as they are.</summary>
    public bool IsArray => ReferenceEquals(Value, _argument);

    /// <summary>Whether the array is one that copies of whole words can read: dense, and no constant, which lies elsewhere.</summary>
    public bool IsCopied =>
        IsArray
        && (LastLoop == Along || LastLoop == _product.Depth)
        && Array.Type is MemRefType { Layout: null }
        && !IsMoved(Array);

    /// <summary>The array.</summary>
    private Value Array => _product.Op.Operands[_argument!.Index];

    // Views that begin elsewhere than their array.
    private static bool IsMoved(Value array)
    {
        for (; array.Definer is { } definer && Views.IsView(definer); array = definer.OpOperands[0].Value)
        {
            if (definer is not (CastOp or CollapseShapeOp or ExpandShapeOp))
            {
                return true;
            }
        }

        return array.Definer is GetGlobalOp;
    }

    /// <summary>The array and the subscripts of an element.</summary>
    public (Value Array, Value[] Subscripts) Place(Emitter e, Value[] ivs) =>
        (Array, ScalarBody.Subscripts(e, _product.Op.MapOf(_argument!.Index), ivs));

    /// <summary>Whether <paramref name="op"/>, in the body, takes part in computing an element before it is widened.</summary>
    public bool Computes(Operation op) => _steps.Contains(op);

    /// <summary>An element.</summary>
    public Value Load(Emitter e, Value[] ivs)
    {
        var mapping = new IrMapping();
        foreach (var argument in _product.Op.BodyBlock.Arguments.Where(a => a.Index < _product.Op.Inputs.Count))
        {
            if (ReferenceEquals(argument, Value) || _steps.Any(s => s.Operands.ToArray().Contains(argument)))
            {
                var array = _product.Op.Operands[argument.Index];
                mapping[argument] = e.Load(array, ScalarBody.Subscripts(e, _product.Op.MapOf(argument.Index), ivs));
            }
        }

        foreach (var step in _steps)
        {
            e.Clone(step, mapping);
        }

        return mapping[Value];
    }
}

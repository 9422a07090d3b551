namespace Mlir.Tests.IR.Generators.TestDialect;

[Op("t.source", Format = "attr-dict (`:` type($values)^)?")]
public sealed partial class SourceOp : Operation
{
    [Result<AnyType>]
    public partial IReadOnlyList<OpResult> Values { get; }
}

/// <summary>Adds.</summary>
[Op("t.add", Format = "$lhs `,` $rhs (`overflow` `` $modes^)? attr-dict `:` type($sum)")]
public sealed partial class AddOp : Operation, IPure, ISameType
{
    /// <summary>The left <see cref="Rhs"/>.</summary>
    [Operand<IntegerLike>]
    public partial Value Lhs { get; set; }

    [Operand<IntegerLike>]
    public partial Value Rhs { get; }

    [Attr(Default = "Modes.None")]
    public partial Modes Modes { get; set; }

    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Sum { get; }
}

[Op(
    "t.optional",
    Format = "$first (`,` $second^ `:` type($second))? `[` $indices `]` (`to` $rest^ `:` type($rest)):(`alone`)? attr-dict `:` type($first)"
)]
public sealed partial class OptionalOp : Operation
{
    [Operand<AnyType>]
    public partial Value First { get; set; }

    [Operand<AnyType>]
    public partial Value? Second { get; set; }

    [Operand<Mlir.Dialects.Index>]
    public partial OperandList Indices { get; set; }

    [Operand<IntegerLike>]
    public partial OperandList Rest { get; set; }
}

[Op("t.maybe", Format = "($value^ `:` type($value))? attr-dict")]
public sealed partial class MaybeOp : Operation
{
    [Operand<AnyType>]
    public partial Value? Value { get; set; }
}

[Op("t.middle", Format = "$first `,` $last (`with` $middle^)? attr-dict `:` type($first)")]
public sealed partial class MiddleOp : Operation, ISameOperandTypes
{
    [Operand<AnyType>]
    public partial Value First { get; }

    [Operand<AnyType>]
    public partial OperandList Middle { get; set; }

    [Operand<AnyType>]
    public partial Value Last { get; }
}

[Op("t.functional", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class FunctionalOp : Operation
{
    [Operand<AnyType>]
    public partial Value First { get; }

    [Operand<AnyType>]
    public partial OperandList Others { get; }

    [Result<AnyType>]
    public partial OpResult Result { get; }
}

[Op("t.halves", Format = "$inputs attr-dict `:` functional-type($inputs, $output)")]
public sealed partial class HalvesOp : Operation
{
    [Operand<AnyType>]
    public partial OperandList Inputs { get; }

    [Result<AnyType>]
    public partial OpResult Output { get; }
}

[Op("t.types", Format = "operands attr-dict `:` type(operands) `->` type(results)")]
public sealed partial class TypesOp : Operation
{
    [Operand<AnyType>]
    public partial Value First { get; }

    [Operand<AnyType>]
    public partial Value Second { get; }

    [Result<AnyType>]
    public partial OpResult Result { get; }

    [Result<AnyType>]
    public partial OpResult? Extra { get; }
}

[Op("t.groups", Format = "attr-dict `:` type($left) `|` type($right)")]
public sealed partial class GroupsOp : Operation
{
    [Result<AnyType>]
    public partial IReadOnlyList<OpResult> Left { get; }

    [Result<AnyType>]
    public partial IReadOnlyList<OpResult> Right { get; }
}

[Op("t.load", Format = "$source `[` $indices `]` attr-dict `:` type($source)")]
public sealed partial class LoadOp : Operation
{
    [Operand<SomeTensor>]
    public partial Value Source { get; }

    [Operand<Mlir.Dialects.Index>]
    public partial OperandList Indices { get; }

    [Result<AnyType>(InferredBy = nameof(ElementOf))]
    public partial OpResult Result { get; }

    private static IrType? ElementOf(IrType source) => (source as ShapedType)?.ElementType;
}

[Op("t.store", Format = "$value `,` $target attr-dict `:` type($target)")]
public sealed partial class StoreOp : Operation
{
    [Operand<AnyType>(InferredBy = nameof(ElementOf))]
    public partial Value Value { get; }

    [Operand<AnyType>]
    public partial Value Target { get; }

    private static IrType? ElementOf(IrType target) => (target as ShapedType)?.ElementType;
}

[Op("t.pick", Format = "$values `at` $position attr-dict `:` type($values)")]
public sealed partial class PickOp : Operation
{
    [Operand<AnyType>]
    public partial OperandList Values { get; }

    [Attr]
    public partial long Position { get; }

    [Result<AnyType>(InferredBy = nameof(TypeAt))]
    public partial OpResult Result { get; }

    private static IrType? TypeAt(ReadOnlySpan<Value> values, long position) =>
        position >= 0 && position < values.Length ? values[(int)position].Type : null;
}

[Op("t.mirror", Format = "$inputs attr-dict `:` type($inputs)")]
public sealed partial class MirrorOp : Operation
{
    [Operand<AnyType>]
    public partial OperandList Inputs { get; }

    [Result(SameTypeAs = nameof(Inputs))]
    public partial IReadOnlyList<OpResult> Outputs { get; }
}

[Op("t.shapes", Format = "$a `,` $b attr-dict `:` type($a) `,` type($b)")]
public sealed partial class ShapesOp : Operation, ISameShape
{
    [Operand<AnyType>]
    public partial Value A { get; }

    [Operand<AnyType>]
    public partial Value B { get; }
}

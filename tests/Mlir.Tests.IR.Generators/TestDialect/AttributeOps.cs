namespace Mlir.Tests.IR.Generators.TestDialect;

[Op(
    "t.attributes",
    Format = "$sym_name $count `,` $small `,` $truth `,` $real `,` $text `,` $type `,` $function `,` $color `,` $number `,` $list `,` $any attr-dict"
)]
public sealed partial class AttributesOp : Operation, ISymbol
{
    [Attr(Name = "sym_name")]
    public partial string SymName { get; set; }

    [Attr]
    public partial long Count { get; set; }

    [Attr(Type = "i32")]
    public partial int Small { get; set; }

    [Attr(Type = "i1")]
    public partial bool Truth { get; set; }

    [Attr]
    public partial double Real { get; set; }

    [Attr]
    public partial string Text { get; set; }

    [Attr]
    public partial IrType Type { get; set; }

    [Attr]
    public partial FunctionType Function { get; set; }

    [Attr]
    public partial Color Color { get; set; }

    [Attr(Type = "i64")]
    public partial Color Number { get; set; }

    [Attr]
    public partial EquatableArray<long> List { get; set; }

    [Attr]
    public partial IrAttribute Any { get; set; }

    public string? SymbolName => SymName;
}

[Op(
    "t.optionals",
    Format = "($count^ `times`)? ($color^)? (`text` $text^)? (`like` $type^)? (`nuw` $wrap^)? (`list` $list^)? (`callee` $callee^)? (`turns` $turns^)? attr-dict"
)]
public sealed partial class OptionalsOp : Operation
{
    [Attr]
    public partial long? Count { get; set; }

    [Attr]
    public partial Color? Color { get; set; }

    [Attr]
    public partial string? Text { get; set; }

    [Attr]
    public partial IrType? Type { get; set; }

    [Attr]
    public partial bool Wrap { get; set; }

    [Attr(Type = "i32")]
    public partial DenseArrayAttr? List { get; set; }

    [Attr]
    public partial SymbolRefAttr? Callee { get; set; }

    [Attr(Default = "1", Type = "i32")]
    public partial int Turns { get; set; }
}

[Op("t.bracketed", Format = "`<` $modes `>` qualified($color) attr-dict-with-keyword")]
public sealed partial class BracketedOp : Operation
{
    [Attr]
    public partial Modes Modes { get; }

    [Attr]
    public partial Color Color { get; }
}

[Op("t.constant", Format = "attr-dict $value")]
public sealed partial class ConstantOp : Operation, IConstantLike
{
    [Attr]
    public partial TypedAttr Value { get; }

    [Result(SameTypeAs = nameof(Value))]
    public partial OpResult Result { get; }

    public IrAttribute ConstantValue => Value;
}

[Op("t.mapped", Format = "$map attr-dict")]
public sealed partial class MappedOp : Operation
{
    [Attr]
    public partial AffineMap Map { get; set; }
}

[Op("t.typed", Format = "$seed attr-dict")]
public sealed partial class TypedOp : Operation
{
    [Attr(Type = "i8")]
    public partial IntegerAttr Seed { get; }
}

[Op("t.plain")]
public sealed partial class PlainOp : Operation
{
    [Operand<AnyType>]
    public partial OperandList Inputs { get; }

    [Attr]
    public partial bool Marked { get; set; }

    [Result<AnyType>]
    public partial OpResult? Result { get; }

    [Region]
    public partial IReadOnlyList<Region> Bodies { get; }
}

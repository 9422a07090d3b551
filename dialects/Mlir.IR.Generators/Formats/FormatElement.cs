namespace Mlir.IR.Generators;

/// <summary>A piece of a declarative assembly format; parts of the operation are named by their properties.</summary>
internal abstract record FormatElement(int Position);

/// <summary>Fixed text.</summary>
internal sealed record LiteralElement(string Text, int Position) : FormatElement(Position);

/// <summary>A space that is forced, or (empty) kept out, or a new line.</summary>
internal sealed record SpaceElement(string Text, int Position) : FormatElement(Position);

/// <summary>An operand, or a result inside a type directive.</summary>
internal sealed record ValueElement(ValueModel Value, int Position) : FormatElement(Position);

/// <summary>An attribute.</summary>
internal sealed record AttrElement(AttrModel Attribute, bool Qualified, int Position) : FormatElement(Position);

/// <summary>A region.</summary>
internal sealed record RegionElement(RegionModel Region, int Position) : FormatElement(Position);

/// <summary>A successor.</summary>
internal sealed record SuccessorElement(SuccessorModel Successor, int Position) : FormatElement(Position);

/// <summary>All operands, results, regions or successors.</summary>
internal sealed record AllElement(string Kind, int Position) : FormatElement(Position);

/// <summary>The dictionary of the attributes that stand nowhere else.</summary>
internal sealed record AttrDictElement(bool WithKeyword, int Position) : FormatElement(Position);

/// <summary>The type of a value, or the types of all operands or results.</summary>
internal sealed record TypeElement(FormatElement Of, int Position) : FormatElement(Position);

/// <summary>The types of values as a function type.</summary>
internal sealed record FunctionalTypeElement(FormatElement Inputs, FormatElement Outputs, int Position)
    : FormatElement(Position);

/// <summary>A part that a custom directive reads but that stands elsewhere.</summary>
internal sealed record RefElement(FormatElement Of, int Position) : FormatElement(Position);

/// <summary>A text handed to a custom directive.</summary>
internal sealed record TextElement(string Text, int Position) : FormatElement(Position);

/// <summary>A call of hand-written methods.</summary>
internal sealed record CustomElement(string Name, Items<FormatElement> Arguments, int Position)
    : FormatElement(Position);

/// <summary>A part that is there when its anchor is.</summary>
internal sealed record GroupElement(Items<FormatElement> Then, Items<FormatElement> Else, int Anchor, int Position)
    : FormatElement(Position);

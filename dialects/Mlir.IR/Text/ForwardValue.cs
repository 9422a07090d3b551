namespace Mlir.IR.Text;

/// <summary>Stands for a value that is used before its definition was parsed.</summary>
internal sealed class ForwardValue(IrType type, int position) : Value(type)
{
    /// <summary>Where the value is used first.</summary>
    public int Position { get; } = position;

    /// <summary>The value itself, once its definition was parsed.</summary>
    public Value? Definition { get; set; }

    public override Operation? Definer => null;

    public override Block? ParentBlock => null;
}

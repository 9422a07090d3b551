namespace Mlir.Tests.Ptx.Operations;

/// <summary>An operation in LLVM IR: computes <c>%r</c> from <c>%x</c> and <c>%y</c> of one type.</summary>
/// <param name="Name">What it is called in the list of tests.</param>
/// <param name="Type">LLVM's name of the operands' and the result's type.</param>
/// <param name="Body">The instructions; <c>T</c> in angle brackets stands for the type, <c>@GLOBAL@</c> for global memory's address space.</param>
/// <param name="Declarations">What the body needs outside of the function.</param>
public sealed record Operation(string Name, string Type, string Body, string Declarations = "")
{
    /// <summary>The bytes of an operand.</summary>
    public int Bytes =>
        Type switch
        {
            "i8" => 1,
            "i16" or "half" or "bfloat" => 2,
            "i32" or "float" => 4,
            _ => 8,
        };

    public override string ToString() => $"{Name} {Type}";
}

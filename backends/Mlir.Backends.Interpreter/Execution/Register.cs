using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Where a value lives in a frame.</summary>
/// <param name="Index">The number of the register.</param>
/// <param name="IsObject">Whether it is among the objects.</param>
/// <param name="Type">The value's type.</param>
internal readonly record struct Register(int Index, bool IsObject, IrType Type)
{
    /// <summary>Copies the value of another register of the same type.</summary>
    public void Copy(Frame to, Register source, Frame from)
    {
        if (IsObject)
        {
            to.Objects[Index] = from.Objects[source.Index];
        }
        else
        {
            to.Scalars[Index] = from.Scalars[source.Index];
        }
    }
}

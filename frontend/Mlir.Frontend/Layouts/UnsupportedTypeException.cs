namespace Mlir.Frontend.Layouts;

/// <summary>A C# type cannot travel to a kernel; the message names the type, the member in the way, and why.</summary>
public sealed class UnsupportedTypeException : NotSupportedException
{
    internal UnsupportedTypeException(Type type, string reason)
        : base(reason) => Type = type;

    /// <summary>The type that was asked for.</summary>
    public Type Type { get; }
}

using Mlir.Runtime;

namespace Mlir.Remote.Protocol;

/// <summary>What each <see cref="ScalarKind"/> of the protocol is in memory.</summary>
internal static class ScalarKinds
{
    extension(ScalarKind kind)
    {
        /// <summary>Whether this is one of the kinds that the protocol defines.</summary>
        public bool IsKnown => kind is > ScalarKind.Unspecified and <= ScalarKind.Char;

        /// <summary>The bytes of one element.</summary>
        public int Size => kind.Element.Size;

        /// <summary>The element type; a <c>char</c> is a 16-bit unsigned integer.</summary>
        /// <exception cref="ProtocolException">The number on the wire is no kind.</exception>
        public ElementType Element =>
            kind switch
            {
                ScalarKind.Bool => ElementType.Bool,
                ScalarKind.Int8 => ElementType.Int8,
                ScalarKind.Int16 => ElementType.Int16,
                ScalarKind.Int32 => ElementType.Int32,
                ScalarKind.Int64 => ElementType.Int64,
                ScalarKind.Uint8 => ElementType.UInt8,
                ScalarKind.Uint16 or ScalarKind.Char => ElementType.UInt16,
                ScalarKind.Uint32 => ElementType.UInt32,
                ScalarKind.Uint64 => ElementType.UInt64,
                ScalarKind.Float16 => ElementType.Float16,
                ScalarKind.Float32 => ElementType.Float32,
                ScalarKind.Float64 => ElementType.Float64,
                _ => throw new ProtocolException(
                    ErrorCode.InvalidRequest,
                    $"{(int)kind} is no kind of scalar that this version knows"
                ),
            };

        /// <summary>The name of the C# type.</summary>
        public string CSharpName =>
            kind switch
            {
                ScalarKind.Bool => "bool",
                ScalarKind.Int8 => "sbyte",
                ScalarKind.Int16 => "short",
                ScalarKind.Int32 => "int",
                ScalarKind.Int64 => "long",
                ScalarKind.Uint8 => "byte",
                ScalarKind.Uint16 => "ushort",
                ScalarKind.Uint32 => "uint",
                ScalarKind.Uint64 => "ulong",
                ScalarKind.Float16 => "Half",
                ScalarKind.Float32 => "float",
                ScalarKind.Float64 => "double",
                ScalarKind.Char => "char",
                _ => $"scalar kind {(int)kind}",
            };
    }

    /// <summary>The kind of an element type.</summary>
    public static ScalarKind Of(ElementType type) =>
        type switch
        {
            ElementType.Bool => ScalarKind.Bool,
            ElementType.Int8 => ScalarKind.Int8,
            ElementType.Int16 => ScalarKind.Int16,
            ElementType.Int32 => ScalarKind.Int32,
            ElementType.Int64 => ScalarKind.Int64,
            ElementType.UInt8 => ScalarKind.Uint8,
            ElementType.UInt16 => ScalarKind.Uint16,
            ElementType.UInt32 => ScalarKind.Uint32,
            ElementType.UInt64 => ScalarKind.Uint64,
            ElementType.Float16 => ScalarKind.Float16,
            ElementType.Float32 => ScalarKind.Float32,
            ElementType.Float64 => ScalarKind.Float64,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
        };
}

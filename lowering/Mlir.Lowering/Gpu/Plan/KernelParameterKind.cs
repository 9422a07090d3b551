namespace Mlir.Lowering.Gpu;

/// <summary>How a kernel takes a parameter. Each lies at a multiple of its own size.</summary>
public enum KernelParameterKind
{
    /// <summary>The address of memory of the device, eight bytes.</summary>
    Address,

    /// <summary>One byte: truth values and small integers.</summary>
    Bits8,

    /// <summary>Two bytes.</summary>
    Bits16,

    /// <summary>Four bytes.</summary>
    Bits32,

    /// <summary>Eight bytes.</summary>
    Bits64,

    /// <summary>As <see cref="Address"/>, of memory that the kernel only reads.</summary>
    ReadOnlyAddress,
}

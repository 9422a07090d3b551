namespace Mlir.Backends.Gpu;

/// <summary>What a kernel takes in one place.</summary>
public enum GpuParameter
{
    /// <summary>An array that the kernel reads.</summary>
    Input,

    /// <summary>An array that the kernel writes, or reads and writes.</summary>
    Output,

    /// <summary>A number of one byte by value.</summary>
    Scalar8,

    /// <summary>A number of two bytes by value: <c>i16</c>, <c>f16</c>, <c>bf16</c>.</summary>
    Scalar16,

    /// <summary>A number of four bytes by value: <c>i32</c>, <c>f32</c>.</summary>
    Scalar32,

    /// <summary>A number of eight bytes by value: <c>i64</c>, <c>f64</c>.</summary>
    Scalar64,
}

namespace Mlir.Dialects.Nvvm;

/// <summary>The elements of a factor of a matrix product.</summary>
[Keyword("#nvvm.mma_type")]
public enum MMATypes
{
    /// <summary>Half precision.</summary>
    [Keyword("f16")]
    F16 = 0,

    /// <summary>Single precision.</summary>
    [Keyword("f32")]
    F32 = 1,

    /// <summary>Single precision with ten bits of fraction.</summary>
    [Keyword("tf32")]
    TF32 = 2,

    /// <summary>Single precision with seven bits of fraction.</summary>
    [Keyword("bf16")]
    BF16 = 9,

    /// <summary>Signed bytes.</summary>
    [Keyword("s8")]
    S8 = 4,

    /// <summary>Unsigned bytes.</summary>
    [Keyword("u8")]
    U8 = 3,

    /// <summary>Signed words.</summary>
    [Keyword("s32")]
    S32 = 5,

    /// <summary>Double precision.</summary>
    [Keyword("f64")]
    F64 = 10,
}

namespace Mlir.Ptx.Decoding;

/// <summary>Registers that tell a thread where it is; they keep their value for the whole life of the thread.</summary>
internal enum SpecialRegister
{
    ThreadX,
    ThreadY,
    ThreadZ,
    ThreadsX,
    ThreadsY,
    ThreadsZ,
    BlockX,
    BlockY,
    BlockZ,
    BlocksX,
    BlocksY,
    BlocksZ,
    Lane,
    Warp,
    Warps,
    Multiprocessor,
    Multiprocessors,
    Grid,
    MaskEqual,
    MaskLess,
    MaskLessOrEqual,
    MaskGreater,
    MaskGreaterOrEqual,
    DynamicShared,
    TotalShared,
    Zero,
}

internal static class SpecialRegisters
{
    private static readonly Dictionary<string, SpecialRegister> ByName = new(StringComparer.Ordinal)
    {
        ["%tid.x"] = SpecialRegister.ThreadX,
        ["%tid.y"] = SpecialRegister.ThreadY,
        ["%tid.z"] = SpecialRegister.ThreadZ,
        ["%tid.w"] = SpecialRegister.Zero,
        ["%ntid.x"] = SpecialRegister.ThreadsX,
        ["%ntid.y"] = SpecialRegister.ThreadsY,
        ["%ntid.z"] = SpecialRegister.ThreadsZ,
        ["%ctaid.x"] = SpecialRegister.BlockX,
        ["%ctaid.y"] = SpecialRegister.BlockY,
        ["%ctaid.z"] = SpecialRegister.BlockZ,
        ["%ctaid.w"] = SpecialRegister.Zero,
        ["%nctaid.x"] = SpecialRegister.BlocksX,
        ["%nctaid.y"] = SpecialRegister.BlocksY,
        ["%nctaid.z"] = SpecialRegister.BlocksZ,
        ["%laneid"] = SpecialRegister.Lane,
        ["%warpid"] = SpecialRegister.Warp,
        ["%nwarpid"] = SpecialRegister.Warps,
        ["%smid"] = SpecialRegister.Multiprocessor,
        ["%nsmid"] = SpecialRegister.Multiprocessors,
        ["%gridid"] = SpecialRegister.Grid,
        ["%lanemask_eq"] = SpecialRegister.MaskEqual,
        ["%lanemask_lt"] = SpecialRegister.MaskLess,
        ["%lanemask_le"] = SpecialRegister.MaskLessOrEqual,
        ["%lanemask_gt"] = SpecialRegister.MaskGreater,
        ["%lanemask_ge"] = SpecialRegister.MaskGreaterOrEqual,
        ["%dynamic_smem_size"] = SpecialRegister.DynamicShared,
        ["%total_smem_size"] = SpecialRegister.TotalShared,
    };

    public static bool TryParse(string name, out SpecialRegister register) => ByName.TryGetValue(name, out register);
}

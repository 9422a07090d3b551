namespace Mlir.Ptx.Text;

/// <summary>A PTX type: how many bits, and how an instruction reads them.</summary>
internal enum PtxType
{
    None,
    Pred,
    B8,
    U8,
    S8,
    B16,
    U16,
    S16,
    F16,
    BF16,
    B32,
    U32,
    S32,
    F32,
    F16x2,
    BF16x2,
    TF32,
    B64,
    U64,
    S64,
    F64,
}

internal static class PtxTypes
{
    private static readonly Dictionary<string, PtxType> ByName = Enum.GetValues<PtxType>()
        .Where(type => type != PtxType.None)
        .ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>The type of that name, without its dot.</summary>
    public static bool TryParse(string name, out PtxType type) => ByName.TryGetValue(name, out type);

    extension(PtxType type)
    {
        public string Name => type.ToString().ToLowerInvariant();

        /// <summary>The width; a predicate has none.</summary>
        public int Bytes =>
            type switch
            {
                PtxType.None or PtxType.Pred => 0,
                <= PtxType.S8 => 1,
                <= PtxType.BF16 => 2,
                <= PtxType.TF32 => 4,
                _ => 8,
            };

        public bool IsSigned => type is PtxType.S8 or PtxType.S16 or PtxType.S32 or PtxType.S64;

        public bool IsFloat => type is PtxType.F16 or PtxType.BF16 or PtxType.F32 or PtxType.F64 or PtxType.TF32;
    }
}

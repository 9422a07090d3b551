namespace Mlir.Dialects.Nvvm;

/// <summary>Which caches keep what is loaded.</summary>
[Keyword("#nvvm<load_cache_modifier")]
public enum LoadCacheModifier
{
    /// <summary>All of them.</summary>
    [Keyword("ca")]
    CA = 0,

    /// <summary>The common one only.</summary>
    [Keyword("cg")]
    CG = 1,
}

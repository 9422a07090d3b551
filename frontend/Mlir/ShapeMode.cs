namespace Mlir;

/// <summary>Which tensor arguments one compiled version of a lambda serves.</summary>
public enum ShapeMode
{
    /// <summary>One version serves every length; there are others for other ranks, and for dimensions of size 1 that broadcast.</summary>
    Dynamic,

    /// <summary>
    /// A version for each combination of sizes that is called a second time: sizes are constants in its code, so that short loops become
    /// straight code. Sixteen combinations get one; others, and lambdas in which a size depends on a value, run the dynamic versions.
    /// </summary>
    Specialized,
}

namespace Mlir.Tests.Frontend.Surface;

/// <summary>Why some functions are not compiled.</summary>
internal static class SurfaceReasons
{
    private const string Assignment =
        "C# allows no assignment in an expression tree; write `x = x + y` outside, or the operator without `=`";
    private const string Destination =
        "writes into memory that it is given; kernels return new tensors: use the overload or function without a destination";
    private const string Reference = "returns a reference, which C# allows in no expression tree";

    /// <summary>The reason for <paramref name="name"/>, or null when there is none.</summary>
    public static string? Of(string name) =>
        name switch
        {
            _ when name.EndsWith("Assignment", StringComparison.Ordinal) => Assignment,
            "BroadcastTo" or "ResizeTo" or "TryBroadcastTo" => Destination,
            "FillGaussianNormalDistribution" or "FillUniformDistribution" =>
                $"{Reference}; fill before the call and pass the tensor",
            "FilteredUpdate" => $"{Reference}; `x.Where(…)` chooses element by element",
            "AsTensorSpan" or "AsReadOnlyTensorSpan" =>
                "returns a span, which C# allows in no expression tree; arguments convert to spans by themselves",
            "ToString" => "makes text for people; call it on the kernel's result",
            _ => null,
        };
}

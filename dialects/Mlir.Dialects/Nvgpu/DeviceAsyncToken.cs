namespace Mlir.Dialects.Nvgpu;

/// <summary>What stands for copies that are under way.</summary>
public sealed class DeviceAsyncToken : ISingleTypeConstraint
{
    private DeviceAsyncToken() { }

    /// <inheritdoc/>
    public static string Description => "device async token type";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is AsyncTokenType;

    /// <inheritdoc/>
    public static IrType Type => AsyncTokenType.Instance;
}

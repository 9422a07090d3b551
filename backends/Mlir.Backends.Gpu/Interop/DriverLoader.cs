namespace Mlir.Backends.Gpu.Interop;

/// <summary>Opens a driver when it is first asked for, once for the process, and remembers why it cannot be used. Never throws.</summary>
/// <param name="kind">The kind of its devices, which their names begin with.</param>
/// <param name="library">Its library, as in <see cref="NativeLibraries"/>.</param>
/// <param name="newestFunction">The newest function that is bound: where it is missing, so may others be.</param>
/// <param name="whyMissing">The reason where there is no library.</param>
/// <param name="whyOld">The reason where the library lacks the function.</param>
/// <param name="make">Makes the driver.</param>
internal sealed class DriverLoader(
    string kind,
    string library,
    string newestFunction,
    string whyMissing,
    string whyOld,
    Func<IGpuDriver> make
)
{
    private readonly Lazy<(IGpuDriver? Driver, string Reason)> opened = new(() =>
    {
        if (!NativeLibraries.Has(library, newestFunction))
        {
            return (null, NativeLibraries.Has(library) ? whyOld : whyMissing);
        }

        var driver = make();
        return DriverCheck.WhyUnusable(driver) is { } reason ? (null, reason) : (driver, "");
    });

    /// <summary>The kind of its devices.</summary>
    public string Kind => kind;

    /// <summary>The driver, or why there is none.</summary>
    public (IGpuDriver? Driver, string Reason) Open() => opened.Value;
}

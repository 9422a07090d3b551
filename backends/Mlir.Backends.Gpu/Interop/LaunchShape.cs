namespace Mlir.Backends.Gpu.Interop;

/// <summary>The size of a launch, in the driver's terms.</summary>
internal readonly record struct LaunchShape(
    uint GridX,
    uint GridY,
    uint GridZ,
    uint BlockX,
    uint BlockY,
    uint BlockZ,
    uint SharedBytes
);

using System.Collections.Immutable;

namespace Mlir.Backends.Gpu.Interop;

/// <summary>A kernel of OpenCL; its arguments are set one by one, so that it is held while it is launched.</summary>
/// <param name="Id">OpenCL's handle.</param>
/// <param name="Program">The program that it is in.</param>
/// <param name="Parameters">What it takes.</param>
internal sealed record OpenClKernel(nint Id, nint Program, ImmutableArray<GpuParameter> Parameters);

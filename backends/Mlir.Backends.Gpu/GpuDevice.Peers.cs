using System.Collections.Concurrent;
using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu;

public sealed partial class GpuDevice
{
    private readonly ConcurrentDictionary<GpuDevice, bool> peers = new();

    /// <summary>Whether copies to another device go there directly; the way is opened on the first question.</summary>
    internal bool CanReach(GpuDevice other) => peers.GetOrAdd(other, OpenWay);

    private bool OpenWay(GpuDevice other)
    {
        if (other.Driver != Driver)
        {
            return false;
        }

        other.Enter();
        return Driver.DeviceCanAccessPeer(out var can, other.Handle, Handle) == DriverResult.Success
            && can
            && Driver.CtxEnablePeerAccess(Context) is DriverResult.Success or DriverResult.PeerAccessAlreadyEnabled;
    }
}

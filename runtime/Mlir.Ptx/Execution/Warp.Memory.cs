using System.Numerics;
using System.Runtime.Intrinsics;
using Mlir.Ptx.Memory;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Execution;

internal sealed unsafe partial class Warp
{
    private readonly LocalMemory local;
    private Allocation? recent;
    private ulong recentAddress;
    private ulong recentBytes;
    private byte* recentData;

    /// <summary>Bytes of global memory read and written.</summary>
    public long GlobalBytes { get; set; }

    /// <summary>Bytes of shared memory read and written.</summary>
    public long SharedBytes { get; set; }

    /// <summary>The turns that accesses to shared memory took because threads wanted different words of one bank.</summary>
    public long BankConflicts { get; set; }

    /// <summary>
    /// Finds the bytes that a lane accesses, and checks the access: alignment, bounds, lifetime always, races where asked for.
    /// </summary>
    public byte* Resolve(StateSpace space, ulong address, int bytes, int lane, AccessKind kind)
    {
        if ((address & (uint)(bytes - 1)) != 0)
        {
            throw Fault(
                PtxFault.Misaligned,
                1u << lane,
                $"an access of {bytes} bytes at 0x{address:x}, which is no multiple of {bytes}"
            );
        }

        return Find(space, address, bytes, lane, kind);
    }

    /// <summary>Finds the bytes that a lane accesses wherever they begin, and checks bounds, lifetime and races.</summary>
    public byte* Find(StateSpace space, ulong address, int bytes, int lane, AccessKind kind)
    {
        if (space == StateSpace.Generic)
        {
            space = Locate(ref address);
        }

        return space switch
        {
            StateSpace.Shared => Shared(address, bytes, lane, kind),
            StateSpace.Local => Local(address, bytes, lane),
            StateSpace.Parameter => Parameter(address, bytes, lane, kind),
            _ => Global(address, bytes, lane, kind),
        };
    }

    /// <summary>
    /// Where all 32 lanes access neighbouring values and nothing is to be recorded, finds them in one piece.
    /// </summary>
    public bool TryWhole(StateSpace space, ulong* addresses, long offset, int bytes, bool isWrite, out byte* data)
    {
        data = null;
        var first = addresses[0];
        var step = Vector512.Create((ulong)(8 * bytes));
        var expected = Vector512.Create(first) + (Vector512<ulong>.Indices * (ulong)bytes);
        for (var lane = 0; lane < 32; lane += 8)
        {
            if (Vector512.Load(addresses + lane) != expected)
            {
                return false;
            }

            expected += step;
        }

        var address = first + (ulong)offset;
        if ((address & (uint)(bytes - 1)) != 0)
        {
            return false;
        }

        if (space == StateSpace.Generic)
        {
            space = Locate(ref address);
        }

        var all = (uint)bytes * 32;
        if (space == StateSpace.Shared && Block.Shared.Accesses is null)
        {
            var memory = Block.Shared;
            data = memory.Data + address;
            SharedBytes += all;
            return address <= (ulong)memory.Bytes && (ulong)memory.Bytes - address >= all;
        }

        var at = address - recentAddress;
        if (
            space is not (StateSpace.Global or StateSpace.Constant)
            || Block.Launch.GlobalAccesses is not null
            || recentBytes < all
            || at > recentBytes - all
            || recent!.IsFreed
            || (isWrite && recent.IsReadOnly)
        )
        {
            return false;
        }

        GlobalBytes += all;
        data = recentData + at;
        return true;
    }

    private static StateSpace Locate(ref ulong address)
    {
        if (address >> 40 is 0 or > 3)
        {
            return StateSpace.Global;
        }

        var space = (address >> 40) switch
        {
            1 => StateSpace.Shared,
            2 => StateSpace.Local,
            _ => StateSpace.Parameter,
        };
        address &= (1UL << 40) - 1;
        return space;
    }

    /// <summary>The space that a generic address lies in.</summary>
    public static StateSpace SpaceOf(ulong address) => Locate(ref address);

    private byte* Global(ulong address, int bytes, int lane, AccessKind kind)
    {
        var offset = address - recentAddress;
        if (offset > recentBytes - (uint)bytes || recentBytes < (uint)bytes || recent!.IsFreed)
        {
            offset = Look(address, bytes, lane);
        }

        if (recent!.IsReadOnly && (kind & AccessKind.Write) != 0)
        {
            throw Fault(PtxFault.ReadOnly, 1u << lane, $"a write to {recent.What}, which is constant");
        }

        GlobalBytes += bytes;
        Block.Launch.GlobalAccesses?.Record(recent, (long)offset, bytes, this, lane, kind);
        return recentData + offset;
    }

    private ulong Look(ulong address, int bytes, int lane)
    {
        var memory = Block.Launch.Memory;
        if (memory.Find(address) is not { } found || !found.Contains(address, bytes))
        {
            throw Fault(
                memory.WasFreed(address) ? PtxFault.UseAfterFree : PtxFault.OutOfBounds,
                1u << lane,
                $"an access of {bytes} bytes at 0x{address:x}: {memory.Describe(address)}"
            );
        }

        recent = found;
        (recentAddress, recentBytes) = (found.Address, (ulong)found.Bytes);
        recentData = found.Data;
        return address - recentAddress;
    }

    private byte* Shared(ulong address, int bytes, int lane, AccessKind kind)
    {
        var memory = Block.Shared;
        if (address > (ulong)(memory.Bytes - bytes) || memory.Bytes < bytes)
        {
            throw Fault(
                PtxFault.OutOfBounds,
                1u << lane,
                $"an access of {bytes} bytes at {address} of {memory.Bytes} bytes of shared memory"
            );
        }

        SharedBytes += bytes;
        memory.Accesses?.Record((long)address, bytes, this, lane, kind);
        return memory.Data + address;
    }

    private byte* Local(ulong address, int bytes, int lane)
    {
        if (address > (ulong)(local.Bytes - bytes))
        {
            throw Fault(
                PtxFault.OutOfBounds,
                1u << lane,
                $"an access of {bytes} bytes at {address} of {local.Bytes} bytes of the thread's own memory"
            );
        }

        return local.Lane(lane) + address;
    }

    private byte* Parameter(ulong address, int bytes, int lane, AccessKind kind)
    {
        var launch = Block.Launch;
        if (
            address > (ulong)(launch.ParameterBytes - bytes)
            || launch.ParameterBytes < bytes
            || kind != AccessKind.Read
        )
        {
            throw Fault(
                PtxFault.ParameterAccess,
                1u << lane,
                kind == AccessKind.Read
                    ? $"{bytes} bytes at {address} of {launch.ParameterBytes} bytes of parameters"
                    : "a write to the kernel's parameters"
            );
        }

        return launch.Parameters + address;
    }

    private void ResetMemory()
    {
        recent = null;
        recentBytes = 0;
        recentAddress = 0;
    }

    /// <summary>An error at the running instruction.</summary>
    public PtxFaultException Fault(PtxFault fault, uint lanes, string detail) =>
        Block.Fault(fault, current.Syntax, (Index * 32) + BitOperations.TrailingZeroCount(lanes), detail);
}

using System.Runtime.InteropServices;

namespace Mlir.Tests.Ptx;

/// <summary>Arrays in a machine's memory.</summary>
internal static class Device
{
    extension(PtxMachine machine)
    {
        /// <summary>Puts an array into memory.</summary>
        public ulong Upload<T>(params ReadOnlySpan<T> values)
            where T : unmanaged
        {
            var bytes = MemoryMarshal.AsBytes(values);
            var address = machine.Allocate(Math.Max(bytes.Length, 1));
            machine.Write(address, bytes);
            return address;
        }

        /// <summary>Takes an array out of memory.</summary>
        public T[] Download<T>(ulong address, int count)
            where T : unmanaged
        {
            var values = new T[count];
            machine.Read(address, MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }
    }
}

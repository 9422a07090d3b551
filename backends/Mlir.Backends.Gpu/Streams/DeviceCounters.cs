namespace Mlir.Backends.Gpu.Streams;

/// <summary>What a device has done, counted as it does it.</summary>
internal sealed class DeviceCounters
{
    private long launches,
        graphLaunches,
        graphCaptures,
        copies,
        bytesToDevice,
        bytesToHost,
        bytesBetweenDevices;

    public long Launches => Volatile.Read(ref launches);

    public long GraphLaunches => Volatile.Read(ref graphLaunches);

    public long GraphCaptures => Volatile.Read(ref graphCaptures);

    public long Copies => Volatile.Read(ref copies);

    public long BytesToDevice => Volatile.Read(ref bytesToDevice);

    public long BytesToHost => Volatile.Read(ref bytesToHost);

    public long BytesBetweenDevices => Volatile.Read(ref bytesBetweenDevices);

    public void CountLaunch() => Interlocked.Increment(ref launches);

    public void CountGraphLaunch() => Interlocked.Increment(ref graphLaunches);

    public void CountGraphCapture() => Interlocked.Increment(ref graphCaptures);

    public void CountToDevice(long bytes) => Count(ref bytesToDevice, bytes);

    public void CountToHost(long bytes) => Count(ref bytesToHost, bytes);

    public void CountBetweenDevices(long bytes) => Count(ref bytesBetweenDevices, bytes);

    public void CountCopy() => Interlocked.Increment(ref copies);

    private void Count(ref long counter, long bytes)
    {
        Interlocked.Add(ref counter, bytes);
        Interlocked.Increment(ref copies);
    }
}

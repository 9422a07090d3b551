using FsCheck;
using FsCheck.Fluent;
using Mlir.Backends.Gpu;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Memory is reused, counted, never handed out twice, and given back.</summary>
public sealed class PoolTests : DeviceTest
{
    [Test]
    public void Memory_that_was_freed_in_a_stream_is_reused_there()
    {
        var driver = Driver();
        var device = Device(driver);
        device.Allocate<float>(1000).Dispose();
        var before = device.Statistics.Memory.ReservedBytes;
        for (var i = 0; i < 1000; i++)
        {
            device.Allocate<float>(900 + i % 100).Dispose();
        }

        Assert.That(device.Statistics.Memory.ReservedBytes, Is.EqualTo(before));
    }

    [Test]
    public void A_stream_that_takes_over_memory_waits_for_the_one_that_freed_it()
    {
        var driver = Driver();
        var device = Device(driver, 0, new GpuDeviceOptions { MemoryLimit = 2 << 20 });
        using var other = device.CreateStream();
        var old = device.Allocate<float>(1 << 18); // half of all there is
        using var half = device.Allocate<float>(1 << 18);
        device.Synchronize();
        driver.Faults.HoldCopies();
        old.CopyFrom(Kernels.Numbers(1 << 18));
        old.Dispose(); // while it is still being written
        using var taken = new GpuArray<float>(device, [1 << 18], other);
        taken.Clear(other);
        Assert.That(other.IsDone, Is.False);
        driver.Faults.ReleaseCopies();
        Assert.That(taken.ToArray(), Has.All.EqualTo(0f));
    }

    [Test]
    public void What_is_trimmed_goes_back_to_the_device()
    {
        var device = Device();
        using var kept = device.Allocate<byte>(100);
        device.Allocate<byte>(100_000).Dispose();
        device.Allocate<byte>(5 << 20).Dispose();
        Assert.That(device.Statistics.Memory.ReservedBytes, Is.EqualTo(10 << 20));
        device.TrimMemory();
        Assert.That(device.Statistics.Memory.ReservedBytes, Is.EqualTo(2 << 20));
    }

    [Test]
    public void An_array_that_was_disposed_is_not_used_again()
    {
        var device = Device();
        var array = device.Upload<float>([1]);
        using var launch = Kernels.PrepareScale(array, 2);
        array.Dispose();
        array.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(() => array.ToArray(), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => array.CopyFrom([2]), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => launch.Launch(), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(device.Statistics.Memory.LiveBlocks, Is.Zero);
        });
    }

    /// <summary>Random traffic over three streams against a model that knows only what is live.</summary>
    [Test]
    public void Random_traffic_agrees_with_a_simple_model() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed =>
                {
                    var driver = Driver();
                    using var device = new GpuDevice(driver, 0, new GpuDeviceOptions { MemoryLimit = 64 << 20 });
                    Traffic(device, new Random(seed));
                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private static void Traffic(GpuDevice device, Random random)
    {
        GpuStream[] streams = [device.DefaultStream, device.CreateStream(), device.CreateStream()];
        var live = new List<(GpuArray<byte> Array, byte[] Content)>();
        var peak = 0L;
        for (var step = 0; step < 150; step++)
        {
            var stream = streams[random.Next(streams.Length)];
            switch (random.Next(5))
            {
                case 0 or 1:
                    var content = new byte[random.Next(3) == 0 ? random.Next(3 << 20) : random.Next(5000)];
                    random.NextBytes(content);
                    try
                    {
                        var array = new GpuArray<byte>(device, [content.Length], stream);
                        array.CopyFrom(content, stream: stream);
                        live.Add((array, content));
                    }
                    catch (DeviceOutOfMemoryException full)
                    {
                        Assert.That(full.Statistics.LiveBytes, Is.GreaterThan(32 << 20), "it has fragmented");
                    }

                    break;
                case 2 when live.Count > 0:
                    var index = random.Next(live.Count);
                    live[index].Array.Dispose();
                    live.RemoveAt(index);
                    break;
                case 3 when live.Count > 0:
                    var (read, expected) = live[random.Next(live.Count)];
                    var actual = new byte[expected.Length];
                    read.CopyTo(actual, stream: stream);
                    Assert.That(actual.AsSpan().SequenceEqual(expected), Is.True, "somebody else wrote here");
                    break;
                case 4 when random.Next(10) == 0:
                    device.TrimMemory();
                    break;
                default:
                    break;
            }

            peak = Math.Max(peak, live.Sum(entry => (long)entry.Content.Length));
            var memory = device.Statistics.Memory;
            Assert.Multiple(() =>
            {
                Assert.That(memory.LiveBlocks, Is.EqualTo(live.Count));
                Assert.That(memory.LiveBytes, Is.GreaterThanOrEqualTo(live.Sum(entry => (long)entry.Content.Length)));
                Assert.That(memory.LiveBytes, Is.LessThanOrEqualTo(memory.ReservedBytes));
                Assert.That(memory.ReservedBytes, Is.LessThanOrEqualTo(memory.LimitBytes));
                Assert.That(memory.PeakBytes, Is.GreaterThanOrEqualTo(peak));
            });
        }

        foreach (var (array, content) in live)
        {
            Assert.That(array.ToArray().AsSpan().SequenceEqual(content), Is.True);
            array.Dispose();
        }

        device.TrimMemory();
        Assert.That(device.Statistics.Memory.ReservedBytes, Is.Zero, "everything was given back");
    }
}

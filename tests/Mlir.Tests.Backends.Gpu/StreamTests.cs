using System.Collections.Concurrent;
using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Simulation;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Work is done in the order of its stream; across streams, arrays and marks decide.</summary>
public sealed class StreamTests : DeviceTest
{
    [Test]
    public void Putting_in_does_not_wait()
    {
        var driver = Driver();
        var device = Device(driver);
        using var array = device.Upload<float>([1, 2, 3]);
        device.Synchronize();
        driver.Faults.HoldCopies();
        array.CopyFrom([4, 5, 6]);
        using var launch = Kernels.PrepareScale(array, 10);
        launch.Launch();
        var done = device.DefaultStream.WhenDoneAsync();
        Assert.Multiple(() =>
        {
            Assert.That(device.DefaultStream.IsDone, Is.False);
            Assert.That(done.IsCompleted, Is.False);
        });
        driver.Faults.ReleaseCopies();
        Assert.That(array.ToArray(), Is.EqualTo(new[] { 40f, 50f, 60f }));
        Assert.That(async () => await done, Throws.Nothing);
    }

    [Test]
    public void A_stream_waits_for_the_one_that_writes_an_array()
    {
        var driver = Driver();
        var device = Device(driver);
        using var other = device.CreateStream();
        using var array = device.Upload<float>(Kernels.Numbers(100));
        device.Synchronize();
        driver.Faults.HoldCopies();
        array.CopyFrom(Kernels.Numbers(100)); // in the device's own stream
        using var launch = Kernels.PrepareScale(array, 2);
        launch.Launch(other);
        Assert.That(other.IsDone, Is.False);
        driver.Faults.ReleaseCopies();
        Assert.That(array.ToArray(), Is.EqualTo(Kernels.Numbers(100).Select(x => 2 * x)));
    }

    [Test]
    public void A_writer_waits_for_those_who_read()
    {
        var driver = Driver();
        var device = Device(driver);
        using var reader = device.CreateStream();
        using var array = device.Upload<float>([1]);
        device.Synchronize();
        driver.Faults.HoldCopies();
        var before = new float[1];
        var read = array.CopyToAsync(before, stream: reader);
        using var launch = Kernels.PrepareScale(array, 7);
        launch.Launch();
        Assert.That(device.DefaultStream.IsDone, Is.False);
        driver.Faults.ReleaseCopies();
        Assert.That(async () => await read, Throws.Nothing);
        Assert.Multiple(() =>
        {
            Assert.That(before, Is.EqualTo(new[] { 1f }));
            Assert.That(array.ToArray(), Is.EqualTo(new[] { 7f }));
        });
    }

    [Test]
    public void Streams_that_share_nothing_do_not_wait_for_each_other()
    {
        var driver = Driver();
        var device = Device(driver);
        using var other = device.CreateStream();
        using var held = device.Upload<float>([1]);
        using var free = device.Upload<float>([1]);
        device.Synchronize();
        using var warm = Kernels.PrepareScale(free, 3);
        warm.Launch(other); // from here on the array belongs to the other stream
        other.Synchronize();
        driver.Faults.HoldCopies();
        held.CopyFrom([2]);
        using var launch = Kernels.PrepareScale(free, 3);
        launch.Launch(other);
        other.Synchronize();
        Assert.That(device.DefaultStream.IsDone, Is.False);
        driver.Faults.ReleaseCopies();
        Assert.That(free.ToArray(), Is.EqualTo(new[] { 9f }));
    }

    [Test]
    public void Marks_order_streams_and_keep_the_time()
    {
        var driver = Driver();
        var device = Device(driver);
        using var other = device.CreateStream();
        using var array = device.Upload<float>([1]);
        device.Synchronize();
        driver.Faults.HoldCopies();
        using var start = device.DefaultStream.Record(timing: true);
        array.CopyFrom([2]);
        using var end = device.DefaultStream.Record(timing: true);
        other.WaitFor(end);
        Assert.Multiple(() =>
        {
            Assert.That(end.IsDone, Is.False);
            Assert.That(other.IsDone, Is.False);
        });
        driver.Faults.ReleaseCopies();
        other.Synchronize();
        end.Synchronize();
        Assert.Multiple(() =>
        {
            Assert.That(end.IsDone, Is.True);
            Assert.That(end.Since(start), Is.GreaterThanOrEqualTo(TimeSpan.Zero));
        });
    }

    [Test]
    public void Waiting_can_be_given_up_and_the_work_goes_on()
    {
        var driver = Driver();
        var device = Device(driver);
        using var array = device.Upload<float>([1]);
        device.Synchronize();
        driver.Faults.HoldCopies();
        array.CopyFrom([8]);
        using var cancellation = new CancellationTokenSource();
        var wait = device.DefaultStream.WhenDoneAsync(cancellation.Token);
        cancellation.Cancel();
        Assert.That(async () => await wait, Throws.InstanceOf<OperationCanceledException>());
        driver.Faults.ReleaseCopies();
        Assert.That(array.ToArray(), Is.EqualTo(new[] { 8f }));
    }

    [Test]
    public void A_cancelled_read_leaves_the_destination_alone_from_then_on()
    {
        var driver = Driver();
        var device = Device(driver);
        var length = 10 << 20; // five slots of the ring
        using var array = device.Allocate<float>(length);
        array.Clear();
        device.Synchronize();
        driver.Faults.HoldCopies();
        using var cancellation = new CancellationTokenSource();
        var destination = new float[length];
        var read = array.CopyToAsync(destination, cancellation: cancellation.Token);
        cancellation.Cancel();
        driver.Faults.ReleaseCopies();
        Assert.That(async () => await read, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Arrays_of_many_slots_come_back_as_they_went()
    {
        var device = Device();
        var numbers = Kernels.Numbers((20 << 20) / sizeof(float) + 3);
        using var array = device.Upload<float>(numbers);
        var asynchronous = new float[numbers.Length];
        Assert.That(async () => await array.CopyToAsync(asynchronous), Throws.Nothing);
        Assert.Multiple(() =>
        {
            Assert.That(asynchronous.AsSpan().SequenceEqual(numbers), Is.True);
            Assert.That(array.ToArray().AsSpan().SequenceEqual(numbers), Is.True);
        });
        Assert.That(async () => await array.CopyFromAsync(new float[numbers.Length]), Throws.Nothing);
        Assert.That(array.ToArray(), Has.All.EqualTo(0f));
        Assert.That(device.Statistics.BytesToHost, Is.EqualTo(3L * numbers.Length * sizeof(float)));
    }

    [Test]
    public void Parts_of_an_array_are_copied_by_number()
    {
        var device = Device();
        using var array = device.Upload<float>(Kernels.Numbers(10));
        array.CopyFrom([-1, -2], start: 4);
        var part = new float[4];
        array.CopyTo(part, start: 3);
        Assert.Multiple(() =>
        {
            Assert.That(part, Is.EqualTo(new[] { 4f, -1, -2, 7 }));
            Assert.That(() => array.CopyTo(part, start: 7), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => array.CopyFrom(part, start: -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });
    }

    [Test]
    public void A_stream_that_is_gone_leaves_its_arrays_usable()
    {
        var device = Device();
        var stream = device.CreateStream();
        using var array = device.Upload<float>([3]);
        using var launch = Kernels.PrepareScale(array, 2);
        launch.Launch(stream);
        stream.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(array.ToArray(), Is.EqualTo(new[] { 6f }));
            Assert.That(() => launch.Launch(stream), Throws.InstanceOf<ObjectDisposedException>());
        });
        launch.Launch();
        Assert.That(array.ToArray(), Is.EqualTo(new[] { 12f }));
    }

    [Test]
    public void Threads_with_streams_of_their_own_share_a_device()
    {
        const int Rounds = 200;
        var device = Device(Driver(new DriverDoubleOptions(Threads: 1)));
        using var shared = device.Upload<float>([1]);
        float[] Work(int seed)
        {
            using var stream = device.CreateStream();
            var results = new float[Rounds];
            for (var round = 0; round < Rounds; round++)
            {
                using var array = device.Allocate<float>(64 + round % 5 * 1000);
                array.CopyFrom([seed, round], stream: stream);
                using var launch = Kernels.PrepareScale(array, 2, 2);
                launch.Launch(stream);
                using var again = Kernels.PrepareScale(array, 3, 2);
                again.Launch(round % 3 == 0 ? null : stream); // now and then in the stream that all share
                var pair = new float[2];
                array.CopyTo(pair, stream: stream);
                Assert.That(pair[0], Is.EqualTo(6 * seed));
                results[round] = pair[1];
            }

            return results;
        }

        var first = Task.Run(() => Work(1));
        var second = Task.Run(() => Work(2));
        Assert.Multiple(() =>
        {
            Assert.That(first.Result, Is.EqualTo(Enumerable.Range(0, Rounds).Select(i => 6f * i)));
            Assert.That(second.Result, Is.EqualTo(Enumerable.Range(0, Rounds).Select(i => 6f * i)));
            Assert.That(device.Statistics.Memory.LiveBlocks, Is.EqualTo(1));
            Assert.That(device.Completions.Count, Is.Zero.After(5000, 10));
        });
    }

    /// <summary>
    /// Two threads with three streams each, in random order: arrays are written in one stream, changed in others, handed to the other thread while work on them
    /// is under way, with a mark or without, and given back to the pool in the stream that used them last, so that their memory comes back in other streams.
    /// </summary>
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Arrays_go_from_stream_to_stream_and_from_thread_to_thread(int seed)
    {
        const int Rounds = 300;
        const int Longest = 6;
        var device = Device(Driver(new DriverDoubleOptions(Threads: 1)));
        var handed = new ConcurrentQueue<(GpuArray<float> Array, float Value, int Changes, GpuEvent Mark)>();
        var counts = new int[2];

        void Work(int thread)
        {
            var random = new Random((10 * seed) + thread);
            var streams = Enumerable.Range(0, 3).Select(_ => device.CreateStream()).ToArray();
            GpuStream Any() => streams[random.Next(streams.Length)];
            var own = new List<(GpuArray<float> Array, float Value, int Changes)>();
            for (var round = 0; round < Rounds || own.Count > 0; round++)
            {
                if (round < Rounds && (own.Count == 0 || random.Next(4) == 0))
                {
                    var made = device.Allocate<float>(1 + (random.Next(4) * 700));
                    float value = random.Next(1, 100);
                    made.CopyFrom(Enumerable.Repeat(value, (int)made.Length).ToArray(), stream: Any());
                    own.Add((made, value, 0));
                }

                if (handed.TryDequeue(out var given))
                {
                    if (random.Next(2) == 0)
                    {
                        Any().WaitFor(given.Mark); // arrays would see to it themselves
                    }

                    given.Mark.Dispose();
                    own.Add((given.Array, given.Value, given.Changes));
                }

                var at = random.Next(own.Count);
                var (array, expected, changes) = own[at];
                own.RemoveAt(at);
                if (changes == Longest || round >= Rounds)
                {
                    var results = new float[array.Length];
                    array.CopyTo(results, stream: Any());
                    Assert.That(results, Is.All.EqualTo(expected));
                    array.Dispose();
                    counts[thread]++;
                    continue;
                }

                var factor = random.Next(2, 4);
                var stream = Any();
                using var launch = Kernels.PrepareScale(array, factor, (int)array.Length);
                launch.Launch(stream);
                switch (random.Next(6))
                {
                    case 0:
                        handed.Enqueue((array, expected * factor, changes + 1, stream.Record()));
                        break;
                    case 1:
                        array.Dispose(); // the kernel is under way; whoever gets the memory waits for it
                        counts[thread]++;
                        break;
                    default:
                        own.Add((array, expected * factor, changes + 1));
                        break;
                }
            }

            foreach (var stream in streams)
            {
                stream.Dispose();
            }
        }

        Task.WaitAll(Task.Run(() => Work(0)), Task.Run(() => Work(1)));
        foreach (var (array, value, _, mark) in handed)
        {
            Assert.That(array.ToArray(), Is.All.EqualTo(value), "what nobody took any more");
            mark.Dispose();
            array.Dispose();
        }

        Assert.Multiple(() =>
        {
            Assert.That(counts, Is.All.GreaterThan(Rounds / 20));
            Assert.That(device.Statistics.Memory.LiveBlocks, Is.Zero);
            Assert.That(device.Completions.Count, Is.Zero.After(5000, 10));
        });
    }
}

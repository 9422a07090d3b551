using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlir.Runtime;
using Mlir.Runtime.Interop;

namespace Mlir.Tests.Runtime.Interop;

/// <summary>Kernels written by hand against the ABI, as generated code uses it.</summary>
public sealed unsafe class KernelTests
{
    private static readonly KernelParameter Vector = new(ElementType.Float64, 1);

    private static readonly KernelError[] Errors =
    [
        new("System.DivideByZeroException", "Attempted to divide by zero.", "Program.cs(3): x / y"),
        new("System.OverflowException", "Arithmetic operation resulted in an overflow.", "Program.cs(4): x * y"),
    ];

    private static Kernel Make(
        delegate* unmanaged<void*, void*, void> entry,
        KernelParameter[] parameters,
        params KernelParameter[] results
    ) => new("f", new KernelSignature([.. parameters], [.. results]), [.. Errors], entry, new object());

    [Test]
    public void The_frame_lies_as_generated_code_expects()
    {
        KernelFrame frame;
        var start = (byte*)&frame;
        long[] offsets =
        [
            (byte*)&frame.Status - start,
            (byte*)&frame.Owner - start,
            (byte*)&frame.AllocateResult - start,
            (byte*)&frame.Allocate - start,
            (byte*)&frame.Free - start,
            (byte*)&frame.ParallelFor - start,
            sizeof(KernelFrame),
        ];
        Assert.That(
            offsets,
            Is.EqualTo(
                new long[]
                {
                    KernelFrame.Offsets.Status,
                    KernelFrame.Offsets.Owner,
                    KernelFrame.Offsets.AllocateResult,
                    KernelFrame.Offsets.Allocate,
                    KernelFrame.Offsets.Free,
                    KernelFrame.Offsets.ParallelFor,
                    KernelFrame.Offsets.Size,
                }
            )
        );
    }

    /// <summary>y[i] = a * x[i], on the caller's threads.</summary>
    [UnmanagedCallersOnly]
    private static void Scale(void* args, void* frame)
    {
        var slots = (long*)args;
        var f = (KernelFrame*)frame;
        var count = slots[2];
        var y = (double*)f->AllocateResult(f, 0, count, sizeof(double));
        if (y is null)
        {
            return;
        }

        var context = stackalloc long[3];
        context[0] = slots[0];
        context[1] = slots[1];
        context[2] = (nint)y;
        f->ParallelFor(f, &ScaleRange, context, count, 1000);
        slots[3] = (nint)y;
        slots[4] = count;
    }

    [UnmanagedCallersOnly]
    private static void ScaleRange(void* context, long begin, long end)
    {
        var c = (long*)context;
        var a = BitConverter.Int64BitsToDouble(c[0]);
        for (var i = begin; i < end; i++)
        {
            ((double*)c[2])[i] = a * ((double*)c[1])[i];
        }
    }

    [Test]
    public void Arrays_go_in_and_come_out_without_a_copy()
    {
        var kernel = Make(&Scale, [new(ElementType.Float64), Vector], Vector);
        foreach (var count in (int[])[0, 1, 1000, 1001, 100_000, 3_000_000])
        {
            var x = Enumerable.Range(0, count).Select(i => (double)i).ToArray();
            var y = (HostBuffer)kernel.Invoke(2.5, new HostBuffer(x, count))[0];
            Assert.That(y.Shape, Is.EqualTo(new long[] { count }));
            Assert.That(y.AsSpan<double>().SequenceEqual(x.Select(v => 2.5 * v).ToArray()), Is.True);
            Assert.That(y.Data, Is.Not.SameAs(x));
        }
    }

    [Test]
    public void Results_outlive_collections_and_later_calls()
    {
        var kernel = Make(&Scale, [new(ElementType.Float64), Vector], Vector);
        var one = new HostBuffer(new[] { 1.0, 2.0 }, 2);
        var results = new List<HostBuffer>();
        for (var i = 0; i < 200; i++)
        {
            results.Add((HostBuffer)kernel.Invoke((double)i, one)[0]);
            if (i % 50 == 0)
            {
                GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            }
        }

        Assert.That(
            results.Select(r => r.AsSpan<double>().ToArray()),
            Is.EqualTo(Enumerable.Range(0, 200).Select(i => new[] { i, 2.0 * i }))
        );
    }

    [Test]
    public void Calls_run_on_many_threads_at_once()
    {
        var kernel = Make(&Scale, [new(ElementType.Float64), Vector], Vector);
        var x = Enumerable.Range(0, 5000).Select(i => (double)i).ToArray();
        var wrong = 0;
        Parallel.For(
            0,
            400,
            i =>
            {
                var y = (HostBuffer)kernel.Invoke((double)i, new HostBuffer(x, x.Length))[0];
                if (y.AsSpan<double>()[4999] != 4999.0 * i)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        );
        Assert.That(wrong, Is.Zero);
    }

    /// <summary>Returns the remainder and the quotient, or fails with one of the two errors.</summary>
    [UnmanagedCallersOnly]
    private static void DivRem(void* args, void* frame)
    {
        var slots = (long*)args;
        var (x, y) = ((int)slots[0], (int)slots[1]);
        if (y == 0 || (x == int.MinValue && y == -1))
        {
            ((KernelFrame*)frame)->Status = y == 0 ? 1 : 2;
            return;
        }

        *(int*)&slots[2] = x % y;
        *(int*)&slots[3] = x / y;
    }

    [Test]
    public void Scalars_go_in_and_come_out()
    {
        var i32 = new KernelParameter(ElementType.Int32);
        var kernel = Make(&DivRem, [i32, i32], i32, i32);
        Assert.That(kernel.Invoke(-7, 2), Is.EqualTo(new object[] { -1, -3 }));
    }

    [Test]
    public void A_failed_check_throws_what_it_names_and_the_next_call_is_well()
    {
        var i32 = new KernelParameter(ElementType.Int32);
        var kernel = Make(&DivRem, [i32, i32], i32, i32);
        Assert.Multiple(() =>
        {
            Assert.That(
                () => kernel.Invoke(1, 0),
                Throws
                    .TypeOf<DivideByZeroException>()
                    .With.Message.EqualTo("Attempted to divide by zero at Program.cs(3): x / y")
            );
            Assert.That(() => kernel.Invoke(int.MinValue, -1), Throws.TypeOf<OverflowException>());
            Assert.That(kernel.Invoke(9, 4), Is.EqualTo(new object[] { 1, 2 }));
        });
    }

    /// <summary>Fails at index 70,000 of a parallel loop over 100,000.</summary>
    [UnmanagedCallersOnly]
    private static void FailInLoop(void* args, void* frame)
    {
        var f = (KernelFrame*)frame;
        f->ParallelFor(f, &FailRange, frame, 100_000, 10);
        *(long*)args = 1;
    }

    [UnmanagedCallersOnly]
    private static void FailRange(void* context, long begin, long end)
    {
        if (begin <= 70_000 && 70_000 < end)
        {
            Interlocked.CompareExchange(ref ((KernelFrame*)context)->Status, 2, 0);
        }
    }

    [Test]
    public void A_failure_on_a_worker_reaches_the_caller() =>
        Assert.That(
            () => Make(&FailInLoop, [], new KernelParameter(ElementType.Int64)).Invoke(),
            Throws.TypeOf<OverflowException>()
        );

    /// <summary>Asks for a result of the size in its argument.</summary>
    [UnmanagedCallersOnly]
    private static void Demand(void* args, void* frame)
    {
        var f = (KernelFrame*)frame;
        f->AllocateResult(f, 0, *(long*)args, sizeof(double));
    }

    [TestCase(-1L)]
    [TestCase(long.MaxValue)]
    public void A_result_that_no_array_holds_is_an_exception_in_the_caller(long count) =>
        Assert.That(
            () => Make(&Demand, [new(ElementType.Int64)], Vector).Invoke(count),
            Throws.InvalidOperationException.With.Message.Contains("Result #0")
        );

    /// <summary>Sums 0 … n-1 through scratch memory.</summary>
    [UnmanagedCallersOnly]
    private static void Scratch(void* args, void* frame)
    {
        var f = (KernelFrame*)frame;
        var n = *(long*)args;
        var scratch = (long*)f->Allocate(n * sizeof(long), 64);
        for (var i = 0L; i < n; i++)
        {
            scratch[i] = i;
        }

        long sum = 0;
        for (var i = 0L; i < n; i++)
        {
            sum += scratch[i];
        }

        f->Free(scratch);
        ((long*)args)[1] = sum;
    }

    [Test]
    public void Scratch_memory_serves_a_call() =>
        Assert.That(
            Make(&Scratch, [new(ElementType.Int64)], new KernelParameter(ElementType.Int64)).Invoke(1000L),
            Is.EqualTo(new object[] { 499_500L })
        );

    [Test]
    public void Arguments_that_do_not_fit_are_refused_before_the_call()
    {
        var kernel = Make(&Scale, [new(ElementType.Float64), Vector], Vector);
        var x = new HostBuffer(new double[2], 2);
        Assert.Multiple(() =>
        {
            Assert.That(() => kernel.Invoke(1.0), Throws.ArgumentException);
            Assert.That(() => kernel.Invoke(1.0f, x), Throws.ArgumentException);
            Assert.That(() => kernel.Invoke(1.0, 2.0), Throws.ArgumentException);
            Assert.That(() => kernel.Invoke(1.0, new HostBuffer(new float[2], 2)), Throws.ArgumentException);
            Assert.That(() => kernel.Invoke(1.0, new HostBuffer(new double[2], 1, 2)), Throws.ArgumentException);
            Assert.That(() => kernel.Invoke(1.0, null!), Throws.ArgumentNullException);
            Assert.That(kernel.Signature.ToString(), Is.EqualTo("(Float64, ?xFloat64) -> ?xFloat64"));
        });
    }

    [Test]
    public void Calls_that_are_dropped_give_their_memory_back()
    {
        var references = Enumerable.Range(0, 20).Select(_ => Drop()).ToList();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.That(references.Count(reference => reference.IsAlive), Is.LessThanOrEqualTo(1));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Drop()
        {
            var signature = new KernelSignature([], []);
            using var outer = KernelCall.Rent(signature);
            return new WeakReference(KernelCall.Rent(signature)); // never disposed
        }
    }
}

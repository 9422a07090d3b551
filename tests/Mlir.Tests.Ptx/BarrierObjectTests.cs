namespace Mlir.Tests.Ptx;

/// <summary>Barriers that lie in shared memory: phases, announced bytes, what they order, and what is no proper use.</summary>
public sealed class BarrierObjectTests
{
    /// <summary>One warp writes, the others wait for it; <c>%r9</c> is the object's place, <c>%p2</c> says who made it.</summary>
    private const string Handover = """
        .shared .align 8 .b8 o[16];
        .shared .align 4 .b8 s[1024];
        mov.u32 %r9, o;
        mov.u32 %r8, s;
        setp.eq.u32 %p2, %r1, 0;
        @%p2 mbarrier.init.shared::cta.b64 [%r9], 32;
        bar.sync 0;
        setp.ge.u32 %p3, %r1, 32;
        @%p3 bra WAITING;
        mad.lo.s32 %r3, %r1, 4, %r8;
        st.shared.b32 [%r3], %r1;
        ARRIVE
        WAITING:
        WAIT
        and.b32 %r4, %r1, 31;
        mad.lo.s32 %r4, %r4, 4, %r8;
        ld.shared.b32 %r5, [%r4];
        st.global.b32 [%rd2], %r5;
        """;

    private const string Arrive = "mbarrier.arrive.shared.b64 _, [%r9];";

    private static uint[] Run(string body, int threads = 96)
    {
        using var machine = new PtxMachine();
        var address = machine.Allocate(4 * threads);
        _ = machine.Launch(Written.HopperKernel(body).Kernels["k"], 1, threads, 0, address);
        return machine.Download<uint>(address, threads);
    }

    private static PtxFaultException Fault(string body, int threads = 32)
    {
        using var machine = new PtxMachine(new() { Threads = 1, InstructionBudget = 10_000_000 });
        var address = machine.Allocate(4 * threads);
        var kernel = Written.HopperKernel(body).Kernels["k"];
        return Assert.Throws<PtxFaultException>(() => machine.Launch(kernel, 1, threads, 0, address))!;
    }

    [TestCase("SPIN:\nmbarrier.try_wait.parity.shared::cta.b64 %p4, [%r9], 0;\n@!%p4 bra SPIN;")]
    [TestCase("SPIN:\nmbarrier.test_wait.parity.acquire.cta.shared.b64 %p4, [%r9], 0;\n@!%p4 bra SPIN;")]
    [TestCase(
        "cvta.shared.u64 %rd5, %rd6;\nSPIN:\nmbarrier.try_wait.parity.b64 %p4, [%rd5], 0, 1000;\n@!%p4 bra SPIN;"
    )]
    public void Behind_a_complete_phase_the_others_values_are_there(string wait)
    {
        var body = Handover.Replace("ARRIVE", Arrive).Replace("WAIT\n", $"cvt.u64.u32 %rd6, %r9;\n{wait}\n");
        Assert.That(Run(body), Is.EqualTo(Enumerable.Range(0, 96).Select(i => (uint)(i % 32))));
    }

    [Test]
    public void Looking_without_waiting_is_a_race()
    {
        var body = Handover
            .Replace("ARRIVE", Arrive)
            .Replace("WAIT\n", "mbarrier.test_wait.parity.shared.b64 %p4, [%r9], 0;\n");
        var fault = Fault(body.Replace("setp.ge.u32 %p3, %r1, 32", "setp.lt.u32 %p3, %r1, 64"), 96);
        Assert.That(fault.Fault, Is.EqualTo(PtxFault.SharedRace).Or.EqualTo(PtxFault.UninitializedShared));
    }

    [Test]
    public void A_relaxed_wait_for_a_phase_that_never_ends_is_a_deadlock()
    {
        var body = Handover
            .Replace("ARRIVE", "")
            .Replace("WAIT\n", "SPIN:\nmbarrier.try_wait.parity.shared.b64 %p4, [%r9], 0;\n@!%p4 bra SPIN;\n");
        var fault = Fault(body, 96);
        Assert.Multiple(() =>
        {
            Assert.That(fault.Fault, Is.EqualTo(PtxFault.Deadlock), fault.Message);
            Assert.That(fault.Instruction, Does.Contain("mbarrier.try_wait"));
        });
    }

    /// <summary>States tell phases apart, announced bytes hold a phase open, dropped threads are missing later, and what lacks is said.</summary>
    [Test]
    public void Phases_follow_each_other()
    {
        var results = Run(
            """
            .shared .align 8 .b8 o[8];
            mov.u32 %r9, o;
            mbarrier.init.shared.b64 [%r9], 3;
            mbarrier.arrive.noComplete.shared.b64 %rd4, [%r9], 2;
            mbarrier.pending_count.b64 %r10, %rd4;
            mbarrier.arrive.expect_tx.shared.b64 %rd5, [%r9], 64;
            mbarrier.pending_count.b64 %r11, %rd5;
            mbarrier.test_wait.shared.b64 %p1, [%r9], %rd4;
            selp.u32 %r12, 1, 0, %p1;
            mbarrier.complete_tx.shared.b64 [%r9], 64;
            mbarrier.test_wait.shared.b64 %p1, [%r9], %rd4;
            selp.u32 %r13, 1, 0, %p1;
            mbarrier.arrive_drop.shared.b64 %rd6, [%r9];
            mbarrier.arrive.shared.b64 %rd7, [%r9], 2;
            mbarrier.test_wait.shared.b64 %p1, [%r9], %rd7;
            selp.u32 %r14, 1, 0, %p1;
            mbarrier.test_wait.parity.shared.b64 %p1, [%r9], 0;
            selp.u32 %r15, 1, 0, %p1;
            mbarrier.arrive.noComplete.shared.b64 %rd8, [%r9], 1;
            mbarrier.pending_count.b64 %r16, %rd8;
            mbarrier.inval.shared.b64 [%r9];
            mbarrier.init.shared.b64 [%r9], 1;
            mad.lo.s32 %r20, %r10, 10, %r11;
            mad.lo.s32 %r20, %r20, 10, %r12;
            mad.lo.s32 %r20, %r20, 10, %r13;
            mad.lo.s32 %r20, %r20, 10, %r14;
            mad.lo.s32 %r20, %r20, 10, %r15;
            mad.lo.s32 %r20, %r20, 10, %r16;
            st.global.b32 [%rd2], %r20;
            """,
            threads: 1
        );
        Assert.That(results, Is.EqualTo([3101102u]));
    }

    private const string Object = ".shared .align 8 .b8 o[16];\nmov.u32 %r9, o;\n";
    private const string Create = Object + "mbarrier.init.shared.b64 [%r9], 1;\n";
    private const string Complete = "mbarrier.arrive.shared.b64 _, [%r9];\n";

    [TestCase(Object + Complete, "there is no mbarrier at 0")]
    [TestCase(
        Create + "mbarrier.arrive.shared.b64 _, [%r9], 2;",
        "2 arrivals at the mbarrier at 0, which waits for 1 of 1"
    )]
    [TestCase(Create + Complete + Complete, "nobody has looked whether the one before was complete")]
    [TestCase(Create + "mbarrier.arrive.noComplete.shared.b64 %rd3, [%r9], 1;", "with .noComplete completes the phase")]
    [TestCase(Create + "mbarrier.init.shared.b64 [%r9], 1;", "was not invalidated")]
    [TestCase(Create + "st.shared.b32 [%r9], %r1;\n" + Complete, "was written over")]
    [TestCase(Create + "mbarrier.inval.shared.b64 [%r9];\n" + Complete, "there is no mbarrier at 0")]
    [TestCase(Object + "mbarrier.init.shared.b64 [%r9], 0;", "an mbarrier of 0 arrivals")]
    [TestCase(Create + "mbarrier.expect_tx.shared.b64 [%r9], 1048576;", "1048576 announced bytes")]
    [TestCase(Create + "mbarrier.test_wait.parity.shared.b64 %p1, [%r9], 2;", "a phase's parity of 2")]
    [TestCase("mbarrier.init.b64 [%rd1], 1;", "which is not in shared memory")]
    public void Improper_use_is_told(string body, string message)
    {
        var fault = Fault(body, threads: 1);
        Assert.Multiple(() =>
        {
            Assert.That(fault.Fault, Is.EqualTo(PtxFault.BarrierObject), fault.Message);
            Assert.That(fault.Message, Does.Contain(message));
            Assert.That(fault.Line, Is.EqualTo(Written.FirstLine() + body.TrimEnd('\n').Count(c => c == '\n')));
        });
    }

    [Test]
    public void An_object_has_eight_aligned_bytes()
    {
        Assert.That(Fault(Object + "mbarrier.init.shared.b64 [%r9+4], 1;", 1).Fault, Is.EqualTo(PtxFault.Misaligned));
        Assert.That(Fault(Object + "mbarrier.init.shared.b64 [%r9+16], 1;", 1).Fault, Is.EqualTo(PtxFault.OutOfBounds));
    }

    [Test]
    public void An_object_that_another_thread_has_just_made_needs_a_barrier()
    {
        var body = Handover.Replace("bar.sync 0;\n", "").Replace("ARRIVE", Arrive).Replace("WAIT\n", "\n");
        Assert.That(Fault(body, 96).Fault, Is.EqualTo(PtxFault.SharedRace));
    }

    [Test]
    public void Copies_arrive_at_an_object()
    {
        var results = Run(
            """
            .shared .align 8 .b8 o[8];
            .shared .align 16 .b8 s[512];
            mov.u32 %r9, o;
            mov.u32 %r8, s;
            setp.eq.u32 %p2, %r1, 0;
            @%p2 mbarrier.init.shared.b64 [%r9], 32;
            st.global.b32 [%rd2], %r1;
            bar.sync 0;
            mad.lo.s32 %r3, %r1, 4, %r8;
            cp.async.ca.shared.global [%r3], [%rd2], 4;
            cp.async.mbarrier.arrive.noinc.shared.b64 [%r9];
            SPIN:
            mbarrier.try_wait.parity.shared.b64 %p4, [%r9], 0;
            @!%p4 bra SPIN;
            sub.s32 %r4, 31, %r1;
            mad.lo.s32 %r4, %r4, 4, %r8;
            ld.shared.b32 %r5, [%r4];
            add.s32 %r5, %r5, 100;
            bar.sync 0;
            st.global.b32 [%rd2], %r5;
            """,
            threads: 32
        );
        Assert.That(results, Is.EqualTo(Enumerable.Range(0, 32).Select(i => (uint)(131 - i))));
    }
}

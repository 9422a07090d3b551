namespace Mlir.Tests.Ptx;

/// <summary>Barriers of a block: who waits, who is missing, what is reduced.</summary>
public sealed class BarrierTests
{
    private const string Neighbour = """
        .shared .align 4 .b8 tile[1024];
        mov.u32 %r2, tile;
        shl.b32 %r3, %r1, 2;
        add.s32 %r4, %r2, %r3;
        st.shared.b32 [%r4], %r1;
        BARRIER
        mov.u32 %r5, %ntid.x;
        sub.s32 %r5, %r5, 1;
        sub.s32 %r6, %r5, %r1;
        shl.b32 %r6, %r6, 2;
        add.s32 %r6, %r2, %r6;
        ld.shared.b32 %r7, [%r6];
        st.global.b32 [%rd2], %r7;
        """;

    [TestCase("bar.sync 0;")]
    [TestCase("barrier.sync.aligned 3;")]
    [TestCase("barrier.cta.sync 1, 256;")]
    public void Behind_a_barrier_the_others_values_are_there(string barrier)
    {
        var results = Written.Run(Neighbour.Replace("BARRIER", barrier), threads: 256);
        Assert.That(results, Is.EqualTo(Enumerable.Range(0, 256).Select(i => (uint)(255 - i))));
    }

    [Test]
    public void A_dropped_barrier_is_a_race()
    {
        var fault = Written.Fault(Neighbour.Replace("BARRIER", ""), threads: 256);
        Assert.Multiple(() =>
        {
            Assert.That(fault.Fault, Is.EqualTo(PtxFault.SharedRace).Or.EqualTo(PtxFault.UninitializedShared));
            Assert.That(fault.Instruction, Is.EqualTo("ld.shared.b32 %r7, [%r6]"));
        });
    }

    [TestCase("popc.u32 %r2, 0, %p1", "%r2", ExpectedResult = 10)]
    [TestCase("and.pred %p2, 0, %p1", "1", ExpectedResult = 0)]
    [TestCase("or.pred %p2, 0, %p1", "1", ExpectedResult = 1)]
    [TestCase("and.pred %p2, 0, !%p3", "1", ExpectedResult = 1)]
    public int Barriers_reduce_predicates(string reduction, string result)
    {
        var results = Written.Run(
            $"""
            setp.lt.u32 %p1, %r1, 10;
            setp.gt.u32 %p3, %r1, 500;
            setp.ne.u32 %p2, %r1, %r1;
            mov.u32 %r2, 0;
            bar.red.{reduction};
            {(result == "1" ? "selp.b32 %r2, 1, 0, %p2;" : "")}
            st.global.b32 [%rd2], %r2;
            """,
            threads: 96
        );
        Assert.That(results.Distinct().Count(), Is.EqualTo(1));
        return (int)results[0];
    }

    [Test]
    public void Producers_and_consumers_meet_at_named_barriers()
    {
        // Warp 0 writes and arrives; warp 1 waits and reads; warp 2 has nothing to do with it.
        var results = Written.Run(
            """
            .shared .align 4 .b8 box[128];
            mov.u32 %r2, box;
            and.b32 %r3, %r1, 31;
            shl.b32 %r3, %r3, 2;
            add.s32 %r2, %r2, %r3;
            shr.u32 %r4, %r1, 5;
            setp.eq.s32 %p1, %r4, 0;
            setp.eq.s32 %p2, %r4, 1;
            mov.u32 %r5, 0;
            @%p2 bra CONSUMER;
            @!%p1 bra DONE;
            add.s32 %r6, %r1, 1000;
            st.shared.b32 [%r2], %r6;
            bar.arrive 1, 64;
            bra.uni DONE;
            CONSUMER:
            bar.sync 1, 64;
            ld.shared.b32 %r5, [%r2];
            DONE:
            st.global.b32 [%rd2], %r5;
            """,
            threads: 96
        );
        Assert.That(results[32..64], Is.EqualTo(Enumerable.Range(1000, 32).Select(i => (uint)i)));
    }

    [Test]
    public void A_barrier_that_an_exited_thread_never_reaches_is_told()
    {
        const string Body = """
            setp.gt.u32 %p1, %r1, 39;
            @%p1 exit;
            bar.sync 0;
            st.global.b32 [%rd2], 1;
            """;
        var fault = Written.Fault(Body, threads: 64);
        Assert.Multiple(() =>
        {
            Assert.That(fault.Fault, Is.EqualTo(PtxFault.BarrierDivergence));
            Assert.That(fault.Message, Does.Contain("thread (40,0,0) has exited"));
            Assert.That(fault.Line, Is.EqualTo(Written.FirstLine() + 2));
            Assert.That(Written.Run(Body, threads: 64, checks: PtxChecks.None).Sum(x => x), Is.EqualTo(40));
        });
    }

    [Test]
    public void A_barrier_on_one_side_of_a_branch_is_told()
    {
        var fault = Written.Fault(
            """
            setp.gt.u32 %p1, %r1, 7;
            @%p1 bra SKIP;
            bar.sync 0;
            SKIP:
            st.global.b32 [%rd2], 1;
            """
        );
        Assert.Multiple(() =>
        {
            Assert.That(fault.Fault, Is.EqualTo(PtxFault.BarrierDivergence));
            Assert.That(fault.Message, Does.Contain("lanes 0-7 at line").And.Contain("lanes 8-31"));
        });
    }

    [Test]
    public void Different_barriers_of_one_warp_are_told()
    {
        var fault = Written.Fault(
            """
            setp.gt.u32 %p1, %r1, 7;
            @%p1 bra OTHER;
            bar.sync 0;
            exit;
            OTHER:
            bar.sync 0;
            exit;
            """
        );
        Assert.That(fault.Fault, Is.EqualTo(PtxFault.BarrierDivergence));
    }
}

namespace Mlir.Tests.Ptx;

/// <summary>What the threads of a warp do together, and how they part and meet.</summary>
public sealed class WarpTests
{
    private static uint[] Lanes(Func<uint, uint> value) =>
        [.. Enumerable.Range(0, 32).Select(lane => value((uint)lane))];

    [TestCase("bfly.b32 %r2|%p1, %r1, 5, 31, -1", ExpectedResult = "5,4,7,6,1,0,3,2")]
    [TestCase("up.b32 %r2|%p1, %r1, 2, 0, -1", ExpectedResult = "0,1,0,1,2,3,4,5")]
    [TestCase("down.b32 %r2|%p1, %r1, 30, 31, -1", ExpectedResult = "30,31,2,3,4,5,6,7")]
    [TestCase("idx.b32 %r2|%p1, %r1, 3, 31, -1", ExpectedResult = "3,3,3,3,3,3,3,3")]
    [TestCase("idx.b32 %r2|%p1, %r1, 1, 7175, -1", ExpectedResult = "1,1,1,1,5,5,5,5")] // segments of four: 0x1C07
    public string Shuffles_read_the_lane_that_the_mode_says(string shuffle) =>
        string.Join(",", Written.Run($"shfl.sync.{shuffle};\nst.global.b32 [%rd2], %r2;").Take(8));

    [Test]
    public void A_shuffle_tells_whether_its_source_lay_inside()
    {
        var inside = Written.Run(
            "shfl.sync.up.b32 %r2|%p1, %r1, 3, 0, -1;\nselp.b32 %r3, 1, 0, %p1;\nst.global.b32 [%rd2], %r3;"
        );
        Assert.That(inside, Is.EqualTo(Lanes(lane => lane >= 3 ? 1u : 0)));
    }

    [Test]
    public void Votes_and_matches_see_all_lanes()
    {
        var results = Written.Run(
            """
            setp.lt.u32 %p1, %r1, 5;
            vote.sync.ballot.b32 %r2, %p1, -1;
            vote.sync.any.pred %p2, %p1, -1;
            vote.sync.all.pred %p3, !%p1, -1;
            vote.sync.uni.pred %p4, %p2, -1;
            shr.u32 %r3, %r1, 3;
            match.any.sync.b32 %r4, %r3, -1;
            match.all.sync.b32 %r5|%p5, %r3, -1;
            redux.sync.add.s32 %r6, %r1, -1;
            redux.sync.max.u32 %r7, %r1, -1;
            selp.b32 %r8, 1, 0, %p2;
            selp.b32 %r9, 2, 0, %p3;
            selp.b32 %r10, 4, 0, %p4;
            selp.b32 %r11, 8, 0, %p5;
            add.s32 %r12, %r8, %r9;
            add.s32 %r12, %r12, %r10;
            add.s32 %r12, %r12, %r11;
            shl.b32 %r12, %r12, 16;
            add.s32 %r12, %r12, %r2;
            xor.b32 %r12, %r12, %r4;
            add.s32 %r12, %r12, %r5;
            add.s32 %r12, %r12, %r6;
            add.s32 %r12, %r12, %r7;
            st.global.b32 [%rd2], %r12;
            """
        );
        Assert.That(
            results,
            Is.EqualTo(Lanes(lane => (((5u << 16) + 31) ^ (0xFFu << (int)(lane / 8 * 8))) + 0 + 496 + 31))
        );
    }

    [Test]
    public void Threads_that_a_branch_parts_meet_again()
    {
        // Behind the branches, all lanes run together: the mask of active lanes is full, and inside of them it is not.
        var results = Written.Run(
            """
            setp.lt.u32 %p1, %r1, 10;
            @%p1 bra LOW;
            activemask.b32 %r2;
            bra.uni DONE;
            LOW:
            and.b32 %r3, %r1, 1;
            setp.eq.s32 %p2, %r3, 0;
            @%p2 bra EVEN;
            activemask.b32 %r2;
            bra.uni LOWDONE;
            EVEN:
            activemask.b32 %r2;
            LOWDONE:
            activemask.b32 %r4;
            xor.b32 %r2, %r2, %r4;
            DONE:
            activemask.b32 %r5;
            add.s32 %r2, %r2, %r5;
            st.global.b32 [%rd2], %r2;
            """
        );
        Assert.That(
            results,
            Is.EqualTo(
                Lanes(lane =>
                    unchecked((lane >= 10 ? 0xFFFFFC00 : 0x3FFu ^ (lane % 2 == 0 ? 0x155u : 0x2AA)) + uint.MaxValue)
                )
            )
        );
    }

    [Test]
    public void A_loop_with_as_many_rounds_as_the_lane_says_ends_with_all_lanes_together()
    {
        var results = Written.Run(
            """
            mov.u32 %r2, 0;
            mov.u32 %r3, 0;
            LOOP:
            add.s32 %r3, %r3, %r2;
            add.s32 %r2, %r2, 1;
            setp.le.u32 %p1, %r2, %r1;
            @%p1 bra LOOP;
            activemask.b32 %r4;
            popc.b32 %r4, %r4;
            mad.lo.s32 %r3, %r3, 100, %r4;
            st.global.b32 [%rd2], %r3;
            """
        );
        Assert.That(results, Is.EqualTo(Lanes(lane => (lane * (lane + 1) / 2 * 100) + 32)));
    }

    [Test]
    public void Threads_that_exit_early_are_not_waited_for()
    {
        var results = Written.Run(
            """
            setp.ge.u32 %p1, %r1, 20;
            @%p1 exit;
            redux.sync.add.s32 %r2, 1, -1;
            st.global.b32 [%rd2], %r2;
            """
        );
        Assert.That(results, Is.EqualTo(Lanes(lane => lane < 20 ? 20u : 0)));
    }

    [Test]
    public void An_indexed_branch_sends_each_lane_to_its_label()
    {
        var results = Written.Run(
            """
            and.b32 %r2, %r1, 3;
            TABLE: .branchtargets A, B, C, A;
            brx.idx %r2, TABLE;
            A:
            mov.u32 %r3, 10;
            bra DONE;
            B:
            mov.u32 %r3, 20;
            bra DONE;
            C:
            mov.u32 %r3, 30;
            DONE:
            activemask.b32 %r4;
            popc.b32 %r4, %r4;
            add.s32 %r3, %r3, %r4;
            st.global.b32 [%rd2], %r3;
            """
        );
        Assert.That(results, Is.EqualTo(Lanes(lane => new uint[] { 42, 52, 62, 42 }[lane % 4])));
    }

    [Test]
    public void Lanes_wait_at_a_shuffle_for_those_who_come_another_way()
    {
        var fault = Written.Fault(
            """
            setp.lt.u32 %p1, %r1, 16;
            @%p1 bra LOW;
            bra.uni DONE;
            LOW:
            shfl.sync.bfly.b32 %r2, %r1, 1, 31, -1;
            DONE:
            st.global.b32 [%rd2], %r1;
            """
        );
        Assert.Multiple(() =>
        {
            Assert.That(fault.Fault, Is.EqualTo(PtxFault.Deadlock));
            Assert.That(
                fault.Message,
                Does.Contain("lanes 0-15 at line").And.Contain("lanes 16-31 where they would meet")
            );
        });
    }

    [Test]
    public void A_spinning_lane_does_not_starve_the_one_it_waits_for()
    {
        // Lane 0 waits for a flag that lane 1, on the other side of the branch, sets.
        var results = Written.Run(
            """
            setp.ne.s32 %p1, %r1, 0;
            @%p1 bra OTHER;
            SPIN:
            ld.volatile.global.b32 %r2, [%rd1+4];
            setp.eq.s32 %p2, %r2, 0;
            @%p2 bra SPIN;
            bra.uni DONE;
            OTHER:
            mov.u32 %r2, 7;
            st.volatile.global.b32 [%rd2], %r2;
            DONE:
            st.volatile.global.b32 [%rd2], %r2;
            """,
            threads: 2
        );
        Assert.That(results, Is.EqualTo(new uint[] { 7, 7 }));
    }

    /// <summary>LLVM writes true as -1.</summary>
    [TestCase("1", ExpectedResult = 7)]
    [TestCase("-1", ExpectedResult = 7)]
    [TestCase("0", ExpectedResult = 5)]
    public int Truth_is_written_as_a_number(string literal)
    {
        var results = Written.Run(
            $"""
            mov.pred %p1, {literal};
            selp.b32 %r2, 7, 5, %p1;
            st.global.b32 [%rd2], %r2;
            """,
            threads: 32
        );
        return (int)results.Distinct().Single();
    }
}

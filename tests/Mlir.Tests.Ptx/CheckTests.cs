namespace Mlir.Tests.Ptx;

/// <summary>Each thing that the machine looks for, provoked; and what must not be taken for it.</summary>
public sealed class CheckTests
{
    private static void AssertFault(
        PtxFaultException fault,
        PtxFault kind,
        int line,
        PtxSize thread,
        params string[] words
    )
    {
        Assert.Multiple(() =>
        {
            Assert.That(fault.Fault, Is.EqualTo(kind), fault.Message);
            Assert.That(fault.Line, Is.EqualTo(Written.FirstLine() + line));
            Assert.That(fault.Thread, Is.EqualTo(thread));
            Assert.That(fault.Kernel, Is.EqualTo("k"));
            foreach (var word in words)
            {
                Assert.That(fault.Message, Does.Contain(word));
            }
        });
    }

    [Test]
    public void An_access_behind_an_array_is_out_of_bounds() =>
        AssertFault(
            Written.Fault("add.s64 %rd2, %rd2, 4;\nst.global.b32 [%rd2], %r1;"),
            PtxFault.OutOfBounds,
            1,
            new(31, 0, 0),
            "begins 0 bytes behind an allocation of 128 bytes",
            "block (0,0,0)"
        );

    [Test]
    public void A_null_address_is_out_of_bounds() =>
        AssertFault(
            Written.Fault("mov.b64 %rd3, 0;\nld.b32 %r2, [%rd3+8];"),
            PtxFault.OutOfBounds,
            1,
            default,
            "no memory of this machine"
        );

    [Test]
    public void A_vector_access_must_be_aligned_to_its_whole_size() =>
        AssertFault(
            Written.Fault("ld.global.v2.b32 {%r2,%r3}, [%rd2];"),
            PtxFault.Misaligned,
            0,
            new(1, 0, 0),
            "no multiple of 8"
        );

    [Test]
    public void Shared_memory_has_an_end()
    {
        const string Body =
            ".shared .align 4 .b8 s[128];\nmov.u32 %r2, s;\nmad.lo.s32 %r2, %r1, 4, %r2;\nst.shared.b32 [%r2+4], %r1;";
        AssertFault(Written.Fault(Body), PtxFault.OutOfBounds, 3, new(31, 0, 0), "128 bytes of shared memory");
    }

    [Test]
    public void A_threads_own_memory_has_an_end() =>
        AssertFault(
            Written.Fault(
                ".local .align 4 .b8 s[16];\nmov.u32 %r2, s;\nmad.lo.s32 %r2, %r1, 4, %r2;\nst.local.b32 [%r2], %r1;"
            ),
            PtxFault.OutOfBounds,
            3,
            new(4, 0, 0),
            "16 bytes of the thread's own memory"
        );

    [Test]
    public void Freed_memory_is_not_to_be_used()
    {
        using var machine = new PtxMachine();
        var kernel = Written.Kernel("st.global.b32 [%rd2], %r1;").Kernels["k"];
        var address = machine.Allocate(128);
        machine.Free(address);
        _ = machine.Allocate(128);

        var fault = Assert.Throws<PtxFaultException>(() => machine.Launch(kernel, 1, 32, 0, address))!;

        AssertFault(fault, PtxFault.UseAfterFree, 0, default, "byte 0 of 128 bytes that have been freed");
    }

    [Test]
    public void Reading_shared_memory_that_nobody_wrote_is_told() =>
        AssertFault(
            Written.Fault(".shared .align 4 .b8 s[128];\nld.shared.b32 %r2, [s+8];"),
            PtxFault.UninitializedShared,
            1,
            default,
            "byte 8 was never written"
        );

    [Test]
    public void Unwritten_shared_memory_is_no_number()
    {
        var results = Written.Run(
            ".shared .align 4 .b8 s[128];\nld.shared.b32 %r2, [s+8];\nst.global.b32 [%rd2], %r2;",
            checks: PtxChecks.None
        );
        Assert.That(results, Is.All.EqualTo(uint.MaxValue));
    }

    [Test]
    public void Two_threads_that_write_one_place_race() =>
        AssertFault(
            Written.Fault(".shared .align 4 .b8 s[128];\nst.shared.b32 [s], %r1;"),
            PtxFault.SharedRace,
            1,
            new(1, 0, 0),
            $"thread (0,0,0) wrote it at line {Written.FirstLine() + 1}",
            "writes it"
        );

    /// <summary>Neighbours in one word, each of which works in place.</summary>
    [Test]
    public void Bytes_of_a_word_belong_to_threads_of_their_own()
    {
        const string Body = """
            cvt.u64.u32 %rd3, %r1;
            add.s64 %rd4, %rd1, %rd3;
            ld.global.u8 %r2, [%rd4];
            st.global.u8 [%rd4], %r2;
            """;
        Assert.That(() => Written.Run(Body), Throws.Nothing);
        Assert.That(
            Written.Fault(Body.Replace("st.global.u8 [%rd4]", "st.global.u8 [%rd4+1]")).Fault,
            Is.EqualTo(PtxFault.GlobalRace)
        );
    }

    [Test]
    public void A_write_behind_a_read_of_another_warp_races()
    {
        const string Body = """
            .shared .align 4 .b8 s[256];
            mov.u32 %r2, s;
            mad.lo.s32 %r3, %r1, 4, %r2;
            st.shared.b32 [%r3], %r1;
            bar.sync 0;
            ld.shared.b32 %r4, [s+4];
            BARRIER
            setp.eq.s32 %p1, %r1, 40;
            @%p1 st.shared.b32 [s+4], %r4;
            """;
        AssertFault(
            Written.Fault(Body.Replace("BARRIER", ""), threads: 64),
            PtxFault.SharedRace,
            8,
            new(40, 0, 0),
            "several threads read it"
        );
        Assert.That(() => Written.Run(Body.Replace("BARRIER", "bar.sync 0;"), threads: 64), Throws.Nothing);
    }

    [Test]
    public void Threads_of_a_warp_are_ordered_by_its_own_barrier()
    {
        const string Body = """
            .shared .align 4 .b8 s[128];
            mov.u32 %r2, s;
            mad.lo.s32 %r3, %r1, 4, %r2;
            st.shared.b32 [%r3], %r1;
            BARRIER
            xor.b32 %r4, %r1, 1;
            mad.lo.s32 %r4, %r4, 4, %r2;
            ld.shared.b32 %r5, [%r4];
            """;
        Assert.That(Written.Fault(Body.Replace("BARRIER", "")).Fault, Is.EqualTo(PtxFault.SharedRace));
        Assert.That(() => Written.Run(Body.Replace("BARRIER", "bar.warp.sync -1;")), Throws.Nothing);
    }

    [Test]
    public void Neighbouring_bytes_and_atomics_do_not_race() =>
        Assert.That(
            () =>
                Written.Run(
                    """
                    .shared .align 4 .b8 s[64];
                    mov.u32 %r2, s;
                    add.s32 %r3, %r2, %r1;
                    st.shared.b8 [%r3], %r1;
                    setp.eq.s32 %p1, %r1, 0;
                    @%p1 st.shared.b32 [s+32], 0;
                    bar.sync 0;
                    atom.shared.add.u32 %r4, [s+32], 1;
                    red.shared.max.u32 [s+32], %r1;
                    """
                ),
            Throws.Nothing
        );

    [Test]
    public void Blocks_that_write_one_place_race()
    {
        var fault = Written.Fault(
            "setp.eq.s32 %p1, %r1, 3;\n@%p1 st.global.b32 [%rd1], %r1;",
            blocks: 2,
            options: new() { Threads = 1 }
        );
        AssertFault(fault, PtxFault.GlobalRace, 1, new(3, 0, 0), "thread (3,0,0) wrote it", "of block (0,0,0)");
        Assert.That(fault.Block, Is.EqualTo(new PtxSize(1, 0, 0)));
    }

    [Test]
    public void Blocks_that_read_what_one_writes_race()
    {
        const string Body = """
            ld.global.b32 %r2, [%rd1];
            mov.u32 %r3, %ctaid.x;
            setp.eq.s32 %p1, %r3, 5;
            setp.eq.and.s32 %p1, %r1, 9, %p1;
            @%p1 st.global.b32 [%rd1], %r1;
            """;
        AssertFault(
            Written.Fault(Body, blocks: 6, options: new() { Threads = 1 }),
            PtxFault.GlobalRace,
            4,
            new(9, 0, 0),
            "of several blocks"
        );
    }

    [Test]
    public void Threads_of_a_block_race_in_global_memory_unless_a_barrier_orders_them()
    {
        const string Body = """
            st.global.b32 [%rd2], %r1;
            BARRIER
            mov.u32 %r2, %ntid.x;
            sub.s32 %r2, %r2, %r1;
            sub.s32 %r2, %r2, 1;
            mad.wide.u32 %rd3, %r2, 4, %rd1;
            ld.global.b32 %r3, [%rd3];
            """;
        Assert.That(Written.Fault(Body.Replace("BARRIER", ""), threads: 64).Fault, Is.EqualTo(PtxFault.GlobalRace));
        Assert.That(() => Written.Run(Body.Replace("BARRIER", "bar.sync 0;"), threads: 64), Throws.Nothing);
    }

    [Test]
    public void The_last_block_may_read_what_the_others_published_with_fence_and_counter()
    {
        // Each block writes its partial result, fences, and counts itself; the last one adds them up.
        const string Body = """
            setp.ne.s32 %p1, %r1, 0;
            @%p1 exit;
            mov.u32 %r2, %ctaid.x;
            mad.wide.u32 %rd3, %r2, 4, %rd1;
            add.s32 %r3, %r2, 1;
            st.global.b32 [%rd3], %r3;
            FENCE
            atom.global.inc.u32 %r4, [%rd1+400], 31;
            setp.ne.s32 %p2, %r4, 31;
            @%p2 exit;
            membar.gl;
            mov.u32 %r5, 0;
            mov.u32 %r6, 0;
            LOOP:
            mad.wide.u32 %rd4, %r5, 4, %rd1;
            ld.global.b32 %r7, [%rd4];
            add.s32 %r6, %r6, %r7;
            add.s32 %r5, %r5, 1;
            setp.lt.u32 %p3, %r5, 32;
            @%p3 bra LOOP;
            st.global.b32 [%rd1+404], %r6;
            """;
        var results = Written.Run(Body.Replace("FENCE", "membar.gl;"), blocks: 32, count: 256);
        Assert.That(results[101], Is.EqualTo(32 * 33 / 2));
        Assert.That(
            Assert
                .Throws<PtxFaultException>(() => Written.Run(Body.Replace("FENCE", ""), blocks: 32, count: 256))!
                .Fault,
            Is.EqualTo(PtxFault.GlobalRace)
        );
    }

    [Test]
    public void Constants_and_parameters_cannot_be_written()
    {
        AssertFaultKind(
            PtxFault.ReadOnly,
            "mov.u64 %rd3, table;\nst.global.b32 [%rd3], %r1;",
            ".const .align 4 .b32 table[4] = {1, 2, 3, 4};\n"
        );
        AssertFaultKind(
            PtxFault.ParameterAccess,
            "mov.b64 %rd3, k_param_0;\ncvta.param.u64 %rd3, %rd3;\nst.b32 [%rd3], %r1;"
        );
        AssertFaultKind(PtxFault.ParameterAccess, "mov.b64 %rd3, k_param_0;\nld.param.b64 %rd4, [%rd3+8];");
    }

    private static void AssertFaultKind(PtxFault kind, string body, string before = "") =>
        Assert.That(Written.Fault(body, before: before).Fault, Is.EqualTo(kind));

    [Test]
    public void A_trap_ends_the_launch_where_it_stands() =>
        AssertFault(
            Written.Fault("setp.eq.s32 %p1, %r1, 17;\n@%p1 trap;\nst.global.b32 [%rd2], %r1;"),
            PtxFault.Trap,
            1,
            new(17, 0, 0)
        );

    [Test]
    public void A_kernel_that_does_not_end_uses_up_its_budget()
    {
        var fault = Written.Fault("LOOP:\nbra LOOP;", options: new() { InstructionBudget = 1_000_000 });
        Assert.That(fault.Fault, Is.EqualTo(PtxFault.BudgetExceeded));
    }

    [Test]
    public void A_launch_can_be_cancelled()
    {
        using var machine = new PtxMachine();
        using var cancellation = new CancellationTokenSource(20);
        var kernel = Written.Kernel("LOOP:\nbra LOOP;").Kernels["k"];
        Assert.That(
            () => machine.Launch(kernel, 8, 64, 0, new byte[8], cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public void Recursion_without_an_end_is_told()
    {
        var fault = Written.Fault(
            "{\n.param .b32 a;\nst.param.b32 [a], %r1;\ncall down, (a);\n}",
            before: """
            .func down(.param .b32 down_param_0)
            {
            .reg .b32 %r<4>;
            ld.param.b32 %r1, [down_param_0];
            {
            .param .b32 b;
            st.param.b32 [b], %r1;
            call down, (b);
            }
            ret;
            }

            """
        );
        Assert.That(fault.Fault, Is.EqualTo(PtxFault.StackOverflow));
    }

    [Test]
    public void The_first_faulty_block_is_told_however_many_threads_there_are([Values(1, 3)] int threads)
    {
        var fault = Written.Fault(
            "mov.u32 %r2, %ctaid.x;\nsetp.ge.u32 %p1, %r2, 11;\n@%p1 trap;",
            blocks: 64,
            options: new() { Threads = threads }
        );
        Assert.That(fault.Block, Is.EqualTo(new PtxSize(11, 0, 0)));
    }

    [Test]
    public void Blocks_behind_a_faulty_one_are_abandoned_and_do_not_hide_its_fault()
    {
        var fault = Written.Fault(
            """
            mov.u32 %r2, %ctaid.x;
            mov.u32 %r3, 0;
            LOOP:
            add.s32 %r3, %r3, 1;
            setp.lt.u32 %p1, %r3, 50000;
            @%p1 bra LOOP;
            setp.eq.s32 %p2, %r2, 0;
            @!%p2 bra LOOP;
            trap;
            """,
            blocks: 6,
            options: new() { Threads = 3 }
        );
        Assert.That((fault.Fault, fault.Block), Is.EqualTo((PtxFault.Trap, new PtxSize(0, 0, 0))));
    }

    [Test]
    public void Errors_name_the_line_of_the_program_where_the_text_knows_it()
    {
        var fault = Written.Fault(
            ".loc 2 18 9\nadd.s64 %rd2, %rd2, 2;\n.loc 2 19 5, function_name $L__info_string0, inlined_at 2 30 1\nst.global.b32 [%rd2], %r1;",
            before: ".file 2 \"Program.cs\"\n"
        );
        Assert.Multiple(() =>
        {
            Assert.That(fault.SourcePlace, Is.EqualTo("Program.cs:19:5"));
            Assert.That(fault.Message, Does.EndWith("st.global.b32 [%rd2], %r1 [Program.cs:19:5]"));
        });
    }

    [Test]
    public void An_assertion_that_does_not_hold_is_told_with_its_words()
    {
        const string Before = """
            .extern .func __assertfail(.param .b64 a0, .param .b64 a1, .param .b32 a2, .param .b64 a3, .param .b64 a4);
            .global .align 1 .b8 words[6] = {105, 32, 60, 32, 110, 0};
            .global .align 1 .b8 file[5] = {97, 46, 99, 117, 0};
            .global .align 1 .b8 name[2] = {107, 0};

            """;
        var fault = Written.Fault(
            """
            setp.ne.s32 %p1, %r1, 6;
            @%p1 bra FINE;
            {
            .param .b64 p0;
            .param .b64 p1;
            .param .b32 p2;
            .param .b64 p3;
            .param .b64 p4;
            mov.b64 %rd3, words;
            st.param.b64 [p0], %rd3;
            mov.b64 %rd3, file;
            st.param.b64 [p1], %rd3;
            st.param.b32 [p2], 12;
            mov.b64 %rd3, name;
            st.param.b64 [p3], %rd3;
            st.param.b64 [p4], 1;
            call.uni __assertfail, (p0, p1, p2, p3, p4);
            }
            FINE:
            """,
            before: Before
        );
        Assert.Multiple(() =>
        {
            Assert.That(fault.Fault, Is.EqualTo(PtxFault.Assertion));
            Assert.That(fault.Message, Does.Contain("'i < n' does not hold at a.cu:12 in k"));
            Assert.That(fault.Thread, Is.EqualTo(new PtxSize(6, 0, 0)));
        });
    }
}

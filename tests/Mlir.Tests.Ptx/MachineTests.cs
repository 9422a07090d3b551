namespace Mlir.Tests.Ptx;

/// <summary>Memory, launches and their limits, as the host sees them.</summary>
public sealed class MachineTests
{
    [Test]
    public void Memory_is_written_copied_filled_and_read()
    {
        using var machine = new PtxMachine();
        var (a, b) = (machine.Upload<int>(1, 2, 3, 4), machine.Allocate(16));
        machine.Copy(b + 4, a, 12);
        machine.Fill(a, 10, [0xAB, 0xCD]);
        Assert.Multiple(() =>
        {
            Assert.That(machine.Download<int>(b, 4), Is.EqualTo(new[] { 0, 1, 2, 3 }));
            Assert.That(
                machine.Download<ushort>(a, 6),
                Is.EqualTo(new ushort[] { 0xCDAB, 0xCDAB, 0xCDAB, 0xCDAB, 0xCDAB, 0 })
            );
            Assert.That(machine.MemoryInUse, Is.EqualTo(32));
            Assert.That(machine.AllocationCount, Is.EqualTo(2));
            Assert.That(a % 256, Is.Zero);
        });
        machine.Free(a);
        machine.Free(b);
        Assert.That((machine.MemoryInUse, machine.AllocationCount), Is.EqualTo((0L, 0)));
    }

    [Test]
    public void Wrong_addresses_are_refused()
    {
        using var machine = new PtxMachine(new() { MemoryBytes = 1000 });
        var address = machine.Allocate(100);
        Assert.Multiple(() =>
        {
            Assert.That(
                Assert.Throws<PtxMemoryException>(() => machine.Write(address + 90, new byte[11]))!.Message,
                Does.Contain("begins at byte 90 of an allocation of 100 bytes")
            );
            Assert.Throws<PtxMemoryException>(() => machine.Read(address - 1, new byte[1]));
            Assert.Throws<PtxMemoryException>(() => machine.Copy(address, address + 50, 51));
            Assert.Throws<PtxMemoryException>(() => machine.Free(address + 1));
            Assert.That(
                Assert.Throws<PtxOutOfMemoryException>(() => machine.Allocate(901))!.Requested,
                Is.EqualTo(901)
            );
            Assert.Throws<ArgumentOutOfRangeException>(() => machine.Allocate(0));
        });
        machine.Free(address);
        Assert.That(
            Assert.Throws<PtxMemoryException>(() => machine.Free(address))!.Message,
            Does.Contain("has been freed before")
        );
    }

    [Test]
    public void Variables_have_their_first_values_and_keep_what_kernels_write()
    {
        var module = PtxModule.Parse(
            Written.Header
                + """
                .global .align 8 .u64 pointer = generic(data)+8;
                .global .align 4 .b32 data[6] = {1, -2, 0x10};
                .const .align 4 .f32 half[2] = {0f3F000000, 0.25};
                .visible .entry bump()
                {
                    .reg .b64 %rd<4>;
                    .reg .b32 %r<4>;
                    ld.global.b64 %rd1, [pointer];
                    ld.global.b32 %r1, [%rd1];
                    add.s32 %r1, %r1, 5;
                    st.global.b32 [data+12], %r1;
                    ld.const.b32 %r2, [half+4];
                    st.global.b32 [data+16], %r2;
                    ret;
                }
                """
        );
        using var machine = new PtxMachine();
        var address = machine.AddressOf(module, "data");
        Assert.That(machine.Download<int>(address, 6), Is.EqualTo(new[] { 1, -2, 16, 0, 0, 0 }));

        _ = machine.Launch(module.Kernels["bump"], 1, 1, 0);

        Assert.Multiple(() =>
        {
            Assert.That(machine.Download<int>(address, 4)[3], Is.EqualTo(21));
            Assert.That(machine.Download<float>(address + 16, 1)[0], Is.EqualTo(0.25f));
            Assert.That(machine.AllocationCount, Is.EqualTo(3));
            Assert.Throws<KeyNotFoundException>(() => machine.AddressOf(module, "nothing"));
        });
        machine.Unload(module);
        Assert.That(machine.AllocationCount, Is.Zero);
    }

    [Test]
    public void A_launch_that_does_not_fit_is_refused()
    {
        var module = PtxModule.Parse(
            Written.Header
                + ".entry small(.param .u32 a, .param .u64 b)\n.maxntid 64\n{\n.shared .b8 s[1000];\n.reg .b32 %r<2>;\nmov.u32 %r1, s;\nret;\n}\n"
                + ".entry exact()\n.reqntid 8, 4\n{\nret;\n}\n"
        );
        using var machine = new PtxMachine(new() { MaxSharedBytes = 2000 });
        void Refused(string kernel, PtxSize grid, PtxSize block, int shared, int parameters, string words) =>
            Assert.That(
                Assert
                    .Throws<PtxLaunchException>(() =>
                        machine.Launch(module.Kernels[kernel], grid, block, shared, new byte[parameters])
                    )!
                    .Message,
                Does.Contain(words)
            );
        Assert.Multiple(() =>
        {
            Refused("small", 0, 32, 0, 16, "a grid of (0,1,1)");
            Refused("small", new(1, 65536), 32, 0, 16, "at most 65535");
            Refused("small", 1, 65, 0, 16, "takes 64 at most");
            Refused("small", 1, new(1, 1, 65), 0, 16, "1024, 1024 and 64");
            Refused("small", 1, 32, 1001, 16, "a block has 2000 at most");
            Refused("small", 1, 32, -1, 16, "of shared memory");
            Refused("small", 1, 32, 0, 15, "16 bytes of parameters");
            Refused("exact", 1, 32, 0, 0, "blocks of (8,4,1) only");
            Assert.Throws<PtxLaunchException>(() => machine.Launch(module.Kernels["small"], 1, 1, 0, 1));
            Assert.Throws<PtxLaunchException>(() => machine.Launch(module.Kernels["small"], 1, 1, 0, 1L, 2L));
            Assert.That(machine.Launch(module.Kernels["small"], 1, 64, 1000, 1, 2L).Blocks, Is.EqualTo(1));
        });
    }

    [Test]
    public void Dynamic_shared_memory_lies_behind_the_static_one()
    {
        const string Before = ".extern .shared .align 16 .b8 dynamic[];\n";
        const string Body = """
            .shared .align 4 .b8 fixed[20];
            mov.u32 %r2, dynamic;
            mov.u32 %r3, %dynamic_smem_size;
            add.s32 %r4, %r2, %r3;
            sub.s32 %r4, %r4, 4;
            st.shared.b32 [%r4], %r1;
            ld.shared.b32 %r5, [%r4];
            mad.lo.s32 %r2, %r2, 1000, %r5;
            st.shared.b32 [fixed], %r2;
            st.global.b32 [%rd1], %r2;
            """;
        using var machine = new PtxMachine();
        var address = machine.Allocate(4);
        var statistics = machine.Launch(Written.Kernel(Body, Before).Kernels["k"], 1, 1, 64, address);
        Assert.Multiple(() =>
        {
            Assert.That(machine.Download<uint>(address, 1)[0], Is.EqualTo(32000));
            Assert.That(statistics.SharedBytes, Is.EqualTo(12));
        });
        var fault = Written.Fault("mov.u32 %r2, dynamic;\nst.shared.b32 [%r2], %r1;", before: Before, threads: 1);
        Assert.That(fault.Fault, Is.EqualTo(PtxFault.OutOfBounds));
    }

    [Test]
    public void Every_thread_and_block_knows_its_place()
    {
        using var machine = new PtxMachine();
        var address = machine.Allocate(4 * 4 * 720);
        var kernel = Written
            .Kernel(
                """
                mov.u32 %r2, %tid.y;
                mov.u32 %r3, %tid.z;
                mov.u32 %r4, %ctaid.x;
                mov.u32 %r5, %ctaid.y;
                mov.u32 %r6, %ctaid.z;
                mad.lo.s32 %r7, %r6, 2, %r5;
                mad.lo.s32 %r7, %r7, 3, %r4;
                mad.lo.s32 %r7, %r7, 6, %r3;
                mad.lo.s32 %r7, %r7, 5, %r2;
                mad.lo.s32 %r7, %r7, 4, %r1;
                mad.wide.u32 %rd2, %r7, 4, %rd1;
                mov.u32 %r8, %laneid;
                mov.u32 %r9, %warpid;
                mad.lo.s32 %r8, %r9, 32, %r8;
                st.global.b32 [%rd2], %r8;
                """
            )
            .Kernels["k"];

        var statistics = machine.Launch(kernel, new(3, 2, 4), new(4, 5, 6), 0, address);

        Assert.Multiple(() =>
        {
            Assert.That(
                machine.Download<uint>(address, 2880),
                Is.EqualTo(Enumerable.Range(0, 2880).Select(i => (uint)(i % 120)))
            );
            Assert.That(statistics.Blocks, Is.EqualTo(24));
            Assert.That(statistics[PtxInstructionClass.Global], Is.EqualTo(2880));
            Assert.That(statistics.ToString(), Does.StartWith("24 blocks, ").And.Contain("Global 2880"));
        });
    }

    [Test]
    public void Launches_run_side_by_side_while_memory_comes_and_goes()
    {
        using var machine = new PtxMachine(new() { Threads = 2 });
        var kernel = Written
            .Kernel("ld.global.b32 %r2, [%rd2];\nadd.s32 %r2, %r2, 1;\nst.global.b32 [%rd2], %r2;")
            .Kernels["k"];
        Parallel.For(
            0,
            8,
            worker =>
            {
                for (var round = 0; round < 20; round++)
                {
                    var address = machine.Upload<int>(new int[64]);
                    _ = machine.Launch(kernel, 1, 64, 0, address);
                    _ = machine.Launch(kernel, 1, 64, 0, address);
                    Assert.That(machine.Download<int>(address, 64), Is.All.EqualTo(2), $"{worker}");
                    machine.Free(address);
                }
            }
        );
        Assert.That(machine.AllocationCount, Is.Zero);
    }
}

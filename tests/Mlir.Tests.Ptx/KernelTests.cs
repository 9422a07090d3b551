namespace Mlir.Tests.Ptx;

/// <summary>Whole kernels as the compiler writes them, against the same in C#.</summary>
public sealed class KernelTests
{
    private const string Ids = """
        declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
        declare i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
        declare i32 @llvm.nvvm.read.ptx.sreg.ntid.x()
        declare void @llvm.nvvm.barrier.cta.sync.aligned.all(i32) convergent
        define internal i32 @id() alwaysinline {
          %b = call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
          %d = call i32 @llvm.nvvm.read.ptx.sreg.ntid.x()
          %t = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
          %m = mul i32 %b, %d
          %r = add i32 %m, %t
          ret i32 %r
        }

        """;

    [Test]
    public void An_elementwise_kernel_computes_what_the_host_computes([Values(1, 4)] int threads)
    {
        var module = Compiled.Module(
            Ids
                + """
                declare float @llvm.fma.f32(float, float, float)
                define ptx_kernel void @axpy(ptr addrspace(1) noalias align 16 %x, ptr addrspace(1) align 16 %y, float %a, i32 %n) {
                  %i = call i32 @id()
                  %ok = icmp slt i32 %i, %n
                  br i1 %ok, label %body, label %done
                body:
                  %j = zext nneg i32 %i to i64
                  %px = getelementptr float, ptr addrspace(1) %x, i64 %j
                  %py = getelementptr float, ptr addrspace(1) %y, i64 %j
                  %vx = load float, ptr addrspace(1) %px
                  %vy = load float, ptr addrspace(1) %py
                  %f = call float @llvm.fma.f32(float %vx, float %a, float %vy)
                  store float %f, ptr addrspace(1) %py
                  br label %done
                done:
                  ret void
                }
                """
        );
        using var machine = new PtxMachine(new() { Threads = threads });
        var random = new Random(3);
        var x = Enumerable.Range(0, 1000).Select(_ => random.NextSingle()).ToArray();
        var y = x.Select(_ => random.NextSingle()).ToArray();
        var (px, py) = (machine.Upload<float>(x), machine.Upload<float>(y));

        var statistics = machine.Launch(
            module.Kernels["axpy"],
            grid: 8,
            block: 128,
            dynamicSharedBytes: 0,
            px,
            py,
            2.5f,
            1000
        );

        Assert.That(
            machine.Download<float>(py, 1000),
            Is.EqualTo(x.Zip(y, (a, b) => MathF.FusedMultiplyAdd(a, 2.5f, b)))
        );
        Assert.That(statistics.Blocks, Is.EqualTo(8));
        Assert.That(statistics.GlobalBytes, Is.EqualTo(3 * 4 * 1000));
    }

    private const string BlockSum = """
        @sums = internal addrspace(3) global [256 x double] undef, align 16
        define ptx_kernel void @sum(ptr addrspace(1) noalias readonly %x, ptr addrspace(1) noalias %y) {
        entry:
          %i = call i32 @id()
          %t = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
          %j = zext i32 %i to i64
          %px = getelementptr double, ptr addrspace(1) %x, i64 %j
          %v = load double, ptr addrspace(1) %px
          %k = zext i32 %t to i64
          %ps = getelementptr [256 x double], ptr addrspace(3) @sums, i64 0, i64 %k
          store double %v, ptr addrspace(3) %ps
          call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
          br label %loop
        loop:
          %s = phi i32 [ 128, %entry ], [ %half, %next ]
          %active = icmp ult i32 %t, %s
          br i1 %active, label %add, label %next
        add:
          %o = add i32 %t, %s
          %o64 = zext i32 %o to i64
          %po = getelementptr [256 x double], ptr addrspace(3) @sums, i64 0, i64 %o64
          %a = load double, ptr addrspace(3) %ps
          %b = load double, ptr addrspace(3) %po
          %c = fadd double %a, %b
          store double %c, ptr addrspace(3) %ps
          br label %next
        next:
          BARRIER
          %half = lshr i32 %s, 1
          %more = icmp ne i32 %half, 0
          br i1 %more, label %loop, label %last
        last:
          %first = icmp eq i32 %t, 0
          br i1 %first, label %write, label %done
        write:
          %r = load double, ptr addrspace(3) @sums
          %block = call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
          %b64 = zext i32 %block to i64
          %py = getelementptr double, ptr addrspace(1) %y, i64 %b64
          store double %r, ptr addrspace(1) %py
          br label %done
        done:
          ret void
        }
        """;

    [Test]
    public void A_sum_through_shared_memory_adds_in_the_order_of_its_tree([Values(1, 3)] int threads)
    {
        var module = Compiled.Module(
            Ids + BlockSum.Replace("BARRIER", "call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)")
        );
        using var machine = new PtxMachine(new() { Threads = threads });
        var random = new Random(9);
        var x = Enumerable.Range(0, 256 * 7).Select(_ => random.NextDouble() - 0.5).ToArray();
        var (px, py) = (machine.Upload<double>(x), machine.Allocate(8 * 7));

        _ = machine.Launch(module.Kernels["sum"], 7, 256, 0, px, py);

        var expected = x.Chunk(256).Select(Tree);
        Assert.That(machine.Download<double>(py, 7), Is.EqualTo(expected));
    }

    private static double Tree(double[] values)
    {
        for (var half = values.Length / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
            {
                values[i] += values[i + half];
            }
        }

        return values[0];
    }

    [Test]
    public void The_sum_without_its_barrier_is_a_race()
    {
        var module = Compiled.Module(Ids + BlockSum.Replace("BARRIER", ""));
        using var machine = new PtxMachine();
        var (px, py) = (machine.Upload<double>(new double[256]), machine.Allocate(8));
        var fault = Assert.Throws<PtxFaultException>(() => machine.Launch(module.Kernels["sum"], 1, 256, 0, px, py))!;
        Assert.That(fault.Fault, Is.EqualTo(PtxFault.SharedRace));
    }

    [Test]
    public void A_row_is_reduced_by_the_shuffles_of_its_warp()
    {
        // Each warp takes a row of 32 numbers away from its maximum.
        var module = Compiled.Module(
            Ids
                + """
                declare float @llvm.nvvm.shfl.sync.bfly.f32(i32, float, i32, i32) convergent
                declare float @llvm.maxnum.f32(float, float)
                define ptx_kernel void @below(ptr addrspace(1) %x) {
                entry:
                  %i = call i32 @id()
                  %j = zext i32 %i to i64
                  %p = getelementptr float, ptr addrspace(1) %x, i64 %j
                  %v = load float, ptr addrspace(1) %p
                  br label %loop
                loop:
                  %m = phi float [ %v, %entry ], [ %n, %loop ]
                  %s = phi i32 [ 16, %entry ], [ %h, %loop ]
                  %o = call float @llvm.nvvm.shfl.sync.bfly.f32(i32 -1, float %m, i32 %s, i32 31)
                  %n = call float @llvm.maxnum.f32(float %m, float %o)
                  %h = lshr i32 %s, 1
                  %c = icmp ne i32 %h, 0
                  br i1 %c, label %loop, label %end
                end:
                  %d = fsub float %v, %n
                  store float %d, ptr addrspace(1) %p
                  ret void
                }
                """
        );
        using var machine = new PtxMachine();
        var random = new Random(4);
        var x = Enumerable.Range(0, 32 * 12).Select(_ => random.NextSingle()).ToArray();
        var px = machine.Upload<float>(x);

        _ = machine.Launch(module.Kernels["below"], 3, 128, 0, px);

        Assert.That(
            machine.Download<float>(px, x.Length),
            Is.EqualTo(x.Chunk(32).SelectMany(row => row.Select(v => v - row.Max())))
        );
    }
}
